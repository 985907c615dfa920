// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How soon the next assessment of a patient is expected: by observation rounds or by a device. A
 * patient in a ward for which nothing is stated is not expected to send anything.
 *
 * @param ward the ward, null for any
 * @param level the level of the last assessment (its greater end, where it is not certain), null
 *     for any
 * @param within how long after the last one, up to 400 days
 * @param source who sends it
 * @param priority of the alert when it doesn't come
 */
public record ExpectedSignal(
    @Nullable String ward,
    @Nullable RiskLevel level,
    Duration within,
    Source source,
    Alert.Priority priority)
    implements Serializable {

  /** Who sends it. */
  public enum Source {
    /** People, on their rounds. */
    ROUNDS,
    /** A device that is worn. */
    DEVICE
  }

  /** Checks the duration. */
  public ExpectedSignal {
    AlertRule.check("within", within, false);
  }

  /** Rounds of people; overdue ones are of low priority. */
  public static ExpectedSignal rounds(
      @Nullable String ward, @Nullable RiskLevel level, Duration within) {
    return new ExpectedSignal(ward, level, within, Source.ROUNDS, Alert.Priority.LOW);
  }

  /** A device; a silent one is of medium priority. */
  public static ExpectedSignal device(
      @Nullable String ward, @Nullable RiskLevel level, Duration within) {
    return new ExpectedSignal(ward, level, within, Source.DEVICE, Alert.Priority.MEDIUM);
  }

  /** Whether it is about a ward and a level; an unknown level may be any. */
  boolean isAbout(@Nullable String patientsWard, RiskLevel patientsLevel) {
    return (ward == null || ward.equals(patientsWard))
        && (level == null || patientsLevel == RiskLevel.UNKNOWN || level == patientsLevel);
  }
}
