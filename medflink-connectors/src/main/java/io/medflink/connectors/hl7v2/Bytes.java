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

  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int LOOKED_AT = 4 * Long.BYTES;

  private Bytes() {}

  /** Where the line that goes on at a place ends: at a CR, an LF or the limit. */
  static int lineEnd(byte[] bytes, int from, int limit) {
    int i = from;
    while (i <= limit - 2 * Long.BYTES) {
      long one = (long) LONG.get(bytes, i);
      long two = (long) LONG.get(bytes, i + Long.BYTES);
      if (((((one - ONES * 0x20) & ~one) | ((two - ONES * 0x20) & ~two)) & TOPS) != 0) {
        break;
      }
      i += 2 * Long.BYTES;
    }
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
    int words = bytes.length - Long.BYTES;
    long pattern = ONES * (wanted & 0xFF);
    while (i < limit && i <= words) {
      // Behind the limit are bytes too, if no wanted ones.
      long found = marks((long) LONG.get(bytes, i) ^ pattern);
      if (found != 0) {
        return Math.min(limit, i + (Long.numberOfTrailingZeros(found) >>> 3));
      }
      i += Long.BYTES;
    }
    while (i < limit && bytes[i] != wanted) {
      i++;
    }
    return Math.min(i, limit);
  }

  /** Eight bytes as one number. */
  static long eight(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Eight bytes, of which those that are the wanted one have their top bit marked. */
  static long matches(byte[] bytes, byte wanted, int at) {
    return marks((long) LONG.get(bytes, at) ^ (ONES * (wanted & 0xFF)));
  }

  /** The top bit of each byte that is zero, exactly. */
  private static long marks(long word) {
    return ~(((word & ~TOPS) + ~TOPS) | word | ~TOPS);
  }

  /** Whether bytes are these. */
  static boolean equal(byte[] bytes, int from, int to, byte[] expected) {
    return to - from == expected.length && equal(bytes, from, expected, 0, expected.length);
  }

  static boolean equal(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    if (length < Long.BYTES) {
      for (int i = 0; i < length; i++) {
        if (a[aFrom + i] != b[bFrom + i]) {
          return false;
        }
      }
      return true;
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) LONG.get(a, aFrom + i) != (long) LONG.get(b, bFrom + i)) {
        return false;
      }
    }
    return (long) LONG.get(a, aFrom + last) == (long) LONG.get(b, bFrom + last);
  }

  /** A number that is the same for the same bytes; of long ones it looks at both ends. */
  static int hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    long rest = 0;
    if (to - from < Long.BYTES) {
      for (int i = from; i < to; i++) {
        rest = rest << 8 | (bytes[i] & 0xFF);
      }
    } else {
      int last = to - Long.BYTES;
      int end = Math.min(last, from + LOOKED_AT);
      for (int i = from; i < end; i += Long.BYTES) {
        hash = (hash ^ (long) LONG.get(bytes, i)) * MIX;
        hash ^= hash >>> 29;
      }
      rest = (long) LONG.get(bytes, last);
    }
    hash = (hash ^ rest) * MIX;
    return (int) (hash >>> 32);
  }

  /** Whether bytes are plain ASCII without an escape character. */
  static boolean isPlain(byte[] bytes, byte escape, int from, int to) {
    int i = from;
    long pattern = ONES * (escape & 0xFF);
    while (i <= to - Long.BYTES) {
      long word = (long) LONG.get(bytes, i);
      if (((word & TOPS) | marks(word ^ pattern)) != 0) {
        return false;
      }
      i += Long.BYTES;
    }
    for (; i < to; i++) {
      if (bytes[i] < 0 || bytes[i] == escape) {
        return false;
      }
    }
    return true;
  }
}
