// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Method;
import io.medflink.core.Observation.Status;
import io.medflink.core.RejectCode;
import org.jspecify.annotations.Nullable;

/** One OBX segment as an observation: its code, unit and value as sent. Reused. */
final class Obx {
  private static final char EMPTY = 0;

  private final Er7Segment s;
  private Names names;
  private @Nullable Method unstated;

  /** As read before from the same bytes. */
  private Names.@Nullable Front front;

  private Names.@Nullable Back back;

  /** What is known of it even where it is refused. */
  private Names.Concept concept = Names.NO_CONCEPT;

  private Names.Unit units = Names.NO_UNIT;
  private double value;
  private @Nullable Comparator comparator;
  private @Nullable String text;

  /** Of a segment's view. */
  Obx(Er7Segment s, Names names) {
    this.s = s;
    this.names = names;
  }

  /** Begins with the segments of a message. */
  void begin(Names itsNames, @Nullable Method itsUnstated) {
    names = itsNames;
    unstated = itsUnstated;
    names.expected.begin();
    concept = Names.NO_CONCEPT;
    units = Names.NO_UNIT;
  }

  /** Reads what it is about: OBX-3 and OBX-6. */
  void head() {
    // Not of an earlier one, where this one can't be read.
    concept = Names.NO_CONCEPT;
    units = Names.NO_UNIT;
    names.expected.find(s, names);
    front = names.expected.front();
    back = names.expected.back();
    concept = front == null ? names.concept(s) : front.concept();
    units = back == null ? names.unit(s) : back.unit();
  }

  /** The code as sent, null when there is none. */
  @Nullable String code() {
    return concept.code();
  }

  @Nullable String system() {
    return concept.system();
  }

  @Nullable String localUnit() {
    return units.text();
  }

  /**
   * Reads its value.
   *
   * @param order the filler's order number, with which its identity begins; null when there is none
   * @param orderStatus OBR-25, which holds where OBX-11 is empty
   * @throws BadInputException {@code NO_VALUE}, {@code UNKNOWN_STATUS}, {@code UNDECODABLE}; its
   *     field is what stands behind the segment's name
   */
  Observation read(@Nullable String order, long orderStatus) {
    char own = back == null ? letter(s.first(11)) : back.status();
    char letter = own == EMPTY ? letter(orderStatus) : own;
    Status status = status(letter);
    int type = front == null ? type() : front.type();
    value(type);
    String identity = front != null ? front.identity() : order == null ? "" : identity();
    Names.Reference reference = back == null ? Names.reference(s) : back.reference();
    String flag = back == null ? names.of(s, s.first(8)) : back.flag();
    if (front == null && order != null) {
      names.keep(s, new Names.Front(type, concept, identity));
    }
    if (back == null) {
      names.keep(s, new Names.Back(units, reference, flag, own));
    }
    boolean number = !Double.isNaN(value);
    String code = concept.code();
    boolean canonical = code != null && (concept.loinc() || code.startsWith("medflink:"));
    boolean date = canonical && text != null && isIsoDate;
    return new Observation(
        canonical ? code : null,
        value,
        date ? text : null,
        units.ucum() ? units.text() : null,
        status,
        canonical ? null : concept.system(),
        canonical ? null : code,
        units.ucum() ? null : units.text(),
        date ? null : text,
        order == null ? null : order.concat(identity),
        comparator,
        number ? reference.low() : Double.NaN,
        number ? reference.high() : Double.NaN,
        flag,
        method(letter),
        0);
  }

  private boolean isIsoDate;

  /** OBX-2 in capital letters as a number, 0 where it is empty. */
  private int type() {
    long kind = s.trimmed(s.first(2));
    int type = 0;
    int length = Er7Segment.end(kind) - Er7Segment.start(kind);
    for (int i = 0; i < length && length <= 3; i++) {
      type = type << 8 | (s.bytes()[Er7Segment.start(kind) + i] & 0xDF);
    }
    return length > 3 || (type == 0 && length > 0) ? -1 : type;
  }

  private void value(int type) {
    isIsoDate = false;
    value = Double.NaN;
    comparator = null;
    text = null;
    if (type == 0 || type == ('N' << 8 | 'M')) {
      number(s.whole(5));
    } else if (type == ('S' << 8 | 'N')) {
      structured();
    } else if (type == ('C' << 16 | 'W' << 8 | 'E')
        || type == ('C' << 8 | 'E')
        || type == ('C' << 8 | 'F')
        || type == ('C' << 16 | 'N' << 8 | 'E')) {
      coded();
    } else if (type == ('E' << 8 | 'D') || type == ('R' << 8 | 'P')) {
      // A picture or a document, or where one lies: nothing that an observation can hold.
      throw new BadInputException(RejectCode.NO_VALUE, "-5");
    } else {
      text = s.text(s.whole(5));
      if (type == ('D' << 8 | 'T') && text != null && text.length() == 8) {
        String date = Times.date(s, s.repetition(5, 1));
        isIsoDate = date != null;
        text = date == null ? text : date;
      }
    }
  }

  /** A number with or without a comparator; anything else stays as sent. */
  private void number(long field) {
    long slice = s.trimmed(field);
    if (slice != Er7Segment.NONE && !numeric(slice)) {
      text = s.text(slice);
    }
  }

  private boolean numeric(long slice) {
    byte[] b = s.bytes();
    int from = Er7Segment.start(slice);
    int to = Er7Segment.end(slice);
    double plain = Numbers.parse(b, from, to);
    if (!Double.isNaN(plain)) {
      value = plain;
      return true;
    }
    int sign = from;
    while (sign < to && (b[sign] == '<' || b[sign] == '>' || b[sign] == '=')) {
      sign++;
    }
    Comparator c = Numbers.comparator(b, from, sign);
    if (c == null) {
      return false;
    }
    long rest = s.trimmed(Er7Segment.slice(sign, to));
    double number = Numbers.parse(b, Er7Segment.start(rest), Er7Segment.end(rest));
    if (Double.isNaN(number)) {
      return false;
    }
    value = number;
    comparator = c;
    return true;
  }

  /** SN: comparator, number; a range or a ratio is no number and stays as sent. */
  private void structured() {
    long field = s.whole(5);
    long sn = s.repetition(5, 1);
    boolean plain =
        s.trimmed(s.component(sn, 3)) == Er7Segment.NONE
            && s.trimmed(s.component(sn, 4)) == Er7Segment.NONE
            && s.repetitions(5) == 1;
    long sign = s.trimmed(s.component(sn, 1));
    long number = s.trimmed(s.component(sn, 2));
    if (number == Er7Segment.NONE && plain) {
      number(sign);
      return;
    }
    byte[] b = s.bytes();
    int from = Er7Segment.start(sign);
    int to = Er7Segment.end(sign);
    boolean equal = from == to || (to - from == 1 && b[from] == '=');
    Comparator c = Numbers.comparator(b, from, to);
    double parsed = Numbers.parse(b, Er7Segment.start(number), Er7Segment.end(number));
    if (plain && (equal || c != null) && !Double.isNaN(parsed)) {
      value = parsed;
      comparator = c;
    } else {
      text = s.text(field);
    }
  }

  /** A code, else its alternate, else the words for it; several of them stay as sent. */
  private void coded() {
    if (s.repetitions(5) > 1) {
      text = s.text(s.whole(5));
      return;
    }
    long cwe = s.repetition(5, 1);
    for (int component : new int[] {1, 4, 2, 5, 9}) {
      if (text == null) {
        text = s.text(s.component(cwe, component));
      }
    }
  }

  /** The one letter of a field; one that is no status where it is longer. */
  private char letter(long field) {
    long slice = s.trimmed(field);
    int from = Er7Segment.start(slice);
    int length = Er7Segment.end(slice) - from;
    return length == 0 ? EMPTY : length == 1 ? (char) s.bytes()[from] : '?';
  }

  /** HL7 table 0085. */
  private static Status status(char letter) {
    return switch (letter) {
      case 'F', 'U', 'V' -> Status.FINAL;
      case 'C', 'A', 'B' -> Status.CORRECTED;
      case 'P', 'R', 'S', 'I' -> Status.PRELIMINARY;
      case 'D', 'W', 'X' -> Status.ENTERED_IN_ERROR;
      // Not asked, or the description of an order.
      case 'N', 'O' -> throw new BadInputException(RejectCode.NO_VALUE, "-11");
      default -> throw new BadInputException(RejectCode.UNKNOWN_STATUS, "-11");
    };
  }

  /** OBX-3 and OBX-4, as the identity goes on behind the order's number. */
  private String identity() {
    String code = concept.code() == null ? "" : concept.code();
    String sub = s.text(s.whole(4));
    return "|" + (sub == null ? code : code + "|" + sub);
  }

  /** By OBX-17 as IHE devices write it, else by OBX-18, else as the feed's profile says. */
  private @Nullable Method method(char letter) {
    if (letter == 'V') {
      return Method.VERIFIED;
    }
    if (s.fields() < 17) {
      return unstated;
    }
    String way = names.of(s, s.first(17));
    if (way != null) {
      switch (way) {
        case "AMEAS", "ASET" -> {
          return Method.DEVICE;
        }
        case "MMEAS", "MSET" -> {
          return Method.MANUAL;
        }
        case "ACALC", "MCALC" -> {
          return Method.DERIVED;
        }
        default -> {}
      }
    }
    return s.has(18) ? Method.DEVICE : unstated;
  }
}
