// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The event-time core of {@code Assess}: keeps each patient's chart and asks the models about each
 * moment that brings a value they declare. The last answer about a moment is the same for every
 * order of arrival within the lateness.
 *
 * <p>A moment is all that has one time, to the millisecond. Of several values of one type at one
 * moment the greatest by (issued, status, method, value) counts; of several revisions of one value
 * (same id) the newest, even when it corrects the time: see {@link Corrections}. The patient's
 * state is {@link AssessState}: a panel in order costs one read and at most two writes of it.
 */
@Internal
public final class AssessCore implements EventTimeCore<ChartEvent, AssessCore.Out> {

  /** What takes the results. */
  public interface Out {
    /** An answer about a moment. */
    void assessment(RiskAssessment assessment);

    /** A panel that came too late to be used. */
    void late(Panel panel);

    /** An observation that can't be used. */
    void rejected(Rejected rejected);

    /** How many observations of a panel were used, declared by no model, and said before. */
    void counted(int used, int unused, int duplicate);
  }

  private final boolean held;
  private final long lateness;
  private final long retention;
  private final Types types;
  private final Timeline timeline;
  private final Corrections corrections;
  private final Intake intake;
  private final AllAnswers answers;

  /** The timers that the last call needs: at most one of each kind. */
  private final long[] wake = new long[3];

  private int wakes;

  /** A core for a set of models, over the state of the current key. */
  public AssessCore(List<RiskModel> models, AssessOptions options, AssessState state) {
    held = options.held();
    lateness = options.lateness().toMillis();
    retention = options.retention().toMillis();
    types = new Types(models);
    AssessCodec codec = new AssessCodec(types.codes(), models.stream().map(RiskModel::id).toList());
    timeline = new Timeline(state, codec, types, models.size(), options);
    corrections = new Corrections(types, timeline);
    intake = new Intake(types, corrections);
    if (models.stream().map(RiskModel::id).distinct().count() < models.size()) {
      throw new IllegalArgumentException("two models have one id: their answers would be mixed up");
    }
    answers = new AllAnswers(models, types, timeline, state);
  }

  @Override
  public void on(ChartEvent event, Now now, Out out) {
    timeline.load();
    boolean changed = timeline.head != null && advance(timeline.head, now, out);
    if (event instanceof Panel panel) {
      changed |= on(panel, now, out);
    } else {
      HandedOver handed = event instanceof HandedOver h ? h : null;
      ChartEvent told = handed == null ? event : handed.event();
      if (told instanceof Movement movement) {
        changed |= on(movement, handed, now, out);
      } else if (told instanceof Control control && control.kind() == Control.Kind.SETTING) {
        Panel value = types.told(control, out);
        changed |= value != null && on(handed == null ? value : handed.value(value), now, out);
      }
    }
    if (changed && timeline.head != null) {
      timeline.head.touched = Math.max(timeline.head.touched, now.watermark());
    }
    finish(changed);
  }

  private boolean on(Panel panel, Now now, Out out) {
    long time = panel.time().toEpochMilli();
    boolean late = isLate(time, now);
    if (late && !types.mayComeLate(panel)) {
      if (panel.countedObservations() > 0) {
        out.late(panel);
      }
      return false;
    }
    Moment moment =
        intake.take(panel, late, () -> late ? timeline.apart(time) : open(time, now, out), out);
    if (moment == null) {
      return false;
    }
    if (late) {
      moment.place(panel);
      absorb(moment, now, out);
    } else {
      answers.place(moment, panel, out);
      revise(moment, false, now, out);
      for (long other : intake.others()) {
        revise(timeline.get(other), false, now, out);
      }
    }
    return true;
  }

  /**
   * What may come late enters the settled chart with its own time, and the moments that can still
   * change are answered again.
   */
  private void absorb(Moment told, Now now, Out out) {
    Head head = timeline.loaded();
    head.settledTime = held ? Math.max(head.settledTime, told.time) : head.settledTime;
    for (int type = 0; type < types.size(); type++) {
      if (types.isOfStay(type) && !timeline.isOfSettledStay(told)) {
        continue;
      }
      head.settled.absorb(told, type);
      if (!held && head.last != null) {
        head.last.known.absorb(told, type);
      }
    }
    if (held && head.first != Head.NONE) {
      revise(timeline.get(head.first), false, now, out);
    }
  }

  /** Where the patient was: each moment that can still change is looked at again. */
  private boolean on(Movement movement, @Nullable HandedOver handed, Now now, Out out) {
    Head head = timeline.opened();
    String source = handed == null ? null : handed.source();
    Stays after =
        handed != null && handed.withdrawn()
            ? head.stays.without(movement, source)
            : head.stays.with(movement, source, head.settledTime);
    if (after == null) {
      return false;
    }
    head.touched = Math.max(head.touched, movement.occurred().toEpochMilli());
    if (held) {
      answers.move(after, out);
    }
    head.stays = after;
    if (held && head.first != Head.NONE) {
      revise(timeline.get(head.first), true, now, out);
    }
    return true;
  }

  private boolean isLate(long time, Now now) {
    Head head = timeline.head;
    if (!held) {
      return head != null && time < head.newest();
    }
    return isSettled(time, now) || (head != null && time <= head.settledTime);
  }

  /** The moment of a time. Immediate answers are never amended, so only the newest one is open. */
  private Moment open(long time, Now now, Out out) {
    Head head = timeline.head;
    if (!held && head != null && head.last != null && head.last.time < time) {
      settle(head.last, out);
    }
    Moment moment = timeline.at(time);
    Head opened = timeline.loaded();
    if (!isPreliminary(time, now)) {
      opened.finalTime = held ? Math.max(opened.finalTime, time) : opened.finalTime;
    } else if (time < opened.nextFinal) {
      opened.nextFinal = time;
    }
    return moment;
  }

  /** Whether a final answer about a moment is still to come. */
  private boolean isPreliminary(long time, Now now) {
    return held && time > Math.max(timeline.loaded().finalTime, now.deadline());
  }

  /** Answers again about a moment that changed, and about later ones as far as they change. */
  private void revise(Moment changed, boolean all, Now now, Out out) {
    Moment moment = changed;
    Charted chart = timeline.chart(moment);
    while (true) {
      boolean same = moment != changed && chart.isOf(moment);
      for (int type = 0; same && type < types.size(); type++) {
        same = chart.known.sameAs(moment.known.read(), type);
      }
      if (same && !answers.anyHistory && !all) {
        return;
      }
      moment.known = chart.known;
      moment.stay = chart.stay;
      moment.since = chart.since;
      moment.received = Math.max(moment.received, changed.received);
      timeline.hold(moment);
      boolean preliminary = !held || isPreliminary(moment.time, now);
      answers.answer(moment, preliminary, out);
      timeline.put(moment);
      if (moment.next == Head.NONE) {
        return;
      }
      Moment next = timeline.get(moment.next);
      chart = timeline.chartAfter(moment, next);
      moment = next;
    }
  }

  @Override
  public void advance(Now now, Out out) {
    timeline.load();
    finish(timeline.head != null && advance(timeline.head, now, out));
  }

  /** Notes the timers that are needed and keeps the head, once for each call. */
  private void finish(boolean changed) {
    wakes = 0;
    Head head = timeline.head;
    if (changed && head != null) {
      long timer = head.nextTimer(held, lateness, retention);
      while (timer != NEVER) {
        wake[wakes++] = timer;
        timer = head.nextTimer(held, lateness, retention);
      }
      timeline.save(head);
    }
  }

  /** Does what is due; whether anything changed. */
  private boolean advance(Head head, Now now, Out out) {
    boolean changed = !held && settleRest(head, out);
    long deadline = now.deadline();
    while (head.nextFinal <= deadline && head.nextFinal != Head.NONE) {
      Moment moment = timeline.get(head.nextFinal);
      answers.finish(moment, out);
      head.finalTime = moment.time;
      head.nextFinal = moment.next;
      if (moment.time == head.first && isSettled(moment.time, now)) {
        settle(moment, out);
      } else {
        timeline.put(moment);
      }
      changed = true;
    }
    while (held && head.first != Head.NONE && isSettled(head.first, now)) {
      settle(timeline.get(head.first), out);
      changed = true;
    }
    if (head.forgets(now.watermark(), lateness + retention)) {
      timeline.clear();
      return true;
    }
    return head.expireTimers(now.watermark(), deadline) || changed;
  }

  /** Brings the moments of a savepoint that was written in held mode to their end. */
  private boolean settleRest(Head head, Out out) {
    boolean any = false;
    while (head.first != Head.NONE && head.first < head.newest()) {
      Moment moment = timeline.get(head.first);
      if (moment.time >= head.nextFinal) {
        answers.finish(moment, out);
      }
      settle(moment, out);
      any = true;
    }
    head.nextFinal = Head.NONE;
    return any;
  }

  private void settle(Moment moment, Out out) {
    corrections.settle(moment, out);
    timeline.settle(moment);
  }

  private boolean isSettled(long time, Now now) {
    return time + lateness <= now.watermark();
  }

  @Override
  public long wake() {
    return wakes == 0 ? NEVER : wake[--wakes];
  }
}
