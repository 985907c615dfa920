// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A movement as it is remembered; times in milliseconds.
 *
 * @param source the key of the other record that told it; null for the patient's own
 */
record StayEvent(
    Movement.Kind kind,
    @Nullable String encounter,
    @Nullable String otherEncounter,
    @Nullable String facility,
    @Nullable String ward,
    @Nullable String bed,
    long occurred,
    long recorded,
    @Nullable String source) {

  private static final int PARTS = 5;
  private static final int RECORDED_APART = 1 << PARTS;
  private static final int OF_ANOTHER = 2 << PARTS;
  private static final Movement.Kind[] KINDS = Movement.Kind.values();

  static final Comparator<StayEvent> RECORDED =
      Comparator.comparingLong(StayEvent::recorded)
          .thenComparingLong(StayEvent::occurred)
          .thenComparing(StayEvent::kind)
          .thenComparing(t -> t.place() + t.encounter + ' ' + t.otherEncounter)
          .thenComparing(t -> t.source == null ? "" : t.source);

  static final Comparator<StayEvent> OCCURRED =
      Comparator.comparingLong(StayEvent::occurred).thenComparing(RECORDED);

  static StayEvent of(Movement m, @Nullable String source) {
    long occurred = m.occurred().toEpochMilli();
    return new StayEvent(
        m.kind(),
        m.encounter(),
        m.otherEncounter(),
        m.facility(),
        m.ward(),
        m.bed(),
        occurred,
        m.recorded() == null ? occurred : m.recorded().toEpochMilli(),
        source);
  }

  /** The same, whichever of merged records told it. */
  StayEvent own() {
    return source == null
        ? this
        : new StayEvent(
            kind, encounter, otherEncounter, facility, ward, bed, occurred, recorded, null);
  }

  Place place() {
    return new Place(encounter, facility, ward, bed);
  }

  boolean places() {
    return facility != null || ward != null || bed != null;
  }

  boolean closes() {
    return kind == Movement.Kind.DISCHARGE || kind == Movement.Kind.DEATH;
  }

  /** Whether it is of a stay, as far as both are told. */
  boolean isOf(@Nullable String other) {
    return encounter == null || other == null || encounter.equals(other);
  }

  void write(Wire out, long time) {
    @Nullable String[] parts = {encounter, otherEncounter, facility, ward, bed};
    int present = recorded == occurred ? 0 : RECORDED_APART;
    present |= source == null ? 0 : OF_ANOTHER;
    for (int i = 0; i < PARTS; i++) {
      present |= parts[i] == null ? 0 : 1 << i;
    }
    out.octet(kind.ordinal());
    out.octet(present);
    for (String part : parts) {
      if (part != null) {
        out.string(part);
      }
    }
    out.signed(time - occurred);
    if (recorded != occurred) {
      out.signed(recorded - occurred);
    }
    if (source != null) {
      out.string(source);
    }
  }

  static StayEvent read(Wire in, long time) {
    Movement.Kind kind = KINDS[in.octet()];
    int present = in.octet();
    @Nullable String[] parts = new @Nullable String[PARTS];
    for (int i = 0; i < PARTS; i++) {
      parts[i] = (present & 1 << i) == 0 ? null : in.string();
    }
    long occurred = time - in.signed();
    long recorded = (present & RECORDED_APART) == 0 ? occurred : occurred + in.signed();
    String source = (present & OF_ANOTHER) == 0 ? null : in.string();
    return new StayEvent(
        kind, parts[0], parts[1], parts[2], parts[3], parts[4], occurred, recorded, source);
  }

  /** What happened; never to whom nor where. */
  @Override
  public String toString() {
    return "StayEvent[" + kind + "]";
  }
}
