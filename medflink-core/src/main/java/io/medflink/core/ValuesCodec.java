// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import java.util.List;

/**
 * The bytes of the values in {@link AssessCodec}'s forms: of a chart and of a moment's readings.
 * Types are written by code, so that a chart is readable when other types are asked for.
 *
 * <p>A value is a header byte (comparator in bits 0–2, jump in bit 3, decimals in bits 4–5, same
 * time as the moment in bit 6; of a reading whether it is in no books in bit 3 and its standing in
 * bits 6–7) and a zigzag varint of the decimal number, or eight raw bytes where that would not be
 * exact.
 */
final class ValuesCodec {
  private static final int MARKS = 0x0f;
  private static final int SAME_TIME = 0x40;
  private static final int UNCOUNTED = 8;
  private static final int ISSUED = 0x40;
  private static final int ID = 0x80;
  private static final Observation.Status[] STATUSES = Observation.Status.values();
  private static final Reading.Standing[] STANDINGS = Reading.Standing.values();
  private static final Observation.Method[] METHODS = Observation.Method.values();
  private static final Observation.Comparator[] COMPARATORS = Observation.Comparator.values();

  /**
   * Values as they stand in state: what is not looked at is not read, and what doesn't change is
   * written again as it was.
   */
  static final class Written {
    final ValuesCodec codec;
    final byte[] bytes;
    final int from;
    final int to;

    /** The moment that the times in it are relative to. */
    final long time;

    private Written(ValuesCodec codec, byte[] bytes, int from, int to, long time) {
      this.codec = codec;
      this.bytes = bytes;
      this.from = from;
      this.to = to;
      this.time = time;
    }
  }

  private final List<String> codes;

  /** Each type's number among {@link PanelTerms}, 0 for none; and back, -1 for none. */
  private final int[] numbers;

  private final int[] positions = new int[PanelTerms.MOST + 2];
  private final Wire unread = new Wire();

  ValuesCodec(List<String> codes) {
    this.codes = codes;
    numbers = codes.stream().mapToInt(PanelTerms::number).toArray();
    Arrays.fill(positions, -1);
    for (int type = 0; type < numbers.length; type++) {
      positions[numbers[type]] = type;
    }
  }

  // ---- a chart

  void write(Known known, long time, Wire out) {
    Written unchanged = known.written(time);
    if (unchanged != null) {
      out.copy(unchanged);
      return;
    }
    int present = 0;
    for (double value : known.values) {
      present += Double.isNaN(value) ? 0 : 1;
    }
    out.unsigned(present);
    for (int i = 0; i < known.values.length; i++) {
      double value = known.values[i];
      if (!Double.isNaN(value)) {
        int decimals = Wire.decimals(value);
        boolean same = known.times[i] == time;
        out.octet(known.marks[i] | (decimals << 4) | (same ? SAME_TIME : 0));
        writeType(i, out);
        out.value(value, decimals);
        if (!same) {
          out.signed(time - known.times[i]);
        }
      }
    }
  }

  /** The chart that comes next, read once it is looked at. */
  Known known(Wire in, long time) {
    int from = in.position();
    for (long n = in.unsigned(); n > 0; n--) {
      int header = in.octet();
      skipType(in);
      in.skipValue((header >> 4) & 3);
      if ((header & SAME_TIME) == 0) {
        in.skipNumber();
      }
    }
    return new Known(codes.size(), written(in, from, time));
  }

  void read(Written written, Known known) {
    Wire in = from(written);
    for (long n = in.unsigned(); n > 0; n--) {
      int header = in.octet();
      int type = readType(in);
      double value = in.value((header >> 4) & 3);
      long at = (header & SAME_TIME) != 0 ? written.time : written.time - in.signed();
      if (type >= 0) {
        known.values[type] = value;
        known.times[type] = at;
        known.marks[type] = (byte) (header & MARKS);
      }
    }
  }

  // ---- a moment's readings

  void writeReadings(Moment moment, Wire out) {
    if (moment.written() != null) {
      out.copy(moment.written());
      return;
    }
    out.unsigned(moment.readings().size());
    for (Reading r : moment.readings()) {
      int decimals = Wire.decimals(r.value());
      int comparator = r.comparator() == null ? 0 : r.comparator().ordinal() + 1;
      int uncounted = r.counted() ? 0 : UNCOUNTED;
      out.octet(comparator | uncounted | (decimals << 4) | (r.standing().ordinal() << 6));
      int method = r.method() == null ? 0 : r.method().ordinal() + 1;
      int told = (r.issued() == Reading.UNTOLD ? 0 : ISSUED) | (r.id() == null ? 0 : ID);
      out.octet(r.status().ordinal() | (method << 3) | told);
      writeType(r.type(), out);
      out.value(r.value(), decimals);
      if (r.issued() != Reading.UNTOLD) {
        out.signed(r.issued() - moment.time);
      }
      if (r.id() != null) {
        out.string(r.id());
      }
    }
  }

  /** The readings that come next, to be read once they are looked at. */
  Written readings(Wire in, long time) {
    int from = in.position();
    for (long n = in.unsigned(); n > 0; n--) {
      int header = in.octet();
      int told = in.octet();
      skipType(in);
      in.skipValue((header >> 4) & 3);
      if ((told & ISSUED) != 0) {
        in.skipNumber();
      }
      if ((told & ID) != 0) {
        in.skipString();
      }
    }
    return written(in, from, time);
  }

  void read(Written written, List<Reading> readings) {
    Wire in = from(written);
    for (long n = in.unsigned(); n > 0; n--) {
      int header = in.octet();
      int told = in.octet();
      int type = readType(in);
      double value = in.value((header >> 4) & 3);
      long issued = (told & ISSUED) == 0 ? Reading.UNTOLD : written.time + in.signed();
      String id = (told & ID) == 0 ? null : in.string();
      int comparator = (header & 7) - 1;
      int method = ((told >> 3) & 7) - 1;
      if (type >= 0) {
        readings.add(
            new Reading(
                type,
                value,
                comparator < 0 ? null : COMPARATORS[comparator],
                STATUSES[told & 7],
                method < 0 ? null : METHODS[method],
                issued,
                id,
                STANDINGS[(header >> 6) & 3],
                (header & UNCOUNTED) == 0));
      }
    }
  }

  private Written written(Wire in, int from, long time) {
    return new Written(this, in.bytes(), from, in.position(), time);
  }

  private Wire from(Written written) {
    unread.read(written.bytes);
    unread.position(written.from);
    return unread;
  }

  private void writeType(int type, Wire out) {
    out.octet(numbers[type]);
    if (numbers[type] == 0) {
      out.string(codes.get(type));
    }
  }

  /** The type's position, -1 when no model asks for it any more. */
  private int readType(Wire in) {
    int number = in.octet();
    return number == 0 ? codes.indexOf(in.string()) : positions[number];
  }

  private static void skipType(Wire in) {
    if (in.octet() == 0) {
      in.skipString();
    }
  }
}
