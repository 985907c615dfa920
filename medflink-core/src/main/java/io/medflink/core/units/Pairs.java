// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The pairs seen so far: a hash table of fixed size, read and written without locks or garbage. A
 * pair lives in one of {@link #PROBES} neighbouring slots; where all are taken, the newcomer takes
 * them in turn, so that two that are in use don't go on driving each other out. So a flood of odd
 * units evicts, at worst, pairs that are then resolved again, and memory stays below {@link
 * #CAPACITY} pairs of two texts of {@link Units#MAX_LENGTH}.
 */
final class Pairs {
  static final int CAPACITY = 4096;
  private static final int PROBES = 8;

  private final AtomicReferenceArray<@Nullable Resolved> slots =
      new AtomicReferenceArray<>(CAPACITY);

  /** Threads that race here take the same slot at worst. */
  private int turn;

  @Nullable Resolved find(String from, String to, @Nullable Analyte analyte) {
    int home = home(from, to, analyte);
    for (int i = 0; i < PROBES; i++) {
      Resolved resolved = slots.getAcquire((home + i) & (CAPACITY - 1));
      if (resolved == null) {
        return null;
      }
      if (resolved.isOf(from, to, analyte)) {
        return resolved;
      }
    }
    return null;
  }

  void keep(Resolved resolved) {
    if (resolved.from().length() > Units.MAX_LENGTH || resolved.to().length() > Units.MAX_LENGTH) {
      return;
    }
    int home = home(resolved.from(), resolved.to(), resolved.analyte());
    for (int i = 0; i < PROBES; i++) {
      if (slots.compareAndSet((home + i) & (CAPACITY - 1), null, resolved)) {
        return;
      }
    }
    slots.setRelease((home + turn++ % PROBES) & (CAPACITY - 1), resolved);
  }

  int size() {
    int size = 0;
    for (int i = 0; i < CAPACITY; i++) {
      size += slots.get(i) == null ? 0 : 1;
    }
    return size;
  }

  private static int home(String from, String to, @Nullable Analyte analyte) {
    int hash =
        31 * from.hashCode() + to.hashCode() + (analyte == null ? 0 : analyte.name().hashCode());
    return hash ^ (hash >>> 16);
  }
}
