// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.connectors.feeds.Profile.TimeField;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Observation;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observations of one message, patient by patient, as panels: one for each moment. */
final class PanelReader {
  private static final int OBX = Er7Segment.id("OBX");
  private static final int PID = Er7Segment.id("PID");
  private static final int PV1 = Er7Segment.id("PV1");
  private static final int ORC = Er7Segment.id("ORC");
  private static final int OBR = Er7Segment.id("OBR");
  private static final int SPM = Er7Segment.id("SPM");

  private final Er7Message message;
  private final Er7Segment s;
  private final Times times;
  private final Obx obx;
  private final Moments moments;

  private Reading reading;
  private Profile profile;
  private boolean specimens;
  private boolean moves;
  private @Nullable Instant latest;
  private @Nullable Instant sent;

  private boolean patientRead;
  private RejectCode refusal = RejectCode.NO_PATIENT_ID;
  private @Nullable String order;
  private long observed;
  private long orderStatus;
  private @Nullable Instant reported;
  private int orderAt;
  private boolean ordered;
  private boolean specimenFirst;
  private long collected;
  private int count;

  /** For messages that are read into one and the same. */
  PanelReader(Reading first, Er7Segment s, Times times) {
    this.message = first.message();
    this.s = s;
    this.times = times;
    reading = first;
    profile = first.profile();
    obx = new Obx(s, first.names());
    moments = new Moments(first);
  }

  private void begin(Reading newReading, int results, boolean hasSpecimens, boolean hasMovements) {
    reading = newReading;
    profile = reading.profile();
    specimens = hasSpecimens;
    moves = hasMovements;
    Instant received = reading.received();
    latest = received == null ? null : received.plus(profile.tolerance());
    sent = reading.sent();
    patientRead = false;
    refusal = RejectCode.NO_PATIENT_ID;
    orderAt = 0;
    specimenFirst = false;
    collected = Er7Segment.NONE;
    count = 0;
    noOrder();
    obx.begin(reading.names(), profile.method());
    moments.begin(reading, results);
  }

  /**
   * Reads all of a message.
   *
   * @param results how many OBX it has
   * @param hasSpecimens whether it has any SPM
   * @param hasMovements whether it is an event, which tells a death itself
   */
  void read(
      Reading newReading,
      int results,
      boolean hasSpecimens,
      boolean hasMovements,
      Decoder.Out out) {
    begin(newReading, results, hasSpecimens, hasMovements);
    for (int i = 1; i < message.size(); i++) {
      s.to(i);
      if (s.id() == PID) {
        moments.flush(out); // apart from the reading, whose exceptions are its own
      }
      try {
        segment(i);
      } catch (BadInputException e) {
        s.to(i);
        reading.rejects().add(e.code(), reading.prefix() + s.name());
      }
    }
    moments.flush(out);
  }

  private void segment(int i) {
    int id = s.id();
    if (id == OBX) {
      observation();
    } else if (id == PID) {
      patient();
    } else if (id == PV1) {
      moments.stay(s);
    } else if (id == ORC) {
      noOrder();
      order = filler();
    } else if (id == OBR) {
      order(i);
    } else if (specimens && id == SPM && (specimenFirst || !ordered)) {
      specimenFirst = true;
      collected = s.repetition(17, 1);
    }
  }

  private void noOrder() {
    order = null;
    observed = Er7Segment.NONE;
    orderStatus = Er7Segment.NONE;
    reported = null;
    ordered = false;
  }

  private void patient() {
    noOrder();
    specimenFirst = false;
    collected = Er7Segment.NONE;
    try {
      Person person = Person.of(s, reading);
      moments.patient(person, person.isDead() && !moves ? died() : null);
      patientRead = true;
    } catch (BadInputException e) {
      patientRead = false;
      refusal = e.code();
    }
  }

  /** PID-29; null where it is refused. */
  private @Nullable Instant died() {
    RejectCode why = RejectCode.NO_TIME;
    try {
      Instant died = times.moment(s, s.whole(29), "");
      if (latest == null || !died.isAfter(latest)) {
        return died;
      }
      why = RejectCode.FUTURE_TIME;
    } catch (BadInputException e) {
      why = e.code();
    }
    reading.rejects().add(why, reading.prefix() + "PID-29");
    return null;
  }

  /** ORC-3 or OBR-3, with which identities begin. */
  private @Nullable String filler() {
    return s.text(3, 1);
  }

  private void order(int at) {
    String earlier = ordered ? null : order;
    noOrder();
    String filler = filler();
    order = filler == null ? earlier : filler;
    observed = s.repetition(7, 1);
    orderStatus = s.component(s.repetition(25, 1), 1);
    reported = times.momentOrNull(s, s.repetition(22, 1));
    ordered = true;
    orderAt = at;
    if (specimens && !specimenFirst) {
      collected = Er7Segment.NONE;
      collected = specimenOf(at);
    }
  }

  /** When the specimen of an order was taken: SPM-17 of the order's, if they agree. */
  private long specimenOf(int at) {
    long found = Er7Segment.NONE;
    String first = null;
    for (int i = at + 1; i < message.size() && s.to(i); i++) {
      if (s.is("OBR") || s.is("ORC") || s.is("PID")) {
        break;
      }
      String told = s.is("SPM") ? s.text(17, 1) : null;
      if (told != null && first != null && !told.equals(first)) {
        found = Er7Segment.NONE;
        break;
      }
      if (told != null) {
        first = told;
        found = s.repetition(17, 1);
      }
    }
    s.to(orderAt);
    return found;
  }

  private void observation() {
    count++;
    if (moments.isTest()) {
      return;
    }
    Instant time = null;
    try {
      obx.head();
      if (!patientRead) {
        reject(refusal, reading.prefix() + "PID-3", null);
        return;
      }
      time = time();
      if (latest != null && time.isAfter(latest)) {
        reject(RejectCode.FUTURE_TIME, timeField(), time);
        return;
      }
      Observation observation = obx.read(order, orderStatus);
      moments.add(time, issued(), observation);
    } catch (BadInputException e) {
      String field = e.field() == null ? "" : e.field();
      boolean behind = field.isEmpty() || field.startsWith("-");
      reject(e.code(), behind ? name() + field : field, time);
    }
  }

  private void reject(RejectCode code, String field, @Nullable Instant time) {
    reading.rejects().add(code, field, obx.system(), obx.code(), obx.localUnit(), time);
  }

  private String name() {
    return reading.prefix() + "OBX[" + count + "]";
  }

  /** When it was measured or its specimen taken, by the first field that says so. */
  private Instant time() {
    List<TimeField> order = profile.times();
    for (int i = 0; i < order.size(); i++) {
      long field = field(order.get(i));
      Instant known = times.known(s, field);
      if (known != null) {
        return known;
      }
      if (s.trimmed(field) != Er7Segment.NONE) {
        try {
          return times.moment(s, field, "");
        } catch (BadInputException e) {
          throw new BadInputException(e.code(), name(order.get(i)));
        }
      }
    }
    throw new BadInputException(RejectCode.NO_TIME, name() + "-14");
  }

  private String timeField() {
    for (TimeField field : profile.times()) {
      if (s.trimmed(field(field)) != Er7Segment.NONE) {
        return name(field);
      }
    }
    return name();
  }

  private String name(TimeField field) {
    return switch (field) {
      case OBX_14 -> name() + "-14";
      case SPM_17 -> reading.prefix() + "SPM-17";
      case OBR_7 -> reading.prefix() + "OBR-7";
    };
  }

  private long field(TimeField field) {
    return switch (field) {
      case OBX_14 -> s.whole(14);
      case SPM_17 -> collected;
      case OBR_7 -> observed;
    };
  }

  /** When this revision was made known: OBR-22, else MSH-7, else OBX-19. */
  private @Nullable Instant issued() {
    if (reported != null) {
      return reported;
    }
    return sent != null ? sent : times.momentOrNull(s, s.repetition(19, 1));
  }
}
