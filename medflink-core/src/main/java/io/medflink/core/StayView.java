// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the movements of a patient amount to.
 *
 * <p>Movements count in the order in which their source recorded them; a cancellation takes back
 * the newest movement of its kind and stay before it. A discharge closes its stay, a death all of
 * them, unless an admission follows within the gap: then both are one stay, as are two that a link
 * joins. What is measured at the very moment of a discharge still belongs to the stay.
 */
final class StayView {
  private final List<StayEvent> live = new ArrayList<>();
  private final List<StayEvent> closings = new ArrayList<>();
  private final Map<String, String> joined = new HashMap<>();

  StayView(List<StayEvent> told, long gap) {
    told.stream().map(StayEvent::own).distinct().sorted(StayEvent.RECORDED).forEach(this::take);
    live.sort(StayEvent.OCCURRED);
    for (int i = 0; i < live.size(); i++) {
      StayEvent t = live.get(i);
      if (t.kind() == Movement.Kind.LINK) {
        join(t.encounter(), t.otherEncounter());
      } else if (t.closes()) {
        StayEvent next = t.kind() == Movement.Kind.DEATH ? null : nextAdmission(i);
        if (next == null || next.occurred() - t.occurred() > gap) {
          closings.add(t);
        } else {
          join(t.encounter(), next.encounter());
        }
      }
    }
  }

  private void take(StayEvent t) {
    switch (t.kind()) {
      case CANCEL_ADMIT -> cancel(t, Movement.Kind.ADMIT, Movement.Kind.ADMIT);
      case CANCEL_TRANSFER -> cancel(t, Movement.Kind.TRANSFER, Movement.Kind.TRANSFER);
      case CANCEL_DISCHARGE -> cancel(t, Movement.Kind.DISCHARGE, Movement.Kind.DEATH);
      default -> live.add(t);
    }
  }

  private void cancel(StayEvent cancellation, Movement.Kind kind, Movement.Kind otherKind) {
    for (int i = live.size() - 1; i >= 0; i--) {
      StayEvent t = live.get(i);
      if ((t.kind() == kind || t.kind() == otherKind) && t.isOf(cancellation.encounter())) {
        live.remove(i);
        return;
      }
    }
  }

  private @Nullable StayEvent nextAdmission(int after) {
    for (int i = after + 1; i < live.size(); i++) {
      if (live.get(i).kind() == Movement.Kind.ADMIT) {
        return live.get(i);
      }
    }
    return null;
  }

  private void join(@Nullable String a, @Nullable String b) {
    if (a != null && b != null) {
      String rootA = root(a);
      String rootB = root(b);
      if (!rootA.equals(rootB)) {
        joined.put(rootA.compareTo(rootB) < 0 ? rootB : rootA, min(rootA, rootB));
      }
    }
  }

  private static String min(String a, String b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private String root(String encounter) {
    String at = encounter;
    for (String next = joined.get(at); next != null; next = joined.get(at)) {
      at = next;
    }
    return at;
  }

  /** Whether two stays are one, as far as both are told. */
  boolean same(@Nullable String a, @Nullable String b) {
    return a == null || b == null || a.equals(b) || root(a).equals(root(b));
  }

  /** When the stay that a moment is in was closed last before it; MIN_VALUE when it wasn't. */
  long closed(long time, @Nullable String encounter) {
    long closed = Long.MIN_VALUE;
    for (StayEvent t : closings) {
      boolean concerns = t.kind() == Movement.Kind.DEATH || same(t.encounter(), encounter);
      if (t.occurred() < time && concerns) {
        closed = Math.max(closed, t.occurred());
      }
    }
    return closed;
  }

  /** Where the patient was at a time, as far as it wasn't told with what was measured. */
  Place place(long time, Place measured) {
    String encounter = measured.encounter() == null ? open(time) : measured.encounter();
    if (measured.isAnywhere()) {
      return measured.withEncounter(encounter);
    }
    long closed = closed(time, encounter);
    Place place = measured;
    for (StayEvent t : live) {
      boolean isSince = t.occurred() <= time && t.occurred() > closed;
      if (isSince && t.places() && !t.closes() && same(t.encounter(), encounter)) {
        place = t.place();
      }
    }
    return place.withEncounter(encounter);
  }

  /** The stay that is open at a time, the newest of several. */
  private @Nullable String open(long time) {
    String open = null;
    for (StayEvent t : live) {
      boolean admits = t.kind() == Movement.Kind.ADMIT && t.encounter() != null;
      if (admits && t.occurred() <= time && closed(time, t.encounter()) < t.occurred()) {
        open = t.encounter();
      }
    }
    return open;
  }
}
