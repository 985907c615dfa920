// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes eight at a time. */
final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  private Bytes() {}

  /** Where the line that goes on at a place ends: at a CR, an LF or the limit. */
  static int lineEnd(byte[] bytes, int from, int limit) {
    int i = from;
    while (i <= limit - Long.BYTES) {
      long word = (long) LONG.get(bytes, i);
      // Bytes under 0x20; a byte above such a one may be marked too, so each is looked at.
      long controls = (word - ONES * 0x20) & ~word & TOPS;
      while (controls != 0) {
        int at = i + (Long.numberOfTrailingZeros(controls) >>> 3);
        if (bytes[at] == '\r' || bytes[at] == '\n') {
          return at;
        }
        controls &= controls - 1;
      }
      i += Long.BYTES;
    }
    while (i < limit && bytes[i] != '\r' && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Where a byte next stands, or the limit. */
  static int indexOf(byte[] bytes, byte wanted, int from, int limit) {
    int i = from;
    long pattern = ONES * (wanted & 0xFF);
    while (i <= limit - Long.BYTES) {
      long found = marks((long) LONG.get(bytes, i) ^ pattern);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      i += Long.BYTES;
    }
    while (i < limit && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** Eight bytes, of which those that are the wanted one have their top bit marked. */
  static long matches(byte[] bytes, byte wanted, int at) {
    return marks((long) LONG.get(bytes, at) ^ (ONES * (wanted & 0xFF)));
  }

  /** The top bit of each byte that is zero, exactly. */
  private static long marks(long word) {
    return ~(((word & ~TOPS) + ~TOPS) | word | ~TOPS);
  }

  /** A number that is the same for the same bytes. */
  static int hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int i = from;
    while (i <= to - Long.BYTES) {
      hash = (hash ^ (long) LONG.get(bytes, i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
      i += Long.BYTES;
    }
    long rest = 0;
    while (i < to) {
      rest = rest << 8 | (bytes[i++] & 0xFF);
    }
    hash = (hash ^ rest) * 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 32);
  }

  /** Whether bytes are plain ASCII without an escape character. */
  static boolean isPlain(byte[] bytes, byte escape, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || bytes[i] == escape) {
        return false;
      }
    }
    return true;
  }
}
