// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.jspecify.annotations.Nullable;

/**
 * One measured or stated value of a {@link Panel}.
 *
 * <p>A number stands in {@code value}, a coded value or a date in {@code text}; the other one is
 * NaN or null. Decoders keep what was sent in the {@code local…} fields; {@code Clean} maps it to
 * {@code code}, {@code unit} and {@code text} and empties them.
 *
 * @param code LOINC, or {@code medflink:…} where LOINC has none; null until mapped
 * @param value the number in {@code unit}; NaN when the value is a text or absent
 * @param text the coded value (a code of its {@link ObservationType}) or an ISO 8601 date
 * @param unit UCUM, case-sensitive; null for texts and until mapped
 * @param status what the source says of this revision
 * @param localSystem the code system as sent
 * @param localCode the code as sent
 * @param localUnit the unit as sent
 * @param localText the value as sent, where it is not a number
 * @param id the source's identity of the value, the same for each of its revisions (HL7 v2: filler
 *     order number, OBX-3, OBX-4; FHIR: the resource's id and the component)
 * @param comparator null for an exact value; {@code <15} is an interval, not 15
 * @param rangeLow the reference range's low end in {@code unit}, NaN when absent
 * @param rangeHigh the reference range's high end in {@code unit}, NaN when absent
 * @param flag the source's interpretation (HL7 table 0078), such as {@code H}
 * @param method how the value came to be, null when not told
 * @param artefacts bit set of {@link Artefact#bit()}: doubts about the value, which stays
 */
public record Observation(
    @Nullable String code,
    double value,
    @Nullable String text,
    @Nullable String unit,
    Status status,
    @Nullable String localSystem,
    @Nullable String localCode,
    @Nullable String localUnit,
    @Nullable String localText,
    @Nullable String id,
    @Nullable Comparator comparator,
    double rangeLow,
    double rangeHigh,
    @Nullable String flag,
    @Nullable Method method,
    int artefacts) {

  /** The state of a revision, in the order in which later ones win over earlier ones. */
  public enum Status {
    PRELIMINARY,
    FINAL,
    CORRECTED,
    /** The value was never true: wrong patient, deleted, cancelled. */
    ENTERED_IN_ERROR
  }

  /** What stands before the number. */
  public enum Comparator {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    GREATER(">");

    private final String symbol;

    Comparator(String symbol) {
      this.symbol = symbol;
    }

    /** The symbol as FHIR and HL7 v2 (SN) write it. */
    public String symbol() {
      return symbol;
    }

    /** The comparator written so, or null. */
    public static @Nullable Comparator of(@Nullable String symbol) {
      for (Comparator c : values()) {
        if (c.symbol.equals(symbol)) {
          return c;
        }
      }
      return null;
    }
  }

  /** How the value came to be, by rising trust: of two values at one moment the later one wins. */
  public enum Method {
    /** Computed from other values. */
    DERIVED,
    /** Sent by a device and seen by nobody. */
    DEVICE,
    /** Entered by a person. */
    MANUAL,
    /** Sent by a device and confirmed by a person. */
    VERIFIED
  }

  /** A doubt about a value. The position in this list stands in state: append only. */
  public enum Artefact {
    /** Differs from its neighbour by more than a body can change in that time. */
    JUMP,
    /**
     * There was a value that could not be used. It went to the rejects; this stands in its place
     * without a value and counts in no books, so that an older value isn't taken for the newest.
     */
    REFUSED,
    /** It came or left with a merged record: it may be older than what can be amended. */
    HANDED_OVER,
    /** It left with a record that is another patient's, as if it never had been here. */
    TAKEN_BACK;

    /** This doubt's bit in {@link Observation#artefacts()}. */
    public int bit() {
      return 1 << ordinal();
    }
  }

  /** Whether it only tells that a value was {@link Artefact#REFUSED}. */
  public boolean isRefused() {
    return (artefacts & Artefact.REFUSED.bit()) != 0;
  }

  /** Whether it counts in the books: not what was counted before as refused or handed over. */
  public boolean isCounted() {
    return !isRefused() && !isHandedOver();
  }

  /** Whether it came or left with a record that was merged. */
  public boolean isHandedOver() {
    return (artefacts & Artefact.HANDED_OVER.bit()) != 0;
  }

  boolean isTakenBack() {
    return (artefacts & Artefact.TAKEN_BACK.bit()) != 0;
  }

  /** This observation with a doubt more. */
  Observation with(Artefact artefact) {
    return new Observation(
        code,
        value,
        text,
        unit,
        status,
        localSystem,
        localCode,
        localUnit,
        localText,
        id,
        comparator,
        rangeLow,
        rangeHigh,
        flag,
        method,
        artefacts | artefact.bit());
  }

  /** A final number with a LOINC code and a UCUM unit. */
  public static Observation of(String code, double value, @Nullable String unit) {
    return new Observation(
        code,
        value,
        null,
        unit,
        Status.FINAL,
        null,
        null,
        null,
        null,
        null,
        null,
        Double.NaN,
        Double.NaN,
        null,
        null,
        0);
  }

  /** A final number in the canonical code and unit of its type. */
  public static Observation of(ObservationType type, double value) {
    return of(type.loinc(), value, type.unit());
  }

  /** A final coded value or date, such as {@code coded(Vital.CONSCIOUSNESS, "A")}. */
  public static Observation coded(ObservationType type, String text) {
    return of(type.loinc(), Double.NaN, null).withText(text);
  }

  /** This observation with another coded value. */
  public Observation withText(@Nullable String newText) {
    return new Observation(
        code,
        value,
        newText,
        unit,
        status,
        localSystem,
        localCode,
        localUnit,
        localText,
        id,
        comparator,
        rangeLow,
        rangeHigh,
        flag,
        method,
        artefacts);
  }

  /** This observation as another revision of the same value. */
  public Observation withStatus(Status newStatus) {
    return new Observation(
        code,
        value,
        text,
        unit,
        newStatus,
        localSystem,
        localCode,
        localUnit,
        localText,
        id,
        comparator,
        rangeLow,
        rangeHigh,
        flag,
        method,
        artefacts);
  }

  /** This observation with an identity, so that later revisions find it. */
  public Observation withId(@Nullable String newId) {
    return new Observation(
        code,
        value,
        text,
        unit,
        status,
        localSystem,
        localCode,
        localUnit,
        localText,
        newId,
        comparator,
        rangeLow,
        rangeHigh,
        flag,
        method,
        artefacts);
  }

  /** This observation with a comparator before its number. */
  public Observation withComparator(@Nullable Comparator newComparator) {
    return new Observation(
        code,
        value,
        text,
        unit,
        status,
        localSystem,
        localCode,
        localUnit,
        localText,
        id,
        newComparator,
        rangeLow,
        rangeHigh,
        flag,
        method,
        artefacts);
  }

  /** This observation with the way it was taken. */
  public Observation withMethod(@Nullable Method newMethod) {
    return new Observation(
        code,
        value,
        text,
        unit,
        status,
        localSystem,
        localCode,
        localUnit,
        localText,
        id,
        comparator,
        rangeLow,
        rangeHigh,
        flag,
        newMethod,
        artefacts);
  }

  /** Whether it is mapped and its state; never what was observed. */
  @Override
  public String toString() {
    return "Observation[" + (code == null ? "unmapped, " : "mapped, ") + status + "]";
  }
}
