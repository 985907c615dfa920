// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** The small pieces of our binary forms. */
final class Wire {
  static final Observation.Status[] STATUSES = Observation.Status.values();
  static final Observation.Method[] METHODS = Observation.Method.values();
  static final Observation.Comparator[] COMPARATORS = Observation.Comparator.values();

  private static final int RAW = 3;
  private static final double[] POWERS = {1, 10, 100};

  private Wire() {}

  static void writeUnsigned(DataOutputView out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readUnsigned(DataInputView in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = in.readUnsignedByte();
      value |= (long) (b & 0x7f) << shift;
      if ((b & 0x80) == 0) {
        return value;
      }
    }
    throw new IOException("a number has no end");
  }

  static void writeSigned(DataOutputView out, long value) throws IOException {
    writeUnsigned(out, (value << 1) ^ (value >> 63));
  }

  static long readSigned(DataInputView in) throws IOException {
    long value = readUnsigned(in);
    return (value >>> 1) ^ -(value & 1);
  }

  static void writeString(DataOutputView out, String value) throws IOException {
    StringValue.writeString(value, out);
  }

  static String readString(DataInputView in) throws IOException {
    return StringValue.readString(in);
  }

  /** How many decimals make the value a whole number of at most 40 bits; 3 for none: raw bytes. */
  static int decimals(double value) {
    for (int d = 0; d < POWERS.length; d++) {
      double whole = Math.rint(value * POWERS[d]);
      if (Math.abs(whole) < 1L << 40 && Double.compare(whole / POWERS[d], value) == 0) {
        return d;
      }
    }
    return RAW;
  }

  static void writeValue(DataOutputView out, double value, int decimals) throws IOException {
    if (decimals == RAW) {
      out.writeDouble(value);
    } else {
      writeSigned(out, (long) Math.rint(value * POWERS[decimals]));
    }
  }

  static double readValue(DataInputView in, int decimals) throws IOException {
    return decimals == RAW ? in.readDouble() : readSigned(in) / POWERS[decimals];
  }

  /** A time as its distance from another one; one byte for {@link Head#NONE}. */
  static void writeTime(DataOutputView out, long time, long from) throws IOException {
    boolean none = time == Head.NONE;
    out.writeBoolean(!none);
    if (!none) {
      writeSigned(out, time - from);
    }
  }

  static long readTime(DataInputView in, long from) throws IOException {
    return in.readBoolean() ? from + readSigned(in) : Head.NONE;
  }
}
