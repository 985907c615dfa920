// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Setting;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * Framingham risk of new hypertension within 1, 2 or 4 years (a setting, 4 by default).
 *
 * <p>Source: Parikh NI et al. Ann Intern Med 2008;148:102–10, Weibull model. {@code risk = 1 -
 * exp(-exp((ln years - lp) / 0.876925))}, lp = 22.949536 - 0.156412 age - 0.202933 (woman) -
 * 0.033881 BMI - 0.05933 SBP - 0.128468 DBP - 0.190731 (smoker) - 0.166121 parents with
 * hypertension (0 to 2) + 0.001624 age DBP; pressures in mm[Hg], BMI in kg/m2.
 *
 * <p>For ages 20–69, below 140/90 mm[Hg], not treated, without diabetes; else not applicable, and
 * whether treatment or diabetes is unknown is told. Unknown inputs are sought in ages 20–69, BMI
 * 15–50 kg/m2, systolic 90–139 and diastolic 50–89 mm[Hg]; the reason names these ranges. Level by
 * the publication's categories of the 4-year risk: under 5 % LOW, 5–10 % MEDIUM, over 10 % HIGH; it
 * has none for 1 and 2 years: UNKNOWN.
 */
public final class FraminghamHypertension2008 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "framingham-htn-2008",
          "2008",
          "Parikh NI, Pencina MJ, Wang TJ, et al. A risk score for predicting near-term incidence"
              + " of hypertension: the Framingham Heart Study. Ann Intern Med 2008;148:102-10",
          "1-, 2- or 4-year risk of hypertension, ages 20 to 69, below 140/90 mm[Hg], not treated,"
              + " without diabetes; from a white cohort");

  private static final Duration YEAR = Duration.ofDays(366);

  // Age and diastolic pressure stand in a product: which end is worse depends on the other.
  private static final Input AGE = CARD.input(Derived.age("age").corners(Range.closed(20, 69)));
  private static final Input SEX =
      CARD.input(Input.of("sex", Demographic.SEX).ofPatient().falling());
  private static final Input BMI =
      CARD.input(Derived.bodyMassIndex("bmi").ofPatient(YEAR).rising(Range.closed(15, 50)));
  private static final Input SBP =
      CARD.input(
          Input.of("sbp", Vital.SYSTOLIC_PRESSURE).ofPatient(YEAR).rising(Range.closed(90, 139)));
  private static final Input DBP =
      CARD.input(
          Input.of("dbp", Vital.DIASTOLIC_PRESSURE).ofPatient(YEAR).corners(Range.closed(50, 89)));
  private static final Input SMOKER =
      CARD.input(Input.of("smoker", Demographic.SMOKER).ofPatient(YEAR).rising());
  private static final Input PARENTS =
      CARD.input(
          Input.of("parents_htn", Demographic.PARENTS_WITH_HYPERTENSION).ofPatient().rising());
  private static final Input YEARS =
      CARD.input(Input.setting("years", Setting.HYPERTENSION_YEARS, "4"));
  private static final Input TREATED =
      CARD.input(
          Input.of("bp_treated", Demographic.HYPERTENSION_TREATED).ofPatient(YEAR).optional());
  private static final Input DIABETES =
      CARD.input(Input.of("diabetes", Demographic.DIABETES).ofPatient().optional());

  private static final Output RISK = CARD.output("risk", "1");

  private static final double FEMALE = SEX.code("F");
  private static final double FOUR_YEARS = YEARS.code("4");
  private static final double TWO_YEARS = YEARS.code("2");

  private static final double SCALE = 0.876925;
  private static final double LN_2 = Math.log(2);
  private static final double LN_4 = Math.log(4);

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    double systolic = chart.value(SBP);
    double diastolic = chart.value(DBP);
    if (age < 20 || age >= 70) {
      answer.notApplicable("age outside 20 to 69 years, which the cohort does not cover");
      return;
    }
    if (systolic >= 140 || diastolic >= 90) {
      answer.notApplicable("pressure of 140/90 mm[Hg] or more: hypertension itself");
      return;
    }
    if (chart.yes(TREATED) || chart.yes(DIABETES)) {
      answer.notApplicable("treated for pressure or diabetic, which the cohort does not cover");
      return;
    }
    if (Double.isNaN(chart.value(TREATED)) || Double.isNaN(chart.value(DIABETES))) {
      answer.note("taken for not treated for pressure and without diabetes: not told");
    }
    double female = chart.value(SEX) == FEMALE ? 0.202933 : 0;
    double smoker = chart.yes(SMOKER) ? 0.190731 : 0;
    double lp =
        22.949536
            - 0.156412 * age
            - female
            - 0.033881 * chart.value(BMI)
            - 0.05933 * systolic
            - 0.128468 * diastolic
            - smoker
            - 0.166121 * chart.value(PARENTS)
            + 0.001624 * age * diastolic;
    double years = chart.value(YEARS);
    double lnTime = years == FOUR_YEARS ? LN_4 : years == TWO_YEARS ? LN_2 : 0;
    double risk = 1 - Math.exp(-Math.exp((lnTime - lp) / SCALE));
    if (answer.isExplained()) {
      answer.constant((lnTime - 22.949536) / SCALE);
      answer.counts(AGE, 0.156412 * age / SCALE);
      answer.counts(SEX, female / SCALE);
      answer.counts(BMI, 0.033881 * chart.value(BMI) / SCALE);
      answer.counts(SBP, 0.05933 * systolic / SCALE);
      answer.counts(DBP, (0.128468 - 0.001624 * age) * diastolic / SCALE);
      answer.counts(SMOKER, smoker / SCALE);
      answer.counts(PARENTS, 0.166121 * chart.value(PARENTS) / SCALE);
    }
    answer.set(RISK, risk);
    if (years == FOUR_YEARS) {
      answer.level(risk < 0.05 ? RiskLevel.LOW : risk <= 0.10 ? RiskLevel.MEDIUM : RiskLevel.HIGH);
    }
  }
}
