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
 * Quick SOFA: who of adults with suspected infection is likely to fare badly, 0 to 3; 2 and over is
 * positive.
 *
 * <p>Source: Singer M et al. JAMA 2016;315:801–10. One point each: respiration 22 /min and over,
 * systolic pressure 100 mm[Hg] and under, altered mentation (told as such, or a Glasgow coma score
 * under 15; one of them is enough). Not under 18 years; an unknown age is told. Unknown inputs give
 * the exact interval. Level HIGH when positive, else LOW, which does not rule sepsis out.
 */
public final class Qsofa implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "qsofa",
          "2016",
          "Singer M, Deutschman CS, Seymour CW, et al. The Third International Consensus"
              + " Definitions for Sepsis and Septic Shock (Sepsis-3). JAMA 2016;315:801-10",
          "Adults with suspected infection; not as the only screening for sepsis (Surviving Sepsis"
              + " Campaign 2021)");

  private static final Steps RESPIRATION = Steps.below(0, 22, 1);
  private static final Steps PRESSURE = Steps.atMost(1, 100, 0);

  private static final Input RR = CARD.input(Input.of("rr", Vital.RESPIRATORY_RATE).rising());
  private static final Input SBP = CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).falling());
  private static final Input ALTERED = CARD.input(Derived.alteredMentation("altered").optional());
  private static final Input GCS =
      CARD.inputUnless(ALTERED, Input.of("gcs", Vital.GLASGOW_COMA_SCORE).falling());
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
      answer.notApplicable("under 18 years: qSOFA is for adults");
      return;
    }
    if (Double.isNaN(age)) {
      answer.note("age unknown: qSOFA is for adults");
    }
    int score =
        answer.counts(RR, RESPIRATION.points(chart.value(RR)))
            + answer.counts(SBP, PRESSURE.points(chart.value(SBP)))
            + answer.counts(
                chart.yes(ALTERED) ? ALTERED : GCS,
                chart.yes(ALTERED) || chart.value(GCS) < 15 ? 1 : 0);
    answer.set(SCORE, score);
    answer.set(POSITIVE, score >= 2);
    answer.level(score >= 2 ? RiskLevel.HIGH : RiskLevel.LOW);
  }
}
