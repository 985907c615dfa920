// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.AssessOptions;
import io.medflink.core.Demographic;
import io.medflink.core.Interval;
import io.medflink.core.Lab;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Prediction;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskModel;
import io.medflink.core.Setting;
import io.medflink.core.Vital;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a laboratory tells by a comparator only counts as its interval, optional or not. */
final class ComparatorStreamTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static RiskAssessment last(RiskModel model, Panel... panels) {
    Ward ward = new Ward(AssessOptions.immediate(), model);
    for (Panel panel : panels) {
      ward.send(panel);
    }
    return ward.last(model).lastEntry().getValue();
  }

  private static Observation less(Lab lab, double bound) {
    return Observation.of(lab, bound).withComparator(Observation.Comparator.LESS);
  }

  @Test
  void aLowAlbuminOfUrineGivesPreventsEquationWithItAndItsInterval() {
    RiskModel prevent = RiskModels.byId("prevent-2023");
    Map<String, Object> values = new HashMap<>();
    values.put("age", 61);
    values.put("sex", "F");
    values.put("tc_mg_dl", 190);
    values.put("hdl_mg_dl", 50);
    values.put("sbp", 130);
    values.put("bp_treated", false);
    values.put("statin", false);
    values.put("diabetes", false);
    values.put("smoker", false);
    values.put("bmi", 27);
    values.put("egfr", 80);
    values.put("cvd", false);

    RiskAssessment said =
        last(
            prevent,
            Panel.of(
                "ward|1",
                NOON,
                Observation.coded(Demographic.BIRTH_DATE, "1964-05-01"),
                Observation.coded(Demographic.SEX, "F"),
                Observation.of(Lab.TOTAL_CHOLESTEROL, 190),
                Observation.of(Lab.HDL_CHOLESTEROL, 50),
                Observation.of(Vital.SYSTOLIC_PRESSURE, 130),
                Observation.coded(Demographic.HYPERTENSION_TREATED, "no"),
                Observation.coded(Demographic.STATIN, "no"),
                Observation.coded(Demographic.DIABETES, "no"),
                Observation.coded(Demographic.SMOKER, "no"),
                Observation.of(Vital.BODY_MASS_INDEX, 27),
                Observation.of(Lab.ESTIMATED_GFR, 80),
                Observation.coded(Demographic.CARDIOVASCULAR_DISEASE, "no"),
                less(Lab.ALBUMIN_CREATININE_RATIO, 3)));

    assertThat(said.missing()).containsExactly("uacr_mg_g");
    assertThat(said.reason())
        .isEqualTo("uacr equation; unknown taken within: uacr_mg_g as bounded by the source");
    Questionnaire exact = new Questionnaire(prevent);
    for (Prediction risk : said.predictions()) {
      values.put("uacr_mg_g", 0.1);
      double low = of(exact.assess(values), risk.name(), prevent);
      values.put("uacr_mg_g", 3);
      double high = of(exact.assess(values), risk.name(), prevent);
      assertThat(risk.low()).as(risk.name()).isCloseTo(low, within(1e-9));
      assertThat(risk.high()).as(risk.name()).isCloseTo(high, within(1e-9)).isGreaterThan(low);
    }
  }

  private static double of(Interval interval, String name, RiskModel model) {
    return model.card().outputs().stream()
        .filter(output -> output.name().equals(name))
        .mapToDouble(interval::low)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBoundOnHdlIsEnoughForTheLipidFormSoThatNoBodyMassIsMissing() {
    RiskAssessment said =
        last(
            RiskModels.byId("framingham-cvd-2008"),
            Panel.of(
                "ward|1",
                NOON,
                Observation.coded(Demographic.BIRTH_DATE, "1964-05-01"),
                Observation.coded(Demographic.SEX, "F"),
                Observation.of(Lab.TOTAL_CHOLESTEROL, 180),
                Observation.of(Vital.SYSTOLIC_PRESSURE, 124),
                Observation.coded(Demographic.HYPERTENSION_TREATED, "no"),
                Observation.coded(Demographic.DIABETES, "no"),
                Observation.coded(Demographic.SMOKER, "yes"),
                Observation.coded(Demographic.CARDIOVASCULAR_DISEASE, "no"),
                less(Lab.HDL_CHOLESTEROL, 40)));

    assertThat(said.missing()).containsExactly("hdl_mg_dl");
    assertThat(said.low()).isPositive().isLessThan(said.high());
    assertThat(said.reason()).isEqualTo("unknown taken within: hdl_mg_dl as bounded by the source");
  }

  @Test
  void aBoundOnTheComaScoreCountsFromItsTimeAndOnlyUnderThePolicy() {
    RiskModel news2 = RiskModels.byId("news2");
    Panel alert =
        Panel.of(
            "ward|1",
            NOON,
            Observation.of(Vital.RESPIRATORY_RATE, 16),
            Observation.of(Vital.OXYGEN_SATURATION, 98),
            Observation.coded(Vital.OXYGEN_DEVICE, "air"),
            Observation.of(Vital.SYSTOLIC_PRESSURE, 120),
            Observation.of(Vital.HEART_RATE, 70),
            Observation.coded(Vital.CONSCIOUSNESS, "A"),
            Observation.of(Vital.BODY_TEMPERATURE, 37));
    Observation under =
        Observation.of(Vital.GLASGOW_COMA_SCORE, 9).withComparator(Observation.Comparator.LESS);
    Observation over =
        Observation.of(Vital.GLASGOW_COMA_SCORE, 12).withComparator(Observation.Comparator.GREATER);
    Panel policy =
        Panel.of("ward|1", NOON, Observation.coded(Setting.CONSCIOUSNESS_BY_GCS, "kelly2004"));

    RiskAssessment without = last(news2, alert, Panel.of("ward|1", NOON.plusSeconds(60), under));
    assertThat(without.low()).isZero();
    assertThat(without.missing()).isEmpty();
    RiskAssessment later =
        last(news2, policy, alert, Panel.of("ward|1", NOON.plusSeconds(60), under));
    assertThat(later.low()).isEqualTo(3).isEqualTo(later.high());
    RiskAssessment open =
        last(news2, policy, alert, Panel.of("ward|1", NOON.plusSeconds(60), over));
    assertThat(open.low()).isZero();
    assertThat(open.high()).isEqualTo(3);
    assertThat(open.missing()).containsExactly("gcs");
    RiskAssessment earlier =
        last(news2, policy, alert, Panel.of("ward|1", NOON.minusSeconds(60), under));
    assertThat(earlier.time()).isEqualTo(NOON);
    assertThat(earlier.low()).isZero().isEqualTo(earlier.high());
  }

  @Test
  void anInfusionOverALimitIsScoredAsOver() {
    RiskAssessment said =
        last(
            RiskModels.byId("sofa1996"),
            Panel.of(
                "ward|1",
                NOON,
                Observation.of(Vital.MEAN_PRESSURE, 75),
                Observation.of(Vital.NORADRENALINE_RATE, 0.1)
                    .withComparator(Observation.Comparator.GREATER)));

    assertThat(said.low()).isEqualTo(4);
    assertThat(said.missing()).contains("noradrenaline");
    assertThat(said.reason()).doesNotContain("no vasopressor told");
  }
}
