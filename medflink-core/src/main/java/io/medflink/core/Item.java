// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a patient at one time: a model's answer with its revisions, a movement
 * or an acknowledgement.
 */
final class Item implements Comparable<Item> {
  /** In which order things of one time count: who arrives, what is found, who leaves. */
  private static final int ARRIVAL = 0;

  private static final int FINDING = 1;
  private static final int ACKNOWLEDGEMENT = 2;
  private static final int DEPARTURE = 3;

  private static final Comparator<Item> ORDER =
      Comparator.comparingLong((Item i) -> i.time)
          .thenComparingInt(i -> i.rank)
          .thenComparing(i -> i.subject)
          .thenComparingLong(i -> i.move == null ? 0 : i.move.order())
          .thenComparing(i -> i.move == null ? "" : i.move.kind() + " " + i.move.key())
          .thenComparing(i -> i.move == null || i.move.source == null ? "" : i.move.source);

  final long time;

  /** The model, the acknowledged episode, or nothing. */
  final String subject;

  /** The revisions that say something else each, in their order; empty for other things. */
  final List<Finding> revisions = new ArrayList<>();

  final @Nullable Move move;
  private final int rank;

  /** A movement, as far as alerts look at it; its source as in {@link HandedOver}. */
  record Move(Movement.Kind kind, Whereabouts place, long order, @Nullable String source) {
    String key() {
      return Objects.requireNonNullElse(place.encounter(), "");
    }

    /** Never where. */
    @Override
    public String toString() {
      return "Move[" + kind + "]";
    }
  }

  private Item(long time, int rank, String subject, @Nullable Move move) {
    this.time = time;
    this.rank = rank;
    this.subject = subject;
    this.move = move;
  }

  static Item finding(long time, String model) {
    return new Item(time, FINDING, model, null);
  }

  static Item acknowledgement(long time, String id) {
    return new Item(time, ACKNOWLEDGEMENT, id, null);
  }

  static Item move(long time, Move move) {
    return new Item(time, ends(move.kind()) ? DEPARTURE : ARRIVAL, "", move);
  }

  boolean isFinding() {
    return rank == FINDING;
  }

  /** Whether a movement of this kind is looked at. */
  static boolean counts(Movement.Kind kind) {
    return ends(kind)
        || switch (kind) {
          case ADMIT, TRANSFER, SWAP, UPDATE, RETURN -> true;
          case CANCEL_TRANSFER, CANCEL_DISCHARGE, CANCEL_LEAVE -> true;
          default -> false;
        };
  }

  static boolean ends(Movement.Kind kind) {
    return switch (kind) {
      case DISCHARGE, DEATH, LEAVE, CANCEL_ADMIT, CANCEL_RETURN, DELETE -> true;
      default -> false;
    };
  }

  /** Whether a movement of one kind takes back one of another. */
  static boolean cancels(Movement.Kind cancel, Movement.Kind kind) {
    return switch (cancel) {
      case CANCEL_ADMIT -> kind == Movement.Kind.ADMIT;
      case CANCEL_TRANSFER -> kind == Movement.Kind.TRANSFER;
      case CANCEL_DISCHARGE -> kind == Movement.Kind.DISCHARGE || kind == Movement.Kind.DEATH;
      case CANCEL_LEAVE -> kind == Movement.Kind.LEAVE;
      case CANCEL_RETURN -> kind == Movement.Kind.RETURN;
      default -> false;
    };
  }

  /** What counts: the newest revision. */
  Finding newest() {
    return revisions.get(revisions.size() - 1);
  }

  /** When it was first received; {@link Finding#NEVER} when that is not known. */
  long firstReceived() {
    long first = Long.MAX_VALUE;
    for (Finding revision : revisions) {
      first = revision.withdrawn() ? first : Math.min(first, revision.received());
    }
    return first == Long.MAX_VALUE ? newest().received() : first;
  }

  /** Whether it is a movement that another record told as well. */
  boolean repeatsMove(Item other) {
    Move a = move;
    Move b = other.move;
    return a != null
        && b != null
        && time == other.time
        && a.kind() == b.kind()
        && a.order() == b.order()
        && a.place().equals(b.place());
  }

  /** Whether it says the same as another thing that happened, if at another time. */
  boolean says(Item other) {
    return move != null
        ? move.equals(other.move)
        : time == other.time && !other.isFinding() && subject.equals(other.subject);
  }

  /** What came of a revision. */
  enum Added {
    /** It says nothing new. */
    REPEATS,
    /** It is newer, and says what was known. */
    CONFIRMS,
    CHANGES
  }

  /** Takes a revision. */
  Added add(Finding finding) {
    for (int i = 0; i < revisions.size(); i++) {
      Finding kept = revisions.get(i);
      if (kept.agrees(finding)) {
        Finding merged = kept.merge(finding);
        if (merged.equals(kept)) {
          return Added.REPEATS;
        }
        boolean last = i == revisions.size() - 1;
        revisions.set(i, merged);
        revisions.sort(Comparator.comparingInt(Finding::revision));
        return last && merged.received() == kept.received() ? Added.CONFIRMS : Added.CHANGES;
      }
    }
    revisions.add(finding);
    revisions.sort(Comparator.comparingInt(Finding::revision));
    return Added.CHANGES;
  }

  @Override
  public int compareTo(Item other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Item i && compareTo(i) == 0 && Objects.equals(move, i.move);
  }

  @Override
  public int hashCode() {
    return Objects.hash(time, rank, subject);
  }
}
