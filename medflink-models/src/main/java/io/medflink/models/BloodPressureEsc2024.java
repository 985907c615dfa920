// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Vital;

/**
 * Category of blood pressure by the ESC guideline of 2024, pressures in mm[Hg].
 *
 * <p>Source: McEvoy JW et al. Eur Heart J 2024;45:3912–4018: non-elevated under 120 and under 70;
 * elevated 120–139 or 70–89; hypertension from 140 or 90. The higher category counts. Not under 18
 * years; an unknown age is told. A diastolic pressure over the systolic one is not applicable.
 * Unknown inputs give the exact interval. No level: the categories are no statement about acute
 * risk.
 */
public final class BloodPressureEsc2024 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "bp-esc-2024",
          "2024",
          "McEvoy JW, McCarthy CP, Bruno RM, et al. 2024 ESC Guidelines for the management of elevated"
              + " blood pressure and hypertension. Eur Heart J 2024;45:3912-4018",
          "Category of an adult's pressure in the office, for the mean of repeated readings; no diagnosis"
              + " by one reading");

  private static final Steps SYSTOLIC = Steps.below(0, 120, 1, 140, 2);
  private static final Steps DIASTOLIC = Steps.below(0, 70, 1, 90, 2);

  private static final Input SBP = CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).rising());
  private static final Input DBP =
      CARD.inputUnder(SBP, Input.of("dbp", Vital.DIASTOLIC_PRESSURE).rising());
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output CATEGORY =
      CARD.coded("category", "non_elevated", "elevated", "hypertension");

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
    answer.set(CATEGORY, Math.max(SYSTOLIC.points(systolic), DIASTOLIC.points(diastolic)));
  }
}
