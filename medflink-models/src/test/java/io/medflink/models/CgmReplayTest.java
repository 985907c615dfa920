// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.AssessOptions;
import io.medflink.core.Lab;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;

/** Real sensors through the core; every 50th answer against a plain count. */
final class CgmReplayTest {

  @Test
  void theTimeInRangeOfRealSensorsIsWhatAPlainCountGives() throws IOException {
    Path file = VectorsFile.locate("medflink.cgm", "data/timeseries/cgm/example_data_hall.csv");
    NavigableMap<String, NavigableMap<Long, Double>> subjects = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split(",", -1);
      if (!cells[0].equals("id")) {
        long time = Instant.parse(cells[1].replace(' ', 'T') + "Z").toEpochMilli();
        subjects
            .computeIfAbsent(cells[0], id -> new TreeMap<>())
            .put(time, Double.parseDouble(cells[2]));
      }
    }
    RiskModel model = new CgmMetrics();
    int answers = 0;
    DoubleSummaryStatistics inRange = new DoubleSummaryStatistics();
    for (String subject : subjects.keySet().stream().limit(4).toList()) {
      NavigableMap<Long, Double> readings = subjects.get(subject);
      Ward ward = new Ward(AssessOptions.immediate(), model);
      readings.forEach(
          (time, glucose) ->
              ward.send(
                  Panel.of(
                      "hall|" + subject,
                      Instant.ofEpochMilli(time),
                      Observation.of(Lab.SENSOR_GLUCOSE, glucose))));
      assertThat(ward.last(model)).hasSameSizeAs(readings);
      int at = 0;
      for (RiskAssessment answer : ward.last(model).values()) {
        if (at++ % 50 != 49) {
          continue;
        }
        long now = answer.time().toEpochMilli();
        double[] seen =
            readings.subMap(now - 14 * 86_400_000L, false, now, true).values().stream()
                .mapToDouble(value -> value)
                .toArray();
        agrees(answer, "tir_70_180", share(seen, glucose -> glucose >= 70 && glucose <= 180));
        agrees(answer, "tbr_lt54", share(seen, glucose -> glucose < 54));
        agrees(answer, "tar_gt250", share(seen, glucose -> glucose > 250));
        agrees(answer, "mean", Arrays.stream(seen).average().orElseThrow());
        agrees(answer, "readings_pct", 100.0 * seen.length / 4032);
        answers++;
      }
      RiskAssessment last = ward.last(model).lastEntry().getValue();
      inRange.accept(last.low());
    }
    System.out.printf("CGM: %d answers agree; last time in range %s%n", answers, inRange);
    assertThat(answers).isGreaterThan(100);
  }

  private static double share(double[] seen, DoublePredicate what) {
    return 100.0 * Arrays.stream(seen).filter(what).count() / seen.length;
  }

  private static void agrees(RiskAssessment answer, String name, double expected) {
    double told =
        Arrays.stream(answer.predictions())
            .filter(prediction -> prediction.name().equals(name))
            .mapToDouble(Prediction::low)
            .findAny()
            .orElseThrow();
    assertThat(told).as(name).isCloseTo(expected, within(1e-9));
  }
}
