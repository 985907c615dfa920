// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.RiskLevel;
import io.medflink.models.DiabetesRisk.Result;
import org.junit.jupiter.api.Test;

/** Figures by hand from the published coefficients, see {@link FraminghamDiabetes2007}. */
class DiabetesRiskTest {
  private final DiabetesRisk risk = new DiabetesRisk();

  private static double logistic(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  @Test
  void middle_age_is_answered_by_the_exact_interval_of_wilson() {
    Result result = risk.assess(55.0, 5.5, 70.0);
    assertThat(result.model()).isEqualTo("framingham-diabetes-2007");
    assertThat(result.figure()).isEqualTo("risk");
    // Least: a man of 55. Most: a woman, parent, BMI 30, pressure, HDL and triglycerides.
    assertThat(result.low()).isCloseTo(logistic(-5.517 - 0.018 - 0.010), within(1e-12));
    double most = -5.517 - 0.018 + 0.565 + 0.920 + 0.498 + 0.944 + 0.575;
    assertThat(result.high()).isCloseTo(logistic(most), within(1e-12));
    assertThat(result.level()).isEqualTo(RiskLevel.UNKNOWN);
    assertThat(result.missing())
        .containsExactly("bmi", "bp_treated", "hdl_mg_dl", "parental", "sbp", "sex", "tg_mg_dl");
  }

  @Test
  void pressure_counts_only_when_it_is_over_the_limit() {
    double without = logistic(-5.517 - 0.018 - 0.010);
    assertThat(risk.assess(55.0, 5.5, 85.0).low()).isCloseTo(without, within(1e-12));
    double with = logistic(-5.517 - 0.018 - 0.010 + 0.498);
    assertThat(risk.assess(55.0, 5.5, 86.0).low()).isCloseTo(with, within(1e-12));
    assertThat(risk.assess(55.0, 5.5, 86.0).high()).isEqualTo(risk.assess(55.0, 5.5, 85.0).high());
  }

  @Test
  void glucose_from_100_mg_dl_counts() {
    double low = logistic(-5.517 - 0.018 - 0.010 + 1.980);
    assertThat(risk.assess(55.0, 6.0, 70.0).low()).isCloseTo(low, within(1e-12));
    Result open = risk.assess(55.0, null, 70.0);
    assertThat(open.low()).isEqualTo(risk.assess(55.0, 5.5, 70.0).low());
    assertThat(open.high()).isEqualTo(risk.assess(55.0, 6.0, 70.0).high());
    assertThat(open.missing()).contains("fpg_mg_dl");
  }

  @Test
  void both_ends_of_the_ages_of_wilson_are_kept() {
    assertThat(risk.assess(44.0, 5.5, 70.0).model()).isEqualTo("ada-risk-test");
    assertThat(risk.assess(45.0, 5.5, 70.0).model()).isEqualTo("framingham-diabetes-2007");
    assertThat(risk.assess(64.0, 5.5, 70.0).model()).isEqualTo("framingham-diabetes-2007");
    assertThat(risk.assess(65.0, 5.5, 70.0).model()).isEqualTo("ada-risk-test");
  }

  @Test
  void other_ages_are_answered_by_the_ada_risk_test_which_says_so() {
    Result result = risk.assess(80.0, 5.5, 70.0);
    assertThat(result.figure()).isEqualTo("score");
    assertThat(result.low()).isEqualTo(3);
    assertThat(result.high()).isEqualTo(10);
    assertThat(result.level()).isEqualTo(RiskLevel.UNKNOWN);
    assertThat(result.missing()).contains("hypertension", "sex", "bmi");
    assertThat(result.reason()).contains("ADA").contains("neither glucose nor pressure");
  }

  @Test
  void one_high_diastolic_value_is_no_diagnosis_of_hypertension() {
    assertThat(risk.assess(80.0, 5.5, 120.0)).isEqualTo(risk.assess(80.0, 5.5, 70.0));
  }

  @Test
  void the_diagnostic_range_is_answered_as_that_at_every_age() {
    for (Double age : new Double[] {20.0, 55.0, 90.0, null}) {
      Result result = risk.assess(age, 7.0, null);
      assertThat(result.model()).isNull();
      assertThat(result.low()).isNaN();
      assertThat(result.high()).isNaN();
      assertThat(result.level()).isEqualTo(RiskLevel.HIGH);
      assertThat(result.reason()).contains("diagnostic range");
      assertThat(risk.assess(age, 126.0, null, "mg/dL", null)).isEqualTo(result);
    }
    assertThat(risk.assess(55.0, 6.9, 70.0).model()).isNotNull();
    assertThat(risk.assess(55.0, 125.9, 70.0, "mg/dL", "mm[Hg]").model()).isNotNull();
  }

  @Test
  void units_are_converted_and_refused_by_name() {
    Result expected = risk.assess(55.0, 5.5, 90.0);
    assertThat(risk.assess(55.0, 5.5, 9.0, "mmol/L", "cm[Hg]")).isEqualTo(expected);
    assertThat(risk.assess(55.0, 5.5 * 18.016, 12.0, "mg/dL", "kPa")).isEqualTo(expected);
    assertThat(risk.assess(55.0, 5.5, 90.0, "mmol/L", "cmHg").reason())
        .isEqualTo("pressure_unit: no UCUM unit");
    assertThat(risk.assess(55.0, 5.5, 90.0, "mm[Hg]", "mm[Hg]").reason())
        .isEqualTo("glucose_unit: can't be converted to mg/dL");
    assertThat(risk.assess(55.0, 5.5, 90.0, null, "mm[Hg]").reason())
        .isEqualTo("glucose_unit: unknown");
  }

  @Test
  void a_unit_matters_only_where_there_is_a_value() {
    assertThat(risk.assess(55.0, 5.5, null, "mmol/L", "furlong"))
        .isEqualTo(risk.assess(55.0, 5.5, null));
  }

  @Test
  void impossible_values_are_a_reason_and_never_a_number() {
    double[] bad = {-1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (double value : bad) {
      assertRefused(risk.assess(value, 5.5, 70.0), "age");
      assertRefused(risk.assess(55.0, value, 70.0), "glucose");
      assertRefused(risk.assess(55.0, 5.5, value), "pressure");
    }
    assertRefused(risk.assess(131.0, 5.5, 70.0), "age");
    assertRefused(risk.assess(55.0, 0.0, 70.0), "glucose");
    assertRefused(risk.assess(55.0, 5.5, 300.0), "pressure");
    assertRefused(risk.assess(55.0, 8.0, -1.0), "pressure");
  }

  private static void assertRefused(Result result, String argument) {
    assertThat(result.model()).isNull();
    assertThat(result.low()).isNaN();
    assertThat(result.high()).isNaN();
    assertThat(result.level()).isEqualTo(RiskLevel.UNKNOWN);
    assertThat(result.reason()).startsWith(argument + ": ");
  }

  @Test
  void nothing_known_is_the_whole_interval_and_never_low_risk() {
    Result result = risk.assess(null, null, null);
    assertThat(result.missing()).contains("age", "fpg_mg_dl", "dbp");
    assertThat(result.low()).isLessThan(result.high());
    assertThat(result.level()).isEqualTo(RiskLevel.UNKNOWN);
  }

  @Test
  void it_does_not_print_its_figures() {
    assertThat(risk.assess(55.0, 5.5, 70.0).toString())
        .isEqualTo("DiabetesRisk[framingham-diabetes-2007]");
  }
}
