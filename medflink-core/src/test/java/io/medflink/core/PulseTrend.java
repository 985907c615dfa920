// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Duration;

/** A made-up model with history: the weighted sum of all pulses of the last hour. */
public final class PulseTrend implements RiskModel {
  private static final ModelCard CARD =
      ModelCard.of("pulse-trend", "1", "made up for tests", "tests only");
  private static final Input PULSES =
      CARD.input(Input.of("hr", Vital.HEART_RATE).history(Duration.ofHours(1)));
  private static final Output SUM = CARD.output("sum", "1");
  private static final Output COUNT = CARD.output("count", "1");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    Samples pulses = chart.history(PULSES);
    double sum = 0;
    for (int i = 0; i < pulses.size(); i++) {
      sum += pulses.value(i) * (1 + (chart.moment() - pulses.time(i)) / 60_000.0);
    }
    answer.set(SUM, sum);
    answer.set(COUNT, pulses.size());
    answer.level(RiskLevel.LOW);
  }
}
