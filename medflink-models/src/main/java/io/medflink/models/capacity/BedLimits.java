// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@link ErlangC#maxLoad}, each answer searched for once: wards have few different bed counts. */
final class BedLimits {
  /** A bound on memory, about 1 MB; beyond it answers are searched for each time. */
  static final int CAPACITY = 10_000;

  private static final Map<Key, Double> FOUND = new ConcurrentHashMap<>();

  private BedLimits() {}

  private record Key(int beds, double maxProbDelay) {}

  static double maxLoad(int beds, double maxProbDelay) {
    Key key = new Key(beds, maxProbDelay);
    Double known = FOUND.get(key);
    if (known != null) {
      return known;
    }
    double load = ErlangC.maxLoad(beds, maxProbDelay);
    if (FOUND.size() < CAPACITY) {
      FOUND.put(key, load);
    }
    return load;
  }

  static int size() {
    return FOUND.size();
  }
}
