// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.apache.flink.annotation.Internal;

/**
 * What an event-time core knows of time. Times are milliseconds since 1970-01-01T00:00Z.
 *
 * @param watermark no event at or before it is expected any more
 * @param clock in live mode the time by the wall clock, less the patience that deadlines have with
 *     it; {@link Long#MIN_VALUE} in replay, where only event time counts
 */
@Internal
public record Now(long watermark, long clock) {

  /** Event time only. */
  public static Now replay(long watermark) {
    return new Now(watermark, Long.MIN_VALUE);
  }

  /** Whether deadlines fall due by the wall clock. */
  boolean isLive() {
    return clock != Long.MIN_VALUE;
  }

  /** The greatest time whose deadlines are due. */
  long deadline() {
    return Math.max(watermark, clock);
  }
}
