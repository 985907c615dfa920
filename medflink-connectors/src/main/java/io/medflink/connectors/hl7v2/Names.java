// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.connectors.formats.ObservationFields;
import java.nio.charset.Charset;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder reads again and again, kept once by its bytes: names, places, and what stands
 * before and behind the values. It is for messages of one set of delimiters and one character set:
 * elsewhere the same bytes say something else. Not for more than one thread.
 */
final class Names {

  /** OBX-3: its LOINC triplet, else its first one that has a code. */
  record Concept(@Nullable String code, @Nullable String system, boolean loinc) {}

  /** OBX-6: its UCUM triplet, else its first one. */
  record Unit(@Nullable String text, boolean ucum) {}

  /** OBX-7, NaN for an end that isn't told. */
  record Reference(double low, double high) {}

  /**
   * OBX-2 to OBX-4.
   *
   * @param type OBX-2 as a number
   * @param identity how the identity goes on behind the order's number
   */
  record Front(int type, Concept concept, String identity) {}

  /**
   * OBX-6 to OBX-11.
   *
   * @param status the letter of OBX-11, 0 when there is none
   */
  record Back(Unit unit, Reference reference, @Nullable String flag, char status) {}

  /** Who gave an identifier, CX.4 and CX.5; empty where that isn't told. */
  record Issuer(String authority, String universal, String type) {}

  /** MSH-9. */
  record Kind(@Nullable String code, @Nullable String trigger) {}

  /** PV1-3 and PV1-19. */
  record Stay(Place place, @Nullable String encounter) {}

  /** PID-7, and 00:00 UTC of it. */
  record Birth(@Nullable String date, Instant start) {}

  private static final Birth NO_BIRTH = new Birth(null, Instant.EPOCH);
  static final Issuer NO_ISSUER = new Issuer("", "", "");
  static final Concept NO_CONCEPT = new Concept(null, null, false);
  static final Unit NO_UNIT = new Unit(null, false);
  static final Reference NO_REFERENCE = new Reference(Double.NaN, Double.NaN);
  private static final String UCUM = "UCUM";
  private static final String UCUM_OID = "2.16.840.1.113883.6.8";

  private static final int FIELDS = 1024;
  private static final int PATIENTS = 4096;
  private final Recent<Front> fronts = new Recent<>(FIELDS);
  private final Recent<Back> backs = new Recent<>(FIELDS);
  private final Recent<Kind> kinds = new Recent<>(FIELDS);
  private final Recent<Person> persons = new Recent<>(PATIENTS);
  private final Recent<Stay> stays = new Recent<>(PATIENTS);
  private final Recent<Place> places = new Recent<>(FIELDS);
  private final Recent<Birth> births = new Recent<>(FIELDS);
  private final Recent<Issuer> issuers = new Recent<>(FIELDS);
  private final Recent<String> texts = new Recent<>(FIELDS);

  /** What OBX segments mostly say. */
  final Expected expected = new Expected();

  private @Nullable Profile profile;
  private Authority[] authorities = {};
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

  /** OBX-2 to OBX-4 as they were read before, null where they weren't. */
  @Nullable Run<Front> front(Er7Segment s) {
    long span = s.span(2, 4);
    return fronts.run(s.bytes(), Er7Segment.start(span), Er7Segment.end(span));
  }

  /** Keeps what OBX-2 to OBX-4 were read as. */
  void keep(Er7Segment s, Front front) {
    if (s.fields() >= 4) {
      long span = s.span(2, 4);
      int from = Er7Segment.start(span);
      fronts.put(s.bytes(), from, Er7Segment.end(span), s.between(2, 4), front);
    }
  }

  /** OBX-6 to OBX-11 as they were read before, null where they weren't. */
  @Nullable Run<Back> back(Er7Segment s) {
    long span = s.span(6, 11);
    return backs.run(s.bytes(), Er7Segment.start(span), Er7Segment.end(span));
  }

  /** Keeps what OBX-6 to OBX-11 were read as. */
  void keep(Er7Segment s, Back back) {
    if (s.fields() >= 11) {
      long span = s.span(6, 11);
      int from = Er7Segment.start(span);
      backs.put(s.bytes(), from, Er7Segment.end(span), s.between(6, 11), back);
    }
  }

  /** A PL. */
  Place place(Er7Segment s, int field) {
    long pl = s.repetition(field, 1);
    int from = Er7Segment.start(pl);
    int to = Er7Segment.end(pl);
    Place known = places.get(s.bytes(), from, to);
    return known == null ? places.put(s.bytes(), from, to, Place.of(s, pl)) : known;
  }

  /** MSH-9 of a header. */
  Kind kind(Er7Segment msh) {
    long field = msh.repetition(9, 1);
    int from = Er7Segment.start(field);
    int to = Er7Segment.end(field);
    Kind known = kinds.get(msh.bytes(), from, to);
    return known == null
        ? kinds.put(
            msh.bytes(),
            from,
            to,
            new Kind(of(msh, msh.component(field, 1)), of(msh, msh.component(field, 2))))
        : known;
  }

  /** The person of a PID as read before, null where it wasn't. */
  @Nullable Person person(Er7Segment pid) {
    return persons.get(pid.bytes(), pid.from(), pid.to());
  }

  /** Keeps what a PID was read as. */
  void keep(Er7Segment pid, Person person) {
    persons.put(pid.bytes(), pid.from(), pid.to(), person);
  }

  /** The stay of a PV1 as read before, null where it wasn't. */
  @Nullable Stay stay(Er7Segment pv1) {
    return stays.get(pv1.bytes(), pv1.from(), pv1.to());
  }

  /** Keeps what a PV1 was read as. */
  void keep(Er7Segment pv1, Stay stay) {
    stays.put(pv1.bytes(), pv1.from(), pv1.to(), stay);
  }

  /** PID-7 of a segment. */
  Birth birth(Er7Segment s) {
    long field = s.repetition(7, 1);
    int from = Er7Segment.start(field);
    int to = Er7Segment.end(field);
    Birth known = births.get(s.bytes(), from, to);
    if (known != null) {
      return known;
    }
    String date = Times.date(s, field);
    Birth birth = date == null ? NO_BIRTH : new Birth(date, Times.startOf(date));
    return births.put(s.bytes(), from, to, birth);
  }

  /** The authorities of a profile. */
  @SuppressWarnings("ReferenceEquality") // a feed has one profile
  Authority[] authorities(Profile of) {
    if (profile != of) {
      profile = of;
      authorities = Authority.of(of);
    }
    return authorities;
  }

  /** CX.4 and CX.5 of a CX. */
  Issuer issuer(Er7Segment s, long cx) {
    long authority = s.component(cx, 4);
    if (authority == Er7Segment.NONE) {
      return NO_ISSUER;
    }
    long type = s.component(Er7Segment.slice(Er7Segment.start(authority), Er7Segment.end(cx)), 2);
    int from = Er7Segment.start(authority);
    int to = Math.max(Er7Segment.end(authority), Er7Segment.end(type));
    Issuer known = issuers.get(s.bytes(), from, to);
    return known == null ? issuers.put(s.bytes(), from, to, readIssuer(s, authority, type)) : known;
  }

  private Issuer readIssuer(Er7Segment s, long authority, long type) {
    return new Issuer(
        orEmpty(of(s, s.subcomponent(authority, 1))),
        orEmpty(of(s, s.subcomponent(authority, 2))),
        orEmpty(of(s, type)));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** OBX-3 of a segment. */
  Concept concept(Er7Segment s) {
    long ce = s.repetition(3, 1);
    String code = of(s, s.component(ce, 1));
    String system = of(s, s.component(ce, 3));
    String otherCode = of(s, s.component(ce, 4));
    String other = of(s, s.component(ce, 6));
    boolean loinc = ObservationFields.isLoinc(system);
    boolean otherLoinc = ObservationFields.isLoinc(other);
    boolean alternate = otherCode != null && !(loinc && code != null);
    return alternate && (code == null || otherLoinc)
        ? new Concept(otherCode, other, otherLoinc)
        : new Concept(code, system, loinc);
  }

  /** OBX-6 of a segment. */
  Unit unit(Er7Segment s) {
    long ce = s.repetition(6, 1);
    String unit = of(s, s.component(ce, 1));
    if (unit != null && isUcum(of(s, s.component(ce, 3)))) {
      return new Unit(unit, true);
    }
    String alternate = of(s, s.component(ce, 4));
    if (alternate != null && isUcum(of(s, s.component(ce, 6)))) {
      return new Unit(alternate, true);
    }
    return new Unit(unit == null ? of(s, s.component(ce, 2)) : unit, false);
  }

  private static boolean isUcum(@Nullable String system) {
    return UCUM.equals(system) || UCUM_OID.equals(system);
  }

  /** OBX-7 where it is {@code low - high} or has a comparator; any other text says nothing. */
  static Reference reference(Er7Segment s) {
    long slice = s.trimmed(s.repetition(7, 1));
    int from = Er7Segment.start(slice);
    int to = Er7Segment.end(slice);
    if (from == to) {
      return NO_REFERENCE;
    }
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
