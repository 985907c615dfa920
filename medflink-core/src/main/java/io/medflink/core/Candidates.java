// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What {@link Completion} tries for an input of which a range is known. */
final class Candidates {
  private static final double[] NONE = {};

  /** Scores take what is within 1e-9 of a limit for the limit: {@code <150} is clear of 150. */
  private static final double CLEAR = 2e-9;

  private Candidates() {}

  /** Monotone inputs are all least favourable in one round and all most favourable in the other. */
  static double[] of(Input input, Range range, boolean up) {
    if (range.isEmpty()) {
      return NONE;
    }
    return switch (input.sought()) {
      case RISING -> new double[] {up ? high(range) : low(range)};
      case FALLING -> new double[] {up ? low(range) : high(range)};
      case CORNERS -> corners(input, range);
      case CODES -> codes(input, range);
      case CELLS -> cells(input, range);
      case REQUIRED, OPTIONAL, SETTING -> NONE;
    };
  }

  /**
   * What an input may turn out to be: its codes, a value of each band of its tables, the ends and
   * bends of its range, and where that is finite 15 values evenly between them.
   */
  static double[] possible(Input input, Range range) {
    if (range.isEmpty() || !input.codes().isEmpty()) {
      return range.isEmpty() ? NONE : codes(input, range);
    }
    DoubleStream values = Arrays.stream(corners(input, range));
    for (Steps table : input.cells()) {
      values = DoubleStream.concat(values, Arrays.stream(table.members(range)));
    }
    double step = (range.high() - range.low()) / 16;
    DoubleStream between = IntStream.range(1, 16).mapToDouble(i -> range.low() + i * step);
    return DoubleStream.concat(values, between)
        .filter(x -> Double.isFinite(x) && range.contains(x))
        .distinct()
        .toArray();
  }

  /** A range that was sent, closed where scores tell its ends from the limits. */
  static Range clear(Range range) {
    double low = range.lowIncluded() ? range.low() : range.low() + CLEAR;
    double high = range.highIncluded() ? range.high() : range.high() - CLEAR;
    Range clear = new Range(low, true, high, true).intersect(range);
    return clear.isEmpty() ? range : clear;
  }

  private static double low(Range range) {
    return range.lowIncluded() ? range.low() : Math.nextUp(range.low());
  }

  private static double high(Range range) {
    return range.highIncluded() ? range.high() : Math.nextDown(range.high());
  }

  private static double[] corners(Input input, Range range) {
    double low = low(range);
    double high = high(range);
    return DoubleStream.concat(
            DoubleStream.of(low, high),
            Arrays.stream(input.bends).filter(bend -> low < bend && bend < high))
        .toArray();
  }

  private static double[] codes(Input input, Range range) {
    double[] all = new double[input.codes().size()];
    Arrays.setAll(all, i -> i);
    return Arrays.stream(all).filter(range::contains).toArray();
  }

  private static double[] cells(Input input, Range range) {
    TreeSet<Double> values = new TreeSet<>();
    for (Steps table : input.cells()) {
      for (double x : table.extremes(range)) {
        values.add(x);
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
