// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A score's table for one input: points by bands of a number, in the printed order.
 *
 * <p>Bands of measured values ({@link #upTo}) have inclusive upper bounds on the chart's grid: the
 * value is rounded half up to the resolution first. Bands of continuous values ({@link #below})
 * have exclusive upper bounds and no rounding.
 */
public final class Steps implements Serializable {
  private static final long serialVersionUID = 1;

  /** 36.05 in binary is a little less: what a person reads as half is half. */
  private static final double HALF = 0.5 + 1e-9;

  private final double[] uppers;
  private final int[] points;
  private final boolean inclusive;
  private final double scale;
  private final long first;
  private final byte[] lookup;

  private Steps(double scale, boolean inclusive, double[] table) {
    if (table.length % 2 == 0) {
      throw new IllegalArgumentException(
          "a table alternates points and bounds, points at the ends");
    }
    this.scale = scale;
    this.inclusive = inclusive;
    uppers = new double[table.length / 2];
    points = new int[table.length / 2 + 1];
    for (int i = 0; i < table.length; i++) {
      if (i % 2 == 0) {
        points[i / 2] = (int) table[i];
      } else {
        uppers[i / 2] = table[i];
      }
    }
    first = inclusive ? grid(uppers[0]) : 0;
    lookup =
        inclusive ? new byte[(int) (grid(uppers[uppers.length - 1]) - first) + 2] : new byte[0];
    for (int i = 0, band = 0; i < lookup.length; i++) {
      while (band < uppers.length && first + i > grid(uppers[band])) {
        band++;
      }
      lookup[i] = (byte) points[band];
    }
  }

  /**
   * Bands with inclusive upper bounds on a grid.
   *
   * @param resolution the grid's step, 1 or a decimal fraction such as 0.1
   * @param table points, upper bound, points, upper bound, …, points
   */
  public static Steps upTo(double resolution, double... table) {
    return new Steps(Math.rint(1 / resolution), true, table);
  }

  /**
   * Bands with exclusive upper bounds.
   *
   * @param table points, upper bound, points, upper bound, …, points
   */
  public static Steps below(double... table) {
    return new Steps(1, false, table);
  }

  /** The points of a value. NaN is a caller's error and gives the last band's. */
  public int points(double value) {
    if (!inclusive) {
      int band = 0;
      while (band < uppers.length && !(value < uppers[band])) {
        band++;
      }
      return points[band];
    }
    long at = grid(value) - first;
    return lookup[(int) Math.max(0, Math.min(at, lookup.length - 1))];
  }

  private long grid(double value) {
    return (long) Math.floor(value * scale + HALF);
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
        if (Double.isNaN(least) || points[band] < points(least)) {
          least = x;
        }
        if (Double.isNaN(most) || points[band] > points(most)) {
          most = x;
        }
      }
    }
    return Double.isNaN(least) ? new double[0] : new double[] {least, most};
  }

  /** Some value of the range that falls into the band, NaN when there is none. */
  private double member(int band, Range range) {
    double step = 1 / scale;
    double from = band == 0 ? Double.NEGATIVE_INFINITY : uppers[band - 1];
    double to = band == uppers.length ? Double.POSITIVE_INFINITY : uppers[band];
    double low = Math.max(from, range.low());
    double high = Math.min(to, range.high());
    double[] tries = {
      (low + high) / 2, low, high, low + step, high - step, low + step / 2, high - step / 2
    };
    for (double x : tries) {
      if (Double.isFinite(x) && range.contains(x) && inBand(x, band)) {
        return x;
      }
    }
    return Double.NaN;
  }

  private boolean inBand(double x, int band) {
    double on = inclusive ? grid(x) : x;
    double from =
        band == 0
            ? Double.NEGATIVE_INFINITY
            : inclusive ? grid(uppers[band - 1]) : uppers[band - 1];
    double to =
        band == uppers.length
            ? Double.POSITIVE_INFINITY
            : inclusive ? grid(uppers[band]) : uppers[band];
    return inclusive ? on > from && on <= to : on >= from && on < to;
  }

  /** The bounds of the bands, for tests that walk every boundary. */
  public double[] bounds() {
    return Arrays.copyOf(uppers, uppers.length);
  }
}
