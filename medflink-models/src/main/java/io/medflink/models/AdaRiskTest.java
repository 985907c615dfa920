// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import java.time.Duration;

/**
 * The risk test of the American Diabetes Association and the CDC for undiagnosed type 2 diabetes: 0
 * to 10 points, 5 and over is high risk.
 *
 * <p>Source: Bang H et al. Ann Intern Med 2009;151:775–83, as the ADA and the CDC print it. Age
 * under 40 0, 40–49 1, 50–59 2, 60 and over 3; male 1; a woman with gestational diabetes 1; parent,
 * brother or sister with diabetes 1; hypertension 1; not active 1; BMI 25–29.9 kg/m2 1, 30–39.9 2,
 * 40 and over 3.
 *
 * <p>No upper age. Known diabetes: not applicable. Unknown inputs are sought in all that is
 * possible, so the interval is exact. Level HIGH at 5 and over, else LOW. In people under 18 it
 * says that the test is for adults.
 */
public final class AdaRiskTest implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "ada-risk-test",
          "2009",
          "Bang H, Edwards AM, Bomback AS, et al. Development and validation of a patient"
              + " self-assessment score for diabetes risk. Ann Intern Med 2009;151:775-83; as in the"
              + " ADA and CDC risk test",
          "Screening of adults without known diabetes for undiagnosed type 2 diabetes");

  private static final Duration YEAR = Duration.ofDays(366);

  private static final Steps AGES = Steps.below(0, 40, 1, 50, 2, 60, 3);
  private static final Steps MASSES = Steps.below(0, 25, 1, 30, 2, 40, 3);

  private static final Input AGE = CARD.input(Derived.age("age").cells(AGES));
  private static final Input SEX = CARD.input(Input.of("sex", Demographic.SEX).ofPatient());
  private static final Input GESTATIONAL =
      CARD.input(Input.of("gestational", Demographic.GESTATIONAL_DIABETES).ofPatient().rising());
  private static final Input FAMILY =
      CARD.input(Input.of("family", Demographic.CLOSE_RELATIVE_WITH_DIABETES).ofPatient().rising());
  private static final Input HYPERTENSION =
      CARD.input(Input.of("hypertension", Demographic.HYPERTENSION).ofPatient().rising());
  private static final Input ACTIVE =
      CARD.input(Input.of("active", Demographic.PHYSICALLY_ACTIVE).ofPatient(YEAR).falling());
  private static final Input BMI =
      CARD.input(Derived.bodyMassIndex("bmi").ofPatient(YEAR).rising());
  private static final Input DIABETES =
      CARD.input(Input.of("diabetes", Demographic.DIABETES).ofPatient().optional());

  private static final Output SCORE = CARD.output("score", "{score}");
  private static final Output HIGH_RISK = CARD.yesNo("high_risk");

  private static final double MALE = SEX.code("M");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    if (chart.yes(DIABETES)) {
      answer.notApplicable("known diabetes: nothing to screen for");
      return;
    }
    double age = chart.value(AGE);
    if (age < 18) {
      answer.note("under 18 years: the test is for adults");
    }
    boolean male = chart.value(SEX) == MALE;
    int score =
        answer.counts(AGE, AGES.points(age))
            + answer.counts(male ? SEX : GESTATIONAL, male || chart.yes(GESTATIONAL) ? 1 : 0)
            + answer.counts(FAMILY, chart.yes(FAMILY) ? 1 : 0)
            + answer.counts(HYPERTENSION, chart.yes(HYPERTENSION) ? 1 : 0)
            + answer.counts(ACTIVE, chart.yes(ACTIVE) ? 0 : 1)
            + answer.counts(BMI, MASSES.points(chart.value(BMI)));
    answer.set(SCORE, score);
    answer.set(HIGH_RISK, score >= 5);
    answer.level(score >= 5 ? RiskLevel.HIGH : RiskLevel.LOW);
  }
}
