// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.formats.ObservationFields;
import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Method;
import io.medflink.core.Observation.Status;
import io.medflink.core.RejectCode;
import org.jspecify.annotations.Nullable;

/** One OBX segment as an observation: its code, unit and value as sent. Reused. */
final class Obx {
  private static final String UCUM = "UCUM";
  private static final String UCUM_OID = "2.16.840.1.113883.6.8";

  private final Er7Segment s;
  private final Names names;
  private final @Nullable Method unstated;

  /** What is known of it even where it is refused. */
  @Nullable String system;

  @Nullable String code;
  @Nullable String unit;

  private boolean ucum;
  private double value;
  private @Nullable Comparator comparator;
  private @Nullable String text;
  private double low;
  private double high;

  Obx(Er7Segment s, Names names, @Nullable Method unstated) {
    this.s = s;
    this.names = names;
    this.unstated = unstated;
  }

  /** Reads what it is about: OBX-3 and OBX-6. */
  void head() {
    system = null;
    code = null;
    unit = null;
    ucum = false;
    long concept = s.repetition(3, 1);
    code = names.of(s, s.component(concept, 1));
    system = names.of(s, s.component(concept, 3));
    if (!ObservationFields.isLoinc(system)) {
      long alternate = s.component(concept, 6);
      if (s.trimmed(alternate) != Er7Segment.NONE || code == null) {
        String other = names.of(s, alternate);
        String otherCode = names.of(s, s.component(concept, 4));
        if (otherCode != null && (code == null || ObservationFields.isLoinc(other))) {
          code = otherCode;
          system = other;
        }
      }
    }
    long units = s.repetition(6, 1);
    unit = names.of(s, s.component(units, 1));
    ucum = isUcum(s.component(units, 3));
    if (!ucum && isUcum(s.component(units, 6)) && s.text(s.component(units, 4)) != null) {
      unit = names.of(s, s.component(units, 4));
      ucum = true;
    } else if (unit == null) {
      unit = names.of(s, s.component(units, 2));
    }
  }

  private boolean isUcum(long system) {
    if (s.trimmed(system) == Er7Segment.NONE) {
      return false;
    }
    String name = names.of(s, system);
    return UCUM.equals(name) || UCUM_OID.equals(name);
  }

  /**
   * Reads its value.
   *
   * @param order what its identity begins with: the filler's order number, null when there is none
   * @param orderStatus OBR-25, which holds where OBX-11 is empty
   * @throws BadInputException {@code NO_VALUE}, {@code UNKNOWN_STATUS}, {@code UNDECODABLE}
   */
  Observation read(@Nullable String order, long orderStatus, String segment) {
    long resultStatus = s.component(s.repetition(11, 1), 1);
    if (s.trimmed(resultStatus) == Er7Segment.NONE) {
      resultStatus = orderStatus;
    }
    char letter = letter(resultStatus);
    Status status = status(letter, segment);
    value = Double.NaN;
    comparator = null;
    text = null;
    low = Double.NaN;
    high = Double.NaN;
    value(segment);
    if (!Double.isNaN(value)) {
      range();
    }
    boolean canonical =
        code != null && (ObservationFields.isLoinc(system) || code.startsWith("medflink:"));
    boolean date = canonical && text != null && isIsoDate;
    return new Observation(
        canonical ? code : null,
        value,
        date ? text : null,
        ucum ? unit : null,
        status,
        canonical ? null : system,
        canonical ? null : code,
        ucum ? null : unit,
        date ? null : text,
        id(order),
        comparator,
        low,
        high,
        names.of(s, s.component(s.repetition(8, 1), 1)),
        method(letter),
        0);
  }

  private boolean isIsoDate;

  private void value(String segment) {
    isIsoDate = false;
    long kind = s.trimmed(s.component(s.repetition(2, 1), 1));
    byte[] b = s.bytes();
    int at = Er7Segment.start(kind);
    int length = Er7Segment.end(kind) - at;
    int type = length == 0 ? 0 : length > 3 ? -1 : 0;
    for (int i = 0; i < length && length <= 3; i++) {
      type = type << 8 | (b[at + i] & 0xDF);
    }
    if (length == 0 || type == ('N' << 8 | 'M')) {
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
      throw new BadInputException(RejectCode.NO_VALUE, segment + "-5");
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
    int sign = from;
    while (sign < to && (b[sign] == '<' || b[sign] == '>' || b[sign] == '=')) {
      sign++;
    }
    Comparator c = comparator(b, from, sign);
    if (sign > from && c == null) {
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

  private static @Nullable Comparator comparator(byte[] b, int from, int to) {
    boolean orEqual = to - from == 2 && b[from + 1] == '=';
    if (to - from == 0 || to - from > 2 || (to - from == 2 && !orEqual)) {
      return null;
    }
    return switch (b[from]) {
      case '<' -> orEqual ? Comparator.LESS_OR_EQUAL : Comparator.LESS;
      case '>' -> orEqual ? Comparator.GREATER_OR_EQUAL : Comparator.GREATER;
      default -> null;
    };
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
    Comparator c = comparator(b, from, to);
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

  /** OBX-7 where it is {@code low - high} or has a comparator; any other text says nothing. */
  private void range() {
    long slice = s.trimmed(s.repetition(7, 1));
    byte[] b = s.bytes();
    int from = Er7Segment.start(slice);
    int to = Er7Segment.end(slice);
    if (from == to) {
      return;
    }
    if (b[from] == '<' || b[from] == '>') {
      int at = from + 1 < to && b[from + 1] == '=' ? from + 2 : from + 1;
      double bound = part(at, to);
      low = b[from] == '>' ? bound : Double.NaN;
      high = b[from] == '<' ? bound : Double.NaN;
      return;
    }
    for (int i = from + 1; i < to; i++) {
      if (b[i] == '-') {
        double first = part(from, i);
        double second = part(i + 1, to);
        if (first <= second) {
          low = first;
          high = second;
        }
        return;
      }
    }
  }

  private double part(int from, int to) {
    long slice = s.trimmed(Er7Segment.slice(from, to));
    return Numbers.parse(s.bytes(), Er7Segment.start(slice), Er7Segment.end(slice));
  }

  private char letter(long field) {
    long slice = s.trimmed(field);
    int from = Er7Segment.start(slice);
    return Er7Segment.end(slice) - from == 1 ? (char) s.bytes()[from] : 0;
  }

  /** HL7 table 0085. */
  private static Status status(char letter, String segment) {
    return switch (letter) {
      case 'F', 'U', 'V' -> Status.FINAL;
      case 'C', 'A', 'B' -> Status.CORRECTED;
      case 'P', 'R', 'S', 'I' -> Status.PRELIMINARY;
      case 'D', 'W', 'X' -> Status.ENTERED_IN_ERROR;
      // Not asked, or the description of an order.
      case 'N', 'O' -> throw new BadInputException(RejectCode.NO_VALUE, segment + "-11");
      default -> throw new BadInputException(RejectCode.UNKNOWN_STATUS, segment + "-11");
    };
  }

  private @Nullable String id(@Nullable String order) {
    if (order == null) {
      return null;
    }
    String concept = code == null ? "" : code;
    String sub = s.text(s.whole(4));
    return sub == null ? order + "|" + concept : order + "|" + concept + "|" + sub;
  }

  /** By OBX-17 as IHE devices write it, else by OBX-18, else as the feed's profile says. */
  private @Nullable Method method(char letter) {
    if (letter == 'V') {
      return Method.VERIFIED;
    }
    if (s.fields() < 17) {
      return unstated;
    }
    String way = names.of(s, s.component(s.repetition(17, 1), 1));
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
