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
 * Shock index: heart rate (/min) over systolic pressure (mm[Hg]); over 0.9 raised, from 1.0 high.
 *
 * <p>Source: Allgöwer M, Burri C. Dtsch Med Wochenschr 1967;92:1947–50. Without the pressure there
 * is no answer: the index has no upper end. Not under 18 years; an unknown age is told.
 */
public final class ShockIndex implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "shock-index",
          "1967",
          "Allgöwer M, Burri C. Schockindex. Dtsch Med Wochenschr 1967;92:1947-50",
          "Suspected loss of blood in adults");

  private static final Steps HIGH = Steps.below(0, 1, 1);
  private static final Steps RAISED = Steps.atMost(0, 0.9, 1);

  private static final Input HR = CARD.input(Input.of("hr", Vital.HEART_RATE).rising());
  private static final Input SBP = CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).required());
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output VALUE = CARD.output("value", "/min/mm[Hg]");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 18) {
      answer.notApplicable("under 18 years: what is usual in children depends on their age");
      return;
    }
    if (Double.isNaN(age)) {
      answer.note("age unknown: the limits are for adults");
    }
    double value = chart.value(HR) / chart.value(SBP);
    answer.set(VALUE, value);
    answer.level(
        HIGH.points(value) == 1
            ? RiskLevel.HIGH
            : RAISED.points(value) == 1 ? RiskLevel.MEDIUM : RiskLevel.LOW);
  }
}
