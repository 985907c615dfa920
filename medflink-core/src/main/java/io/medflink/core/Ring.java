// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;

/** The settled values of one type, oldest first, for inputs with history. */
final class Ring {
  long[] times = new long[8];
  double[] values = new double[8];

  /** Each comparator's position + 1; 0 for an exact value. */
  byte[] comparators = new byte[8];

  int size;

  /** Appends a value and forgets those before a time. */
  void add(long time, double value, int comparator, long since) {
    int old = 0;
    while (old < size && times[old] < since) {
      old++;
    }
    System.arraycopy(times, old, times, 0, size - old);
    System.arraycopy(values, old, values, 0, size - old);
    System.arraycopy(comparators, old, comparators, 0, size - old);
    size -= old;
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      comparators = Arrays.copyOf(comparators, 2 * size);
    }
    times[size] = time;
    comparators[size] = (byte) comparator;
    values[size++] = value;
  }

  void write(Wire out) {
    out.unsigned(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      out.signed(times[i] - before);
      before = times[i];
      int decimals = Wire.decimals(values[i]);
      out.octet(decimals | (comparators[i] << 4));
      out.value(values[i], decimals);
    }
  }

  void read(Wire in) {
    size = (int) in.unsigned();
    times = new long[Math.max(8, size)];
    values = new double[Math.max(8, size)];
    comparators = new byte[Math.max(8, size)];
    long before = 0;
    for (int i = 0; i < size; i++) {
      before += in.signed();
      times[i] = before;
      int header = in.octet();
      values[i] = in.value(header & 3);
      comparators[i] = (byte) (header >> 4);
    }
  }
}
