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
 * Modified Early Warning Score as validated by Subbe: how acutely ill a medical patient is, 0 to
 * 14; 5 and over is critical.
 *
 * <p>Source: Subbe CP et al. QJM 2001;94:521–6, table 1. Each value is rounded half up to the
 * chart's resolution (temperature 0.1 Cel, the others 1) before it scores. AVPU's "alert" does not
 * ask for orientation, so new confusion (C) scores as alert. Not under 16 years; an unknown age is
 * told. Unknown inputs give the exact interval. Level HIGH at 5 and over, else LOW.
 */
public final class MewsSubbe2001 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "mews-subbe2001",
          "2001",
          "Subbe CP, Kruger M, Rutherford P, Gemmel L. Validation of a modified Early Warning Score"
              + " in medical admissions. QJM 2001;94:521-6",
          "Acute illness of medical patients of 16 years and over; not in pregnancy");

  private static final Steps PRESSURE = Steps.upTo(1, 3, 70, 2, 80, 1, 100, 0, 199, 2);
  private static final Steps PULSE = Steps.upTo(1, 2, 40, 1, 50, 0, 100, 1, 110, 2, 129, 3);
  private static final Steps RESPIRATION = Steps.upTo(1, 2, 8, 0, 14, 1, 20, 2, 29, 3);
  private static final Steps TEMPERATURE = Steps.upTo(0.1, 2, 34.9, 0, 38.4, 2);

  private static final Input SBP =
      CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).cells(PRESSURE));
  private static final Input HR = CARD.input(Input.of("hr", Vital.HEART_RATE).cells(PULSE));
  private static final Input RR =
      CARD.input(Input.of("rr", Vital.RESPIRATORY_RATE).cells(RESPIRATION));
  private static final Input TEMP =
      CARD.input(Input.of("temp_c", Vital.BODY_TEMPERATURE).cells(TEMPERATURE));
  private static final Input AVPU = CARD.input(Input.of("avpu", Vital.CONSCIOUSNESS));
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output SCORE = CARD.output("score", "{score}");
  private static final Output CRITICAL = CARD.yesNo("critical");

  /** By the codes A, C, V, P, U. */
  private static final int[] CONSCIOUSNESS = {0, 0, 1, 2, 3};

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 16) {
      answer.notApplicable("under 16 years: MEWS is for adults");
      return;
    }
    if (Double.isNaN(age)) {
      answer.note("age unknown: MEWS is for adults");
    }
    int score =
        answer.counts(SBP, PRESSURE.points(chart.value(SBP)))
            + answer.counts(HR, PULSE.points(chart.value(HR)))
            + answer.counts(RR, RESPIRATION.points(chart.value(RR)))
            + answer.counts(TEMP, TEMPERATURE.points(chart.value(TEMP)))
            + answer.counts(AVPU, CONSCIOUSNESS[(int) chart.value(AVPU)]);
    answer.set(SCORE, score);
    answer.set(CRITICAL, score >= 5);
    answer.level(score >= 5 ? RiskLevel.HIGH : RiskLevel.LOW);
  }
}
