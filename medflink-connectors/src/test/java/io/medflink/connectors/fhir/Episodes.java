// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.Alert;
import io.medflink.core.RiskLevel;
import java.time.Instant;

/** Alerts of some episodes, step by step: number n is step n / EPISODES of episode n % EPISODES. */
final class Episodes {
  static final int EPISODES = 40;
  static final int STEPS = 50;
  static final Instant ONSET = Instant.parse("2026-11-24T08:00:00Z");

  private Episodes() {}

  static Alert alert(long number) {
    int episode = (int) (number % EPISODES);
    int step = (int) (number / EPISODES);
    boolean last = step == STEPS - 1;
    return new Alert(
        "episode-" + episode,
        "mrn|" + episode,
        "stay-" + episode,
        "f",
        "w",
        "1",
        "news2",
        null,
        last ? Alert.Event.CLEARED : step == 0 ? Alert.Event.RAISED : Alert.Event.ESCALATED,
        Alert.Priority.HIGH,
        RiskLevel.HIGH,
        false,
        false,
        ONSET,
        ONSET.plusSeconds(step),
        "step " + step,
        null,
        null);
  }
}
