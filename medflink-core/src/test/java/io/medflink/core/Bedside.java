// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A host of {@link AssessCore} for one patient: its timers fire when the watermark passes them, as
 * the engine's do.
 */
final class Bedside implements AssessCore.Out {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  final MapAssessState state;
  final List<RiskAssessment> said = new ArrayList<>();
  final List<Panel> late = new ArrayList<>();
  final List<Rejected> rejected = new ArrayList<>();
  final TreeSet<Long> timers = new TreeSet<>();
  int timersSet;
  int in;
  int used;
  int unused;
  int duplicate;
  long watermark = Long.MIN_VALUE;
  private final AssessOptions options;
  private AssessCore core;

  Bedside(AssessOptions options, RiskModel... models) {
    this(options, new MapAssessState(), models);
  }

  Bedside(AssessOptions options, MapAssessState state, RiskModel... models) {
    this.options = options;
    this.state = state;
    core = new AssessCore(List.of(models), options, state);
  }

  /** Goes on from the same state with other models, as after a restore. */
  void restore(RiskModel... models) {
    core = new AssessCore(List.of(models), options, state);
    watermark = Long.MIN_VALUE;
  }

  static Instant minute(double minutes) {
    return NOON.plusMillis(Math.round(minutes * 60_000));
  }

  static Panel panel(double minutes, Observation... observations) {
    return Panel.of("ward|1", minute(minutes), observations);
  }

  static Observation hr(double value) {
    return Observation.of(Vital.HEART_RATE, value);
  }

  static Observation temp(double value) {
    return Observation.of(Vital.BODY_TEMPERATURE, value);
  }

  static Observation mind(String word) {
    return Observation.coded(Vital.CONSCIOUSNESS, word);
  }

  Bedside send(ChartEvent... events) {
    for (ChartEvent event : events) {
      in += event instanceof Panel p ? p.countedObservations() : 0;
      core.on(event, Now.replay(watermark), this);
      setTimers();
    }
    return this;
  }

  Bedside watermark(double minutes) {
    return pass(minute(minutes).toEpochMilli());
  }

  Bedside end() {
    return pass(Long.MAX_VALUE);
  }

  private Bedside pass(long time) {
    watermark = time;
    while (!timers.isEmpty() && timers.first() <= watermark) {
      timers.pollFirst();
      core.advance(Now.replay(watermark), this);
      setTimers();
    }
    return this;
  }

  private void setTimers() {
    for (long t = core.wake(); t != EventTimeCore.NEVER; t = core.wake()) {
      timersSet += timers.add(t) ? 1 : 0;
    }
  }

  /** The last word about each moment of each model, without those that were withdrawn. */
  Map<String, String> lastWords() {
    Map<String, String> last = new TreeMap<>();
    for (RiskAssessment a : said) {
      String key = a.model() + " " + a.time();
      if (a.status() == RiskAssessment.Status.ENTERED_IN_ERROR) {
        last.remove(key);
      } else {
        last.put(key, content(a));
      }
    }
    return last;
  }

  static String content(RiskAssessment a) {
    StringBuilder text = new StringBuilder();
    for (Prediction p : a.predictions()) {
      text.append(p.name()).append('=').append(p.low()).append("..").append(p.high()).append(' ');
    }
    return text
        + (a.levelLow() + ".." + a.levelHigh())
        + (" missing " + String.join(",", a.missing()))
        + (" " + a.reason() + " " + a.encounter() + " " + a.ward());
  }

  /** The statuses said of a moment, in order. */
  List<RiskAssessment.Status> statuses(double minutes) {
    return said.stream()
        .filter(a -> a.time().equals(minute(minutes)))
        .map(RiskAssessment::status)
        .toList();
  }

  @Override
  public void assessment(RiskAssessment assessment) {
    said.add(assessment);
  }

  @Override
  public void late(Panel panel) {
    late.add(panel);
  }

  @Override
  public void rejected(Rejected reject) {
    rejected.add(reject);
  }

  @Override
  public void counted(int nowUsed, int nowUnused, int nowDuplicate) {
    used += nowUsed;
    unused += nowUnused;
    duplicate += nowDuplicate;
  }

  int lateObservations() {
    return late.stream().mapToInt(p -> p.observations().length).sum();
  }
}
