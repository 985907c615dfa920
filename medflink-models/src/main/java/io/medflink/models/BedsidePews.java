// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Derivation;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Vital;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Bedside Paediatric Early Warning System score: how acutely ill a child in hospital is, 0 to 26.
 *
 * <p>Source: Parshuram CS et al. Crit Care 2009;13:R135, table 1. Each value is rounded half up to
 * a whole number before it scores, the capillary refill (s) excepted. The age group follows from
 * the birth date: 1 to 4 years ends, and the next one begins after, the fourth birthday, likewise
 * the twelfth. From 18 years on it does not apply. Unknown inputs, the age group too, give the
 * exact interval. Level HIGH at 7 and over, else LOW.
 */
public final class BedsidePews implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "bedside-pews",
          "2009",
          "Parshuram CS, Hutchison J, Middaugh K. Development and initial validation of the Bedside"
              + " Paediatric Early Warning System score. Crit Care 2009;13:R135",
          "Acute illness of children in hospital, under 18 years; not the national chart of the"
              + " United Kingdom");

  /** By age group, in the order of the input's codes. */
  private static final Steps[] PULSES = {
    around(110, 150, 90, 180, 80, 190),
    around(100, 150, 80, 170, 70, 180),
    around(90, 120, 70, 150, 60, 170),
    around(70, 110, 60, 130, 50, 150),
    around(60, 100, 50, 120, 40, 140)
  };

  private static final Steps[] PRESSURES = {
    around(60, 80, 50, 100, 45, 130),
    around(80, 100, 70, 120, 60, 150),
    around(90, 110, 75, 125, 65, 160),
    around(90, 120, 80, 140, 70, 170),
    around(100, 130, 85, 150, 75, 190)
  };

  private static final Steps[] RESPIRATIONS = {
    around(29, 61, 19, 81, 15, 91),
    around(24, 51, 19, 71, 15, 81),
    around(19, 41, 15, 61, 12, 71),
    around(19, 31, 14, 41, 10, 51),
    around(11, 17, 10, 23, 9, 30)
  };

  private static final Steps REFILL = Steps.below(0, 3, 4);
  private static final Steps SATURATION = Steps.upTo(1, 2, 90, 1, 94, 0);

  private static final Input AGE_GROUP =
      CARD.input(
          Input.derived(
                  "age_group",
                  List.of("0-3m", "3-12m", "1-4y", "4-12y", "12-18y", "adult"),
                  BedsidePews::ageGroup,
                  Demographic.BIRTH_DATE)
              .ofPatient());
  private static final Input HR = CARD.input(Input.of("hr", Vital.HEART_RATE).cells(PULSES));
  private static final Input SBP =
      CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).cells(PRESSURES));
  private static final Input CRT = CARD.input(Input.of("crt_s", Vital.CAPILLARY_REFILL).rising());
  private static final Input RR =
      CARD.input(Input.of("rr", Vital.RESPIRATORY_RATE).cells(RESPIRATIONS));
  private static final Input EFFORT =
      CARD.input(Input.of("resp_effort", Vital.RESPIRATORY_EFFORT).rising());
  private static final Input SPO2 = CARD.input(Input.of("spo2", Vital.OXYGEN_SATURATION).falling());
  private static final Input O2 =
      CARD.input(
          Input.derived(
                  "o2",
                  List.of("room_air", "lt4L_lt50pct", "ge4L_ge50pct"),
                  BedsidePews::oxygen,
                  Vital.OXYGEN_FLOW,
                  Vital.OXYGEN_FRACTION,
                  Vital.OXYGEN_DEVICE)
              .rising());

  private static final Output SCORE = CARD.output("score", "{score}");

  private static final int ADULT = 5;

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    int group = (int) chart.value(AGE_GROUP);
    if (group == ADULT) {
      answer.notApplicable("18 years and over: the score is for children");
      return;
    }
    double effort = chart.value(EFFORT);
    int score =
        answer.counts(HR, PULSES[group].points(chart.value(HR)))
            + answer.counts(SBP, PRESSURES[group].points(chart.value(SBP)))
            + answer.counts(CRT, REFILL.points(chart.value(CRT)))
            + answer.counts(RR, RESPIRATIONS[group].points(chart.value(RR)))
            + answer.counts(EFFORT, (int) (effort == 3 ? 4 : effort))
            + answer.counts(SPO2, SATURATION.points(chart.value(SPO2)))
            + answer.counts(O2, 2 * (int) chart.value(O2));
    answer.set(SCORE, score);
    answer.level(score >= 7 ? RiskLevel.HIGH : RiskLevel.LOW);
  }

  /** Points from the ends of three ranges outwards, the ends included: 1, 2 and 4. */
  private static Steps around(int low, int high, int low2, int high2, int low4, int high4) {
    return Steps.upTo(1, 4, low4, 2, low2, 1, low, 0, high - 1, 1, high2 - 1, 2, high4 - 1, 4);
  }

  private static double ageGroup(Derivation.Sources sources) {
    double day = sources.value(Demographic.BIRTH_DATE);
    if (Double.isNaN(day)) {
      return Double.NaN;
    }
    LocalDate born = LocalDate.ofEpochDay((long) day);
    LocalDate today = Instant.ofEpochMilli(sources.moment()).atZone(ZoneOffset.UTC).toLocalDate();
    if (today.isBefore(born)) {
      return Double.NaN;
    }
    if (today.isBefore(born.plusYears(1))) {
      return today.isBefore(born.plusMonths(3)) ? 0 : 1;
    }
    if (today.isAfter(born.plusYears(12))) {
      return today.isBefore(born.plusYears(18)) ? 4 : ADULT;
    }
    return today.isAfter(born.plusYears(4)) ? 3 : 2;
  }

  /** From flow (L/min) and fraction (%); unknown where an amount is missing or they contradict. */
  private static double oxygen(Derivation.Sources sources) {
    double flow = sources.value(Vital.OXYGEN_FLOW);
    double fraction = sources.value(Vital.OXYGEN_FRACTION);
    double device = sources.value(Vital.OXYGEN_DEVICE);
    boolean yes = flow > 0 || fraction > 21 || device == 1;
    boolean no = flow == 0 || fraction <= 21 || device == 0;
    if (yes == no || (Double.isNaN(flow) && Double.isNaN(fraction) && yes)) {
      return Double.NaN;
    }
    return no ? 0 : flow >= 4 || fraction >= 50 ? 2 : 1;
  }
}
