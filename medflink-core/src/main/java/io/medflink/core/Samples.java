// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;

/** The values of an input with history, in time order, one for each moment. */
public final class Samples {
  private long[] times = new long[16];
  private double[] values = new double[16];
  private int size;

  /** How many values there are. */
  public int size() {
    return size;
  }

  /** When the i-th value was measured, in milliseconds since 1970-01-01T00:00Z. */
  public long time(int i) {
    return times[i];
  }

  /** The i-th value in the input's unit. */
  public double value(int i) {
    return values[i];
  }

  void clear() {
    size = 0;
  }

  /** Appends a value; times must rise. */
  void add(long time, double value) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    times[size] = time;
    values[size++] = value;
  }
}
