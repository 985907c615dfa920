// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last word on each episode is the same for every order of arrival within the lateness. */
class AlertOrderTest {
  static final int MINUTES = 120;

  static final AlertRule RULE =
      AlertRule.of(AlertBed.MODEL)
          .withLevels(RiskLevel.MEDIUM, RiskLevel.LOW)
          .withConfirmation(Duration.ofMinutes(3), Duration.ofMinutes(8), Duration.ofMinutes(2))
          .withQuiet(Duration.ofMinutes(6))
          .withEscalation(2, Duration.ofMinutes(7))
          .withExpected(
              ExpectedSignal.device("w1", RiskLevel.HIGH, Duration.ofMinutes(9)),
              ExpectedSignal.rounds("w1", null, Duration.ofMinutes(14)));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyOrderGivesWhatTheWholeHistorySays(int batch) {
    int episodes = 0;
    for (int seed = batch * 100; seed < (batch + 1) * 100; seed++) {
      Random random = new Random(seed);
      List<AlertEvent> history = history(random);
      Map<String, String> expected = new AlertJudge(history).lastWords();
      episodes += expected.size();
      for (int order = 0; order < 3; order++) {
        AlertBed bed = new AlertBed(AlertBed.options(RULE).withLateness(Duration.ofDays(2)));
        List<AlertEvent> shuffled = new ArrayList<>(history);
        if (order > 0) {
          Collections.shuffle(shuffled, random);
        }
        double watermark = 0;
        for (AlertEvent event : shuffled) {
          bed.send(event);
          if (random.nextInt(4) == 0) {
            watermark += random.nextInt(5);
            bed.watermark(Math.min(MINUTES, watermark));
          }
          if (random.nextInt(10) == 0) {
            bed.restore();
          }
        }
        bed.end = AlertBed.ms(MINUTES);
        bed.finish();
        assertThat(bed.lastWords()).as("seed %d order %d", seed, order).isEqualTo(expected);
        assertThat(bed.in).isEqualTo(bed.used + bed.unused + bed.duplicate);
        int before = bed.said.size();
        bed.finish();
        assertThat(bed.said).hasSize(before);
      }
    }
    assertThat(episodes).isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void settlingChangesNothing(int batch) {
    for (int seed = batch * 100; seed < (batch + 1) * 100; seed++) {
      List<AlertEvent> history = history(new Random(seed));
      history.sort((a, b) -> Long.compare(AlertJudge.time(a), AlertJudge.time(b)));
      AlertBed bed = new AlertBed(AlertBed.options(RULE).withLateness(Duration.ofMinutes(10)));
      for (AlertEvent event : history) {
        bed.watermark((AlertJudge.time(event) - AlertBed.ms(0)) / 60_000.0 - 0.5);
        bed.send(event);
      }
      bed.watermark(MINUTES);
      assertThat(bed.late).isEmpty();
      assertThat(bed.lastWords())
          .as("seed %d", seed)
          .isEqualTo(new AlertJudge(history).lastWords());
    }
  }

  /** Two hours of one patient: revisions, withdrawals, repeats, decisions, movements. */
  private static List<AlertEvent> history(Random random) {
    List<AlertEvent> events = new ArrayList<>();
    List<Integer> minutes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int minute = random.nextInt(MINUTES - 5);
      if (minutes.contains(minute)) {
        continue;
      }
      minutes.add(minute);
      int revisions = random.nextInt(4) == 0 ? 2 : 1;
      for (int r = 1; r <= revisions; r++) {
        RiskLevel low = RiskLevel.values()[1 + random.nextInt(4)];
        RiskLevel high = random.nextInt(4) == 0 ? RiskLevel.values()[1 + random.nextInt(4)] : low;
        boolean none = random.nextInt(12) == 0;
        RiskAssessment a =
            random.nextInt(10) == 0 && r > 1
                ? AlertBed.withdrawn(minute, r)
                : none
                    ? AlertBed.assessment(minute, r, RiskLevel.UNKNOWN, RiskLevel.UNKNOWN, minute)
                    : AlertBed.assessment(
                        minute,
                        r,
                        low.compareTo(high) < 0 ? low : high,
                        low.compareTo(high) < 0 ? high : low,
                        minute);
        events.add(AlertEvent.of(a));
        if (random.nextInt(6) == 0) {
          events.add(AlertEvent.of(a));
        }
      }
    }
    if (random.nextInt(2) == 0) {
      double from = random.nextInt(MINUTES);
      events.add(
          AlertEvent.of(
              AlertBed.control(
                  random.nextBoolean() ? Control.Kind.SUSPEND : Control.Kind.DO_NOT_ESCALATE,
                  null,
                  from,
                  from + 1 + random.nextInt(40))));
      if (random.nextInt(3) == 0) {
        events.add(
            AlertEvent.of(
                AlertBed.control(
                    Control.Kind.RESUME, null, Math.min(MINUTES, from + random.nextInt(9)), null)));
      }
    }
    if (random.nextInt(3) == 0) {
      events.add(AlertEvent.of(AlertBed.limit(9 + random.nextInt(5), random.nextInt(60), 90)));
    }
    for (int minute : minutes) {
      if (random.nextInt(4) == 0) {
        String id =
            Episode.id("ward|1", AlertBed.MODEL, random.nextInt(4) == 0, AlertBed.ms(minute));
        events.add(
            AlertEvent.of(
                AlertBed.control(
                    Control.Kind.ACKNOWLEDGE,
                    id,
                    Math.min(MINUTES, minute + random.nextInt(15)),
                    null)));
      }
    }
    if (random.nextInt(3) == 0) {
      int out = 20 + random.nextInt(80);
      events.add(AlertEvent.of(AlertBed.movement(Movement.Kind.DISCHARGE, "e1", null, out)));
      if (random.nextBoolean()) {
        events.add(
            AlertEvent.of(
                AlertBed.movement(
                    Movement.Kind.CANCEL_DISCHARGE, "e1", null, out + random.nextInt(9))));
      }
    }
    if (random.nextInt(4) == 0) {
      events.add(
          AlertEvent.of(
              AlertBed.movement(Movement.Kind.TRANSFER, "e1", "w9", random.nextInt(MINUTES))));
    }
    return events;
  }
}
