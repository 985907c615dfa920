// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.formats.ObservationFields;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder reads again and again, kept once: names, codes, units, reference ranges. It is for
 * messages of one set of delimiters and one character set: elsewhere the same bytes say something
 * else.
 */
final class Names {

  /** OBX-3: its LOINC triplet, else its first one that has a code. */
  record Concept(@Nullable String code, @Nullable String system, boolean loinc) {}

  /** OBX-6: its UCUM triplet, else its first one. */
  record Unit(@Nullable String text, boolean ucum) {}

  /** OBX-7, NaN for an end that isn't told. */
  record Reference(double low, double high) {}

  static final Concept NO_CONCEPT = new Concept(null, null, false);
  static final Unit NO_UNIT = new Unit(null, false);
  static final Reference NO_REFERENCE = new Reference(Double.NaN, Double.NaN);
  private static final String UCUM = "UCUM";
  private static final String UCUM_OID = "2.16.840.1.113883.6.8";

  private final Recent<Concept> concepts = new Recent<>();
  private final Recent<Unit> units = new Recent<>();
  private final Recent<Reference> references = new Recent<>();
  private final Recent<String> texts = new Recent<>();
  private final Delimiters delimiters;
  private final Charset charset;

  Names(Er7Message message) {
    delimiters = message.delimiters();
    charset = message.charset();
  }

  /** Whether they are of messages like this one. */
  boolean areOf(Er7Message message) {
    return charset.equals(message.charset()) && delimiters.equals(message.delimiters());
  }

  /** The text of a slice of a segment, null when it is empty. */
  @Nullable String of(Er7Segment s, long slice) {
    long trimmed = s.trimmed(slice);
    int from = Er7Segment.start(trimmed);
    int to = Er7Segment.end(trimmed);
    if (from == to) {
      return null;
    }
    String known = texts.get(s.bytes(), from, to);
    if (known != null) {
      return known;
    }
    String text = s.text(trimmed);
    return text == null ? null : texts.put(s.bytes(), from, to, text);
  }

  /** OBX-3 of a segment. */
  Concept concept(Er7Segment s) {
    long field = s.whole(3);
    int from = Er7Segment.start(field);
    int to = Er7Segment.end(field);
    Concept known = concepts.get(s.bytes(), from, to);
    return known == null ? concepts.put(s.bytes(), from, to, readConcept(s)) : known;
  }

  private Concept readConcept(Er7Segment s) {
    s.cut(3);
    String code = of(s, s.part(1));
    String system = of(s, s.part(3));
    String otherCode = of(s, s.part(4));
    String other = of(s, s.part(6));
    boolean loinc = ObservationFields.isLoinc(system);
    boolean otherLoinc = ObservationFields.isLoinc(other);
    boolean alternate = otherCode != null && !(loinc && code != null);
    return alternate && (code == null || otherLoinc)
        ? new Concept(otherCode, other, otherLoinc)
        : new Concept(code, system, loinc);
  }

  /** OBX-6 of a segment. */
  Unit unit(Er7Segment s) {
    long field = s.whole(6);
    int from = Er7Segment.start(field);
    int to = Er7Segment.end(field);
    Unit known = units.get(s.bytes(), from, to);
    return known == null ? units.put(s.bytes(), from, to, readUnit(s)) : known;
  }

  private Unit readUnit(Er7Segment s) {
    s.cut(6);
    String unit = of(s, s.part(1));
    if (unit != null && isUcum(of(s, s.part(3)))) {
      return new Unit(unit, true);
    }
    String alternate = of(s, s.part(4));
    if (alternate != null && isUcum(of(s, s.part(6)))) {
      return new Unit(alternate, true);
    }
    return new Unit(unit == null ? of(s, s.part(2)) : unit, false);
  }

  private static boolean isUcum(@Nullable String system) {
    return UCUM.equals(system) || UCUM_OID.equals(system);
  }

  /** OBX-7 where it is {@code low - high} or has a comparator; any other text says nothing. */
  Reference reference(Er7Segment s) {
    long slice = s.trimmed(s.repetition(7, 1));
    int from = Er7Segment.start(slice);
    int to = Er7Segment.end(slice);
    if (from == to) {
      return NO_REFERENCE;
    }
    Reference known = references.get(s.bytes(), from, to);
    return known == null ? references.put(s.bytes(), from, to, readReference(s, from, to)) : known;
  }

  private static Reference readReference(Er7Segment s, int from, int to) {
    byte[] b = s.bytes();
    if (b[from] == '<' || b[from] == '>') {
      double bound = number(s, from + 1 < to && b[from + 1] == '=' ? from + 2 : from + 1, to);
      return b[from] == '>' ? new Reference(bound, Double.NaN) : new Reference(Double.NaN, bound);
    }
    for (int i = from + 1; i < to; i++) {
      if (b[i] == '-') {
        double low = number(s, from, i);
        double high = number(s, i + 1, to);
        return low <= high ? new Reference(low, high) : NO_REFERENCE;
      }
    }
    return NO_REFERENCE;
  }

  private static double number(Er7Segment s, int from, int to) {
    long slice = s.trimmed(Er7Segment.slice(from, to));
    return Numbers.parse(s.bytes(), Er7Segment.start(slice), Er7Segment.end(slice));
  }
}
