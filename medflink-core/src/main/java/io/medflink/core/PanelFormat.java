// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a panel lies in bytes, format 2, which is format 1 with more terms. A set flag says that a
 * field is there; absent fields take nothing.
 *
 * <pre>
 * flags (2), then: patientId, encounter, facility, ward, bed, feed, time, issued, received,
 * identifiers (count, strings), observations (count, each as in ObservationFormat)
 * </pre>
 *
 * <p>An instant takes milliseconds (8) or, where those don't hold it, seconds and nanoseconds (12).
 * An observation's code, text, unit and flag are terms: one byte where {@link PanelTerms} lists
 * them, else 0 and the string. Positions in enums and terms stand in state: append only.
 *
 * <p>A change of this layout or of the terms raises {@link #VERSION}; the reader keeps the rules of
 * every older one, told apart by the record's version, and a field that an older one lacks is
 * absent. What earlier versions wrote is kept with the tests, which read it.
 */
final class PanelFormat {
  /** The format that is written, and the newest that is read. */
  static final int VERSION = 2;

  static final Panel EMPTY = Panel.of("", Instant.EPOCH);

  private static final String[] NO_STRINGS = EMPTY.identifiers();
  private static final Observation[] NO_OBSERVATIONS = EMPTY.observations();

  private static final int PATIENT = 1;
  private static final int ENCOUNTER = 1 << 1;
  private static final int FACILITY = 1 << 2;
  private static final int WARD = 1 << 3;
  private static final int BED = 1 << 4;
  private static final int FEED = 1 << 5;
  private static final int TIME = 1 << 6;
  private static final int ISSUED = 1 << 7;
  private static final int RECEIVED = 1 << 8;
  private static final int TIME_FINE = 1 << 9;
  private static final int ISSUED_FINE = 1 << 10;
  private static final int RECEIVED_FINE = 1 << 11;
  private static final int IDENTIFIERS = 1 << 12;
  private static final int OBSERVATIONS = 1 << 13;

  private static final int PANEL_FLAGS = 2 * OBSERVATIONS - 1;

  /** Room for the fields of fixed size that stand between two strings, and more. */
  private static final int FIXED = 64;

  private PanelFormat() {}

  // ---- writing. Fields that may not be null are written as if they might: odd content is for
  // Clean to reject, not for a serializer to fail on.

  static void write(Panel p, RecordBuffer b) {
    boolean timeFine = RecordBuffer.isFine(p.time());
    boolean issuedFine = RecordBuffer.isFine(p.issued());
    boolean receivedFine = RecordBuffer.isFine(p.received());
    b.reserve(FIXED);
    b.couple(
        RecordBuffer.bit(PATIENT, p.patientId())
            | RecordBuffer.bit(ENCOUNTER, p.encounter())
            | RecordBuffer.bit(FACILITY, p.facility())
            | RecordBuffer.bit(WARD, p.ward())
            | RecordBuffer.bit(BED, p.bed())
            | RecordBuffer.bit(FEED, p.feed())
            | RecordBuffer.bit(TIME, p.time())
            | RecordBuffer.bit(ISSUED, p.issued())
            | RecordBuffer.bit(RECEIVED, p.received())
            | (timeFine ? TIME_FINE : 0)
            | (issuedFine ? ISSUED_FINE : 0)
            | (receivedFine ? RECEIVED_FINE : 0)
            | RecordBuffer.bit(IDENTIFIERS, p.identifiers())
            | RecordBuffer.bit(OBSERVATIONS, p.observations()));
    b.optional(p.patientId());
    b.optional(p.encounter());
    b.optional(p.facility());
    b.optional(p.ward());
    b.optional(p.bed());
    b.optional(p.feed());
    b.reserve(FIXED);
    instant(p.time(), timeFine, b);
    instant(p.issued(), issuedFine, b);
    instant(p.received(), receivedFine, b);
    String[] identifiers = p.identifiers();
    if (identifiers != null) {
      b.unsigned(identifiers.length);
      for (String identifier : identifiers) {
        b.reserve(1);
        b.octet(identifier == null ? 0 : 1);
        b.optional(identifier);
      }
    }
    Observation[] observations = p.observations();
    if (observations != null) {
      b.reserve(5);
      b.unsigned(observations.length);
      for (Observation observation : observations) {
        ObservationFormat.write(observation, b);
      }
    }
  }

  private static void instant(@Nullable Instant t, boolean fine, RecordBuffer b) {
    if (t != null) {
      b.instant(t, fine);
    }
  }

  // ---- reading

  @SuppressWarnings("NullAway") // what was null when written is null again
  static Panel read(RecordBuffer b) throws IOException {
    int flags = b.couple();
    RecordBuffer.checkFlags(flags, PANEL_FLAGS);
    String patient = b.optional(flags & PATIENT);
    String encounter = b.optional(flags & ENCOUNTER);
    String facility = b.optional(flags & FACILITY);
    String ward = b.optional(flags & WARD);
    String bed = b.optional(flags & BED);
    String feed = b.optional(flags & FEED);
    Instant time = instant(flags & TIME, flags & TIME_FINE, b);
    Instant issued = instant(flags & ISSUED, flags & ISSUED_FINE, b);
    Instant received = instant(flags & RECEIVED, flags & RECEIVED_FINE, b);
    String[] identifiers = null;
    if ((flags & IDENTIFIERS) != 0) {
      int n = b.count(1);
      identifiers = n == 0 ? NO_STRINGS : new String[n];
      for (int i = 0; i < n; i++) {
        int present = b.octet();
        RecordBuffer.checkFlags(present, 1);
        identifiers[i] = b.optional(present);
      }
    }
    Observation[] observations = null;
    if ((flags & OBSERVATIONS) != 0) {
      int n = b.count(2);
      observations = n == 0 ? NO_OBSERVATIONS : new Observation[n];
      for (int i = 0; i < n; i++) {
        observations[i] = ObservationFormat.read(b);
      }
    }
    return new Panel(
        patient,
        encounter,
        facility,
        ward,
        bed,
        time,
        issued,
        received,
        feed,
        identifiers,
        observations);
  }

  private static @Nullable Instant instant(int present, int fine, RecordBuffer b)
      throws IOException {
    return present == 0 ? null : b.instant(fine != 0);
  }
}
