// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.Vital;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A seeded ward: its panels in any order, and what was said of it last. */
final class Ward {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private Ward() {}

  /** A few hours of some patients, with corrections, withdrawals and repeats, in time order. */
  static List<Panel> panels(int patients, int each, long seed) {
    Random random = new Random(seed);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (int p = 0; p < patients; p++) {
        Instant time = START.plusSeconds(300L * i + random.nextInt(120));
        Observation hr =
            Observation.of(Vital.HEART_RATE, 40 + random.nextInt(100)).withId("hr" + i);
        Observation temp = Observation.of(Vital.BODY_TEMPERATURE, 35 + random.nextInt(50) / 10.0);
        Observation mind =
            Observation.coded(Vital.CONSCIOUSNESS, random.nextInt(9) == 0 ? "V" : "A");
        Panel panel = Panel.of("ward|" + p, time, hr, temp, mind);
        panels.add(panel.withIssued(time));
        if (random.nextInt(6) == 0) {
          panels.add(
              Panel.of("ward|" + p, time, hr.withStatus(Observation.Status.ENTERED_IN_ERROR))
                  .withIssued(time.plusSeconds(60)));
        }
        if (random.nextInt(6) == 0) {
          panels.add(panel);
        }
      }
    }
    return panels;
  }

  /** Each patient is discharged after an hour and a half and comes back half an hour later. */
  static List<Movement> movements(int patients) {
    List<Movement> movements = new ArrayList<>();
    for (int p = 0; p < patients; p++) {
      movements.add(movement(Movement.Kind.ADMIT, p, "admitted", 0));
      movements.add(movement(Movement.Kind.DISCHARGE, p, "admitted", 5400));
      movements.add(movement(Movement.Kind.ADMIT, p, "readmitted", 7200));
    }
    return movements;
  }

  private static Movement movement(Movement.Kind kind, int patient, String encounter, int seconds) {
    return new Movement(
        kind,
        "ward|" + patient,
        null,
        encounter,
        null,
        "north",
        "w" + patient % 3,
        null,
        null,
        START.plusSeconds(seconds),
        null,
        null,
        "adt");
  }

  static List<Panel> shuffled(List<Panel> panels, long seed) {
    List<Panel> shuffled = new ArrayList<>(panels);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  /** The last word about each moment, without those that were withdrawn. */
  static Map<String, String> lastWords(Iterable<RiskAssessment> said) {
    Map<String, RiskAssessment> last = new TreeMap<>();
    for (RiskAssessment a : said) {
      last.merge(
          a.patientId() + " " + a.model() + " " + a.time(),
          a,
          (old, now) -> now.revision() > old.revision() ? now : old);
    }
    Map<String, String> words = new TreeMap<>();
    last.forEach(
        (key, a) -> {
          if (a.status() != RiskAssessment.Status.ENTERED_IN_ERROR) {
            words.put(key, words(a));
          }
        });
    return words;
  }

  private static String words(RiskAssessment a) {
    StringBuilder text = new StringBuilder();
    for (Prediction p : a.predictions()) {
      text.append(p.name()).append('=').append(p.low()).append("..").append(p.high()).append(' ');
    }
    return text
        + (a.levelLow() + ".." + a.levelHigh() + " " + String.join(",", a.missing()))
        + (" " + a.reason() + " " + a.encounter() + " " + a.ward());
  }
}
