// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.AlertRule;
import io.medflink.core.Control;
import io.medflink.core.ExpectedSignal;
import io.medflink.core.Movement;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Assessments, decisions and movements of some patients over four hours. */
final class AlertWard {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final long END = at(300).toEpochMilli();
  static final AlertOptions OPTIONS =
      AlertOptions.of(
          AlertRule.of("news2")
              .withEscalation(2, Duration.ofMinutes(15))
              .withExpected(ExpectedSignal.device(null, null, Duration.ofMinutes(15))));

  private AlertWard() {}

  static Instant at(double minutes) {
    return NOON.plusMillis(Math.round(minutes * 60_000));
  }

  static RiskAssessment assessment(int patient, double minutes, RiskLevel level, double received) {
    return new RiskAssessment(
        "ward|" + patient,
        "stay" + patient,
        "north",
        "w" + patient % 3,
        null,
        "news2",
        "2017",
        at(minutes),
        1,
        RiskAssessment.Status.PRELIMINARY,
        new Prediction[] {new Prediction("score", level.ordinal(), level.ordinal())},
        level,
        level,
        new String[0],
        null,
        at(received),
        "monitors");
  }

  static RiskAssessment high(int patient, double minutes) {
    return assessment(patient, minutes, RiskLevel.HIGH, minutes);
  }

  static RiskAssessment low(int patient, double minutes) {
    return assessment(patient, minutes, RiskLevel.LOW, minutes);
  }

  static RiskAssessment received(int patient, double minutes, double received) {
    return assessment(patient, minutes, RiskLevel.LOW, received);
  }

  static Control suspend(String ward, String author, double from, double until) {
    return new Control(
        Control.Kind.SUSPEND,
        null,
        null,
        ward,
        null,
        Double.NaN,
        author,
        "drill",
        at(from),
        at(until),
        null,
        null);
  }

  static Control resume(String ward, double from) {
    return new Control(
        Control.Kind.RESUME,
        null,
        null,
        ward,
        null,
        Double.NaN,
        "sister",
        "over",
        at(from),
        null,
        null,
        null);
  }

  static long time(AlertEvent e) {
    return e.assessment() != null
        ? e.assessment().time().toEpochMilli()
        : e.movement() != null
            ? e.movement().occurred().toEpochMilli()
            : e.control() != null ? e.control().from().toEpochMilli() : END;
  }

  /** In time order. */
  static List<AlertEvent> events(int patients, long seed) {
    Random random = new Random(seed);
    List<AlertEvent> events = new ArrayList<>();
    for (int p = 0; p < patients; p++) {
      for (int minute = random.nextInt(5); minute < 240; minute += 1 + random.nextInt(20)) {
        RiskLevel level = RiskLevel.values()[1 + random.nextInt(4)];
        events.add(AlertEvent.of(assessment(p, minute, level, minute)));
      }
      if (p % 3 == 0) {
        events.add(
            AlertEvent.of(
                new Movement(
                    Movement.Kind.DISCHARGE,
                    "ward|" + p,
                    null,
                    "stay" + p,
                    null,
                    null,
                    null,
                    null,
                    null,
                    at(150),
                    null,
                    null,
                    "adt")));
      }
    }
    events.add(AlertEvent.of(suspend("w1", "sister", 60, 120)));
    events.sort(Comparator.comparingLong(AlertWard::time));
    return events;
  }

  /** The last word on each episode that was not withdrawn. */
  static Map<String, String> lastWords(Iterable<Alert> said) {
    Map<String, String> words = new TreeMap<>();
    for (Alert a : said) {
      words.put(a.id(), a.event() + " " + a.priority() + " " + a.patientId() + " " + a.ward());
    }
    words.values().removeIf(word -> word.startsWith("WITHDRAWN"));
    return words;
  }
}
