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

/**
 * CHA2DS2-VASc: risk of stroke in atrial fibrillation that is not treated with an anticoagulant, 0
 * to 9.
 *
 * <p>Source: Lip GYH et al. Chest 2010;137:263–72. Heart failure or a weak left ventricle 1,
 * hypertension 1, age 75 and over 2, diabetes 1, stroke, TIA or thromboembolism 2, vascular disease
 * 1, age 65–74 1, woman 1.
 *
 * <p>From 18 years, else not applicable. Unknown inputs are sought in ages 18–130 and in all that
 * is possible, so the interval is exact. Level by the publication's classes: 0 low, 1 intermediate
 * (MEDIUM), over 1 high; a woman's only point for being one is such a 1.
 */
public final class Cha2ds2Vasc implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "cha2ds2-vasc",
          "2010",
          "Lip GYH, Nieuwlaat R, Pisters R, Lane DA, Crijns HJGM. Refining clinical risk"
              + " stratification for predicting stroke and thromboembolism in atrial fibrillation"
              + " using a novel risk factor-based approach: the Euro Heart Survey on atrial"
              + " fibrillation. Chest 2010;137:263-72",
          "Risk of stroke and thromboembolism of adults with non-valvular atrial fibrillation");

  private static final Steps AGES = Steps.below(0, 65, 1, 75, 2);

  private static final Input AGE = CARD.input(Derived.age("age").rising(Range.closed(18, 130)));
  private static final Input SEX =
      CARD.input(Input.of("sex", Demographic.SEX).ofPatient().falling());
  private static final Input CHF =
      CARD.input(Input.of("chf", Demographic.HEART_FAILURE).ofPatient().rising());
  private static final Input HTN =
      CARD.input(Input.of("htn", Demographic.HYPERTENSION).ofPatient().rising());
  private static final Input DM =
      CARD.input(Input.of("dm", Demographic.DIABETES).ofPatient().rising());
  private static final Input STROKE =
      CARD.input(Input.of("stroke_tia_te", Demographic.STROKE_OR_EMBOLISM).ofPatient().rising());
  private static final Input VASCULAR =
      CARD.input(Input.of("vascular", Demographic.VASCULAR_DISEASE).ofPatient().rising());

  private static final Output SCORE = CARD.output("score", "{score}");

  private static final double FEMALE = SEX.code("F");

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
            + answer.counts(SEX, chart.value(SEX) == FEMALE ? 1 : 0)
            + answer.counts(CHF, chart.yes(CHF) ? 1 : 0)
            + answer.counts(HTN, chart.yes(HTN) ? 1 : 0)
            + answer.counts(DM, chart.yes(DM) ? 1 : 0)
            + answer.counts(STROKE, chart.yes(STROKE) ? 2 : 0)
            + answer.counts(VASCULAR, chart.yes(VASCULAR) ? 1 : 0);
    answer.set(SCORE, score);
    answer.level(score == 0 ? RiskLevel.LOW : score == 1 ? RiskLevel.MEDIUM : RiskLevel.HIGH);
  }
}
