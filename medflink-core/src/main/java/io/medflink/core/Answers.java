// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model's answers about the moments of the current patient: given when there is something new
 * to say, and counted.
 */
final class Answers {
  private static final String[] NOTHING = {};

  final ModelRun run;
  private final Timeline timeline;

  /** The model's place among those of the core. */
  private final int position;

  Answers(ModelRun run, Timeline timeline, int position) {
    this.run = run;
    this.timeline = timeline;
    this.position = position;
  }

  /** Answers about a moment when the answer is new or another one than before. */
  void answer(String patientId, Moment moment, boolean preliminary, AssessCore.Out out) {
    int said = moment.revisions[position];
    if (!isAsked(moment)) {
      withdraw(moment, withdrawn(patientId, moment), out);
      return;
    }
    Interval interval = run.assess(moment.known, moment.time, timeline.since(moment));
    long print = fingerprint(interval, timeline.place(moment));
    if (said > 0 && moment.prints[position] == print) {
      return;
    }
    moment.prints[position] = print;
    RiskAssessment.Status later =
        said == 0 ? RiskAssessment.Status.FINAL : RiskAssessment.Status.AMENDED;
    say(
        assessment(
            patientId, moment, interval, preliminary ? RiskAssessment.Status.PRELIMINARY : later),
        out);
  }

  /** Says finally what was said of a moment, unless it was withdrawn. */
  void finish(String patientId, Moment moment, AssessCore.Out out) {
    if (moment.revisions[position] > 0) {
      Interval interval = run.assess(moment.known, moment.time, timeline.since(moment));
      say(assessment(patientId, moment, interval, RiskAssessment.Status.FINAL), out);
    }
  }

  private void say(RiskAssessment assessment, AssessCore.Out out) {
    out.assessment(assessment);
    if (out instanceof Inquiry inquiry && inquiry.explains(assessment.patientId())) {
      inquiry.explained(new Explained(assessment, run.explanation()));
    }
  }

  private boolean isAsked(Moment moment) {
    List<Reading> readings = moment.readings();
    for (int i = 0; i < readings.size(); i++) {
      int type = readings.get(i).type();
      if (run.declares(type) && moment.winner(type) != null) {
        return true;
      }
    }
    return false;
  }

  private RiskAssessment assessment(
      String patientId, Moment moment, Interval interval, RiskAssessment.Status status) {
    RiskAssessment assessment =
        next(
            patientId,
            moment,
            status,
            interval.predictions(),
            interval.levelLow(),
            interval.levelHigh(),
            interval.missing(),
            interval.reason());
    moment.revisions[position] = assessment.revision();
    return assessment;
  }

  /** Takes back what was said, if anything was. */
  void withdraw(Moment moment, RiskAssessment withdrawn, AssessCore.Out out) {
    if (moment.revisions[position] > 0) {
      moment.revisions[position] = -withdrawn.revision();
      out.assessment(withdrawn);
    }
  }

  /** The taking back of what was said of a moment, in its place. */
  RiskAssessment withdrawn(String patientId, Moment moment) {
    return next(
        patientId,
        moment,
        RiskAssessment.Status.ENTERED_IN_ERROR,
        new Prediction[0],
        RiskLevel.UNKNOWN,
        RiskLevel.UNKNOWN,
        NOTHING,
        "all values of this moment were withdrawn");
  }

  /** The next revision, in the moment's place. */
  private RiskAssessment next(
      String patientId,
      Moment moment,
      RiskAssessment.Status status,
      Prediction[] predictions,
      RiskLevel levelLow,
      RiskLevel levelHigh,
      String[] missing,
      @Nullable String reason) {
    Place place = timeline.place(moment);
    return new RiskAssessment(
        patientId,
        place.encounter(),
        place.facility(),
        place.ward(),
        place.bed(),
        run.model.id(),
        run.model.version(),
        Instant.ofEpochMilli(moment.time),
        Math.abs(moment.revisions[position]) + 1,
        status,
        predictions,
        levelLow,
        levelHigh,
        missing,
        reason,
        received(moment),
        moment.feed);
  }

  private static @Nullable Instant received(Moment moment) {
    return moment.received == Long.MIN_VALUE ? null : Instant.ofEpochMilli(moment.received);
  }

  /** A number that is the same when the answer is, in every run and on every machine. */
  private static long fingerprint(Interval interval, Place place) {
    long hash = interval.fingerprint();
    hash = Interval.mix(hash, hash(place.encounter()));
    hash = Interval.mix(hash, hash(place.facility()));
    hash = Interval.mix(hash, hash(place.ward()));
    return Interval.mix(hash, hash(place.bed()));
  }

  private static int hash(@Nullable String text) {
    return text == null ? 0 : text.hashCode();
  }
}
