// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import java.time.Duration;

/**
 * HAS-BLED: risk of major bleeding under an anticoagulant for atrial fibrillation, 0 to 9.
 *
 * <p>Source: Pisters R et al. Chest 2010;138:1093–100. One point each: systolic pressure over 160
 * mm[Hg]; abnormal kidney (dialysis, transplant, creatinine over 200 umol/L); abnormal liver
 * (cirrhosis, or bilirubin over twice with enzymes over three times the upper limit); stroke;
 * bleeding or a disposition to it; labile INR (under 60 % of the time in range); age over 65;
 * antiplatelet drugs or NSAIDs; at least eight drinks a week.
 *
 * <p>From 18 years, else not applicable. Unknown inputs are sought in ages 18–130 and in all that
 * is possible, so the interval is exact. Level HIGH at 3 and over, the publication's only class,
 * else UNKNOWN: later authors divide the rest differently.
 */
public final class HasBled implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "has-bled",
          "2010",
          "Pisters R, Lane DA, Nieuwlaat R, de Vos CB, Crijns HJGM, Lip GYH. A novel"
              + " user-friendly score (HAS-BLED) to assess 1-year risk of major bleeding in"
              + " patients with atrial fibrillation: the Euro Heart Survey. Chest 2010;138:1093-100",
          "1-year risk of major bleeding of adults with atrial fibrillation under an"
              + " anticoagulant; to find what can be corrected, not to withhold treatment");

  private static final Duration YEAR = Duration.ofDays(366);
  private static final Steps AGES = Steps.atMost(0, 65, 1);

  private static final Input AGE = CARD.input(Derived.age("age").rising(Range.closed(18, 130)));
  private static final Input HTN =
      CARD.input(
          Input.of("htn_uncontrolled", Demographic.UNCONTROLLED_HYPERTENSION)
              .ofPatient(YEAR)
              .rising());
  private static final Input RENAL =
      CARD.input(Input.of("renal", Demographic.ABNORMAL_RENAL_FUNCTION).ofPatient(YEAR).rising());
  private static final Input LIVER =
      CARD.input(Input.of("liver", Demographic.ABNORMAL_LIVER_FUNCTION).ofPatient(YEAR).rising());
  private static final Input STROKE =
      CARD.input(Input.of("stroke", Demographic.STROKE).ofPatient().rising());
  private static final Input BLEEDING =
      CARD.input(Input.of("bleeding", Demographic.BLEEDING).ofPatient().rising());
  private static final Input INR =
      CARD.input(Input.of("labile_inr", Demographic.LABILE_INR).ofPatient(YEAR).rising());
  private static final Input DRUGS =
      CARD.input(Input.of("drugs", Demographic.BLEEDING_DRUGS).ofPatient(YEAR).rising());
  private static final Input ALCOHOL =
      CARD.input(Input.of("alcohol", Demographic.ALCOHOL).ofPatient(YEAR).rising());

  private static final Output SCORE = CARD.output("score", "{score}");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 18) {
      answer.notApplicable("under 18 years: the score is for adults");
      return;
    }
    int score =
        answer.counts(AGE, AGES.points(age))
            + answer.counts(HTN, chart.yes(HTN) ? 1 : 0)
            + answer.counts(RENAL, chart.yes(RENAL) ? 1 : 0)
            + answer.counts(LIVER, chart.yes(LIVER) ? 1 : 0)
            + answer.counts(STROKE, chart.yes(STROKE) ? 1 : 0)
            + answer.counts(BLEEDING, chart.yes(BLEEDING) ? 1 : 0)
            + answer.counts(INR, chart.yes(INR) ? 1 : 0)
            + answer.counts(DRUGS, chart.yes(DRUGS) ? 1 : 0)
            + answer.counts(ALCOHOL, chart.yes(ALCOHOL) ? 1 : 0);
    answer.set(SCORE, score);
    answer.level(score >= 3 ? RiskLevel.HIGH : RiskLevel.UNKNOWN);
  }
}
