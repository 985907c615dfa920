// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * Systemic inflammatory response syndrome: how many of its four criteria are met; 2 and over is
 * positive.
 *
 * <p>Source: Bone RC et al. Chest 1992;101:1644–55. Temperature over 38 or under 36 Cel; heart rate
 * over 90 /min; respiration over 20 /min or PaCO2 under 32 mm[Hg]; leukocytes over 12 or under 4
 * 10*9/L or over 10 % band forms. PaCO2 and band forms can only add: where nobody measured them,
 * the other half of their criterion decides. Not under 18 years; an unknown age is told. Other
 * unknown inputs give the exact interval. Level MEDIUM when positive, else LOW.
 */
public final class Sirs implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "sirs",
          "1992",
          "Bone RC, Balk RA, Cerra FB, et al. Definitions for sepsis and organ failure and"
              + " guidelines for the use of innovative therapies in sepsis. Chest 1992;101:1644-55",
          "Systemic inflammation in adults; superseded for the diagnosis of sepsis by Sepsis-3");

  private static final Duration DAY = Duration.ofHours(24);

  private static final Steps TEMPERATURE = Steps.outside(36, 38, 1);
  private static final Steps PULSE = Steps.atMost(0, 90, 1);
  private static final Steps RESPIRATION = Steps.atMost(0, 20, 1);
  private static final Steps CARBON_DIOXIDE = Steps.below(1, 32, 0);
  private static final Steps LEUKOCYTES = Steps.outside(4, 12, 1);
  private static final Steps BAND_FORMS = Steps.atMost(0, 10, 1);

  private static final Input TEMP =
      CARD.input(Input.of("temp_c", Vital.BODY_TEMPERATURE).cells(TEMPERATURE));
  private static final Input HR = CARD.input(Input.of("hr", Vital.HEART_RATE).rising());
  private static final Input RR = CARD.input(Input.of("rr", Vital.RESPIRATORY_RATE).rising());
  private static final Input PACO2 =
      CARD.input(Input.of("paco2_mmhg", Lab.ARTERIAL_CARBON_DIOXIDE).falling().optional());
  private static final Input WBC =
      CARD.input(Input.of("wbc_10e9_l", Lab.LEUKOCYTES).within(DAY).cells(LEUKOCYTES));
  private static final Input BANDS =
      CARD.input(Input.of("bands_pct", Lab.BAND_FORMS).within(DAY).rising().optional());
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output SCORE = CARD.output("score", "{score}");
  private static final Output POSITIVE = CARD.yesNo("positive");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 18) {
      answer.notApplicable("under 18 years: SIRS has other criteria for children");
      return;
    }
    if (Double.isNaN(age)) {
      answer.note("age unknown: these criteria are for adults");
    }
    int score =
        answer.counts(TEMP, TEMPERATURE.points(chart.value(TEMP)))
            + answer.counts(HR, PULSE.points(chart.value(HR)))
            + either(
                answer,
                RR,
                RESPIRATION.points(chart.value(RR)),
                PACO2,
                known(CARBON_DIOXIDE, chart.value(PACO2)))
            + either(
                answer,
                WBC,
                LEUKOCYTES.points(chart.value(WBC)),
                BANDS,
                known(BAND_FORMS, chart.value(BANDS)));
    answer.set(SCORE, score);
    answer.set(POSITIVE, score >= 2);
    answer.level(score >= 2 ? RiskLevel.MEDIUM : RiskLevel.LOW);
  }

  /** One of two is enough, and counts once. */
  private static int either(Answer answer, Input first, int points, Input second, int others) {
    return points >= others ? answer.counts(first, points) : answer.counts(second, others);
  }

  private static int known(Steps criterion, double value) {
    return Double.isNaN(value) ? 0 : criterion.points(value);
  }
}
