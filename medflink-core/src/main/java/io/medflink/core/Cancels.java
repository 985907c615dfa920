// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which movements were taken back by which. */
final class Cancels {
  private Cancels() {}

  /** A cancel that undid something is over with it; one that only tells a place is not. */
  static boolean isSpent(Item item, Map<Item, Item> cancelled) {
    return item.move != null
        && (item.move.kind() == Movement.Kind.CANCEL_DISCHARGE
            || item.move.kind() == Movement.Kind.CANCEL_LEAVE)
        && cancelled.containsValue(item);
  }

  /** The movements that were taken back, each with what took it back. */
  static Map<Item, Item> cancelled(List<Item> all) {
    Map<Item, Item> cancelled = new HashMap<>();
    List<Item> moves =
        all.stream()
            .filter(item -> item.move != null)
            .sorted(
                Comparator.comparingLong(Cancels::order)
                    .thenComparing(Cancels::isCancel)
                    .thenComparing(i -> i))
            .toList();
    for (int i = 0; i < moves.size(); i++) {
      for (int j = i - 1; j >= 0; j--) {
        if (cancels(moves.get(i), moves.get(j))
            && cancelled.putIfAbsent(moves.get(j), moves.get(i)) == null) {
          break;
        }
      }
    }
    return cancelled;
  }

  private static long order(Item item) {
    return item.move == null ? item.time : item.move.order();
  }

  private static boolean isCancel(Item item) {
    return item.move != null && item.move.kind().name().startsWith("CANCEL");
  }

  private static boolean cancels(Item cancel, Item item) {
    if (cancel.move == null || item.move == null) {
      return false;
    }
    String a = cancel.move.place().encounter();
    String b = item.move.place().encounter();
    return Item.cancels(cancel.move.kind(), item.move.kind())
        && (a == null || b == null || a.equals(b));
  }
}
