// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code RaiseAlerts} runs.
 *
 * @param rules one for each model; assessments of other models are counted as unused
 * @param lateness how long after the watermark has passed a moment its news are still taken: at
 *     least that of {@code Assess}, up to 400 days
 * @param actionableWithin how old news may be when it is received; older news is historical: it
 *     calls nobody, and nothing is expected after it. Null when no news is too old
 * @param retention how long a patient without open episode is remembered after the newest news
 */
public record AlertOptions(
    List<AlertRule> rules,
    Duration lateness,
    @Nullable Duration actionableWithin,
    Duration retention)
    implements Serializable {

  /** Checks the options. */
  public AlertOptions {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("alerts need at least one rule");
    }
    if (rules.stream().map(AlertRule::model).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("two rules are about one model");
    }
    AlertRule.check("lateness", lateness, true);
    if (actionableWithin != null) {
      AlertRule.check("actionableWithin", actionableWithin, false);
    }
    AlertRule.check("retention", retention, false);
  }

  /** An hour late, actionable within an hour, remembered for a week. */
  public static AlertOptions of(AlertRule... rules) {
    Duration hour = Duration.ofHours(1);
    return new AlertOptions(List.of(rules), hour, hour, Duration.ofDays(7));
  }

  /** With another lateness. */
  public AlertOptions withLateness(Duration newLateness) {
    return new AlertOptions(rules, newLateness, actionableWithin, retention);
  }

  /** With another age from which news is historical. */
  public AlertOptions withActionableWithin(@Nullable Duration newActionableWithin) {
    return new AlertOptions(rules, lateness, newActionableWithin, retention);
  }

  /** Whether news of a time was too old when it was received; unknown receipt is no proof of it. */
  boolean isHistorical(long time, long received) {
    return actionableWithin != null
        && received != Finding.NEVER
        && received - time > actionableWithin.toMillis();
  }
}
