// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.util.Arrays;

/** Where the fields of one segment start; reused for the next one. */
final class FieldStarts {
  private int[] starts = new int[24];
  private int count;

  /** Finds the fields of a segment; a header's first field is the separator itself. */
  void find(byte[] bytes, byte separator, int from, int to, boolean header) {
    count = 0;
    int i = from;
    if (header) {
      add(from + 3);
      add(from + 4);
      i = from + 4;
    }
    while (i <= to - Long.BYTES) {
      long matches = Bytes.matches(bytes, separator, i);
      while (matches != 0) {
        add(i + (Long.numberOfTrailingZeros(matches) >>> 3) + 1);
        matches &= matches - 1;
      }
      i += Long.BYTES;
    }
    for (; i < to; i++) {
      if (bytes[i] == separator) {
        add(i + 1);
      }
    }
    add(to + 1);
    count--;
  }

  private void add(int start) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count++] = start;
  }

  int count() {
    return count;
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
