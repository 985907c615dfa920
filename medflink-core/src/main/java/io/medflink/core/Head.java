// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read and written for every panel of a patient: the chart at the newest settled moment and
 * the newest moment itself. Unsettled moments before it stand in state of their own and are linked
 * to each other in time order.
 */
final class Head {
  static final long NONE = Long.MAX_VALUE;

  /** The chart at the newest settled moment. */
  Known settled;

  /** The newest settled moment, {@link Long#MIN_VALUE} before there is one. */
  long settledTime = Long.MIN_VALUE;

  /** The stay whose values the settled chart holds, and since when they count. */
  @Nullable String settledStay;

  long settledSince = Long.MIN_VALUE;

  /** The patient's movements. */
  Stays stays = Stays.NONE;

  /** The values that a correction at another moment speaks of, as far as is known. */
  final List<Correction> corrections = new ArrayList<>();

  /** The newest moment; null once it is settled. */
  @Nullable Moment last;

  /** The oldest unsettled moment. */
  long first = NONE;

  /** The oldest moment without a final answer, and the newest one with it. */
  long nextFinal = NONE;

  long finalTime = Long.MIN_VALUE;

  /**
   * The watermark when the patient was last heard of, {@link Long#MIN_VALUE} before there is one.
   */
  long touched = Long.MIN_VALUE;

  /** The timers that were asked for: next final answer, settling, forgetting. */
  long finalTimer = NONE;

  long settleTimer = NONE;
  long forgetTimer = NONE;

  Head(Known settled) {
    this.settled = settled;
  }

  /** The newest moment seen. */
  long newest() {
    return last == null ? settledTime : last.time;
  }

  /**
   * Whether nothing was heard of the patient for so long. A value that holds for life has an old
   * time: what counts is also when it came.
   */
  boolean forgets(long watermark, long after) {
    if (watermark == Long.MIN_VALUE || newest() + after > watermark) {
      return false;
    }
    if (touched == Long.MIN_VALUE && watermark != Long.MAX_VALUE) {
      touched = watermark;
    }
    return touched == Long.MIN_VALUE || touched + after <= watermark;
  }

  /** Forgets the timers that have fired; whether there were any. */
  boolean expireTimers(long watermark, long deadline) {
    boolean fired = finalTimer <= deadline || settleTimer <= watermark || forgetTimer <= watermark;
    finalTimer = finalTimer <= deadline ? NONE : finalTimer;
    settleTimer = settleTimer <= watermark ? NONE : settleTimer;
    forgetTimer = forgetTimer <= watermark ? NONE : forgetTimer;
    return fired;
  }

  /**
   * The next timer that is needed and was not asked for. One for the oldest moment without a final
   * answer; one for settling and one for forgetting, moved on only when they have fired, so that a
   * panel costs one timer.
   */
  long nextTimer(boolean held, long lateness, long retention) {
    if (nextFinal < finalTimer) {
      finalTimer = nextFinal;
      return nextFinal;
    }
    if (held && lateness > 0 && first != NONE && settleTimer == NONE) {
      settleTimer = newest() + lateness;
      return settleTimer;
    }
    if (forgetTimer == NONE) {
      forgetTimer = Math.max(newest(), touched) + lateness + retention;
      return forgetTimer;
    }
    return EventTimeCore.NEVER;
  }
}
