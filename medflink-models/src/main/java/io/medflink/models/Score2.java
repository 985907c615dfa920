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
import io.medflink.core.Setting;
import io.medflink.core.Steps;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * SCORE2 (ages 40–69) and SCORE2-OP (70–89): risk of a cardiovascular event within 10 years in
 * apparently healthy Europeans, calibrated to the risk region of their country.
 *
 * <p>Sources: SCORE2 working group. Eur Heart J 2021;42:2439–54; SCORE2-OP working group. Eur Heart
 * J 2021;42:2455–67. {@code r = 1 - S0^exp(lp)}, risk = {@code 1 - exp(-exp(k1 + k2 ln(-ln(1 -
 * r))))}; lp is multi-affine in age (a), smoking, systolic pressure (mm[Hg]), total and HDL
 * cholesterol (mmol/L). SCORE2-OP by the rounded coefficients published (up to 0.26 percentage
 * points from the authors' code).
 *
 * <p>Not applicable outside 40–89 years, with diabetes (SCORE2-Diabetes is for that) or with
 * cardiovascular disease; the reason says where one of these is not told. The region is a setting
 * without an assumed value: while nobody made it, all four are tried. Unknown inputs are sought in
 * ages 40–89 and, ours, systolic 90–200 mm[Hg], total cholesterol 3–9 and HDL 0.5–2.6 mmol/L.
 *
 * <p>Category (Visseren FLJ et al. Eur Heart J 2021;42:3227–337) of the risk rounded to 0.1 %: high
 * from 2.5 % under 50 years, 5 % to 69, 7.5 % from 70; very high from 7.5, 10 and 15 %. Level:
 * low-moderate LOW_MEDIUM, high and very high HIGH.
 */
public final class Score2 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "score2",
          "2021",
          "SCORE2 working group and ESC Cardiovascular risk collaboration. SCORE2 risk prediction"
              + " algorithms. Eur Heart J 2021;42:2439-54; SCORE2-OP working group. SCORE2-OP risk"
              + " prediction algorithms. Eur Heart J 2021;42:2455-67",
          "10-year risk of a cardiovascular event, ages 40 to 89, Europe, without cardiovascular"
              + " disease and without diabetes");

  private static final Duration YEAR = Duration.ofDays(366);

  // Both sides of where the categories change (50) and where SCORE2-OP takes over (70).
  private static final Input AGE =
      CARD.input(
          Derived.age("age")
              .corners(Range.closed(40, 89), Math.nextDown(50.0), 50, Math.nextDown(70.0), 70));
  private static final Input SEX = CARD.input(Input.of("sex", Demographic.SEX).ofPatient());
  // At 89 years smoking lowers a man's risk by a hair.
  private static final Input SMOKER =
      CARD.input(Input.of("smoker", Demographic.SMOKER).ofPatient(YEAR));
  private static final Input SBP =
      CARD.input(
          Input.of("sbp", Vital.SYSTOLIC_PRESSURE).ofPatient(YEAR).rising(Range.closed(90, 200)));
  private static final Input TC =
      CARD.input(
          Input.of("tc_mmol_l", Lab.TOTAL_CHOLESTEROL)
              .in("mmol/L", Lab.TOTAL_CHOLESTEROL.possible())
              .ofPatient(YEAR)
              .rising(Range.closed(3, 9)));
  private static final Input HDL =
      CARD.input(
          Input.of("hdl_mmol_l", Lab.HDL_CHOLESTEROL)
              .in("mmol/L", Lab.HDL_CHOLESTEROL.possible())
              .ofPatient(YEAR)
              .falling(Range.closed(0.5, 2.6)));
  private static final Input REGION =
      CARD.input(Input.of("region", Setting.SCORE2_REGION).ofPatient());
  private static final Input DIABETES =
      CARD.input(Input.of("diabetes", Demographic.DIABETES).ofPatient().optional());
  private static final Input CVD =
      CARD.input(Input.of("cvd", Demographic.CARDIOVASCULAR_DISEASE).ofPatient().optional());

  private static final Output RISK = CARD.output("risk", "1");
  private static final Output CATEGORY =
      CARD.coded("category", "low-moderate", "high", "very-high");

  /**
   * Coefficients of smoking, pressure, total and HDL cholesterol alone and times age; k1 and k2 of
   * the regions from low to very high.
   */
  private record Equation(
      double age,
      double smoker,
      double smokerByAge,
      double pressure,
      double pressureByAge,
      double cholesterol,
      double cholesterolByAge,
      double hdl,
      double hdlByAge,
      double baseline,
      double[] k1,
      double[] k2) {}

  private static final Equation WOMEN =
      new Equation(
          0.4648,
          0.7744,
          -0.1088,
          0.3131,
          -0.0277,
          0.1002,
          -0.0226,
          -0.2606,
          0.0613,
          baseline(0.9776, 0),
          new double[] {-0.7380, -0.3143, 0.5710, 0.9412},
          new double[] {0.7019, 0.7701, 0.9369, 0.8329});
  private static final Equation MEN =
      new Equation(
          0.3742,
          0.6012,
          -0.0755,
          0.2777,
          -0.0255,
          0.1458,
          -0.0281,
          -0.2698,
          0.0426,
          baseline(0.9605, 0),
          new double[] {-0.5699, -0.1565, 0.3207, 0.5836},
          new double[] {0.7476, 0.8009, 0.9360, 0.8294});
  private static final Equation OLD_WOMEN =
      new Equation(
          0.0789,
          0.4921,
          -0.0255,
          0.0102,
          -0.0004,
          0.0605,
          -0.0009,
          -0.3040,
          0.0154,
          baseline(0.8082, 0.229),
          new double[] {-0.52, -0.10, 0.38, 0.38},
          new double[] {1.01, 1.10, 1.09, 0.69});
  private static final Equation OLD_MEN =
      new Equation(
          0.0634,
          0.3524,
          -0.0247,
          0.0094,
          -0.0005,
          0.0850,
          0.0073,
          -0.3564,
          0.0091,
          baseline(0.7576, 0.0929),
          new double[] {-0.34, 0.01, 0.08, 0.05},
          new double[] {1.19, 1.25, 1.15, 0.70});

  /** By the codes of the sexes, F and M. */
  private static final Equation[] UNTIL_69 = {WOMEN, MEN};

  private static final Equation[] OLDER = {OLD_WOMEN, OLD_MEN};

  /** Under 50, from 50 to 69 and from 70 years. */
  private static final Steps[] CATEGORIES = {
    Steps.upTo(0.1, 0, 2.4, 1, 7.4, 2),
    Steps.upTo(0.1, 0, 4.9, 1, 9.9, 2),
    Steps.upTo(0.1, 0, 7.4, 1, 14.9, 2)
  };

  /** Which of them, by the age's tens from 0 to 80. */
  private static final int[] DECADES = {0, 0, 0, 0, 0, 1, 1, 2, 2};

  private static final RiskLevel[] LEVELS = {RiskLevel.LOW_MEDIUM, RiskLevel.HIGH, RiskLevel.HIGH};

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 40 || age >= 90) {
      answer.notApplicable("age outside 40 to 89 years, which the equations do not cover");
      return;
    }
    if (chart.yes(DIABETES)) {
      answer.notApplicable("diabetes, which SCORE2 does not cover: SCORE2-Diabetes does");
      return;
    }
    if (chart.yes(CVD)) {
      answer.notApplicable("known cardiovascular disease: SCORE2 is for a first event");
      return;
    }
    if (Double.isNaN(chart.value(DIABETES)) || Double.isNaN(chart.value(CVD))) {
      answer.note("taken for without diabetes and cardiovascular disease: not told");
    }
    int sex = (int) chart.value(SEX);
    double tc = chart.value(TC) - 6;
    double hdl = chart.value(HDL);
    double sbp = chart.value(SBP);
    double smoker = chart.value(SMOKER);
    int region = (int) chart.value(REGION);
    double risk =
        age < 70
            ? risk(
                answer,
                UNTIL_69[sex],
                region,
                (age - 60) / 5,
                smoker,
                (sbp - 120) / 20,
                tc,
                (hdl - 1.3) / 0.5)
            : risk(answer, OLDER[sex], region, age - 73, smoker, sbp - 150, tc, hdl - 1.4);
    int category = CATEGORIES[DECADES[(int) age / 10]].points(100 * risk);
    answer.set(RISK, risk);
    answer.set(CATEGORY, category);
    answer.level(LEVELS[category]);
  }

  private static double baseline(double survival, double mean) {
    return Math.log(-Math.log(survival)) - mean;
  }

  private static double risk(
      Answer answer,
      Equation b,
      int region,
      double age,
      double smoker,
      double sbp,
      double tc,
      double hdl) {
    // ln(-ln(1 - r)) with r = 1 - S0^exp(lp).
    double hazard =
        b.age * age
            + (b.smoker + b.smokerByAge * age) * smoker
            + (b.pressure + b.pressureByAge * age) * sbp
            + (b.cholesterol + b.cholesterolByAge * age) * tc
            + (b.hdl + b.hdlByAge * age) * hdl
            + b.baseline;
    double scale = b.k2[region];
    if (answer.isExplained()) {
      answer.counts(AGE, scale * b.age * age);
      answer.counts(SMOKER, scale * (b.smoker + b.smokerByAge * age) * smoker);
      answer.counts(SBP, scale * (b.pressure + b.pressureByAge * age) * sbp);
      answer.counts(TC, scale * (b.cholesterol + b.cholesterolByAge * age) * tc);
      answer.counts(HDL, scale * (b.hdl + b.hdlByAge * age) * hdl);
      answer.constant(b.k1[region] + scale * b.baseline);
    }
    return 1 - Math.exp(-Math.exp(b.k1[region] + scale * hazard));
  }
}
