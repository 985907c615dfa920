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
import java.time.Duration;

/**
 * Body mass index, weight (kg) over height (m) squared, and the class of the World Health
 * Organization.
 *
 * <p>Source: WHO. Physical status: the use and interpretation of anthropometry. Technical Report
 * Series 854, 1995; and TRS 894, 2000. kg/m2: thinness severe under 16, moderate under 17, mild
 * under 18.5; normal under 25; pre-obese under 30; obese class 1 under 35, 2 under 40, 3 from 40;
 * no rounding before. Not under 19 years, where growth references apply; an unknown age is told.
 * Without the height there is no answer: the index has no upper end. No level.
 */
public final class BodyMassIndex implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "bmi",
          "2000",
          "World Health Organization. Physical status: the use and interpretation of anthropometry."
              + " WHO Technical Report Series 854, 1995; classes of obesity as in TRS 894, 2000",
          "Weight class of adults who are not pregnant");

  private static final Duration YEAR = Duration.ofDays(366);

  private static final Steps CLASSES =
      Steps.below(0, 16, 1, 17, 2, 18.5, 3, 25, 4, 30, 5, 35, 6, 40, 7);

  private static final Input WEIGHT =
      CARD.input(Input.of("weight_kg", Vital.BODY_WEIGHT).ofPatient(YEAR).rising());
  private static final Input HEIGHT =
      CARD.input(Input.of("height_cm", Vital.BODY_HEIGHT).ofPatient(YEAR).required());
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output BMI = CARD.output("bmi", "kg/m2");
  private static final Output CATEGORY =
      CARD.coded(
          "category",
          "severe_thinness",
          "moderate_thinness",
          "mild_thinness",
          "normal",
          "pre_obese",
          "obese_1",
          "obese_2",
          "obese_3");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 19) {
      answer.notApplicable("under 19 years: the classes are for adults");
      return;
    }
    if (Double.isNaN(age)) {
      answer.note("age unknown: the classes are for adults");
    }
    double metres = chart.value(HEIGHT) / 100;
    double index = chart.value(WEIGHT) / (metres * metres);
    answer.set(BMI, index);
    answer.set(CATEGORY, CLASSES.points(index));
  }
}
