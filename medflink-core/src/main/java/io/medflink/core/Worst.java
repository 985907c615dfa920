// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.jspecify.annotations.Nullable;

/**
 * The worst of some values. A value that is known by a comparator only ({@code < 15}) makes the
 * worst a range, as far as the exact ones don't settle it.
 */
final class Worst {
  private final int sign;

  /** Of the values times the sign: the greatest is the worst. */
  private double low;

  private double high;
  private boolean lowIncluded;
  private boolean highIncluded;
  private long time;

  Worst(Extreme extreme) {
    sign = extreme == Extreme.GREATEST ? 1 : -1;
    clear();
  }

  void clear() {
    low = Double.NEGATIVE_INFINITY;
    high = Double.NEGATIVE_INFINITY;
    lowIncluded = true;
    highIncluded = false;
    time = Long.MIN_VALUE;
  }

  /** Takes one more value; of equal ones the last counts. */
  void add(double value, Observation.@Nullable Comparator comparator, long at) {
    boolean included =
        comparator == null
            || comparator == Observation.Comparator.LESS_OR_EQUAL
            || comparator == Observation.Comparator.GREATER_OR_EQUAL;
    boolean over =
        comparator == Observation.Comparator.GREATER
            || comparator == Observation.Comparator.GREATER_OR_EQUAL;
    boolean more = comparator != null && over == sign > 0;
    boolean less = comparator != null && !more;
    double from = less ? Double.NEGATIVE_INFINITY : sign * value;
    double to = more ? Double.POSITIVE_INFINITY : sign * value;
    lowIncluded = from > low ? included : from < low ? lowIncluded : lowIncluded && included;
    low = Math.max(low, from);
    time = to >= high ? at : time;
    highIncluded = to > high ? included : to < high ? highIncluded : highIncluded || included;
    high = Math.max(high, to);
  }

  /** Fills the input, or bounds it. */
  void into(Chart chart, Input input) {
    if (time == Long.MIN_VALUE) {
      return;
    }
    if (low == high) {
      chart.set(input, sign * high, time);
    } else if (sign > 0) {
      chart.bound(input, new Range(low, lowIncluded, high, highIncluded), time);
    } else {
      chart.bound(input, new Range(-high, highIncluded, -low, lowIncluded), time);
    }
  }
}
