// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Duration;

/** A made-up score of the latest values: tables, a code, a setting and a value of the patient. */
public final class WardScore implements RiskModel {
  private static final ModelCard CARD =
      ModelCard.of("ward-score", "1", "made up for tests", "tests only");
  private static final Steps PULSE = Steps.upTo(1, 3, 40, 1, 50, 0, 90, 1, 110, 2, 130, 3);
  private static final Steps HEAT = Steps.upTo(0.1, 3, 35.0, 1, 36.0, 0, 38.0, 1, 39.0, 2);
  private static final Input HR =
      CARD.input(Input.of("hr", Vital.HEART_RATE).within(Duration.ofMinutes(40)).cells(PULSE));
  private static final Input TEMP =
      CARD.input(Input.of("temp_c", Vital.BODY_TEMPERATURE).cells(HEAT));
  private static final Input ACVPU = CARD.input(Input.of("acvpu", Vital.CONSCIOUSNESS));
  private static final Input SCALE =
      CARD.input(Input.setting("spo2_scale", Setting.SPO2_SCALE, "1").ofPatient());
  private static final Output SCORE = CARD.output("score", "{score}");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    int score =
        PULSE.points(chart.value(HR))
            + HEAT.points(chart.value(TEMP))
            + (chart.value(ACVPU) == 0 ? 0 : 3)
            + (chart.value(SCALE) == 1 ? 10 : 0);
    answer.set(SCORE, score);
    answer.level(score >= 5 ? RiskLevel.HIGH : score >= 3 ? RiskLevel.MEDIUM : RiskLevel.LOW);
  }
}
