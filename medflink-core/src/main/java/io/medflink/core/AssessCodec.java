// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link AssessCore}'s state. Types and models are written by code and id, so state is
 * readable with one model more or less: what isn't asked for any more is forgotten.
 *
 * <p>Version 1 of each form: a version byte, then fields in the order of the methods below. A value
 * is a header byte (comparator in bits 0–2, jump in bit 3, decimals in bits 4–5, same time as the
 * moment in bit 6) and a zigzag varint of the decimal number, or eight raw bytes where that would
 * not be exact.
 */
final class AssessCodec {
  private static final int VERSION = 1;
  private static final int MARKS = 0x0f;
  private static final int SAME_TIME = 0x40;

  private final List<String> codes;
  private final List<String> models;

  /** Each type's number among {@link PanelTerms}, 0 for none; and back, -1 for none. */
  private final int[] numbers;

  private final int[] positions = new int[PanelTerms.MOST + 2];
  private final DataOutputSerializer out = new DataOutputSerializer(256);
  private final DataInputDeserializer in = new DataInputDeserializer();

  AssessCodec(List<String> codes, List<String> models) {
    this.codes = codes;
    this.models = models;
    numbers = codes.stream().mapToInt(PanelTerms::number).toArray();
    Arrays.fill(positions, -1);
    for (int type = 0; type < numbers.length; type++) {
      positions[numbers[type]] = type;
    }
  }

  byte[] encode(Head head) {
    try {
      start();
      out.writeByte((head.settledTime == Long.MIN_VALUE ? 0 : 1) | (head.last == null ? 0 : 2));
      if (head.settledTime != Long.MIN_VALUE) {
        Wire.writeSigned(out, head.settledTime);
        write(head.settled, head.settledTime);
      }
      if (head.last != null) {
        Wire.writeSigned(out, head.last.time);
        write(head.last);
      }
      Wire.writeTime(
          out, head.finalTime == Long.MIN_VALUE ? Head.NONE : head.finalTime, head.newest());
      Wire.writeTime(out, head.touched == Long.MIN_VALUE ? Head.NONE : head.touched, head.newest());
      Wire.writeTime(out, head.first, head.newest());
      Wire.writeTime(out, head.nextFinal, head.newest());
      Wire.writeTime(out, head.finalTimer, head.newest());
      Wire.writeTime(out, head.settleTimer, head.newest());
      Wire.writeTime(out, head.forgetTimer, head.newest());
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw unreadable();
    }
  }

  Head head(byte[] bytes) {
    try {
      start(bytes);
      int flags = in.readUnsignedByte();
      Head head = new Head(new Known(codes.size()));
      if ((flags & 1) != 0) {
        head.settledTime = Wire.readSigned(in);
        read(head.settled, head.settledTime);
      }
      if ((flags & 2) != 0) {
        head.last = readMoment(Wire.readSigned(in));
      }
      long finalTime = Wire.readTime(in, head.newest());
      head.finalTime = finalTime == Head.NONE ? Long.MIN_VALUE : finalTime;
      long touched = Wire.readTime(in, head.newest());
      head.touched = touched == Head.NONE ? Long.MIN_VALUE : touched;
      head.first = Wire.readTime(in, head.newest());
      head.nextFinal = Wire.readTime(in, head.newest());
      head.finalTimer = Wire.readTime(in, head.newest());
      head.settleTimer = Wire.readTime(in, head.newest());
      head.forgetTimer = Wire.readTime(in, head.newest());
      return head;
    } catch (IOException e) {
      throw unreadable();
    }
  }

  byte[] encode(Moment moment) {
    try {
      start();
      write(moment);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw unreadable();
    }
  }

  Moment moment(long time, byte[] bytes) {
    try {
      start(bytes);
      return readMoment(time);
    } catch (IOException e) {
      throw unreadable();
    }
  }

  byte[] encode(Ring ring) {
    try {
      start();
      ring.write(out);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw unreadable();
    }
  }

  Ring ring(byte @Nullable [] bytes) {
    Ring ring = new Ring();
    if (bytes != null) {
      try {
        start(bytes);
        ring.read(in);
      } catch (IOException e) {
        throw unreadable();
      }
    }
    return ring;
  }

  private void start() throws IOException {
    out.clear();
    out.writeByte(VERSION);
  }

  private void start(byte[] bytes) throws IOException {
    in.setBuffer(bytes);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IllegalStateException(
          "state of Assess has version " + version + ", this build reads " + VERSION);
    }
  }

  private static IllegalStateException unreadable() {
    return new IllegalStateException("state of Assess is damaged");
  }

  private void write(Moment moment) throws IOException {
    Wire.writeTime(out, moment.previous, moment.time);
    Wire.writeTime(out, moment.next, moment.time);
    write(moment.known, moment.time);
    Wire.writeUnsigned(out, moment.readings.size());
    for (Reading r : moment.readings) {
      int decimals = Wire.decimals(r.value());
      int comparator = r.comparator() == null ? 0 : r.comparator().ordinal() + 1;
      out.writeByte(comparator | (decimals << 4));
      int method = r.method() == null ? 0 : r.method().ordinal() + 1;
      int told = (r.issued() == Reading.UNTOLD ? 0 : 0x40) | (r.id() == null ? 0 : 0x80);
      out.writeByte(r.status().ordinal() | (method << 3) | told);
      writeType(r.type());
      Wire.writeValue(out, r.value(), decimals);
      if (r.issued() != Reading.UNTOLD) {
        Wire.writeSigned(out, r.issued() - moment.time);
      }
      if (r.id() != null) {
        Wire.writeString(out, r.id());
      }
    }
    int present = 0;
    @Nullable String[] place = {moment.encounter, moment.facility, moment.ward, moment.bed};
    for (int i = 0; i < place.length; i++) {
      present |= place[i] == null ? 0 : 1 << i;
    }
    present |=
        (moment.placed == Long.MIN_VALUE ? 0 : 16) | (moment.received == Long.MIN_VALUE ? 0 : 32);
    out.writeByte(present);
    for (String part : place) {
      if (part != null) {
        Wire.writeString(out, part);
      }
    }
    if (moment.placed != Long.MIN_VALUE) {
      Wire.writeSigned(out, moment.placed - moment.time);
    }
    if (moment.received != Long.MIN_VALUE) {
      Wire.writeSigned(out, moment.received - moment.time);
    }
    Wire.writeUnsigned(out, models.size());
    for (int i = 0; i < models.size(); i++) {
      Wire.writeString(out, models.get(i));
      Wire.writeSigned(out, moment.revisions[i]);
      out.writeLong(moment.prints[i]);
    }
  }

  private Moment readMoment(long time) throws IOException {
    Moment moment = new Moment(time, new Known(codes.size()), models.size());
    moment.previous = Wire.readTime(in, time);
    moment.next = Wire.readTime(in, time);
    read(moment.known, time);
    for (long n = Wire.readUnsigned(in); n > 0; n--) {
      int header = in.readUnsignedByte();
      int told = in.readUnsignedByte();
      int type = readType();
      double value = Wire.readValue(in, (header >> 4) & 3);
      long issued = (told & 0x40) == 0 ? Reading.UNTOLD : time + Wire.readSigned(in);
      String id = (told & 0x80) == 0 ? null : Wire.readString(in);
      int comparator = (header & 7) - 1;
      int method = ((told >> 3) & 7) - 1;
      if (type >= 0) {
        moment.readings.add(
            new Reading(
                type,
                value,
                comparator < 0 ? null : Wire.COMPARATORS[comparator],
                Wire.STATUSES[told & 7],
                method < 0 ? null : Wire.METHODS[method],
                issued,
                id));
      }
    }
    int present = in.readUnsignedByte();
    moment.encounter = (present & 1) == 0 ? null : Wire.readString(in);
    moment.facility = (present & 2) == 0 ? null : Wire.readString(in);
    moment.ward = (present & 4) == 0 ? null : Wire.readString(in);
    moment.bed = (present & 8) == 0 ? null : Wire.readString(in);
    moment.placed = (present & 16) == 0 ? Long.MIN_VALUE : time + Wire.readSigned(in);
    moment.received = (present & 32) == 0 ? Long.MIN_VALUE : time + Wire.readSigned(in);
    for (long n = Wire.readUnsigned(in); n > 0; n--) {
      int model = models.indexOf(Wire.readString(in));
      int revision = (int) Wire.readSigned(in);
      long print = in.readLong();
      if (model >= 0) {
        moment.revisions[model] = revision;
        moment.prints[model] = print;
      }
    }
    return moment;
  }

  private void write(Known known, long time) throws IOException {
    int present = 0;
    for (double value : known.values) {
      present += Double.isNaN(value) ? 0 : 1;
    }
    Wire.writeUnsigned(out, present);
    for (int i = 0; i < known.values.length; i++) {
      double value = known.values[i];
      if (!Double.isNaN(value)) {
        int decimals = Wire.decimals(value);
        boolean same = known.times[i] == time;
        out.writeByte(known.marks[i] | (decimals << 4) | (same ? SAME_TIME : 0));
        writeType(i);
        Wire.writeValue(out, value, decimals);
        if (!same) {
          Wire.writeSigned(out, time - known.times[i]);
        }
      }
    }
  }

  private void read(Known known, long time) throws IOException {
    for (long n = Wire.readUnsigned(in); n > 0; n--) {
      int header = in.readUnsignedByte();
      int type = readType();
      double value = Wire.readValue(in, (header >> 4) & 3);
      long at = (header & SAME_TIME) != 0 ? time : time - Wire.readSigned(in);
      if (type >= 0) {
        known.values[type] = value;
        known.times[type] = at;
        known.marks[type] = (byte) (header & MARKS);
      }
    }
  }

  private void writeType(int type) throws IOException {
    out.writeByte(numbers[type]);
    if (numbers[type] == 0) {
      Wire.writeString(out, codes.get(type));
    }
  }

  /** The type's position, -1 when no model asks for it any more. */
  private int readType() throws IOException {
    int number = in.readUnsignedByte();
    return number == 0 ? codes.indexOf(Wire.readString(in)) : positions[number];
  }
}
