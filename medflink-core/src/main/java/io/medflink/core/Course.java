// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.units.Conversion;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The values of an input with history as a {@link Questionnaire} takes them: a list of {@code
 * [hours, number]} with rising hours; a list of numbers, where the input says how far apart they
 * are; or one number, which is a list of one. A null number is a gap.
 */
final class Course {
  private static final double HOUR = 3_600_000;
  private static final double MOST_HOURS = 1e8;

  private final Input input;
  private final boolean timed;
  private final long[] times;
  private final double[] values;

  private Course(Input input, boolean timed, long[] times, double[] values) {
    this.input = input;
    this.timed = timed;
    this.times = times;
    this.values = values;
  }

  /** Null for what is none of these. */
  static @Nullable Course of(Input input, Object value, @Nullable Conversion conversion) {
    if (value instanceof Number number) {
      return new Course(input, false, new long[1], converted(conversion, number.doubleValue()));
    }
    Object[] list =
        value instanceof Collection<?> collection
            ? collection.toArray()
            : value instanceof Object[] array ? array : new Object[0];
    boolean timed = list.length > 0 && pair(list[0]).length == 2;
    if (list.length == 0 || (!timed && input.every == null)) {
      return null;
    }
    long[] times = new long[list.length];
    double[] values = new double[list.length];
    for (int i = 0; i < list.length; i++) {
      Object[] pair = pair(list[i]);
      Object number = timed && pair.length == 2 ? pair[1] : list[i];
      double hours = timed && pair.length == 2 && pair[0] instanceof Number n ? n.doubleValue() : 0;
      times[i] = timed ? Math.round(hours * HOUR) : (i + 1 - list.length) * spacing(input);
      values[i] = number instanceof Number n ? n.doubleValue() : Double.NaN;
      boolean wellTimed =
          !timed || (pair.length == 2 && pair[0] instanceof Number && Math.abs(hours) < MOST_HOURS);
      if (!wellTimed
          || (number != null && Double.isNaN(values[i]))
          || (i > 0 && times[i] <= times[i - 1])) {
        return null;
      }
    }
    return new Course(input, timed, times, converted(conversion, values));
  }

  private static long spacing(Input input) {
    return input.every == null ? 0 : input.every.toMillis();
  }

  private static double[] converted(@Nullable Conversion conversion, double... values) {
    return conversion == null ? values : Arrays.stream(values).map(conversion::apply).toArray();
  }

  private static Object[] pair(@Nullable Object element) {
    return element instanceof Collection<?> collection
        ? collection.toArray()
        : element instanceof Object[] array ? array : new Object[0];
  }

  /** Whether the list tells the times itself. */
  boolean timed() {
    return timed;
  }

  /** Milliseconds; the last one of numbers alone is 0. */
  long[] times() {
    return times;
  }

  long last() {
    return times[times.length - 1];
  }

  /** Whether every value can be true; one number that isn't any is none. */
  boolean isPossible() {
    for (double value : values) {
      boolean gap = Double.isNaN(value) && values.length > 1;
      if (!gap && !input.possible().contains(value)) {
        return false;
      }
    }
    return true;
  }

  /** Fills a chart at its moment. */
  void fill(Chart chart) {
    long history = input.history() == null ? 0 : input.history().toMillis();
    for (int i = 0; i < times.length; i++) {
      boolean seen = times[i] <= chart.moment() && times[i] >= chart.moment() - history;
      if (seen && !Double.isNaN(values[i])) {
        chart.add(input, values[i], times[i]);
      }
    }
  }
}
