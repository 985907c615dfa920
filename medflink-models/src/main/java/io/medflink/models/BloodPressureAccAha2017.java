// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Vital;

/**
 * Category of blood pressure by the ACC/AHA guideline of 2017, pressures in mm[Hg].
 *
 * <p>Source: Whelton PK et al. Hypertension 2018;71:e13–115, table 6. Normal under 120 and under
 * 80; elevated 120–129 and under 80; stage 1 130–139 or 80–89; stage 2 from 140 or 90; crisis over
 * 180 or over 120. The higher category counts. Not under 18 years; an unknown age is told. A
 * diastolic pressure over the systolic one is not applicable. Unknown inputs give the exact
 * interval. Level HIGH in a crisis, else UNKNOWN: a pressure that is not high may be far too low.
 */
public final class BloodPressureAccAha2017 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "bp-acc-aha-2017",
          "2017",
          "Whelton PK, Carey RM, Aronow WS, et al. 2017 ACC/AHA/AAPA/ABC/ACPM/AGS/APhA/ASH/ASPC/NMA/PCNA"
              + " guideline for the prevention, detection, evaluation, and management of high blood"
              + " pressure in adults. Hypertension 2018;71:e13-115",
          "Category of an adult's pressure in the office, for the mean of two readings on two occasions;"
              + " no diagnosis by one reading");

  private static final Steps SYSTOLIC = Steps.below(0, 120, 1, 130, 2, 140, 3);
  private static final Steps DIASTOLIC = Steps.below(0, 80, 2, 90, 3);
  private static final Steps SYSTOLIC_CRISIS = Steps.atMost(0, 180, 4);
  private static final Steps DIASTOLIC_CRISIS = Steps.atMost(0, 120, 4);

  private static final Input SBP = CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).rising());
  private static final Input DBP =
      CARD.inputUnder(SBP, Input.of("dbp", Vital.DIASTOLIC_PRESSURE).rising());
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output CATEGORY =
      CARD.coded("category", "normal", "elevated", "stage1", "stage2", "crisis");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 18) {
      answer.notApplicable("under 18 years: the categories are for adults");
      return;
    }
    double systolic = chart.value(SBP);
    double diastolic = chart.value(DBP);
    if (diastolic > systolic) {
      answer.notApplicable("diastolic over systolic pressure: one of them is wrong");
      return;
    }
    if (Double.isNaN(age)) {
      answer.note("age unknown: the categories are for adults");
    }
    int stage = Math.max(SYSTOLIC.points(systolic), DIASTOLIC.points(diastolic));
    int crisis = Math.max(SYSTOLIC_CRISIS.points(systolic), DIASTOLIC_CRISIS.points(diastolic));
    answer.set(CATEGORY, Math.max(stage, crisis));
    answer.level(crisis > 0 ? RiskLevel.HIGH : RiskLevel.UNKNOWN);
  }
}
