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
 * ACC/AHA Pooled Cohort Equations: risk of a first atherosclerotic event (coronary death, heart
 * attack, stroke) within 10 years.
 *
 * <p>Source: Goff DC Jr et al. Circulation 2014;129(suppl 2):S49–73 (online 2013), table A. {@code
 * risk = 1 - S0^exp(sum - mean)}, over natural logs of age (a), total and HDL cholesterol (mg/dL)
 * and systolic pressure (mm[Hg], treated or not), smoking, diabetes, and their products with ln
 * age; separate equations for black and white women and men. Other races: the white ones, as the
 * guideline says. Constants as printed.
 *
 * <p>For ages 40–79, total cholesterol 130–320 and HDL 20–100 mg/dL, systolic 90–200 mm[Hg], no
 * cardiovascular disease; else not applicable, and whether there is any is told where it is
 * unknown. There is no answer without the age (the white women's equation has its square, whose
 * extreme may lie inside), nor, as in the published calculators, without the total cholesterol. At
 * a known age all terms are linear in the logs of the other inputs, so their ends are the extremes.
 * Level by the guideline's categories (Arnett DK et al. Circulation 2019;140:e596–646): under 5 %
 * LOW, under 7.5 % (borderline) LOW_MEDIUM, under 20 % (intermediate) MEDIUM, from 20 % HIGH.
 */
public final class PooledCohort2013 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "pce-2013",
          "2013",
          "Goff DC Jr, Lloyd-Jones DM, Bennett G, et al. 2013 ACC/AHA guideline on the assessment"
              + " of cardiovascular risk. Circulation 2014;129(suppl 2):S49-73",
          "10-year risk of a first atherosclerotic cardiovascular event, ages 40 to 79, without"
              + " cardiovascular disease; from cohorts of the United States");

  private static final Duration YEAR = Duration.ofDays(366);

  private static final Input AGE = CARD.input(Derived.age("age").required());
  private static final Input SEX = CARD.input(Input.of("sex", Demographic.SEX).ofPatient());
  private static final Input RACE = CARD.input(Input.of("race", Demographic.RACE).ofPatient());
  private static final Input TC =
      CARD.input(Input.of("tc_mg_dl", Lab.TOTAL_CHOLESTEROL).ofPatient(YEAR).required());
  private static final Input HDL =
      CARD.input(
          Input.of("hdl_mg_dl", Lab.HDL_CHOLESTEROL)
              .ofPatient(YEAR)
              .corners(Range.closed(20, 100)));
  private static final Input SBP =
      CARD.input(
          Input.of("sbp", Vital.SYSTOLIC_PRESSURE).ofPatient(YEAR).rising(Range.closed(90, 200)));
  // Treatment lowers the risk of old black women, smoking that of white men of 79, by a hair.
  private static final Input TREATED =
      CARD.input(Input.of("bp_treated", Demographic.HYPERTENSION_TREATED).ofPatient(YEAR));
  private static final Input SMOKER =
      CARD.input(Input.of("smoker", Demographic.SMOKER).ofPatient(YEAR));
  private static final Input DIABETES =
      CARD.input(Input.of("diabetes", Demographic.DIABETES).ofPatient().rising());
  private static final Input CVD =
      CARD.input(Input.of("cvd", Demographic.CARDIOVASCULAR_DISEASE).ofPatient().optional());

  private static final Output RISK = CARD.output("risk", "1");

  private static final double FEMALE = SEX.code("F");
  private static final double BLACK = RACE.code("black");

  /** A term that is not in the publication's table is 0; those "ByAge" multiply ln age. */
  private record Equation(
      double age,
      double ageSquared,
      double cholesterol,
      double cholesterolByAge,
      double hdl,
      double hdlByAge,
      double treated,
      double treatedByAge,
      double untreated,
      double untreatedByAge,
      double smoker,
      double smokerByAge,
      double diabetes,
      double mean,
      double lnSurvival) {}

  private static final Equation WHITE_F =
      new Equation(
          -29.799,
          4.884,
          13.540,
          -3.114,
          -13.578,
          3.149,
          2.019,
          0,
          1.957,
          0,
          7.574,
          -1.665,
          0.661,
          -29.18,
          Math.log(0.9665));
  private static final Equation BLACK_F =
      new Equation(
          17.114,
          0,
          0.940,
          0,
          -18.920,
          4.475,
          29.291,
          -6.432,
          27.820,
          -6.087,
          0.691,
          0,
          0.874,
          86.61,
          Math.log(0.9533));
  private static final Equation WHITE_M =
      new Equation(
          12.344,
          0,
          11.853,
          -2.664,
          -7.990,
          1.769,
          1.797,
          0,
          1.764,
          0,
          7.837,
          -1.795,
          0.658,
          61.18,
          Math.log(0.9144));
  private static final Equation BLACK_M =
      new Equation(
          2.469,
          0,
          0.302,
          0,
          -0.307,
          0,
          1.916,
          0,
          1.809,
          0,
          0.549,
          0,
          0.645,
          19.54,
          Math.log(0.8954));

  private static final Steps CATEGORIES = Steps.below(0, 0.05, 1, 0.075, 2, 0.20, 3);
  private static final RiskLevel[] LEVELS = {
    RiskLevel.LOW, RiskLevel.LOW_MEDIUM, RiskLevel.MEDIUM, RiskLevel.HIGH
  };

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    double cholesterol = chart.value(TC);
    double hdl = chart.value(HDL);
    double systolic = chart.value(SBP);
    if (age < 40 || age >= 80) {
      answer.notApplicable("age outside 40 to 79 years, which the equations do not cover");
    } else if (cholesterol < 130 || cholesterol > 320) {
      answer.notApplicable("total cholesterol outside 130 to 320 mg/dL");
    } else if (!HDL.published().contains(hdl)) {
      answer.notApplicable("HDL cholesterol outside 20 to 100 mg/dL");
    } else if (!SBP.published().contains(systolic)) {
      answer.notApplicable("systolic pressure outside 90 to 200 mm[Hg]");
    } else if (chart.yes(CVD)) {
      answer.notApplicable("known cardiovascular disease: the equations are for a first event");
    } else {
      if (Double.isNaN(chart.value(CVD))) {
        answer.note("taken for without cardiovascular disease: not told");
      }
      double risk = risk(chart, answer, Math.log(age), cholesterol, hdl, systolic);
      answer.set(RISK, risk);
      answer.level(LEVELS[CATEGORIES.points(risk)]);
    }
  }

  private static double risk(
      Chart chart, Answer answer, double lnAge, double cholesterol, double hdl, double systolic) {
    boolean female = chart.value(SEX) == FEMALE;
    boolean black = chart.value(RACE) == BLACK;
    Equation b = female ? (black ? BLACK_F : WHITE_F) : (black ? BLACK_M : WHITE_M);
    double pressure =
        chart.yes(TREATED)
            ? b.treated + b.treatedByAge * lnAge
            : b.untreated + b.untreatedByAge * lnAge;
    double sum =
        answer.counts(AGE, (b.age + b.ageSquared * lnAge) * lnAge)
            + answer.counts(
                TC, (b.cholesterol + b.cholesterolByAge * lnAge) * Math.log(cholesterol))
            + answer.counts(HDL, (b.hdl + b.hdlByAge * lnAge) * Math.log(hdl))
            + answer.counts(SBP, pressure * Math.log(systolic))
            + answer.counts(SMOKER, chart.yes(SMOKER) ? b.smoker + b.smokerByAge * lnAge : 0.0)
            + answer.counts(DIABETES, chart.yes(DIABETES) ? b.diabetes : 0.0);
    if (answer.isExplained()) {
      answer.constant(Math.log(-b.lnSurvival) - b.mean);
    }
    return 1 - Math.exp(b.lnSurvival * Math.exp(sum - b.mean));
  }
}
