// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The small pieces of {@link AssessCodec}'s forms, written to and read from an array. Numbers are
 * LEB128, strings as Flink's {@code StringValue} writes them.
 *
 * <p>Reading past the end throws {@link IndexOutOfBoundsException}: the state is damaged.
 */
final class Wire {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The most bytes that a number takes. */
  private static final int NUMBER = 10;

  private static final int RAW = 3;
  private static final double[] POWERS = {1, 10, 100};

  private byte[] bytes = new byte[256];
  private int position;

  /** Begins to write. */
  void clear() {
    position = 0;
  }

  /** What was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, position);
  }

  /** Begins to read. */
  void read(byte[] from) {
    bytes = from;
    position = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  void position(int newPosition) {
    position = newPosition;
  }

  void copy(ValuesCodec.Written part) {
    int length = part.to - part.from;
    reserve(length);
    System.arraycopy(part.bytes, part.from, bytes, position, length);
    position += length;
  }

  private void reserve(int room) {
    if (bytes.length - position < room) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + room));
    }
  }

  void octet(int value) {
    reserve(1);
    bytes[position++] = (byte) value;
  }

  int octet() {
    return bytes[position++] & 0xff;
  }

  void eight(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, position, value);
    position += Long.BYTES;
  }

  long eight() {
    long value = (long) LONG.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  void unsigned(long value) {
    reserve(NUMBER);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number has no end");
  }

  void skipNumber() {
    while (bytes[position++] < 0) {
      // The last byte of a number is the first one without the high bit.
    }
  }

  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  void string(String value) {
    unsigned(value.length() + 1L);
    for (int i = 0; i < value.length(); i++) {
      unsigned(value.charAt(i));
    }
  }

  String string() {
    int length = (int) unsigned() - 1;
    // Each char takes a byte or more: a damaged length reserves no more than there is.
    StringBuilder value = new StringBuilder(Math.min(length, bytes.length - position));
    for (int i = 0; i < length; i++) {
      value.append((char) unsigned());
    }
    return value.toString();
  }

  void skipString() {
    for (long rest = unsigned() - 1; rest > 0; rest--) {
      skipNumber();
    }
  }

  /** Reads over these bytes if they come next. */
  boolean skips(byte[] expected) {
    int end = position + expected.length;
    boolean next =
        end <= bytes.length && Arrays.equals(bytes, position, end, expected, 0, expected.length);
    position = next ? end : position;
    return next;
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

  void value(double value, int decimals) {
    if (decimals == RAW) {
      eight(Double.doubleToRawLongBits(value));
    } else {
      signed((long) Math.rint(value * POWERS[decimals]));
    }
  }

  double value(int decimals) {
    return decimals == RAW ? Double.longBitsToDouble(eight()) : signed() / POWERS[decimals];
  }

  void skipValue(int decimals) {
    if (decimals == RAW) {
      position += Long.BYTES;
    } else {
      skipNumber();
    }
  }

  /** A time as its distance from another one; one byte for {@link Head#NONE}. */
  void time(long time, long from) {
    boolean none = time == Head.NONE;
    octet(none ? 0 : 1);
    if (!none) {
      signed(time - from);
    }
  }

  long time(long from) {
    return octet() == 0 ? Head.NONE : from + signed();
  }
}
