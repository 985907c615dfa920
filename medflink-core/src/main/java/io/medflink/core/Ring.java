// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;

/** The settled values of one type, oldest first, for inputs with history. */
final class Ring {
  long[] times = new long[8];
  double[] values = new double[8];
  int size;

  /** Appends a value and forgets those before a time. */
  void add(long time, double value, long since) {
    int old = 0;
    while (old < size && times[old] < since) {
      old++;
    }
    System.arraycopy(times, old, times, 0, size - old);
    System.arraycopy(values, old, values, 0, size - old);
    size -= old;
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    times[size] = time;
    values[size++] = value;
  }

  void write(Wire out) {
    out.unsigned(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      out.signed(times[i] - before);
      before = times[i];
      int decimals = Wire.decimals(values[i]);
      out.octet(decimals);
      out.value(values[i], decimals);
    }
  }

  void read(Wire in) {
    size = (int) in.unsigned();
    times = new long[Math.max(8, size)];
    values = new double[Math.max(8, size)];
    long before = 0;
    for (int i = 0; i < size; i++) {
      before += in.signed();
      times[i] = before;
      values[i] = in.value(in.octet());
    }
  }
}
