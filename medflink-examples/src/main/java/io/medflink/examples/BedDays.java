// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Movement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For how long beds of each ward were taken, by movements: from the one that filled a bed to the
 * one that emptied it, or to the end. What was cancelled never happened; leave empties a bed. Who
 * was there before the first movement is not known of, and not counted.
 */
final class BedDays {

  private BedDays() {}

  /** Whose stay. */
  private record Stay(String patient, @Nullable String encounter) {}

  /** Bed-days by ward; wards that no movement names are none. */
  static Map<String, Double> of(List<Movement> movements, Instant end) {
    Map<Stay, Deque<Movement>> stays = new HashMap<>();
    movements.stream()
        .filter(m -> m.patientId() != null)
        .sorted(
            Comparator.comparing(Movement::occurred)
                .thenComparing(m -> m.recorded() == null ? m.occurred() : m.recorded()))
        .distinct()
        .forEach(
            m ->
                take(
                    stays.computeIfAbsent(
                        new Stay(String.valueOf(m.patientId()), m.encounter()),
                        stay -> new ArrayDeque<>()),
                    m));
    Map<String, Double> days = new TreeMap<>();
    for (Deque<Movement> stay : stays.values()) {
      String ward = null;
      Instant since = end;
      for (Movement m : stay) {
        add(days, ward, since, m.occurred());
        ward = fills(m) ? m.ward() : null;
        since = m.occurred();
      }
      add(days, ward, since, end);
    }
    return days;
  }

  private static void add(
      Map<String, Double> days, @Nullable String ward, Instant since, Instant until) {
    if (ward != null && until.isAfter(since)) {
      days.merge(ward, Duration.between(since, until).toMillis() / 86_400_000.0, Double::sum);
    }
  }

  private static void take(Deque<Movement> stay, Movement m) {
    switch (m.kind()) {
      case ADMIT, TRANSFER, RETURN, DISCHARGE, DEATH, LEAVE -> stay.addLast(m);
      case CANCEL_ADMIT -> cancel(stay, Movement.Kind.ADMIT);
      case CANCEL_TRANSFER -> cancel(stay, Movement.Kind.TRANSFER);
      case CANCEL_DISCHARGE -> cancel(stay, Movement.Kind.DISCHARGE);
      case CANCEL_LEAVE -> cancel(stay, Movement.Kind.LEAVE);
      case CANCEL_RETURN -> cancel(stay, Movement.Kind.RETURN);
      default -> {}
    }
  }

  private static void cancel(Deque<Movement> stay, Movement.Kind kind) {
    Iterator<Movement> newest = stay.descendingIterator();
    while (newest.hasNext()) {
      if (newest.next().kind() == kind) {
        newest.remove();
        return;
      }
    }
  }

  private static boolean fills(Movement m) {
    return switch (m.kind()) {
      case ADMIT, TRANSFER, RETURN -> true;
      default -> false;
    };
  }
}
