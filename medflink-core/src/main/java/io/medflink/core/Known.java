// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of each type that the models ask for, as known at one moment. Dense arrays in
 * the order of the core's types; what is absent is NaN.
 */
final class Known {
  private static final int COMPARATOR = 7;
  private static final int JUMP = 8;

  final double[] values;
  final long[] times;

  /** The comparator's position + 1 in the low bits, and {@link #JUMP}. */
  final byte[] marks;

  Known(int types) {
    this(new double[types], new long[types], new byte[types]);
    Arrays.fill(values, Double.NaN);
  }

  private Known(double[] values, long[] times, byte[] marks) {
    this.values = values;
    this.times = times;
    this.marks = marks;
  }

  Known copy() {
    return new Known(values.clone(), times.clone(), marks.clone());
  }

  Observation.@Nullable Comparator comparator(int type) {
    int at = (marks[type] & COMPARATOR) - 1;
    return at < 0 ? null : Observation.Comparator.values()[at];
  }

  boolean jumped(int type) {
    return (marks[type] & JUMP) != 0;
  }

  /** Takes a reading as the newest value of its type, with a doubt when it jumped. */
  void take(Reading reading, long time, ObservationType.@Nullable Jump rule) {
    int type = reading.type();
    boolean jump =
        rule != null
            && reading.comparator() == null
            && comparator(type) == null
            && Math.abs(reading.value() - values[type]) > rule.change()
            && time - times[type] <= rule.within().toMillis();
    int comparator = reading.comparator() == null ? 0 : reading.comparator().ordinal() + 1;
    values[type] = reading.value();
    times[type] = time;
    marks[type] = (byte) (comparator | (jump ? JUMP : 0));
  }

  /** Takes what was told of a type at an older time, unless something newer is known. */
  void absorb(Moment told, int type) {
    Reading winner = told.winner(type);
    if (winner != null && (Double.isNaN(values[type]) || told.time >= times[type])) {
      take(winner, told.time, null);
    } else if (winner == null && told.tells(type) && told.time == times[type]) {
      values[type] = Double.NaN;
    }
  }

  /** Whether a type has the same value, time and marks in both. */
  boolean sameAs(Known other, int type) {
    return Double.compare(values[type], other.values[type]) == 0
        && times[type] == other.times[type]
        && marks[type] == other.marks[type];
  }
}
