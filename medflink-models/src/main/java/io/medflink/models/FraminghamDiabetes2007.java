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
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * Framingham Offspring risk of type 2 diabetes within 8 years, and its points (0 to 28).
 *
 * <p>Source: Wilson PWF et al. Arch Intern Med 2007;167:1068–74, simple clinical model. {@code risk
 * = 1 / (1 + e^-z)}, z = -5.517 - 0.018 (age 50–64) - 0.010 (male) + 0.565 (a parent with diabetes)
 * + 0.301 (BMI 25–29.9) or 0.920 (30 and over) + 0.498 (pressure over 130/85 mm[Hg] or treated) +
 * 0.944 (HDL under 40 mg/dL in men, 50 in women) + 0.575 (triglycerides 150 mg/dL and over) + 1.980
 * (fasting glucose 100–126 mg/dL).
 *
 * <p>For ages 45–64 without diabetes; a fasting glucose of 126 mg/dL (7.0 mmol/L) and over is the
 * diagnostic range: not applicable. Every unknown input shifts z by a published amount, so the
 * interval is exact; an unknown age is sought in 45–64, an unknown glucose under 126 mg/dL. The
 * publication has no categories: the level is UNKNOWN.
 */
public final class FraminghamDiabetes2007 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "framingham-diabetes-2007",
          "2007",
          "Wilson PWF, Meigs JB, Sullivan L, Fox CS, Nathan DM, D'Agostino RB. Prediction of"
              + " incident diabetes mellitus in middle-aged adults: the Framingham Offspring Study."
              + " Arch Intern Med 2007;167:1068-74",
          "8-year risk of type 2 diabetes, ages 45 to 64, without diabetes; from a middle-aged white"
              + " cohort");

  private static final Duration YEAR = Duration.ofDays(366);

  private static final Steps AGES = Steps.below(0, 50, 1);
  private static final Steps MASSES = Steps.below(0, 25, 2, 30, 5);
  private static final Steps SYSTOLIC = Steps.atMost(0, 130, 2);
  private static final Steps DIASTOLIC = Steps.atMost(0, 85, 2);
  private static final Steps HDL_OF_MEN = Steps.below(5, 40, 0);
  private static final Steps HDL_OF_WOMEN = Steps.below(5, 50, 0);
  private static final Steps FATS = Steps.below(0, 150, 3);
  private static final Steps GLUCOSES = Steps.below(0, 100, 10);

  private static final Input AGE = CARD.input(Derived.age("age").falling(Range.closed(45, 64)));
  private static final Input SEX =
      CARD.input(Input.of("sex", Demographic.SEX).ofPatient().falling());
  private static final Input PARENTAL =
      CARD.input(Input.of("parental", Demographic.PARENT_WITH_DIABETES).ofPatient().rising());
  private static final Input BMI =
      CARD.input(Derived.bodyMassIndex("bmi").ofPatient(YEAR).rising());
  private static final Input SBP =
      CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).ofPatient(YEAR).rising());
  private static final Input DBP =
      CARD.input(Input.of("dbp", Vital.DIASTOLIC_PRESSURE).ofPatient(YEAR).rising());
  private static final Input TREATED =
      CARD.input(Input.of("bp_treated", Demographic.HYPERTENSION_TREATED).ofPatient(YEAR).rising());
  private static final Input HDL =
      CARD.input(Input.of("hdl_mg_dl", Lab.HDL_CHOLESTEROL).ofPatient(YEAR).falling());
  private static final Input TG =
      CARD.input(Input.of("tg_mg_dl", Lab.TRIGLYCERIDES).ofPatient(YEAR).rising());
  private static final Input FPG =
      CARD.input(
          Input.of("fpg_mg_dl", Lab.FASTING_GLUCOSE).ofPatient(YEAR).rising(Range.open(0, 126)));
  private static final Input DIABETES =
      CARD.input(Input.of("diabetes", Demographic.DIABETES).ofPatient().optional());

  private static final Output RISK = CARD.output("risk", "1");
  private static final Output POINTS = CARD.output("points", "{score}");

  private static final double MALE = SEX.code("M");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 45 || age >= 65) {
      answer.notApplicable("age outside 45 to 64 years, which the cohort does not cover");
      return;
    }
    if (chart.yes(DIABETES)) {
      answer.notApplicable("known diabetes: nothing to predict");
      return;
    }
    double glucose = chart.value(FPG);
    if (glucose >= 126) {
      answer.notApplicable(
          "fasting glucose of 126 mg/dL (7.0 mmol/L) or more: the diagnostic range of diabetes");
      return;
    }
    boolean male = chart.value(SEX) == MALE;
    int mass = MASSES.points(chart.value(BMI));
    int parent = chart.yes(PARENTAL) ? 3 : 0;
    int pressure =
        chart.yes(TREATED)
            ? 2
            : Math.max(SYSTOLIC.points(chart.value(SBP)), DIASTOLIC.points(chart.value(DBP)));
    int hdl = (male ? HDL_OF_MEN : HDL_OF_WOMEN).points(chart.value(HDL));
    int fat = FATS.points(chart.value(TG));
    int sugar = GLUCOSES.points(glucose);
    double z =
        answer.constant(-5.517)
            + answer.counts(AGE, AGES.points(age) > 0 ? -0.018 : 0.0)
            + answer.counts(SEX, male ? -0.010 : 0.0)
            + answer.counts(PARENTAL, parent > 0 ? 0.565 : 0.0)
            + answer.counts(BMI, mass == 5 ? 0.920 : mass == 2 ? 0.301 : 0.0)
            + answer.counts(chart.yes(TREATED) ? TREATED : SBP, pressure > 0 ? 0.498 : 0.0)
            + answer.counts(HDL, hdl > 0 ? 0.944 : 0.0)
            + answer.counts(TG, fat > 0 ? 0.575 : 0.0)
            + answer.counts(FPG, sugar > 0 ? 1.980 : 0.0);
    answer.set(RISK, 1 / (1 + Math.exp(-z)));
    answer.set(POINTS, mass + parent + pressure + hdl + fat + sugar);
  }
}
