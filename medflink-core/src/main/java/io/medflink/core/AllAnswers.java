// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.List;
import java.util.Objects;

/** The answers of all models about the moments of the current patient. */
final class AllAnswers {
  /** Whether a model looks at values of earlier moments, so that each change may concern all. */
  final boolean anyHistory;

  private final Answers[] models;
  private final AssessState state;
  private final Timeline timeline;

  AllAnswers(List<RiskModel> models, Types types, Timeline timeline, AssessState state) {
    this.state = state;
    this.timeline = timeline;
    this.models = new Answers[models.size()];
    boolean history = false;
    for (int i = 0; i < this.models.length; i++) {
      ModelRun run = new ModelRun(models.get(i), types, timeline);
      this.models[i] = new Answers(run, timeline, i);
      timeline.look(run);
      history |= run.hasHistory;
    }
    anyHistory = history;
  }

  /** Answers about a moment, as far as there is something new to say. */
  void answer(Moment moment, boolean preliminary, AssessCore.Out out) {
    for (Answers model : models) {
      model.answer(state.patientId(), moment, preliminary, out);
    }
  }

  /** Says finally what was said of a moment. */
  void finish(Moment moment, AssessCore.Out out) {
    for (Answers model : models) {
      model.finish(state.patientId(), moment, out);
    }
  }

  /** Places a moment as a panel says; answers under another stay are taken back. */
  void place(Moment moment, Panel panel, AssessCore.Out out) {
    if (HandOver.isTakenBack(panel)) {
      change(moment, () -> moment.leave(panel), out);
      return;
    }
    if (Objects.equals(moment.place.encounter(), panel.encounter())) {
      moment.place(panel);
      return;
    }
    change(moment, () -> moment.place(panel), out);
  }

  /** Takes the answers back that movements put under another stay. */
  void move(Stays after, AssessCore.Out out) {
    Head head = timeline.loaded();
    Stays before = head.stays;
    for (long time = head.first; time != Head.NONE; ) {
      Moment moment = timeline.get(time);
      change(moment, () -> head.stays = after, out);
      head.stays = before;
      timeline.put(moment);
      time = moment.next;
    }
  }

  private void change(Moment moment, Runnable change, AssessCore.Out out) {
    String before = timeline.place(moment).encounter();
    RiskAssessment[] withdrawn = new RiskAssessment[models.length];
    for (int i = 0; i < models.length; i++) {
      withdrawn[i] = models[i].withdrawn(state.patientId(), moment);
    }
    change.run();
    if (!Objects.equals(before, timeline.place(moment).encounter())) {
      for (int i = 0; i < models.length; i++) {
        models[i].withdraw(moment, withdrawn[i], out);
      }
    }
  }
}
