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
 * Category of blood pressure by the ESC/ESH guideline of 2018, pressures in mm[Hg].
 *
 * <p>Source: Williams B et al. Eur Heart J 2018;39:3021–104, table 3. Optimal under 120 and under
 * 80; normal 120–129 or 80–84; high normal 130–139 or 85–89; grade 1 140–159 or 90–99; grade 2
 * 160–179 or 100–109; grade 3 from 180 or 110. The higher category counts; isolated systolic
 * hypertension is 140 and over with under 90. Not under 16 years; an unknown age is told. A
 * diastolic pressure over the systolic one is not applicable. Unknown inputs give the exact
 * interval. Level HIGH in grade 3, else UNKNOWN: a pressure that is not high may be far too low.
 */
public final class BloodPressureEsc2018 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "bp-esc-2018",
          "2018",
          "Williams B, Mancia G, Spiering W, et al. 2018 ESC/ESH Guidelines for the management of"
              + " arterial hypertension. Eur Heart J 2018;39:3021-104",
          "Category of a person's pressure in the office from 16 years, for the mean of repeated"
              + " readings; no diagnosis by one reading");

  private static final Steps SYSTOLIC = Steps.below(0, 120, 1, 130, 2, 140, 3, 160, 4, 180, 5);
  private static final Steps DIASTOLIC = Steps.below(0, 80, 1, 85, 2, 90, 3, 100, 4, 110, 5);

  private static final Input SBP = CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).rising());
  private static final Input DBP =
      CARD.inputUnder(
          SBP,
          Input.of("dbp", Vital.DIASTOLIC_PRESSURE).corners(Vital.DIASTOLIC_PRESSURE.possible()));
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output CATEGORY =
      CARD.coded("category", "optimal", "normal", "high_normal", "grade1", "grade2", "grade3");
  private static final Output ISOLATED = CARD.yesNo("isolated_systolic");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 16) {
      answer.notApplicable("under 16 years: the categories are for 16 years and over");
      return;
    }
    double systolic = chart.value(SBP);
    double diastolic = chart.value(DBP);
    if (diastolic > systolic) {
      answer.notApplicable("diastolic over systolic pressure: one of them is wrong");
      return;
    }
    if (Double.isNaN(age)) {
      answer.note("age unknown: the categories are for 16 years and over");
    }
    int upper = SYSTOLIC.points(systolic);
    int lower = DIASTOLIC.points(diastolic);
    int category = Math.max(upper, lower);
    answer.set(CATEGORY, category);
    answer.set(ISOLATED, upper >= 3 && lower < 3);
    answer.level(category == 5 ? RiskLevel.HIGH : RiskLevel.UNKNOWN);
  }
}
