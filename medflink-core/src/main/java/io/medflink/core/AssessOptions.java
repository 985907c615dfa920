// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.time.Duration;

/**
 * How {@code Assess} runs.
 *
 * @param held whether moments are held for the watermark and answered finally when it has passed;
 *     else each panel is answered at once and only once, and one older than the patient's newest is
 *     late
 * @param lateness how long after the watermark has passed a moment it can still be amended; zero
 *     when not held
 * @param retention how long a patient is remembered after the newest moment; a longer gap leaves
 *     only what holds for life in the chart, and after as long without any news the patient is
 *     forgotten
 * @param stayGap how long after a discharge an admission still goes on with the same stay, so that
 *     its vital signs count on; zero: only at the very moment
 */
public record AssessOptions(boolean held, Duration lateness, Duration retention, Duration stayGap)
    implements Serializable {
  private static final Duration LONGEST = Duration.ofDays(1_000_000);
  private static final Duration RETENTION = Duration.ofDays(400);

  /** Checks the options. */
  public AssessOptions {
    if (lateness.isNegative() || lateness.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("lateness must be 0 to P1000000D, is " + lateness);
    }
    if (!held && !lateness.isZero()) {
      throw new IllegalArgumentException("immediate answers are never amended: lateness must be 0");
    }
    if (retention.isNegative() || retention.isZero() || retention.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("retention must be up to P1000000D, is " + retention);
    }
    if (stayGap.isNegative() || stayGap.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("stayGap must be 0 to P1000000D, is " + stayGap);
    }
  }

  /** Preliminary at once, final at the watermark, amended within the lateness. */
  public static AssessOptions held(Duration lateness) {
    return new AssessOptions(true, lateness, RETENTION, Duration.ZERO);
  }

  /** Preliminary at once, and that is all. */
  public static AssessOptions immediate() {
    return new AssessOptions(false, Duration.ZERO, RETENTION, Duration.ZERO);
  }

  /** These options with another retention. */
  public AssessOptions withRetention(Duration newRetention) {
    return new AssessOptions(held, lateness, newRetention, stayGap);
  }

  /** These options with another gap that visits of one stay may leave. */
  public AssessOptions withStayGap(Duration newStayGap) {
    return new AssessOptions(held, lateness, retention, newStayGap);
  }
}
