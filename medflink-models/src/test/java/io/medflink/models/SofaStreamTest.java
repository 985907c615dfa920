// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.AssessOptions;
import io.medflink.core.Lab;
import io.medflink.core.Observation;
import io.medflink.core.ObservationType;
import io.medflink.core.Panel;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SOFA is of the worst of 24 hours, whatever came late, was corrected or was never true. */
final class SofaStreamTest {
  private static final RiskModel SOFA = new Sofa1996();
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final ObservationType[] TYPES = {
    Lab.ARTERIAL_OXYGEN,
    Vital.OXYGEN_FRACTION,
    Vital.RESPIRATORY_SUPPORT,
    Lab.PLATELETS,
    Lab.BILIRUBIN,
    Lab.CREATININE,
    Vital.MEAN_PRESSURE,
    Vital.SYSTOLIC_PRESSURE,
    Vital.NORADRENALINE_RATE,
    Vital.GLASGOW_COMA_SCORE
  };

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyOrderOfArrivalGivesTheWorstOfTheWholeHistory(int batch) {
    int narrow = 0;
    for (int seed = batch * 250; seed < (batch + 1) * 250; seed++) {
      Random random = new Random(seed);
      List<Panel> history = history(random);
      Collections.shuffle(history, random);
      Ward ward = new Ward(AssessOptions.held(Duration.ofDays(400)), SOFA);
      long hours = -100;
      for (Panel panel : history) {
        ward.send(panel);
        hours += random.nextInt(8);
        ward.watermark(START.toEpochMilli() + hours * 3_600_000);
        if (random.nextInt(10) == 0) {
          ward.restore();
        }
      }
      ward.watermark(Long.MAX_VALUE);
      assertThat(ward.late).isEmpty();
      assertThat(ward.rejected).isEmpty();
      Map<String, NavigableMap<Long, Observation>> facts = facts(history);
      Map<Long, String> expected = new TreeMap<>();
      for (NavigableMap<Long, Observation> told : facts.values()) {
        for (long moment : told.keySet()) {
          int[] ends = SlowSofa.total(facts, moment);
          expected.put(moment, ends[0] + " to " + ends[1]);
          narrow += ends[1] - ends[0] < 6 ? 1 : 0;
        }
      }
      Map<Long, String> answered = new TreeMap<>();
      ward.last(SOFA).forEach((m, a) -> answered.put(m, (int) a.low() + " to " + (int) a.high()));
      assertThat(answered).as("seed %d", seed).isEqualTo(expected);
    }
    assertThat(narrow).as("answers that say something").isGreaterThan(500);
  }

  /** Some days of one patient; each value has one identity and up to three revisions. */
  private static List<Panel> history(Random random) {
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      ObservationType type = TYPES[random.nextInt(TYPES.length)];
      int hour = random.nextInt(60);
      int issued = i;
      for (int revision = 0; revision < 3; revision++) {
        Observation.Status status =
            revision == 0
                ? Observation.Status.FINAL
                : random.nextInt(3) == 0
                    ? Observation.Status.ENTERED_IN_ERROR
                    : Observation.Status.CORRECTED;
        List<Observation> told = new ArrayList<>(List.of(value(type, random)));
        if (type == Vital.SYSTOLIC_PRESSURE) {
          told.add(Observation.of(Vital.DIASTOLIC_PRESSURE, 30 + random.nextInt(50)));
        }
        panels.add(
            Panel.of(
                    "ward|1",
                    START.plusSeconds(hour * 3600L),
                    told.stream()
                        .map(o -> o.withId(o.code() + hour).withStatus(status))
                        .toArray(Observation[]::new))
                .withIssued(START.plusSeconds(issued)));
        issued += 100;
        if (random.nextInt(4) > 0) {
          break;
        }
      }
    }
    return panels;
  }

  private static Observation value(ObservationType type, Random random) {
    if (type == Vital.RESPIRATORY_SUPPORT) {
      return Observation.coded(type, random.nextBoolean() ? "yes" : "no");
    }
    double value =
        switch (type.loinc()) {
          case "2703-7" -> 40 + random.nextInt(80);
          case "3150-0" -> 21 + 10 * random.nextInt(8);
          case "777-3" -> 10 * random.nextInt(20);
          case "1975-2", "2160-0" -> (1 + random.nextInt(60)) / 10.0;
          case "8478-0" -> 60 + random.nextInt(30);
          case "8480-6" -> 80 + random.nextInt(60);
          case "9269-2" -> 3 + random.nextInt(13);
          default -> random.nextInt(4) / 10.0 / 2;
        };
    Observation o = Observation.of(type, value);
    boolean bound = type instanceof Lab && value > 0 && random.nextInt(6) == 0;
    return bound
        ? o.withComparator(
            random.nextBoolean() ? Observation.Comparator.LESS : Observation.Comparator.GREATER)
        : o;
  }

  /** The greatest revision of each value by when it was issued, without what was never true. */
  private static Map<String, NavigableMap<Long, Observation>> facts(List<Panel> history) {
    Map<String, NavigableMap<Long, Observation>> facts = new HashMap<>();
    List<Panel> sorted =
        history.stream()
            .sorted(
                Comparator.comparing(Panel::issued)
                    .thenComparing(panel -> panel.observations()[0].status()))
            .collect(Collectors.toList());
    for (Panel panel : sorted) {
      for (Observation o : panel.observations()) {
        NavigableMap<Long, Observation> ofType =
            facts.computeIfAbsent(o.code(), code -> new TreeMap<>());
        long time = panel.time().toEpochMilli();
        if (o.status() == Observation.Status.ENTERED_IN_ERROR) {
          ofType.remove(time);
        } else {
          ofType.put(time, o);
        }
      }
    }
    return facts;
  }

  @Test
  void theWorstOfTheDayCountsAndNotTheNewest() {
    Ward ward = new Ward(AssessOptions.immediate(), SOFA);
    ward.send(at(0, Observation.of(Vital.GLASGOW_COMA_SCORE, 5)));
    ward.send(at(23, Observation.of(Vital.GLASGOW_COMA_SCORE, 15)));
    assertThat(ward.last(SOFA).lastEntry().getValue().low()).isEqualTo(4);

    ward.send(at(24, Observation.of(Vital.GLASGOW_COMA_SCORE, 15)));
    assertThat(ward.last(SOFA).lastEntry().getValue().low()).isEqualTo(4);

    ward.send(at(25, Observation.of(Vital.GLASGOW_COMA_SCORE, 15)));
    assertThat(ward.last(SOFA).lastEntry().getValue().low()).isZero();
  }

  private static Panel at(int hour, Observation o) {
    return Panel.of("ward|1", START.plusSeconds(hour * 3600L), o);
  }
}
