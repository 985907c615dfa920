// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * The event-time core of {@code Assess}: keeps each patient's chart and asks the models about each
 * moment that brings a value they declare. The last answer about a moment is the same for every
 * order of arrival within the lateness.
 *
 * <p>A moment is all that has one time, to the millisecond. Of several values of one type at one
 * moment the greatest by (issued, status, method, value) counts; of several revisions of one value
 * (same id) the newest. The patient's state is {@link AssessState}: a panel in order costs one read
 * and at most two writes of it.
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
  private final AssessState state;
  private final Types types;
  private final Timeline timeline;
  private final Answers[] answers;
  private final boolean anyHistory;

  /** The timers that the last call needs: at most one of each kind. */
  private final long[] wake = new long[3];

  private int wakes;

  /** A core for a set of models, over the state of the current key. */
  public AssessCore(List<RiskModel> models, AssessOptions options, AssessState state) {
    held = options.held();
    lateness = options.lateness().toMillis();
    retention = options.retention().toMillis();
    this.state = state;
    types = new Types(models);
    AssessCodec codec = new AssessCodec(types.codes(), models.stream().map(RiskModel::id).toList());
    timeline = new Timeline(state, codec, types, models.size(), retention);
    if (models.stream().map(RiskModel::id).distinct().count() < models.size()) {
      throw new IllegalArgumentException("two models have one id: their answers would be mixed up");
    }
    answers = new Answers[models.size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = new Answers(new ModelRun(models.get(i), types, timeline), i);
      timeline.look(answers[i].run);
    }
    anyHistory = Arrays.stream(answers).anyMatch(model -> model.run.hasHistory);
  }

  @Override
  public void on(ChartEvent event, Now now, Out out) {
    timeline.load();
    if (!(event instanceof Panel panel)) {
      throw new IllegalArgumentException("Assess takes panels; settings come as observations");
    }
    boolean changed = timeline.head != null && advance(timeline.head, now, out);
    changed |= on(panel, now, out);
    if (changed && timeline.head != null) {
      timeline.head.touched = Math.max(timeline.head.touched, now.watermark());
    }
    finish(changed);
  }

  private boolean on(Panel panel, Now now, Out out) {
    long time = panel.time().toEpochMilli();
    boolean late = isLate(time, now);
    if (late && !types.areLifelong(panel)) {
      out.late(panel);
      return false;
    }
    Moment moment = null;
    int used = 0;
    int unused = 0;
    int duplicate = 0;
    for (int i = 0; i < panel.observations().length; i++) {
      Observation observation = panel.observations()[i];
      int type = types.of(observation.code());
      if (type < 0) {
        unused++;
        continue;
      }
      double number = Types.number(types.get(type), observation);
      RejectCode refusal = Types.refusal(types.get(type), observation, number);
      if (refusal != null) {
        out.rejected(Types.rejected(panel, observation, i, refusal));
        continue;
      }
      if (moment == null) {
        moment = late ? timeline.apart(time) : open(time, now);
      }
      if (types.add(moment, type, number, panel.issued(), observation)) {
        used++;
      } else {
        duplicate++;
      }
    }
    out.counted(used, unused, duplicate);
    if (moment == null) {
      return false;
    }
    if (late) {
      absorb(moment, now, out);
    } else {
      place(moment, panel, out);
      revise(moment, now, out);
    }
    return true;
  }

  /**
   * What holds for life is never late: it enters the settled chart with its own time, and the
   * moments that can still change are answered again.
   */
  private void absorb(Moment told, Now now, Out out) {
    Head head = timeline.loaded();
    for (int type = 0; type < types.size(); type++) {
      head.settled.absorb(told, type);
      if (!held && head.last != null) {
        head.last.known.absorb(told, type);
      }
    }
    if (held && head.first != Head.NONE) {
      revise(timeline.get(head.first), now, out);
    }
  }

  /** The place of the moment; answers under another encounter are withdrawn. */
  private void place(Moment moment, Panel panel, Out out) {
    String before = moment.encounter;
    if (Objects.equals(before, panel.encounter())) {
      moment.place(panel);
      return;
    }
    RiskAssessment[] withdrawn = new RiskAssessment[answers.length];
    for (int i = 0; i < answers.length; i++) {
      withdrawn[i] = answers[i].withdrawn(state.patientId(), moment);
    }
    moment.place(panel);
    if (!Objects.equals(before, moment.encounter)) {
      for (int i = 0; i < answers.length; i++) {
        answers[i].withdraw(moment, withdrawn[i], out);
      }
    }
  }

  private boolean isLate(long time, Now now) {
    Head head = timeline.head;
    if (!held) {
      return head != null && time < head.newest();
    }
    return isSettled(time, now) || (head != null && time <= head.settledTime);
  }

  /** The moment of a time. Immediate answers are never amended, so only the newest one is open. */
  private Moment open(long time, Now now) {
    Head head = timeline.head;
    if (!held && head != null && head.last != null && head.last.time < time) {
      timeline.settle(head.last);
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
  private void revise(Moment changed, Now now, Out out) {
    Moment moment = changed;
    Known chart = timeline.chart(moment);
    while (true) {
      boolean same = moment != changed;
      for (int type = 0; same && type < types.size(); type++) {
        same = chart.sameAs(moment.known.read(), type);
      }
      if (same && !anyHistory) {
        return;
      }
      moment.known = chart;
      moment.received = Math.max(moment.received, changed.received);
      timeline.hold(moment);
      boolean preliminary = !held || isPreliminary(moment.time, now);
      for (Answers model : answers) {
        model.answer(state.patientId(), moment, preliminary, out);
      }
      timeline.put(moment);
      if (moment.next == Head.NONE) {
        return;
      }
      Moment next = timeline.get(moment.next);
      chart = timeline.chart(next, moment.known, moment.time);
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
      for (Answers model : answers) {
        model.finish(state.patientId(), moment, out);
      }
      head.finalTime = moment.time;
      head.nextFinal = moment.next;
      if (moment.time == head.first && isSettled(moment.time, now)) {
        timeline.settle(moment);
      } else {
        timeline.put(moment);
      }
      changed = true;
    }
    while (held && head.first != Head.NONE && isSettled(head.first, now)) {
      timeline.settle(timeline.get(head.first));
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
        for (Answers model : answers) {
          model.finish(state.patientId(), moment, out);
        }
      }
      timeline.settle(moment);
      any = true;
    }
    head.nextFinal = Head.NONE;
    return any;
  }

  private boolean isSettled(long time, Now now) {
    return time + lateness <= now.watermark();
  }

  @Override
  public long wake() {
    return wakes == 0 ? NEVER : wake[--wakes];
  }
}
