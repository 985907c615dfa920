// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A patient's stays as the movements told them, in whatever order they came: which stay and place a
 * moment belongs to, and since when what was measured in it counts. Immutable.
 *
 * @see StayView what they amount to
 */
final class Stays {
  static final Stays NONE = new Stays(List.of());

  /** How many settled movements are remembered; places that were left are forgotten first. */
  private static final int MOST = 32;

  private final List<StayEvent> told;

  /** What was evaluated, for a gap; null until it is asked for. */
  private @Nullable StayView view;

  private Stays(List<StayEvent> told) {
    this.told = told;
  }

  private static boolean isAbout(StayEvent movement) {
    return switch (movement.kind()) {
      case ADMIT, TRANSFER, SWAP, DISCHARGE, DEATH, LINK -> true;
      case CANCEL_ADMIT, CANCEL_TRANSFER, CANCEL_DISCHARGE -> true;
      case UPDATE -> movement.places();
      default -> false;
    };
  }

  /**
   * These and one more; null when it is no news or not about stays.
   *
   * @param source the key of the other record that told it; null for the patient's own
   * @param settled moments up to here are never looked at again
   */
  @Nullable Stays with(Movement movement, @Nullable String source, long settled) {
    StayEvent added = StayEvent.of(movement, source);
    if (!isAbout(added) || told.contains(added)) {
      return null;
    }
    List<StayEvent> more = new ArrayList<>(told);
    more.add(added);
    more.sort(StayEvent.OCCURRED);
    boolean pruned = true;
    while (pruned && more.size() > MOST) {
      pruned = prune(more, settled);
    }
    return new Stays(List.copyOf(more));
  }

  /** These without one that another record had told; null when it isn't among them. */
  @Nullable Stays without(Movement movement, @Nullable String source) {
    List<StayEvent> less = new ArrayList<>(told);
    return less.remove(StayEvent.of(movement, source)) ? new Stays(List.copyOf(less)) : null;
  }

  /** Forgets what matters least to moments after a time; false when all of it may matter. */
  private static boolean prune(List<StayEvent> more, long settled) {
    int last = -1;
    for (int i = 0; i < more.size() && more.get(i).occurred() <= settled; i++) {
      last = more.get(i).places() ? i : last;
    }
    for (int i = 0; i < last; i++) {
      Movement.Kind kind = more.get(i).kind();
      if (kind == Movement.Kind.UPDATE || kind == Movement.Kind.TRANSFER) {
        more.remove(i);
        return true;
      }
    }
    if (more.get(0).occurred() <= settled) {
      more.remove(0);
      return true;
    }
    return false;
  }

  /** What the movements amount to, where visits that follow within a gap are one. */
  StayView view(long gap) {
    StayView made = view;
    if (made == null) {
      made = new StayView(told, gap);
      view = made;
    }
    return made;
  }

  void write(Wire out, long time) {
    out.unsigned(told.size());
    for (StayEvent t : told) {
      t.write(out, time);
    }
  }

  static Stays read(Wire in, long time) {
    List<StayEvent> told = new ArrayList<>();
    for (long n = in.unsigned(); n > 0; n--) {
      told.add(StayEvent.read(in, time));
    }
    return new Stays(List.copyOf(told));
  }

  boolean isEmpty() {
    return told.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stays s && told.equals(s.told);
  }

  @Override
  public int hashCode() {
    return Objects.hash(told);
  }

  /** How many movements; never of whom nor where. */
  @Override
  public String toString() {
    return "Stays[" + told.size() + " movements]";
  }
}
