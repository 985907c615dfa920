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
import io.medflink.core.Setting;
import io.medflink.core.Steps;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * Finnish Diabetes Risk Score: risk of type 2 diabetes within 10 years, 0 to 26.
 *
 * <p>Sources: Lindström J, Tuomilehto J. Diabetes Care 2003;26:725–31, and the form of the Finnish
 * Diabetes Association, which adds the family. Age 45–54 2, 55–64 3, 65 and over 4; BMI 25–30 kg/m2
 * 1, over 30 3; waist of men 94–102 cm 3, over 102 4, of women 80–88 3, over 88 4; less than 30
 * minutes' activity a day 2; vegetables or fruit not daily 1; ever treated for pressure 2; ever
 * high glucose 5; diabetes of second-degree relatives 3, of first-degree 5.
 *
 * <p>From 18 years and without known diabetes, else not applicable. Unknown inputs are sought in
 * ages 18–130 and in all that is possible, so the interval is exact. Bands of the Finnish form:
 * under 7 low, 7–11 slightly elevated, 12–14 moderate, 15–20 high, over 20 very high; by the
 * setting {@code bands} those of some web calculators: under 4, 4–8, 9–12, 13–20, over 20. Level,
 * ours, by their order: LOW, LOW_MEDIUM, MEDIUM, HIGH and HIGH.
 */
public final class Findrisc implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "findrisc",
          "2003",
          "Lindström J, Tuomilehto J. The Diabetes Risk Score: a practical tool to predict type 2"
              + " diabetes risk. Diabetes Care 2003;26:725-31; with the family item of the Finnish"
              + " Diabetes Association's form",
          "10-year risk of type 2 diabetes of adults without known diabetes");

  private static final Duration YEAR = Duration.ofDays(366);
  private static final Steps AGES = Steps.below(0, 45, 2, 55, 3, 65, 4);
  private static final Steps MASS_FROM_25 = Steps.below(0, 25, 1);
  private static final Steps MASS_OVER_30 = Steps.atMost(0, 30, 2);
  private static final Steps WAIST_FROM_94 = Steps.below(0, 94, 3);
  private static final Steps WAIST_OVER_102 = Steps.atMost(0, 102, 1);
  private static final Steps WAIST_FROM_80 = Steps.below(0, 80, 3);
  private static final Steps WAIST_OVER_88 = Steps.atMost(0, 88, 1);
  private static final Steps FINNISH = Steps.below(0, 7, 1, 12, 2, 15, 3, 21, 4);
  private static final Steps MDCALC = Steps.below(0, 4, 1, 9, 2, 13, 3, 21, 4);

  private static final Input AGE = CARD.input(Derived.age("age").rising(Range.closed(18, 130)));
  private static final Input SEX =
      CARD.input(Input.of("sex", Demographic.SEX).ofPatient().falling());
  private static final Input BMI =
      CARD.input(Derived.bodyMassIndex("bmi").ofPatient(YEAR).rising());
  private static final Input WAIST =
      CARD.input(Input.of("waist_cm", Vital.WAIST_CIRCUMFERENCE).ofPatient(YEAR).rising());
  private static final Input ACTIVE =
      CARD.input(Input.of("active_30min", Demographic.DAILY_ACTIVITY).ofPatient(YEAR).falling());
  private static final Input VEGETABLES =
      CARD.input(Input.of("veg_daily", Demographic.DAILY_VEGETABLES).ofPatient(YEAR).falling());
  private static final Input TREATED =
      CARD.input(Input.of("bp_med", Demographic.HYPERTENSION_TREATED).ofPatient().rising());
  private static final Input GLUCOSE =
      CARD.input(Input.of("high_glucose_hist", Demographic.HIGH_GLUCOSE_EVER).ofPatient().rising());
  private static final Input FAMILY =
      CARD.input(Input.of("family", Demographic.FAMILY_DIABETES).ofPatient().rising());
  private static final Input BANDS =
      CARD.input(Input.setting("bands", Setting.FINDRISC_BANDS, "finnish"));
  private static final Input DIABETES =
      CARD.input(Input.of("diabetes", Demographic.DIABETES).ofPatient().optional());

  private static final Output SCORE = CARD.output("score", "{score}");
  private static final Output BAND =
      CARD.coded("band", "low", "slightly_elevated", "moderate", "high", "very_high");

  private static final double MALE = SEX.code("M");
  private static final double SECOND = FAMILY.code("second");
  private static final double FIRST = FAMILY.code("first");
  private static final double BY_MDCALC = BANDS.code("mdcalc");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    if (chart.yes(DIABETES)) {
      answer.notApplicable("known diabetes: nothing to predict");
      return;
    }
    double age = chart.value(AGE);
    if (age < 18) {
      answer.notApplicable("under 18 years: the score is for adults");
      return;
    }
    double bmi = chart.value(BMI);
    double family = chart.value(FAMILY);
    int score =
        answer.counts(AGE, AGES.points(age))
            + answer.counts(BMI, MASS_FROM_25.points(bmi) + MASS_OVER_30.points(bmi))
            + answer.counts(WAIST, waist(chart))
            + answer.counts(ACTIVE, chart.yes(ACTIVE) ? 0 : 2)
            + answer.counts(VEGETABLES, chart.yes(VEGETABLES) ? 0 : 1)
            + answer.counts(TREATED, chart.yes(TREATED) ? 2 : 0)
            + answer.counts(GLUCOSE, chart.yes(GLUCOSE) ? 5 : 0)
            + answer.counts(FAMILY, family == FIRST ? 5 : family == SECOND ? 3 : 0);
    int band = (chart.value(BANDS) == BY_MDCALC ? MDCALC : FINNISH).points(score);
    answer.set(SCORE, score);
    answer.set(BAND, band);
    answer.level(
        band >= 3
            ? RiskLevel.HIGH
            : band == 2 ? RiskLevel.MEDIUM : band == 1 ? RiskLevel.LOW_MEDIUM : RiskLevel.LOW);
  }

  private static int waist(Chart chart) {
    double waist = chart.value(WAIST);
    return chart.value(SEX) == MALE
        ? WAIST_FROM_94.points(waist) + WAIST_OVER_102.points(waist)
        : WAIST_FROM_80.points(waist) + WAIST_OVER_88.points(waist);
  }
}
