// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

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
 * the clock alone, less the time by which the patient's newest news came late.
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
      changed |= move(event.movement(), null, now, out);
    } else if (event.control() != null) {
      changed |= control(event.control(), null, now, out);
    } else if (event.handedOver() instanceof HandedOver handed) {
      changed |= take(handed, now, out);
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
    return take(item, null, out);
  }

  /** Takes what another record of the patient told, or has it no longer. */
  private boolean take(HandedOver handed, Now now, Out out) {
    if (handed.event() instanceof Control c) {
      return control(c, handed, now, out);
    }
    Movement m = (Movement) handed.event();
    if (m.kind() == Movement.Kind.DELETE) {
      out.counted(1, 0, 0);
      if (!handed.withdrawn() && !head.isGone) {
        here = head.front.place;
        List<Step> told = head.told();
        history.leave(head);
        tell(Retelling.of(told, List.of(), head.front, now.isLive()), now, out);
      }
      head.isGone = !handed.withdrawn();
      return true;
    }
    if (m.kind() == Movement.Kind.MERGE && m.otherPatientId() != null) {
      out.counted(1, 0, 0);
      long since = m.occurred().toEpochMilli();
      AlertHead.Retired retired = new AlertHead.Retired(m.otherPatientId(), since);
      head.retired.remove(retired);
      if (!handed.withdrawn()) {
        head.retired.add(retired);
      }
      history.prepare(head.front, head);
      return true;
    }
    return move(m, handed, now, out);
  }

  /** Takes a movement; one told late counts from the first moment that can change. */
  private boolean move(Movement m, @Nullable HandedOver handed, Now now, Out out) {
    if (!Item.counts(m.kind())) {
      out.counted(0, 1, 0);
      return false;
    }
    long occurred = m.occurred().toEpochMilli();
    Whereabouts place = new Whereabouts(m.encounter(), m.facility(), m.ward(), m.bed(), null);
    long order = m.recorded() == null ? occurred : m.recorded().toEpochMilli();
    String source = handed == null ? null : handed.source();
    Item.Move move = new Item.Move(m.kind(), place, order, source);
    return take(Item.move(Math.max(occurred, firstOpen(now)), move), handed, out);
  }

  private boolean control(Control told, @Nullable HandedOver handed, Now now, Out out) {
    String source = handed == null ? null : handed.source();
    Control c = source == null ? told : told.withId(Holds.name(told) + "@" + source);
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
      return take(Item.acknowledgement(from, Objects.requireNonNull(c.target())), handed, out);
    }
    boolean ends = handed != null && handed.withdrawn();
    boolean kept = ends ? head.controls.remove(c) : Holds.keep(head.controls, c);
    out.counted(kept ? 1 : 0, 0, kept ? 0 : 1);
    return kept;
  }

  private boolean take(Item item, @Nullable HandedOver handed, Out out) {
    if (handed != null && handed.withdrawn()) {
      boolean removed = history.remove(head, item);
      out.counted(removed ? 1 : 0, removed ? 0 : 1, 0);
      return removed;
    }
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

  private long deadline(Now now) {
    if (now.isLive()) {
      return now.clock() < FAR ? FAR : now.clock() - head.front.lag;
    }
    return now.watermark() == Long.MAX_VALUE ? state.end() : now.watermark();
  }

  private void finish(boolean changed, boolean woken, Now now, Out out) {
    if (head.isGone) {
      // What still comes is kept for an un-merge, which makes the vigil anew; nobody is told of it.
      head.front.steps.clear();
    } else if (changed) {
      Vigil before = head.front;
      head.front = history.front(head);
      head.front.run(Math.max(deadline(now), before.fired));
      here = head.front.place.after(before.place);
      tell(Retelling.of(head.said, head.front.steps, head.front, now.isLive()), now, out);
      head.said.clear();
    } else {
      head.front.run(deadline(now));
      here = head.front.place;
      tell(Retelling.further(head.front.steps, head.front, now.isLive()), now, out);
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
    boolean empty = head.stretches.isEmpty() && head.controls.isEmpty() && !head.isGone;
    return empty && head.front.isQuiet();
  }

  private boolean forgets(long watermark) {
    return isIdle() && head.front.time + options.retention().toMillis() < watermark;
  }

  /** Notes the timers that are needed; what settles does so by the watermark alone. */
  private void ask(boolean woken, Now now) {
    long due = head.isGone ? NEVER : head.front.due();
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
    boolean live = now.isLive();
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
      boolean delayed = now.isLive() && deadline(now) - t.step().time() > DELAYED;
      boolean raises = t.event() == Alert.Event.RAISED || t.event() == Alert.Event.SIGNAL_LOST;
      String old = raises && !t.corrects() ? handed(t.step()) : null;
      out.alert(t.alert(state.patientId(), here, delayed, old));
    }
  }

  /** The id under which an episode of before a merge was told; null when there is none. */
  private @Nullable String handed(Step step) {
    return head.retired.stream()
        .filter(r -> r.since() > step.onset())
        .reduce((a, b) -> b.since() >= a.since() ? b : a)
        .map(r -> Episode.id(r.key(), step.model(), step.signal(), step.onset()))
        .orElse(null);
  }
}
