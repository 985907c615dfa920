// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What fields of few different contents were read as, such as codes and units: they come again and
 * again. Of fixed size, so senders can't make it grow; what was kept gives way to what comes.
 * Threads may share it: a lost write costs a second reading.
 */
final class Recent<T> {
  private static final int SIZE = 1024;
  private static final int LONGEST = 120;

  private final @Nullable Entry<T>[] kept;

  private record Entry<T>(byte[] bytes, T value) {}

  @SuppressWarnings("unchecked") // an array of a generic type
  Recent() {
    kept = (@Nullable Entry<T>[]) new @Nullable Entry<?>[SIZE];
  }

  /** What these bytes were read as, null where that isn't known. */
  @Nullable T get(byte[] bytes, int from, int to) {
    Entry<T> entry = kept[place(bytes, from, to)];
    return entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, from, to)
        ? entry.value
        : null;
  }

  T put(byte[] bytes, int from, int to, T value) {
    if (to - from <= LONGEST) {
      kept[place(bytes, from, to)] = new Entry<>(Arrays.copyOfRange(bytes, from, to), value);
    }
    return value;
  }

  private static int place(byte[] bytes, int from, int to) {
    int hash = Bytes.hash(bytes, from, to);
    return (hash ^ (hash >>> 10)) & (SIZE - 1);
  }
}
