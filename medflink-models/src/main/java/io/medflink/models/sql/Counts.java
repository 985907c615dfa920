// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import org.jspecify.annotations.Nullable;

/** Counts as SQL hands them over: of any numeric type, cast to DOUBLE by Flink. */
final class Counts {
  private Counts() {}

  /** The count; null when it is unknown, negative, not whole or beyond INT. */
  static @Nullable Integer whole(@Nullable Double count) {
    return count != null && count == Math.rint(count) && count >= 0 && count <= Integer.MAX_VALUE
        ? (Integer) count.intValue()
        : null;
  }

  /** The assumptions, with what {@link #whole} refused: the models only see that it is unknown. */
  static String told(String assumptions, @Nullable Double beds, @Nullable Double doctors) {
    return assumptions
        + (isRefused(beds) ? "; bed_count is no whole number up to 2147483647" : "")
        + (isRefused(doctors) ? "; doctor_count is no whole number up to 2147483647" : "");
  }

  private static boolean isRefused(@Nullable Double count) {
    return count != null && !(count < 0) && whole(count) == null;
  }
}
