// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What fields of few different contents were read as, such as codes and units: they come again and
 * again. Of fixed size, so senders can't make it grow; what was kept gives way to what comes twice.
 */
final class Recent<T> {
  private static final int LONGEST = 400;
  private static final int[] NONE = {};

  private final @Nullable Run<T>[] kept;

  /** The hash of what last came in vain. */
  private final int[] last;

  /** Of a power of two. */
  @SuppressWarnings("unchecked") // an array of a generic type
  Recent(int size) {
    kept = (@Nullable Run<T>[]) new @Nullable Run<?>[size];
    last = new int[size];
  }

  /** What these bytes were read as, null where that isn't known. */
  @Nullable T get(byte[] bytes, int from, int to) {
    Run<T> run = run(bytes, from, to);
    return run == null ? null : run.value;
  }

  @Nullable Run<T> run(byte[] bytes, int from, int to) {
    Run<T> run = kept[place(Bytes.hash(bytes, from, to))];
    return run != null && Bytes.equal(bytes, from, to, run.bytes) ? run : null;
  }

  T put(byte[] bytes, int from, int to, T value) {
    put(bytes, from, to, NONE, value);
    return value;
  }

  /**
   * Keeps what several fields were read as. Where others are kept, it has to come twice in a row:
   * what never comes again costs no copy, and leaves what does.
   */
  void put(byte[] bytes, int from, int to, int[] starts, T value) {
    int hash = Bytes.hash(bytes, from, to);
    int place = place(hash);
    if (kept[place] != null && last[place] != hash) {
      last[place] = hash;
    } else if (to - from <= LONGEST) {
      kept[place] = new Run<>(Arrays.copyOfRange(bytes, from, to), starts, value);
    }
  }

  private int place(int hash) {
    return (hash ^ (hash >>> 16)) & (kept.length - 1);
  }
}
