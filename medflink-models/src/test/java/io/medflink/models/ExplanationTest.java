// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.AssessOptions;
import io.medflink.core.Chart;
import io.medflink.core.Completion;
import io.medflink.core.Explained;
import io.medflink.core.Explanation;
import io.medflink.core.Input;
import io.medflink.core.Interval;
import io.medflink.core.Observation;
import io.medflink.core.Output;
import io.medflink.core.Panel;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a model answered as it did, for every model. */
final class ExplanationTest {

  /** Those that sum up nothing: categories, ratios, rules and summaries of a course. */
  private static final Set<String> NO_SUM =
      Set.of(
          "bmi",
          "bp-acc-aha-2017",
          "bp-esc-2018",
          "bp-esc-2024",
          "cgm-metrics",
          "ckd-epi-2021",
          "gmi",
          "kdigo-aki",
          "kdigo-ckd-heatmap",
          "kdigo-gfr-category",
          "map-pp",
          "nhs-aki",
          "shock-index",
          "threshold",
          "trend");

  static Stream<String> models() {
    return RiskModels.all().stream().map(RiskModel::id);
  }

  @ParameterizedTest
  @MethodSource("models")
  void theContributionsAddUpToTheScoreOrTheLinearPredictor(String id) {
    RiskModel model = RiskModels.byId(id);
    Output primary = model.card().outputs().get(0);
    Interval interval = new Interval(model);
    Random random = new Random(id.hashCode());
    int explained = 0;
    for (int i = 0; i < 400; i++) {
      Chart chart = Charts.complete(model, random);
      new Completion(model).assess(chart, interval);
      Explanation why = Explanation.of(model, chart);
      assertThat(why.narrowest()).isNull();
      if (!interval.applicable()) {
        continue;
      }
      double sum = 0;
      for (Explanation.Counted input : why.inputs()) {
        boolean told = !Double.isNaN(input.low());
        assertThat(NO_SUM.contains(id) && told).isFalse();
        assertThat(!told || input.low() == input.high()).as(input.input()).isTrue();
        sum += told ? input.low() : 0;
      }
      if (!NO_SUM.contains(id)) {
        double expected = interval.low(primary);
        boolean points = primary.unit().equals("{score}");
        double lp = sum + (points ? 0 : why.constant());
        double logistic = 1 / (1 + Math.exp(-lp));
        double hazard = 1 - Math.exp(-Math.exp(lp));
        double nearer =
            Math.abs(logistic - expected) < Math.abs(hazard - expected) ? logistic : hazard;
        assertThat(points ? lp : nearer).isCloseTo(expected, within(1e-9));
        explained++;
      }
    }
    assertThat(explained > 0).isNotEqualTo(NO_SUM.contains(id));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theNarrowestIsTheMissingOneThatLeavesTheLeastAtItsWorst(String id) {
    RiskModel model = RiskModels.byId(id);
    Output primary = model.card().outputs().get(0);
    Random random = new Random(-id.hashCode());
    for (int i = 0; i < 60; i++) {
      Chart chart = Charts.complete(model, random);
      for (Input input : model.card().inputs()) {
        if (input.history() == null && random.nextInt(3) == 0) {
          chart.set(input, Double.NaN);
        }
      }
      Explanation why = Explanation.of(model, chart);
      Interval interval = new Interval(model);
      new Completion(model).assess(chart, interval);
      List<String> missing = List.of(interval.missing());
      assertThat(why.narrowest() == null).isEqualTo(missing.isEmpty());
      if (missing.isEmpty() || !interval.applicable()) {
        continue;
      }
      assertThat(missing).contains(why.narrowest());
      double chosen = 0;
      double least = Double.POSITIVE_INFINITY;
      for (Input input : model.card().inputs()) {
        if (missing.contains(input.name())) {
          double widest = widest(model, primary, chart, input, random);
          chosen = input.name().equals(why.narrowest()) ? widest : chosen;
          least = Math.min(least, widest);
        }
      }
      // Samples may miss the one value that leaves most open.
      assertThat(chosen).isLessThanOrEqualTo(interval.high(primary) - interval.low(primary));
      assertThat(least).isLessThanOrEqualTo(chosen);
    }
  }

  private static double widest(
      RiskModel model, Output primary, Chart chart, Input input, Random random) {
    Interval interval = new Interval(model);
    double widest = 0;
    for (int i = 0; i < 20; i++) {
      chart.set(input, Charts.value(input, input.published(), random));
      new Completion(model).assess(chart, interval);
      if (interval.applicable()) {
        widest = Math.max(widest, interval.high(primary) - interval.low(primary));
      }
    }
    chart.set(input, Double.NaN);
    return widest;
  }

  @Test
  void ofNews2WithGapsItNamesPointsAndWhatWouldNarrowItMost() {
    Explanation why =
        new Questionnaire(new News2())
            .explain(Map.of("rr", 24, "spo2", 93, "hr", 112, "acvpu", "A", "sbp", 120));

    assertThat(counted(why, "rr").low()).isEqualTo(2);
    assertThat(counted(why, "hr").high()).isEqualTo(2);
    assertThat(counted(why, "acvpu").text()).isEqualTo("A");
    assertThat(counted(why, "temp_c").value()).isNaN();
    assertThat(counted(why, "temp_c").high()).isEqualTo(3);
    assertThat(counted(why, "on_o2").high()).isEqualTo(2);
    assertThat(why.narrowest()).isEqualTo("temp_c");
    assertThat(new Questionnaire(new News2()).explain(Map.of("rr", "x")).inputs()).isEmpty();
  }

  @Test
  void inAStreamItNamesWhenEachWasMeasuredAndOnlyForWhomItIsAsked() {
    Ward ward = new Ward(AssessOptions.immediate(), new Qsofa());
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    ward.send(Panel.of("ward|1", noon, Observation.of(Vital.RESPIRATORY_RATE, 24)));
    assertThat(ward.explained).isEmpty();
    ward.explains = true;

    ward.send(
        Panel.of("ward|1", noon.plusSeconds(60), Observation.of(Vital.SYSTOLIC_PRESSURE, 90)));

    Explained why = ward.explained.get(0);
    assertThat(why.assessment().time()).isEqualTo(noon.plusSeconds(60));
    assertThat(counted(why.explanation(), "rr").time()).isEqualTo(noon);
    assertThat(counted(why.explanation(), "rr").low()).isEqualTo(1);
    assertThat(counted(why.explanation(), "sbp").time()).isEqualTo(noon.plusSeconds(60));
    assertThat(why.explanation().narrowest()).isEqualTo("gcs");
  }

  private static Explanation.Counted counted(Explanation why, String input) {
    return Arrays.stream(why.inputs())
        .filter(counted -> input.equals(counted.input()))
        .findAny()
        .orElseThrow();
  }
}
