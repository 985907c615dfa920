// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Objects;

/**
 * What one revision of an assessment says, as alerts need it.
 *
 * @param withdrawn whether all that it rested on was withdrawn
 * @param least the primary prediction's least value, NaN without an answer
 * @param missing names of the inputs that were unknown
 * @param received in milliseconds; {@link #NEVER} when not told
 */
record Finding(
    int revision,
    boolean withdrawn,
    RiskLevel low,
    RiskLevel high,
    double least,
    double greatest,
    String missing,
    long received,
    Whereabouts place) {
  static final long NEVER = Long.MIN_VALUE;

  static Finding of(RiskAssessment a) {
    return new Finding(
        a.revision(),
        a.status() == RiskAssessment.Status.ENTERED_IN_ERROR,
        a.levelLow(),
        a.levelHigh(),
        a.low(),
        a.high(),
        String.join(", ", a.missing()),
        a.received() == null ? NEVER : a.received().toEpochMilli(),
        new Whereabouts(a.encounter(), a.facility(), a.ward(), a.bed(), a.feed()));
  }

  /** Whether both say the same of the patient. */
  boolean agrees(Finding other) {
    return withdrawn == other.withdrawn
        && low == other.low
        && high == other.high
        && Double.compare(least, other.least) == 0
        && Double.compare(greatest, other.greatest) == 0
        && missing.equals(other.missing)
        && Objects.equals(place, other.place);
  }

  /** The newer of two that agree, with the earlier receipt. */
  Finding merge(Finding other) {
    long first =
        received == NEVER || other.received == NEVER ? NEVER : Math.min(received, other.received);
    return new Finding(
        Math.max(revision, other.revision),
        withdrawn,
        low,
        high,
        least,
        greatest,
        missing,
        first,
        place);
  }

  /** Never whose nor what. */
  @Override
  public String toString() {
    return "Finding[revision " + revision + "]";
  }
}
