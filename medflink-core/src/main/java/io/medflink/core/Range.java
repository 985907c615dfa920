// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/**
 * The numbers between two ends.
 *
 * @param low the lower end
 * @param lowIncluded whether the lower end itself belongs to it
 * @param high the upper end
 * @param highIncluded whether the upper end itself belongs to it
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded)
    implements Serializable {

  /** low &lt; x &lt; high. */
  public static Range open(double low, double high) {
    return new Range(low, false, high, false);
  }

  /** low &le; x &le; high. */
  public static Range closed(double low, double high) {
    return new Range(low, true, high, true);
  }

  /** low &lt; x &le; high. */
  public static Range openClosed(double low, double high) {
    return new Range(low, false, high, true);
  }

  /** low &le; x &lt; high. */
  public static Range closedOpen(double low, double high) {
    return new Range(low, true, high, false);
  }

  /** Whether x lies in it; never for NaN. */
  public boolean contains(double x) {
    return (lowIncluded ? x >= low : x > low) && (highIncluded ? x <= high : x < high);
  }

  /** Whether nothing lies in it. */
  public boolean isEmpty() {
    return !(low < high || (low == high && lowIncluded && highIncluded));
  }

  /** The numbers in both ranges; it contains nothing where they don't meet. */
  public Range intersect(Range other) {
    boolean ownLow = low > other.low || (low == other.low && !lowIncluded);
    boolean ownHigh = high < other.high || (high == other.high && !highIncluded);
    return new Range(
        ownLow ? low : other.low,
        ownLow ? lowIncluded : other.lowIncluded,
        ownHigh ? high : other.high,
        ownHigh ? highIncluded : other.highIncluded);
  }

  /** As written in messages, such as {@code 0 < x <= 100}. */
  @Override
  public String toString() {
    return number(low)
        + (lowIncluded ? " <= x " : " < x ")
        + (highIncluded ? "<= " : "< ")
        + number(high);
  }

  static String number(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
  }
}
