// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

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

  void write(DataOutputView out) throws IOException {
    Wire.writeUnsigned(out, size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      Wire.writeSigned(out, times[i] - before);
      before = times[i];
      int decimals = Wire.decimals(values[i]);
      out.writeByte(decimals);
      Wire.writeValue(out, values[i], decimals);
    }
  }

  void read(DataInputView in) throws IOException {
    size = (int) Wire.readUnsigned(in);
    times = new long[Math.max(8, size)];
    values = new double[Math.max(8, size)];
    long before = 0;
    for (int i = 0; i < size; i++) {
      before += Wire.readSigned(in);
      times[i] = before;
      values[i] = Wire.readValue(in, in.readUnsignedByte());
    }
  }
}
