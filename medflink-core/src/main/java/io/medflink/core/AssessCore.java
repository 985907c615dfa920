// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.List;

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
    answers = new Answers[models.size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = new Answers(new ModelRun(models.get(i), types, timeline), i);
    }
  }

  @Override
  public void on(ChartEvent event, Now now, Out out) {
    timeline.load();
    boolean changed = timeline.head != null && advance(timeline.head, now, out);
    if (event instanceof Panel panel) {
      changed |= on(panel, now, out);
    } else if (event instanceof Control control && control.kind() == Control.Kind.SETTING) {
      changed |= on(control, now, out);
    }
    finish(changed);
  }

  /** A setting is a value of its type from a time on; at its end the assumed value stands again. */
  private boolean on(Control setting, Now now, Out out) {
    int type = types.of(setting.target());
    if (type < 0) {
      out.counted(0, 1, 0);
      return false;
    }
    boolean changed = on(setting(type, setting.value(), setting.from()), now, out);
    if (setting.until() != null) {
      changed |= on(setting(type, assumed(type), setting.until()), now, out);
    }
    return changed;
  }

  private Panel setting(int type, double code, Instant from) {
    List<String> codes = types.get(type).codes();
    String word = code >= 0 && code < codes.size() ? codes.get((int) code) : null;
    return Panel.of(state.patientId(), from, Observation.coded(types.get(type), "").withText(word));
  }

  private double assumed(int type) {
    for (Answers model : answers) {
      for (Input input : model.run.model.card().inputs()) {
        if (types.of(input.types().get(0)) == type) {
          return input.assumed();
        }
      }
    }
    return Double.NaN;
  }

  private boolean on(Panel panel, Now now, Out out) {
    long time = panel.time().toEpochMilli();
    if (isLate(time, now)) {
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
        out.rejected(rejected(panel, observation, i, refusal));
        continue;
      }
      if (moment == null) {
        moment = open(time, now);
      }
      if (moment.add(reading(type, number, panel, observation))) {
        used++;
      } else {
        duplicate++;
      }
    }
    out.counted(used, unused, duplicate);
    if (moment == null) {
      return false;
    }
    moment.place(panel);
    revise(moment, now, out);
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
  private Moment open(long time, Now now) {
    Head head = timeline.head;
    if (!held && head != null && head.last != null && head.last.time < time) {
      timeline.settle(head.last, answers);
    }
    Moment moment = timeline.at(time);
    Head opened = timeline.loaded();
    if (isPreliminary(time, now) && time < opened.nextFinal) {
      opened.nextFinal = time;
    }
    return moment;
  }

  /** Whether a final answer about a moment is still to come. */
  private boolean isPreliminary(long time, Now now) {
    return held && time > Math.max(timeline.loaded().finalTime, now.deadline());
  }

  private static Reading reading(int type, double number, Panel panel, Observation o) {
    Instant issued = panel.issued();
    return new Reading(
        type,
        number,
        o.comparator(),
        o.status(),
        o.method(),
        issued == null ? Reading.UNTOLD : issued.toEpochMilli(),
        o.id());
  }

  private static Rejected rejected(Panel panel, Observation o, int at, RejectCode code) {
    return new Rejected(
        Rejected.Stage.ASSESS,
        code,
        "observations[" + at + "]",
        panel.feed(),
        null,
        o.code(),
        o.unit(),
        null,
        panel.time(),
        null,
        null);
  }

  /** Answers again about a moment that changed, and about later ones as far as they change. */
  private void revise(Moment changed, Now now, Out out) {
    Moment moment = changed;
    Known chart = timeline.chart(moment);
    while (true) {
      boolean same = moment != changed;
      for (int type = 0; same && type < types.size(); type++) {
        same = chart.sameAs(moment.known, type);
      }
      if (same && !anyHistory()) {
        return;
      }
      moment.known = chart;
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

  private boolean anyHistory() {
    for (Answers model : answers) {
      if (model.run.hasHistory) {
        return true;
      }
    }
    return false;
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
    boolean changed = false;
    long deadline = now.deadline();
    while (head.nextFinal <= deadline && head.nextFinal != Head.NONE) {
      Moment moment = timeline.get(head.nextFinal);
      for (Answers model : answers) {
        model.finish(state.patientId(), moment, out);
      }
      head.finalTime = moment.time;
      head.nextFinal = moment.next;
      if (moment.time == head.first && isSettled(moment.time, now)) {
        timeline.settle(moment, answers);
      } else {
        timeline.put(moment);
      }
      changed = true;
    }
    while (held && head.first != Head.NONE && isSettled(head.first, now)) {
      timeline.settle(timeline.get(head.first), answers);
      changed = true;
    }
    if (head.newest() + lateness + retention <= now.watermark()) {
      timeline.clear();
      return true;
    }
    return head.expireTimers(now.watermark(), deadline) || changed;
  }

  private boolean isSettled(long time, Now now) {
    return time + lateness <= now.watermark();
  }

  @Override
  public long wake() {
    return wakes == 0 ? NEVER : wake[--wakes];
  }
}
