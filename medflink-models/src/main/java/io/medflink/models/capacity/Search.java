// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;

/** Turns a formula around: the load or the servers at which it reaches a given value. */
final class Search {
  /** Twice as many servers still fit an int. */
  static final double GREATEST_LOAD = 1e9;

  private Search() {}

  /**
   * The greatest x of [0, above) that holds, for a condition that only turns false, by bisection.
   */
  static double greatest(double above, DoublePredicate holds) {
    double low = 0;
    double high = above;
    for (double x = high / 2; low < x && x < high; x = low + (high - low) / 2) {
      if (holds.test(x)) {
        low = x;
      } else {
        high = x;
      }
    }
    return low;
  }

  /** The least n from {@code first} on that holds, for a condition that only turns true. */
  static int fewest(int first, IntPredicate holds) {
    if (holds.test(first)) {
      return first;
    }
    int fails = first;
    int step = 1;
    while (!holds.test(fails + step)) {
      fails += step;
      step *= 2;
    }
    int found = fails + step;
    while (found - fails > 1) {
      int middle = fails + (found - fails) / 2;
      if (holds.test(middle)) {
        found = middle;
      } else {
        fails = middle;
      }
    }
    return found;
  }

  static void checkServers(int servers) {
    check(servers >= 0, "servers is negative");
  }

  static void checkLoad(double offeredLoad) {
    check(
        offeredLoad >= 0 && offeredLoad < Double.POSITIVE_INFINITY,
        "offeredLoad is not a finite number from 0");
  }

  static void checkSearchable(double offeredLoad) {
    check(offeredLoad <= GREATEST_LOAD, "offeredLoad is above 1e9");
  }

  static void checkShare(String name, double share) {
    check(share > 0 && share < 1, name + " is not between 0 and 1");
  }

  private static void check(boolean good, String otherwise) {
    if (!good) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
