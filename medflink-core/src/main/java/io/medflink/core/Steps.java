// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * A score's table for one input: points by bands of a number, in the printed order.
 *
 * <p>{@link #upTo}: bands of measured values with inclusive upper bounds on the chart's grid; the
 * value is rounded half up to the resolution first. {@link #below} and {@link #atMost}: bands of
 * continuous values with exclusive and inclusive upper bounds, {@link #outside} for rules that say
 * "under or over", no rounding; a value that a calculation left within 1e-9 of a bound is taken for
 * the bound.
 */
public final class Steps implements Serializable {
  private static final long serialVersionUID = 1;

  /** 36.05 in binary is a little less: what a person reads as half is half. */
  private static final double SLACK = 1e-9;

  private final double[] uppers;
  private final int[] points;

  /** Each band's first value that belongs to the next one. */
  private final double[] ends;

  private final double scale;
  private final int first;
  private final int last;
  private final int[] lookup;

  private Steps(double scale, double shift, double[] table) {
    if (table.length < 3 || table.length % 2 == 0) {
      throw new IllegalArgumentException(
          "a table alternates points and bounds, points at the ends");
    }
    this.scale = scale;
    uppers = new double[table.length / 2];
    points = new int[table.length / 2 + 1];
    ends = new double[uppers.length];
    for (int i = 0; i < table.length; i++) {
      if (i % 2 == 0) {
        points[i / 2] = (int) table[i];
      } else {
        uppers[i / 2] = table[i];
        ends[i / 2] = table[i] + shift;
      }
    }
    for (int i = 1; i < uppers.length; i++) {
      if (!(uppers[i - 1] < uppers[i])) {
        throw new IllegalArgumentException("the bounds of a table rise");
      }
    }
    first = Double.isNaN(scale) ? 0 : grid(uppers[0]);
    int size = Double.isNaN(scale) ? 0 : grid(uppers[uppers.length - 1]) - first + 2;
    last = first + size - 1;
    lookup = new int[size];
    for (int i = 0; i < size; i++) {
      lookup[i] = points[band((first + i) / scale)];
    }
  }

  /**
   * Bands with inclusive upper bounds on a grid.
   *
   * @param resolution the grid's step, 1 or a decimal fraction such as 0.1
   * @param table points, upper bound, points, upper bound, …, points
   * @throws IllegalArgumentException when the table isn't of that form
   */
  public static Steps upTo(double resolution, double... table) {
    double scale = Math.rint(1 / resolution);
    return new Steps(scale, 0.5 / scale - SLACK / scale, table);
  }

  /**
   * Bands with exclusive upper bounds.
   *
   * @param table points, upper bound, points, upper bound, …, points
   * @throws IllegalArgumentException when the table isn't of that form
   */
  public static Steps below(double... table) {
    return new Steps(Double.NaN, -SLACK, table);
  }

  /**
   * Bands with inclusive upper bounds, for rules that say "over".
   *
   * @param table points, upper bound, points, upper bound, …, points
   * @throws IllegalArgumentException when the table isn't of that form
   */
  public static Steps atMost(double... table) {
    return new Steps(Double.NaN, SLACK, table);
  }

  /**
   * Points under one bound and over another, none between them and at them.
   *
   * @throws IllegalArgumentException when the bounds don't rise
   */
  public static Steps outside(double low, double high, int points) {
    Steps steps = below(points, low, 0, high, points);
    steps.ends[1] = high + SLACK;
    return steps;
  }

  /** The points of a value. NaN is a caller's error and gives the last band's. */
  public int points(double value) {
    if (lookup.length == 0) {
      return points[band(value)];
    }
    int at = Math.min(Math.max(grid(value), first), last);
    return lookup[at - first];
  }

  private int grid(double value) {
    return (int) Math.floor(value * scale + (0.5 + SLACK));
  }

  private int band(double value) {
    int band = 0;
    for (double end : ends) {
      band += value < end ? 0 : 1; // no branch to mispredict
    }
    return band;
  }

  /**
   * A value of the attainable band with the fewest and one of that with the most points.
   *
   * @return two values, or none when nothing in the range can be true
   */
  double[] extremes(Range range) {
    double least = Double.NaN;
    double most = Double.NaN;
    for (int band = 0; band < points.length; band++) {
      double x = member(band, range);
      if (!Double.isNaN(x)) {
        least = Double.isNaN(least) || points(x) < points(least) ? x : least;
        most = Double.isNaN(most) || points(x) > points(most) ? x : most;
      }
    }
    return Double.isNaN(least) ? new double[0] : new double[] {least, most};
  }

  /** One value of each band that can be true. */
  double[] members(Range range) {
    return IntStream.range(0, points.length)
        .mapToDouble(band -> member(band, range))
        .filter(x -> !Double.isNaN(x))
        .toArray();
  }

  /** Some value of the range that falls into the band, NaN when there is none. */
  private double member(int band, Range range) {
    double from = band == 0 ? Double.NEGATIVE_INFINITY : ends[band - 1];
    double to = band == ends.length ? Double.POSITIVE_INFINITY : ends[band];
    Range both = range.intersect(Range.closedOpen(from, to));
    double low = Double.isInfinite(both.low()) ? Math.min(both.high(), 0) - 1 : both.low();
    double high = Double.isInfinite(both.high()) ? Math.max(low, 0) + 1 : both.high();
    double middle = low + (high - low) / 2;
    // The lowest bands of all tables of an input share their end: fewer candidates.
    for (double x : new double[] {band == 0 ? Math.nextUp(low) : middle, middle, low, high}) {
      if (both.contains(x)) {
        return x;
      }
    }
    return Double.NaN;
  }

  /** The bounds of the bands as printed, for tests that walk every boundary. */
  public double[] bounds() {
    return uppers.clone();
  }
}
