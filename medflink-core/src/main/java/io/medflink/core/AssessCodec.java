// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link AssessCore}'s state. Types and models are written by code and id, so state is
 * readable with one model more or less: what isn't asked for any more is forgotten.
 *
 * <p>Each form: a version byte, then fields in the order of the methods below, values as {@link
 * ValuesCodec} writes them. Version 1, which lacks the stays, is read too.
 */
final class AssessCodec {
  private static final int VERSION = 2;

  /** The first version had neither stays nor anything in the bits that now tell of them. */
  private static final int OLDEST = 1;

  private final ValuesCodec values;
  private final List<String> codes;
  private final List<String> models;

  /** The models' ids as they are written. */
  private final byte[][] ids;

  private final Wire out = new Wire();
  private final Wire in = new Wire();

  AssessCodec(List<String> codes, List<String> models) {
    values = new ValuesCodec(codes);
    this.codes = codes;
    this.models = models;
    ids = models.stream().map(AssessCodec::written).toArray(byte[][]::new);
  }

  byte[] encode(Head head) {
    start();
    out.octet(
        (head.settledTime == Long.MIN_VALUE ? 0 : 1)
            | (head.last == null ? 0 : 2)
            | (head.settledStay == null ? 0 : 4)
            | (head.settledSince == Long.MIN_VALUE ? 0 : 8)
            | (head.stays.isEmpty() ? 0 : 16)
            | (head.corrections.isEmpty() ? 0 : 32));
    if (head.settledTime != Long.MIN_VALUE) {
      out.signed(head.settledTime);
      values.write(head.settled, head.settledTime, out);
    }
    if (head.last != null) {
      out.signed(head.last.time);
      write(head.last);
    }
    out.time(head.finalTime == Long.MIN_VALUE ? Head.NONE : head.finalTime, head.newest());
    out.time(head.touched == Long.MIN_VALUE ? Head.NONE : head.touched, head.newest());
    out.time(head.first, head.newest());
    out.time(head.nextFinal, head.newest());
    out.time(head.finalTimer, head.newest());
    out.time(head.settleTimer, head.newest());
    out.time(head.forgetTimer, head.newest());
    if (head.settledStay != null) {
      out.string(head.settledStay);
    }
    if (head.settledSince != Long.MIN_VALUE) {
      out.signed(head.settledTime - head.settledSince);
    }
    if (!head.stays.isEmpty()) {
      head.stays.write(out, head.newest());
    }
    if (!head.corrections.isEmpty()) {
      out.unsigned(head.corrections.size());
      for (Correction c : head.corrections) {
        out.string(codes.get(c.type()));
        out.octet((c.id() == null ? 0 : 1) | (c.matched() ? 2 : 0));
        out.string(c.id() == null ? "" : c.id());
      }
    }
    return out.toBytes();
  }

  Head head(byte[] bytes) {
    try {
      start(bytes);
      int flags = in.octet();
      boolean settled = (flags & 1) != 0;
      long settledTime = settled ? in.signed() : Long.MIN_VALUE;
      Head head = new Head(settled ? values.known(in, settledTime) : new Known(codes.size()));
      head.settledTime = settledTime;
      if ((flags & 2) != 0) {
        head.last = readMoment(in.signed());
      }
      long finalTime = in.time(head.newest());
      head.finalTime = finalTime == Head.NONE ? Long.MIN_VALUE : finalTime;
      long touched = in.time(head.newest());
      head.touched = touched == Head.NONE ? Long.MIN_VALUE : touched;
      head.first = in.time(head.newest());
      head.nextFinal = in.time(head.newest());
      head.finalTimer = in.time(head.newest());
      head.settleTimer = in.time(head.newest());
      head.forgetTimer = in.time(head.newest());
      head.settledStay = (flags & 4) == 0 ? null : in.string();
      head.settledSince = (flags & 8) == 0 ? Long.MIN_VALUE : head.settledTime - in.signed();
      head.stays = (flags & 16) == 0 ? Stays.NONE : Stays.read(in, head.newest());
      for (long n = (flags & 32) == 0 ? 0 : in.unsigned(); n > 0; n--) {
        int type = codes.indexOf(in.string());
        int marks = in.octet();
        String id = in.string();
        if (type >= 0) {
          head.corrections.add(
              new Correction(type, (marks & 1) == 0 ? null : id, (marks & 2) != 0));
        }
      }
      return head;
    } catch (IndexOutOfBoundsException e) {
      throw unreadable();
    }
  }

  byte[] encode(Moment moment) {
    start();
    write(moment);
    return out.toBytes();
  }

  Moment moment(long time, byte[] bytes) {
    try {
      start(bytes);
      return readMoment(time);
    } catch (IndexOutOfBoundsException e) {
      throw unreadable();
    }
  }

  byte[] encode(Ring ring) {
    start();
    ring.write(out);
    return out.toBytes();
  }

  Ring ring(byte @Nullable [] bytes) {
    Ring ring = new Ring();
    if (bytes != null) {
      try {
        start(bytes);
        ring.read(in);
      } catch (IndexOutOfBoundsException e) {
        throw unreadable();
      }
    }
    return ring;
  }

  private static byte[] written(String text) {
    Wire wire = new Wire();
    wire.string(text);
    return wire.toBytes();
  }

  private void start() {
    out.clear();
    out.octet(VERSION);
  }

  private void start(byte[] bytes) {
    in.read(bytes);
    int version = in.octet();
    if (version < OLDEST || version > VERSION) {
      throw new IllegalStateException(
          "state of Assess has version " + version + ", this build reads 1 to " + VERSION);
    }
  }

  private static IllegalStateException unreadable() {
    return new IllegalStateException("state of Assess is damaged");
  }

  private void write(Moment moment) {
    out.time(moment.previous, moment.time);
    out.time(moment.next, moment.time);
    values.write(moment.known, moment.time, out);
    values.writeReadings(moment, out);
    int present = 0;
    Place told = moment.place;
    @Nullable String[] place = {told.encounter(), told.facility(), told.ward(), told.bed()};
    boolean elsewhere = !Objects.equals(moment.stay, told.encounter());
    int stay = (elsewhere ? 1 : 0) | (moment.since == Long.MIN_VALUE ? 0 : 2);
    for (int i = 0; i < place.length; i++) {
      present |= place[i] == null ? 0 : 1 << i;
    }
    present |=
        (moment.placed == Long.MIN_VALUE ? 0 : 16)
            | (moment.received == Long.MIN_VALUE ? 0 : 32)
            | (moment.feed == null ? 0 : 64)
            | (stay == 0 ? 0 : 128);
    out.octet(present);
    for (String part : place) {
      if (part != null) {
        out.string(part);
      }
    }
    if (moment.placed != Long.MIN_VALUE) {
      out.signed(moment.placed - moment.time);
    }
    if (moment.received != Long.MIN_VALUE) {
      out.signed(moment.received - moment.time);
    }
    if (moment.feed != null) {
      out.string(moment.feed);
    }
    if (stay != 0) {
      out.octet(stay);
    }
    if (elsewhere) {
      out.string(moment.stay == null ? "" : moment.stay);
    }
    if (moment.since != Long.MIN_VALUE) {
      out.signed(moment.time - moment.since);
    }
    out.unsigned(models.size());
    for (int i = 0; i < models.size(); i++) {
      out.string(models.get(i));
      out.signed(moment.revisions[i]);
      out.eight(moment.prints[i]);
    }
  }

  private Moment readMoment(long time) {
    long previous = in.time(time);
    long next = in.time(time);
    Known known = values.known(in, time);
    Moment moment = new Moment(time, known, models.size(), values.readings(in, time));
    moment.previous = previous;
    moment.next = next;
    int present = in.octet();
    moment.place =
        new Place(
            (present & 1) == 0 ? null : in.string(),
            (present & 2) == 0 ? null : in.string(),
            (present & 4) == 0 ? null : in.string(),
            (present & 8) == 0 ? null : in.string());
    moment.placed = (present & 16) == 0 ? Long.MIN_VALUE : time + in.signed();
    moment.received = (present & 32) == 0 ? Long.MIN_VALUE : time + in.signed();
    moment.feed = (present & 64) == 0 ? null : in.string();
    int stay = (present & 128) == 0 ? 0 : in.octet();
    moment.stay = (stay & 1) == 0 ? moment.place.encounter() : told(in.string());
    moment.since = (stay & 2) == 0 ? Long.MIN_VALUE : time - in.signed();
    int turn = 0;
    for (long n = in.unsigned(); n > 0; n--) {
      int model = readModel(turn++);
      int revision = (int) in.signed();
      long print = in.eight();
      if (model >= 0) {
        moment.revisions[model] = revision;
        moment.prints[model] = print;
      }
    }
    return moment;
  }

  private static @Nullable String told(String text) {
    return text.isEmpty() ? null : text;
  }

  /** The model's position, most often the next one; -1 when it isn't asked any more. */
  private int readModel(int turn) {
    return turn < ids.length && in.skips(ids[turn]) ? turn : models.indexOf(in.string());
  }
}
