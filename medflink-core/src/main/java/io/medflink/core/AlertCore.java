// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The event-time core of {@code RaiseAlerts}: makes episodes of a patient's assessments.
 *
 * <p>What happened within the lateness is kept, and the episodes are what a {@link Vigil} makes of
 * it in time order. News in order goes on from the newest vigil; other news makes it anew from the
 * settled one, and the difference is told. So the last word on each episode is the same for every
 * order of arrival within the lateness.
 *
 * <p>In replay, deadlines fall due by the watermark, and at the end of the input up to {@link
 * AlertState#end()}: the last watermark is not the passing of time. In live mode they fall due by
 * the clock alone, less the time by which the patient's newest news came late: a feed that lags an
 * hour is not a silent one.
 */
@Internal
public final class AlertCore implements EventTimeCore<AlertEvent, AlertCore.Out> {

  /** What takes the results. */
  public interface Out {
    /** A step of an episode. */
    void alert(Alert alert);

    /** An assessment that came too late to be used. */
    void late(AlertEvent event);

    /** A decision that can't be used. */
    void rejected(Rejected rejected);

    /** That an event was used, or is of no interest, or was known already. */
    void counted(int used, int unused, int duplicate);
  }

  private static final long LOOK = 10_000;
  private static final long DELAYED = 60_000;
  private static final long FAR = Long.MIN_VALUE / 2;

  private final AlertOptions options;
  private final AlertState state;
  private final AlertHistory history;
  private final AlertCodec codec = new AlertCodec();
  private AlertHead head;
  private long next = NEVER;
  private long nextByWatermark = NEVER;

  /** What was told under a retired key and is not told under this one yet. */
  private final List<Step> handed = new ArrayList<>();

  private String handedKey = "";

  /** Where the patient is, or was before all news of it was withdrawn. */
  private Whereabouts here = Whereabouts.NOWHERE;

  /** A core over the state of the current key. */
  public AlertCore(AlertOptions options, AlertState state) {
    this.options = options;
    this.state = state;
    head = new AlertHead(options);
    history = new AlertHistory(options, state);
  }

  @Override
  public void on(AlertEvent event, Now now, Out out) {
    load();
    boolean changed = history.surround(head);
    if (event.assessment() != null) {
      changed |= assess(event, event.assessment(), now, out);
    } else if (event.movement() != null) {
      changed |= move(event.movement(), now, out);
    } else if (event.control() != null) {
      changed |= control(event.control(), now, out);
    } else {
      out.counted(0, 1, 0);
    }
    finish(changed, false, now, out);
  }

  @Override
  public void advance(Now now, Out out) {
    load();
    finish(history.surround(head), true, now, out);
  }

  private void load() {
    byte[] bytes = state.head();
    head = bytes == null ? new AlertHead(options) : AlertHead.decode(bytes, codec, options);
    history.prepare(head.front, head);
  }

  /** Takes an answer; whether the vigil has to be made anew. */
  private boolean assess(AlertEvent event, RiskAssessment a, Now now, Out out) {
    long time = a.time().toEpochMilli();
    if (options.rules().stream().noneMatch(rule -> rule.model().equals(a.model()))) {
      out.counted(0, 1, 0);
      return false;
    }
    if (time < firstOpen(now)) {
      out.late(event);
      return false;
    }
    Item item = Item.finding(time, a.model());
    item.revisions.add(Finding.of(a));
    return take(item, out);
  }

  /** Takes a movement; one told late counts from the first moment that can change. */
  private boolean move(Movement m, Now now, Out out) {
    if (!Item.counts(m.kind())) {
      out.counted(0, 1, 0);
      return false;
    }
    long occurred = m.occurred().toEpochMilli();
    Whereabouts place = new Whereabouts(m.encounter(), m.facility(), m.ward(), m.bed(), null);
    long order = m.recorded() == null ? occurred : m.recorded().toEpochMilli();
    Item.Move move = new Item.Move(m.kind(), place, order);
    return take(Item.move(Math.max(occurred, firstOpen(now)), move), out);
  }

  private boolean control(Control c, Now now, Out out) {
    Rejected refusal = Holds.refusal(c);
    if (refusal != null) {
      out.rejected(refusal);
      return false;
    }
    if (c.kind() == Control.Kind.SETTING || c.patientId() == null) {
      out.counted(0, 1, 0);
      return false;
    }
    if (c.kind() == Control.Kind.ACKNOWLEDGE) {
      long from = Math.max(c.from().toEpochMilli(), firstOpen(now));
      return take(Item.acknowledgement(from, Objects.requireNonNull(c.target())), out);
    }
    boolean kept = Holds.keep(head.controls, c);
    out.counted(kept ? 1 : 0, 0, kept ? 0 : 1);
    return kept;
  }

  private boolean take(Item item, Out out) {
    Item.Added added = history.add(head, item);
    boolean repeats = added == Item.Added.REPEATS;
    out.counted(repeats ? 0 : 1, 0, repeats ? 1 : 0);
    return added == Item.Added.CHANGES;
  }

  /** The first moment that can still change. */
  private long firstOpen(Now now) {
    long watermark = now.watermark();
    boolean told = watermark != Long.MIN_VALUE && watermark != Long.MAX_VALUE;
    long open = told ? watermark - options.lateness().toMillis() + 1 : Long.MIN_VALUE;
    return Math.max(open, head.settledUntil);
  }

  private static boolean isLive(Now now) {
    return now.clock() != Long.MIN_VALUE;
  }

  private long deadline(Now now) {
    if (isLive(now)) {
      return now.clock() < FAR ? FAR : now.clock() - head.front.lag;
    }
    return now.watermark() == Long.MAX_VALUE ? state.end() : now.watermark();
  }

  private void finish(boolean changed, boolean woken, Now now, Out out) {
    if (changed) {
      Vigil before = head.front;
      head.front = history.front(head);
      head.front.run(Math.max(deadline(now), before.fired));
      here = head.front.place.after(before.place);
      tell(Retelling.of(head.said, head.front.steps, head.front, isLive(now)), now, out);
      head.said.clear();
    } else {
      head.front.run(deadline(now));
      here = head.front.place;
      tell(Retelling.further(head.front.steps, head.front, isLive(now)), now, out);
    }
    head.said.addAll(head.front.steps);
    boolean watermarked = now.watermark() != Long.MIN_VALUE && now.watermark() != Long.MAX_VALUE;
    if (watermarked) {
      history.settle(head, now.watermark() - options.lateness().toMillis(), deadline(now));
    }
    ask(woken, now);
    if (watermarked && forgets(now.watermark())) {
      state.clear();
      next = NEVER;
      nextByWatermark = NEVER;
    } else {
      state.head(head.encode(codec));
    }
  }

  private boolean isIdle() {
    return head.stretches.isEmpty() && head.controls.isEmpty() && head.front.isQuiet();
  }

  private boolean forgets(long watermark) {
    return isIdle() && head.front.time + options.retention().toMillis() < watermark;
  }

  /** Notes the timers that are needed; what settles does so by the watermark alone. */
  private void ask(boolean woken, Now now) {
    long due = head.front.due();
    if (history.isSurrounded() && head.front.isHeld()) {
      due = Math.min(due, Math.max(deadline(now), head.front.time) + LOOK);
    }
    long settles = NEVER;
    if (!head.stretches.isEmpty()) {
      settles = history.settlesAt(head) + options.lateness().toMillis();
    } else if (isIdle()) {
      settles = head.front.time + options.retention().toMillis() + 1;
    }
    boolean over = now.watermark() == Long.MAX_VALUE;
    boolean live = isLive(now);
    long watermarked = over ? NEVER : live ? settles : Math.min(settles, due);
    boolean asks = woken || watermarked < head.asked;
    nextByWatermark = asks ? watermarked : NEVER;
    head.asked = asks || over ? watermarked : head.asked;
    long clock = due == NEVER || !live ? NEVER : due + head.front.lag;
    boolean asksClock = woken || clock < head.askedClock;
    next = asksClock ? clock : NEVER;
    head.askedClock = asksClock ? clock : head.askedClock;
  }

  @Override
  public long wake() {
    long asked = nextByWatermark;
    nextByWatermark = NEVER;
    return asked;
  }

  /**
   * When the clock, less the patience with it, makes something due; as {@link #wake} in live mode.
   */
  public long wakeByClock() {
    long asked = next;
    next = NEVER;
    return asked;
  }

  private void tell(List<Retelling.Told> told, Now now, Out out) {
    for (Retelling.Told t : told) {
      boolean delayed = isLive(now) && deadline(now) - t.step().time() > DELAYED;
      String old = t.step().calls() && !t.corrects() ? handed(t.step()) : null;
      out.alert(t.alert(state.patientId(), here, delayed, old));
    }
  }

  /** The id under which an episode was told before it was handed over; null when it wasn't. */
  private @Nullable String handed(Step step) {
    for (Step old : handed) {
      if (old.model().equals(step.model()) && old.signal() == step.signal()) {
        handed.remove(old);
        return Episode.id(handedKey, old.model(), old.signal(), old.onset());
      }
    }
    return null;
  }

  /** Hands all of a retired key over, and withdraws what was told under it. */
  public byte[] export(Out out) {
    load();
    byte[] exported = history.export(head, state.patientId(), codec);
    for (Step step : head.front.open()) {
      Retelling.Told withdrawn =
          new Retelling.Told(step, Alert.Event.WITHDRAWN, step.historical(), true, null);
      out.alert(withdrawn.alert(state.patientId(), head.front.place, false, null));
    }
    state.clear();
    return exported;
  }

  /** Takes over what {@link #export} gave; what it tells again names the id that it replaces. */
  public void absorb(byte[] exported, Now now, Out out) {
    load();
    codec.wire.begin(exported);
    handedKey = codec.wire.string();
    head.formerKeys.add(handedKey);
    handed.addAll(history.absorb(head, codec));
    handed.removeIf(step -> step.event() == Alert.Event.SUPPRESSED || step.historical());
    history.prepare(head.front, head);
    finish(true, true, now, out);
    for (Step step : head.front.open()) {
      String old = handed(step);
      if (old != null) {
        Retelling.Told again = new Retelling.Told(step, step.event(), false, false, null);
        out.alert(again.alert(state.patientId(), head.front.place, false, old));
      }
    }
    handed.clear();
  }
}
