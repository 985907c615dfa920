// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the fields of one segment start; reused for the next one. */
final class FieldStarts {
  /** For a word's separators and the end. */
  private static final int ROOM = Long.BYTES + 1;

  private int[] starts = new int[32];
  private int count;

  /** The last fields of the segment before, if that was found by runs. */
  private int restFrom;

  private int restLength;
  private int restCount;

  /** Finds the fields of a segment; a header's first field is the separator itself. */
  void find(byte[] bytes, byte separator, int from, int to, boolean header) {
    restCount = 0;
    if (header) {
      starts[0] = from + 3;
      starts[1] = from + 4;
      find(bytes, separator, from + 4, to, 2);
    } else {
      find(bytes, separator, from, to, 0);
    }
  }

  /**
   * Finds the fields of an OBX, mostly without looking for them: by what stood before and behind
   * the value last time.
   *
   * @return 0 where neither stands there again, 1 where the first does, 2 where both do
   */
  int find(byte[] bytes, byte separator, int from, int to, Run<?> front, @Nullable Run<?> back) {
    starts[0] = from + 4;
    int n = field(bytes, separator, to, 1);
    n = run(bytes, separator, to, n, front);
    int result = 0;
    if (n > 0) {
      result = 1;
      int value = field(bytes, separator, to, n);
      int behind = back == null ? 0 : run(bytes, separator, to, value, back);
      n = Math.max(n, Math.max(value, behind));
      result = behind > 0 ? 2 : 1;
    }
    if (n > 0) {
      rest(bytes, separator, to, n);
    } else {
      find(bytes, separator, from, to, false);
    }
    return result;
  }

  /** Finds the end of the last field; 0 where none comes behind it. */
  private int field(byte[] bytes, byte separator, int to, int n) {
    int i = starts[n - 1];
    while (i < to && bytes[i] != separator) {
      i++;
    }
    if (i == to) {
      return 0;
    }
    starts[n] = i + 1;
    return n + 1;
  }

  /** Goes on over a run, if it stands at the last field and one comes behind it; else 0. */
  private int run(byte[] bytes, byte separator, int to, int n, Run<?> run) {
    if (n == 0) {
      return 0;
    }
    int at = starts[n - 1];
    byte[] expected = run.bytes;
    int end = at + expected.length;
    boolean there = end < to && bytes[end] == separator && Bytes.equal(bytes, at, end, expected);
    if (!there) {
      return 0;
    }
    int found = n;
    for (int start : run.starts) {
      starts[found++] = at + start;
    }
    starts[found++] = end + 1;
    return found;
  }

  /** Finds the last fields; they mostly say what they said in the OBX before. */
  private void rest(byte[] bytes, byte separator, int to, int n) {
    int at = starts[n - 1];
    int length = to - at;
    boolean again =
        n == restCount && length == restLength && Bytes.equal(bytes, at, bytes, restFrom, length);
    if (again) {
      int moved = at - restFrom;
      for (int i = n; i <= count; i++) {
        starts[i] += moved;
      }
    } else {
      find(bytes, separator, at, to, n);
    }
    restFrom = at;
    restLength = length;
    restCount = n;
  }

  /** Finds the fields from a place on. */
  private void find(byte[] bytes, byte separator, int from, int to, int known) {
    int[] s = starts;
    int n = known;
    int i = from;
    int words = bytes.length - Long.BYTES;
    while (i < to && i <= words) {
      long matches = Bytes.matches(bytes, separator, i);
      if (to - i < Long.BYTES) {
        matches &= (1L << ((to - i) * Byte.SIZE)) - 1;
      }
      if (n + ROOM > s.length) {
        s = Arrays.copyOf(s, s.length * 2);
      }
      while (matches != 0) {
        s[n++] = i + (Long.numberOfTrailingZeros(matches) >>> 3) + 1;
        matches &= matches - 1;
      }
      i += Long.BYTES;
    }
    if (n + ROOM > s.length) {
      s = Arrays.copyOf(s, s.length * 2);
    }
    for (; i < to; i++) {
      if (bytes[i] == separator) {
        s[n++] = i + 1;
      }
    }
    s[n] = to + 1;
    count = n;
    starts = s;
  }

  int count() {
    return count;
  }

  /** Where fields from one to another start, behind the start of the first. */
  int[] between(int first, int last) {
    int[] between = new int[last - first];
    for (int i = 0; i < between.length; i++) {
      between[i] = start(first + 1 + i) - start(first);
    }
    return between;
  }

  /** Where a field starts, from 1. */
  int start(int field) {
    return starts[field - 1];
  }

  /** Where a field ends. */
  int end(int field) {
    return starts[field] - 1;
  }
}
