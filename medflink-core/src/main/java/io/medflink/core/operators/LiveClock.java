// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Now;
import java.io.Serializable;
import java.time.Duration;

/**
 * The wall clock in live mode. After a restore it stands still for a while, so that what waits in
 * the sources is read before deadlines that fell due in the outage are.
 */
final class LiveClock implements Serializable {
  private static final long serialVersionUID = 1;

  /** How long it stands still after a restore. */
  static final Duration CATCH_UP = Duration.ofMinutes(1);

  /** A time before all others, of a clock that stands still. */
  private static final long STILL = Long.MIN_VALUE + 1;

  private final long patience;
  private final long catchUp;
  private transient boolean restored;
  private transient long stillUntil;

  LiveClock(Duration patience, Duration catchUp) {
    if (patience.isNegative() || catchUp.isNegative()) {
      throw new IllegalArgumentException("patience and catch-up must not be negative");
    }
    this.patience = patience.toMillis();
    this.catchUp = catchUp.toMillis();
  }

  long patience() {
    return patience;
  }

  /** Is told that the state is that of an earlier run. */
  void restored() {
    restored = true;
  }

  Now now(long watermark, long clock) {
    if (restored) {
      restored = false;
      stillUntil = clock + catchUp;
    }
    return new Now(watermark, clock < stillUntil ? STILL : clock - patience);
  }

  /** When a deadline by the clock is looked at. */
  long timer(long deadline) {
    return Math.max(deadline + patience, stillUntil);
  }
}
