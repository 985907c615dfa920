// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a patient's movements amount to, worked out from all of them by the written rules. */
final class StayJudge {
  private final List<Movement> live = new ArrayList<>();
  private final List<Movement> closings = new ArrayList<>();
  private final List<Set<String>> one = new ArrayList<>();

  StayJudge(List<Movement> movements) {
    Comparator<Movement> recorded =
        Comparator.<Movement, Instant>comparing(
                m -> m.recorded() == null ? m.occurred() : m.recorded())
            .thenComparing(Movement::occurred)
            .thenComparing(Movement::kind)
            .thenComparing(m -> m.encounter() + " " + m.otherEncounter() + " " + m.ward());
    for (Movement m : movements.stream().distinct().sorted(recorded).toList()) {
      String kind = m.kind().name();
      if (kind.startsWith("PENDING_")) {
        continue;
      }
      if (!kind.startsWith("CANCEL_")) {
        live.add(m);
        continue;
      }
      List<Movement> cancelled =
          live.stream()
              .filter(
                  x ->
                      kind.endsWith(x.kind().name())
                          || (kind.endsWith("DISCHARGE") && x.kind() == Movement.Kind.DEATH))
              .filter(
                  x ->
                      x.encounter() == null
                          || m.encounter() == null
                          || x.encounter().equals(m.encounter()))
              .toList();
      if (!cancelled.isEmpty()) {
        live.remove(live.lastIndexOf(cancelled.get(cancelled.size() - 1)));
      }
    }
    live.sort(Comparator.comparing(Movement::occurred).thenComparing(recorded));
    for (int i = 0; i < live.size(); i++) {
      Movement m = live.get(i);
      switch (m.kind()) {
        case LINK -> join(m.encounter(), m.otherEncounter());
        case DEATH -> closings.add(m);
        case DISCHARGE -> {
          Movement next =
              live.subList(i + 1, live.size()).stream()
                  .filter(x -> x.kind() == Movement.Kind.ADMIT)
                  .findFirst()
                  .orElse(null);
          if (next != null && next.occurred().equals(m.occurred())) {
            join(m.encounter(), next.encounter());
          } else {
            closings.add(m);
          }
        }
        default -> {}
      }
    }
  }

  private void join(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return;
    }
    Set<String> joined = new HashSet<>(Set.of(a));
    joined.add(b);
    one.removeIf(
        set -> {
          boolean touches = set.contains(a) || set.contains(b);
          if (touches) {
            joined.addAll(set);
          }
          return touches;
        });
    one.add(joined);
  }

  boolean same(@Nullable String a, @Nullable String b) {
    return a == null
        || b == null
        || a.equals(b)
        || one.stream().anyMatch(set -> set.contains(a) && set.contains(b));
  }

  private @Nullable Instant closed(Instant time, @Nullable String encounter) {
    return closings.stream()
        .filter(c -> c.occurred().isBefore(time))
        .filter(c -> c.kind() == Movement.Kind.DEATH || same(c.encounter(), encounter))
        .map(Movement::occurred)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The stay that is open, where the values tell none. */
  @Nullable String encounter(Instant time, @Nullable String told) {
    if (told != null) {
      return told;
    }
    String open = null;
    for (Movement m : live) {
      if (m.kind() == Movement.Kind.ADMIT && m.encounter() != null && !m.occurred().isAfter(time)) {
        Instant closed = closed(time, m.encounter());
        open = closed == null || closed.isBefore(m.occurred()) ? m.encounter() : open;
      }
    }
    return open;
  }

  @Nullable String ward(Instant time, @Nullable String toldEncounter, @Nullable String told) {
    if (told != null) {
      return told;
    }
    String encounter = encounter(time, toldEncounter);
    Instant closed = closed(time, encounter);
    String ward = null;
    for (Movement m : live) {
      boolean places =
          m.kind() != Movement.Kind.DISCHARGE
              && m.kind() != Movement.Kind.DEATH
              && m.ward() != null
              && same(m.encounter(), encounter);
      if (places
          && !m.occurred().isAfter(time)
          && (closed == null || m.occurred().isAfter(closed))) {
        ward = m.ward();
      }
    }
    return ward;
  }

  /** Since when values of the stay count at a moment, walking through all moments up to it. */
  Instant since(
      List<Instant> moments,
      Instant moment,
      Function<Instant, @Nullable String> told,
      Predicate<Instant> brings) {
    String stay = null;
    Instant since = Instant.MIN;
    for (Instant time : moments) {
      String own = encounter(time, told.apply(time));
      boolean other = !same(own, stay);
      if (!time.isAfter(moment) && (!other || brings.test(time))) {
        since = other ? time : since;
        stay = own == null ? stay : own;
      }
    }
    String own = encounter(moment, told.apply(moment));
    if (!same(own, stay)) {
      return moment;
    }
    Instant closed = closed(moment, own == null ? stay : own);
    return closed == null || closed.isBefore(since) ? since : closed.plusMillis(1);
  }

  /** Some movements of an hour. */
  static List<Movement> random(Random random) {
    List<Movement> movements = new ArrayList<>();
    Movement.Kind[] kinds = {
      Movement.Kind.ADMIT,
      Movement.Kind.DISCHARGE,
      Movement.Kind.TRANSFER,
      Movement.Kind.CANCEL_DISCHARGE,
      Movement.Kind.CANCEL_ADMIT,
      Movement.Kind.CANCEL_TRANSFER,
      Movement.Kind.LINK,
      Movement.Kind.DEATH,
      Movement.Kind.UPDATE,
      Movement.Kind.PENDING_DISCHARGE
    };
    for (int i = random.nextInt(8); i > 0; i--) {
      Movement.Kind kind = kinds[Math.min(random.nextInt(kinds.length), random.nextInt(12))];
      Instant occurred = Bedside.minute(random.nextInt(60));
      movements.add(
          new Movement(
              kind,
              "ward|1",
              null,
              random.nextInt(5) == 0 ? null : "e" + random.nextInt(3),
              kind == Movement.Kind.LINK ? "e" + random.nextInt(3) : null,
              null,
              random.nextBoolean() ? "w" + random.nextInt(3) : null,
              null,
              null,
              occurred,
              random.nextBoolean() ? occurred.plusSeconds(60L * random.nextInt(20)) : null,
              null,
              null));
    }
    return movements;
  }
}
