// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * Framingham risk of a first cardiovascular event (coronary, stroke, peripheral arteries, heart
 * failure) within 10 years, by lipids or, without laboratory values, by body mass index.
 *
 * <p>Source: D'Agostino RB et al. Circulation 2008;117:743–53. {@code risk = 1 - S0^exp(sum -
 * mean)}; the sum is over the natural logs of age (a), total and HDL cholesterol (mg/dL) or body
 * mass index (kg/m2), and systolic pressure (mm[Hg]) with a coefficient of its own when treated,
 * and over smoking and diabetes.
 *
 * <p>For ages 30–74 without cardiovascular disease; else not applicable, and whether there is any
 * is told where it is unknown. The lipid form where both cholesterols are known, else the form by
 * body mass index, which the reason then says. Every term is monotone: unknown inputs are sought in
 * ages 30–74 and, ours, body mass index 15–50 kg/m2 and systolic 90–200 mm[Hg]; no mass is sought
 * beside a lone HDL: no answer. Level by the Canadian guidelines that use this equation (Anderson
 * TJ et al. Can J Cardiol 2016;32:1263–82; Pearson GJ et al. 2021;37:1129–50): under 10 % LOW, from
 * 20 % HIGH, between them MEDIUM.
 */
public final class FraminghamCvd2008 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "framingham-cvd-2008",
          "2008",
          "D'Agostino RB, Vasan RS, Pencina MJ, et al. General cardiovascular risk profile for use"
              + " in primary care: the Framingham Heart Study. Circulation 2008;117:743-53",
          "10-year risk of a first cardiovascular event, ages 30 to 74, without cardiovascular"
              + " disease; from a white cohort");

  private static final Duration YEAR = Duration.ofDays(366);

  private static final Input AGE = CARD.input(Derived.age("age").rising(Range.closed(30, 74)));
  private static final Input SEX = CARD.input(Input.of("sex", Demographic.SEX).ofPatient());
  private static final Input TC =
      CARD.input(
          Input.of("tc_mg_dl", Lab.TOTAL_CHOLESTEROL)
              .ofPatient(YEAR)
              .rising(Range.closed(100, 405))
              .optional());
  private static final Input HDL =
      CARD.input(
          Input.of("hdl_mg_dl", Lab.HDL_CHOLESTEROL)
              .ofPatient(YEAR)
              .falling(Range.closed(10, 100))
              .optional());
  private static final Input BMI =
      CARD.inputUnless(
          HDL, Derived.bodyMassIndex("bmi").ofPatient(YEAR).rising(Range.closed(15, 50)));
  private static final Input SBP =
      CARD.input(
          Input.of("sbp", Vital.SYSTOLIC_PRESSURE).ofPatient(YEAR).rising(Range.closed(90, 200)));
  private static final Input TREATED =
      CARD.input(Input.of("bp_treated", Demographic.HYPERTENSION_TREATED).ofPatient(YEAR).rising());
  private static final Input SMOKER =
      CARD.input(Input.of("smoker", Demographic.SMOKER).ofPatient(YEAR).rising());
  private static final Input DIABETES =
      CARD.input(Input.of("diabetes", Demographic.DIABETES).ofPatient().rising());
  private static final Input CVD =
      CARD.input(Input.of("cvd", Demographic.CARDIOVASCULAR_DISEASE).ofPatient().optional());

  private static final Output RISK = CARD.output("risk", "1");

  /** Coefficients; those of pressure untreated and treated. */
  private record Equation(
      double age,
      double cholesterol,
      double hdl,
      double mass,
      double[] pressure,
      double smoker,
      double diabetes,
      double baseline) {}

  /** Of the hazard's logarithm, at the mean and the survival there. */
  private static double baseline(double mean, double survival) {
    return Math.log(-Math.log(survival)) - mean;
  }

  private static final Equation LIPIDS_F =
      new Equation(
          2.32888,
          1.20904,
          -0.70833,
          0,
          new double[] {2.76157, 2.82263},
          0.52873,
          0.69154,
          baseline(26.1931, 0.95012));
  private static final Equation LIPIDS_M =
      new Equation(
          3.06117,
          1.12370,
          -0.93263,
          0,
          new double[] {1.93303, 1.99881},
          0.65451,
          0.57367,
          baseline(23.9802, 0.88936));
  private static final Equation MASS_F =
      new Equation(
          2.72107,
          0,
          0,
          0.51125,
          new double[] {2.81291, 2.88267},
          0.61868,
          0.77763,
          baseline(26.0145, 0.94833));
  private static final Equation MASS_M =
      new Equation(
          3.11296,
          0,
          0,
          0.79277,
          new double[] {1.85508, 1.92672},
          0.70953,
          0.53160,
          baseline(23.9388, 0.88431));

  /** By the codes of the sexes, F and M. */
  private static final Equation[] LIPIDS = {LIPIDS_F, LIPIDS_M};

  private static final Equation[] MASS = {MASS_F, MASS_M};

  private static final Steps CATEGORIES = Steps.below(0, 0.10, 1, 0.20, 2);
  private static final RiskLevel[] LEVELS = {RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH};

  private static final String BY_MASS =
      "by body mass index: total and HDL cholesterol are not both known";
  private static final String NOT_TOLD = "taken for without cardiovascular disease: not told";
  private static final String BY_MASS_NOT_TOLD = BY_MASS + "; " + NOT_TOLD;

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    double cholesterol = chart.value(TC);
    double hdl = chart.value(HDL);
    double mass = chart.value(BMI);
    boolean lipids = !Double.isNaN(cholesterol) && !Double.isNaN(hdl);
    if (age < 30 || age >= 75) {
      answer.notApplicable("age outside 30 to 74 years, which the cohort does not cover");
      return;
    }
    if (chart.yes(CVD)) {
      answer.notApplicable("known cardiovascular disease: the equation is for a first event");
      return;
    }
    if (!lipids && Double.isNaN(mass)) {
      answer.notApplicable("needs tc_mg_dl beside hdl_mg_dl, or bmi");
      return;
    }
    boolean told = !Double.isNaN(chart.value(CVD));
    if (!lipids) {
      answer.note(told ? BY_MASS : BY_MASS_NOT_TOLD);
    } else if (!told) {
      answer.note(NOT_TOLD);
    }
    Equation b = (lipids ? LIPIDS : MASS)[(int) chart.value(SEX)];
    double sum =
        answer.counts(AGE, b.age * Math.log(age))
            + (lipids
                ? answer.counts(TC, b.cholesterol * Math.log(cholesterol))
                    + answer.counts(HDL, b.hdl * Math.log(hdl))
                : answer.counts(BMI, b.mass * Math.log(mass)))
            + answer.counts(
                SBP, b.pressure[(int) chart.value(TREATED)] * Math.log(chart.value(SBP)))
            + answer.counts(SMOKER, b.smoker * chart.value(SMOKER))
            + answer.counts(DIABETES, b.diabetes * chart.value(DIABETES));
    // 1 - S^exp(sum - mean) is 1 - exp(-exp(sum - mean + ln(-ln S))).
    double risk = 1 - Math.exp(-Math.exp(sum + answer.constant(b.baseline)));
    answer.set(RISK, risk);
    answer.level(LEVELS[CATEGORIES.points(risk)]);
  }
}
