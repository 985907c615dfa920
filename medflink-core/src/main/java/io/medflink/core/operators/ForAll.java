// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import io.medflink.core.Control;
import io.medflink.core.Holds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is about no patient in particular, as it is broadcast and kept.
 *
 * @param controls decisions about wards
 * @param lost the newest news of each silence of a feed
 * @param end how far the input reaches
 */
record ForAll(List<Control> controls, List<Alert> lost, long end) {
  static final ForAll NOTHING = new ForAll(List.of(), List.of(), Long.MIN_VALUE);
  private static final long DAY = 86_400_000;

  static ForAll of(Iterable<Map.Entry<String, AlertEvent>> kept) {
    List<Control> controls = new ArrayList<>();
    List<Alert> lost = new ArrayList<>();
    long end = Long.MIN_VALUE;
    for (Map.Entry<String, AlertEvent> entry : kept) {
      AlertEvent event = entry.getValue();
      if (event.control() != null) {
        Holds.keep(controls, event.control());
      } else if (event.lost() != null) {
        lost.add(event.lost());
      } else if (event.end() != null) {
        end = Math.max(end, event.end().toEpochMilli());
      }
    }
    return new ForAll(controls, lost, end);
  }

  /** Under which name an event is kept: a later one of the same name replaces it. */
  static String key(AlertEvent event) {
    if (event.lost() != null) {
      return "feed " + event.lost().id();
    }
    Control c = event.control();
    if (c == null) {
      return "end";
    }
    return c.id() != null
        ? "control " + c.id()
        : String.join(
            "\n",
            "decision",
            c.kind().name(),
            String.valueOf(c.facility()),
            String.valueOf(c.ward()),
            String.valueOf(c.target()),
            String.valueOf(c.value()),
            String.valueOf(c.from()),
            String.valueOf(c.until()));
  }

  /** Whether an event takes the place of one that is kept under its name. */
  static boolean replaces(AlertEvent event, AlertEvent kept) {
    if (event.control() != null && kept.control() != null) {
      return Holds.keep(new ArrayList<>(List.of(kept.control())), event.control());
    }
    if (event.lost() != null && kept.lost() != null) {
      return !event.lost().equals(kept.lost())
          && (event.lost().event() != Alert.Event.FEED_LOST
              || kept.lost().event() == Alert.Event.WITHDRAWN);
    }
    return event.end() != null && (kept.end() == null || event.end().isAfter(kept.end()));
  }

  /** Whether an event can't change anything any more, a day after it is over. */
  static boolean isOver(AlertEvent event, long horizon) {
    Control c = event.control();
    if (c != null && c.until() != null) {
      return c.until().toEpochMilli() + DAY < horizon;
    }
    Alert lost = event.lost();
    return lost != null
        && lost.event() != Alert.Event.FEED_LOST
        && lost.time().toEpochMilli() + DAY < horizon;
  }

  /** Never whose. */
  @Override
  public String toString() {
    return "ForAll";
  }
}
