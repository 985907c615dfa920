// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What happened to the current patient within the lateness, in stretches of time, and the vigil
 * that comes of it.
 */
final class AlertHistory {
  private static final long STRETCH = 300_000;
  private static final long DAY = 86_400_000;

  private final AlertOptions options;
  private final AlertState state;
  private final AlertCodec codec = new AlertCodec();

  private final Surroundings surroundings = new Surroundings();

  AlertHistory(AlertOptions options, AlertState state) {
    this.options = options;
    this.state = state;
  }

  /** Makes a vigil look at what was decided and which feeds were lost. */
  void prepare(Vigil vigil, AlertHead head) {
    surroundings.read(state);
    vigil.holds = new Holds(head.controls, surroundings.wards());
    vigil.outages = surroundings.outages();
    vigil.keys = new ArrayList<>(head.retired.stream().map(AlertHead.Retired::key).toList());
    vigil.keys.add(state.patientId());
  }

  /** Notes what surrounds the patient; whether it is another thing than before. */
  boolean surround(AlertHead head) {
    boolean other = head.surroundings != surroundings.print();
    head.surroundings = surroundings.print();
    return other;
  }

  boolean isSurrounded() {
    return !surroundings.outages().isEmpty() || !surroundings.wards().isEmpty();
  }

  private List<Item> stretch(long number) {
    byte[] bytes = state.stretch(number);
    if (bytes == null) {
      return new ArrayList<>();
    }
    try {
      codec.wire.begin(bytes);
      return codec.items();
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalStateException("state of RaiseAlerts is damaged");
    }
  }

  private void put(long number, List<Item> items) {
    codec.wire.begin();
    codec.items(items);
    state.stretch(number, codec.wire.written());
  }

  /** Keeps an item, and takes it at once where it is the newest thing that happened. */
  Item.Added add(AlertHead head, Item item) {
    long number = Math.floorDiv(item.time, STRETCH);
    int place = Collections.binarySearch(head.stretches, number);
    List<Item> items = place < 0 ? new ArrayList<>() : stretch(number);
    int at = Collections.binarySearch(items, item);
    if (at >= 0) {
      if (!item.isFinding()) {
        return Item.Added.REPEATS;
      }
      Item.Added added = items.get(at).add(item.newest());
      if (added != Item.Added.REPEATS) {
        put(number, items);
      }
      return added;
    }
    if (place < 0) {
      head.stretches.add(-place - 1, number);
    }
    items.add(-at - 1, item);
    put(number, items);
    boolean newest =
        item.move == null
            && number == head.stretches.get(head.stretches.size() - 1)
            && -at - 1 == items.size() - 1
            && item.time > head.front.fired
            && item.time >= head.front.time;
    if (!newest) {
      return Item.Added.CHANGES;
    }
    head.front.apply(item);
    return Item.Added.CONFIRMS;
  }

  /** Makes the newest vigil anew. */
  Vigil front(AlertHead head) {
    Vigil vigil = settled(head);
    items(head).forEach(vigil::apply);
    return vigil;
  }

  private Vigil settled(AlertHead head) {
    Vigil vigil = new Vigil(options);
    if (head.settled != null) {
      codec.wire.begin(head.settled);
      vigil = codec.vigil(options);
    }
    prepare(vigil, head);
    return vigil;
  }

  /** What happened and was not taken back, in time order. */
  private List<Item> items(AlertHead head) {
    List<Item> all = told(head);
    Map<Item, Item> cancelled = Cancels.cancelled(all);
    all.removeIf(item -> cancelled.containsKey(item) || Cancels.isSpent(item, cancelled));
    return all;
  }

  /** What was told, each movement once though merged records told it. */
  private List<Item> told(AlertHead head) {
    List<Item> all = new ArrayList<>();
    for (long number : head.stretches) {
      for (Item item : stretch(number)) {
        if (item.move == null || all.stream().noneMatch(item::repeatsMove)) {
          all.add(item);
        }
      }
    }
    return all;
  }

  /** When the oldest stretch is settled, apart from the lateness. */
  long settlesAt(AlertHead head) {
    return (head.stretches.get(0) + 1) * STRETCH;
  }

  /** Settles what can't change any more. */
  void settle(AlertHead head, long horizon, long deadline) {
    if (head.stretches.isEmpty() || settlesAt(head) > horizon) {
      return;
    }
    Vigil vigil = settled(head);
    List<Item> items = items(head);
    forgetSpent(head, horizon);
    while (!head.stretches.isEmpty() && settlesAt(head) <= horizon) {
      head.settledUntil = settlesAt(head);
      state.removeStretch(head.stretches.remove(0));
    }
    for (Item item : items) {
      if (item.time < head.settledUntil) {
        vigil.apply(item);
      }
    }
    vigil.run(Math.min(head.settledUntil - 1, deadline));
    for (Step step : vigil.steps) {
      head.said.stream().filter(step::repeats).findFirst().ifPresent(head.said::remove);
    }
    for (Vigil v : List.of(vigil, head.front)) {
      v.waiting.removeIf(item -> item.time < head.settledUntil - DAY);
    }
    Holds.forget(head.controls, vigil.time);
    if (!head.isGone) {
      codec.wire.begin();
      codec.vigil(vigil);
      head.settled = codec.wire.written();
    }
  }

  /** A cancel whose movement is about to be settled undoes nothing else. */
  private void forgetSpent(AlertHead head, long horizon) {
    Map<Item, Item> cancelled = Cancels.cancelled(told(head));
    cancelled.forEach(
        (item, cancel) -> {
          long number = Math.floorDiv(cancel.time, STRETCH);
          if ((Math.floorDiv(item.time, STRETCH) + 1) * STRETCH <= horizon
              && Cancels.isSpent(cancel, cancelled)) {
            List<Item> items = stretch(number);
            items.remove(cancel);
            put(number, items);
          }
        });
  }

  /** Takes an item away again; whether it was there. */
  boolean remove(AlertHead head, Item item) {
    boolean removed = false;
    for (long number : List.copyOf(head.stretches)) {
      List<Item> items = stretch(number);
      if (items.removeIf(item::says)) {
        put(number, items);
        removed = true;
      }
    }
    return removed;
  }

  /**
   * Watches nothing of what happened. What can still change is kept: an un-merge tells it again,
   * and answers that follow from an un-merge may come before the merge is told.
   */
  void leave(AlertHead head) {
    head.said.clear();
    head.settled = null;
    head.front = settled(head);
  }
}
