// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A revision of a value as {@code Assess} keeps it until its moment settles.
 *
 * @param type the position of its type among those that the models ask for
 * @param value in the type's canonical unit, a code's position or a date's day; NaN where it was
 *     refused, so that nothing is known from then on
 * @param comparator null for an exact value
 * @param status the revision's status
 * @param method how it was taken
 * @param issued when the revision was issued, {@link #UNTOLD} when not told
 * @param id the source's identity of the value; revisions without one are all of one value
 * @param standing whether it counts at its moment
 * @param counted whether it is in the books
 */
record Reading(
    int type,
    double value,
    Observation.@Nullable Comparator comparator,
    Observation.Status status,
    Observation.@Nullable Method method,
    long issued,
    @Nullable String id,
    Standing standing,
    boolean counted) {

  static final long UNTOLD = Long.MIN_VALUE;

  /** Whether a reading counts at its moment. The position in this list stands in state. */
  enum Standing {
    COUNTS,
    /** A revision at another moment counts instead. */
    SUPERSEDED,
    /** It corrects what isn't there, as far as is known. */
    AWAITS_ORIGINAL
  }

  /**
   * The total order in which the greatest revision of a value counts, and of several values the
   * greatest: issued, status, method, value. A correction or withdrawal that doesn't tell when it
   * was issued counts as the newest: it speaks of what was there.
   */
  static final Comparator<Reading> ORDER =
      Comparator.comparingLong(Reading::newness)
          .thenComparing(Reading::status)
          .thenComparingInt(r -> r.method == null ? -1 : r.method.ordinal())
          .thenComparingDouble(r -> Double.isNaN(r.value) ? Double.NEGATIVE_INFINITY : r.value)
          .thenComparingInt(r -> r.comparator == null ? -1 : r.comparator.ordinal())
          .thenComparing(r -> r.id == null ? "" : r.id);

  static Reading of(int type, double number, @Nullable Instant issued, Observation o) {
    return new Reading(
        type,
        number,
        o.comparator(),
        o.status(),
        o.method(),
        issued == null ? UNTOLD : issued.toEpochMilli(),
        o.id(),
        Standing.COUNTS,
        o.isCounted() && !Double.isNaN(number));
  }

  /** What is said beside it, in no books. */
  Reading beside(int at, double told) {
    return new Reading(at, told, null, status, method, issued, id, Standing.COUNTS, false);
  }

  private long newness() {
    return issued == UNTOLD && revises() ? Long.MAX_VALUE : issued;
  }

  /** Whether it speaks of a value that was told before. */
  boolean revises() {
    return status.compareTo(Observation.Status.CORRECTED) >= 0;
  }

  boolean counts() {
    return standing == Standing.COUNTS;
  }

  Reading with(Standing newStanding) {
    return new Reading(type, value, comparator, status, method, issued, id, newStanding, counted);
  }

  /** Whether it says again what another one said; when it was issued doesn't matter. */
  boolean repeats(Reading other) {
    return type == other.type
        && Double.compare(value, other.value) == 0
        && comparator == other.comparator
        && status == other.status
        && hasIdOf(other);
  }

  boolean isKnown() {
    return !Double.isNaN(value);
  }

  boolean hasIdOf(Reading other) {
    return id == null ? other.id == null : id.equals(other.id);
  }

  /** Its state; never the value nor where it came from. */
  @Override
  public String toString() {
    return "Reading[" + status + "]";
  }
}
