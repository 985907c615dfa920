// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Movement;
import io.medflink.core.Movement.Kind;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an ADT message moves. */
final class MovementReader {

  /** One PID with its PV1, and those that MRG names. */
  private static final class Group {
    private @Nullable Patient patient;
    private RejectCode refusal = RejectCode.NO_PATIENT_ID;
    private boolean dead;
    private @Nullable Instant died;
    private int visit = -1;
    private final List<Integer> merged = new ArrayList<>(1);
    private final List<Integer> visits = new ArrayList<>(1);
  }

  private final Reading reading;
  private final Er7Message message;
  private final Er7Segment s;
  private final Trigger trigger;
  private final Times times;
  private final List<Group> groups = new ArrayList<>(2);
  private final List<Movement> found = new ArrayList<>(1);
  private int event = -1;
  private int beds = -1;
  private @Nullable Instant recorded;

  MovementReader(Reading reading, Er7Segment s, Trigger trigger, Times times) {
    this.reading = reading;
    this.message = reading.message();
    this.s = s;
    this.trigger = trigger;
    this.times = times;
  }

  void read(Decoder.Out out) {
    group();
    recorded = reading.sent();
    if (event >= 0 && s.to(event)) {
      Instant told = times.momentOrNull(s, s.whole(2));
      recorded = told == null ? recorded : told;
    }
    if (trigger == Trigger.A20) {
      bedStatus();
    } else if (groups.isEmpty()) {
      reject(RejectCode.NO_PATIENT_ID, "PID-3");
    } else if (trigger == Trigger.A17) {
      attempt(this::swap);
    } else {
      for (Group group : groups) {
        movements(group, out);
      }
    }
    found.forEach(out::movement); // apart from the reading, whose exceptions are its own
  }

  private void group() {
    for (int i = 1; i < message.size(); i++) {
      s.to(i);
      Group group = groups.isEmpty() ? null : groups.get(groups.size() - 1);
      if (s.is("EVN")) {
        event = i;
      } else if (s.is("NPU")) {
        beds = i;
      } else if (s.is("PID")) {
        groups.add(patient());
      } else if (group != null && s.is("MRG")) {
        group.merged.add(i);
        group.visits.add(group.visit);
      } else if (group != null && s.is("PV1")) {
        if (group.visit < 0) {
          group.visit = i;
        }
        if (!group.merged.isEmpty()) {
          group.visits.set(group.visits.size() - 1, i);
        }
      }
    }
  }

  private Group patient() {
    Group group = new Group();
    try {
      int field = s.has(3) ? 3 : 2;
      group.patient = Patient.of(s, field, reading.profile(), reading.names());
      group.died = times.momentOrNull(s, s.whole(29));
      group.dead = Person.isDead(s);
    } catch (BadInputException e) {
      group.patient = null;
      group.refusal = e.code();
    }
    return group;
  }

  private void movements(Group group, Decoder.Out out) {
    Patient patient = group.patient;
    if (patient == null) {
      reject(group.refusal, "PID-3");
    } else if (reading.profile().isTestPatient(patient.key())) {
      out.ignored("test-patient");
    } else if (trigger.isAboutTwoPatients() && group.merged.isEmpty()) {
      reject(RejectCode.NO_PATIENT_ID, "MRG-1");
    } else if (group.merged.isEmpty()) {
      attempt(() -> movement(group, patient, -1, group.visit));
    } else {
      for (int i = 0; i < group.merged.size(); i++) {
        int merged = group.merged.get(i);
        int visit = group.visits.get(i);
        attempt(() -> movement(group, patient, merged, visit));
      }
    }
  }

  private void movement(Group group, Patient patient, int merged, int visit) {
    String otherPatient = null;
    String otherEncounter = null;
    if (merged >= 0) {
      s.to(merged);
      otherEncounter = s.text(5, 1);
      if (trigger.isAboutTwoPatients()) {
        otherPatient = Patient.of(s, 1, reading.profile(), reading.names()).key();
      }
    }
    boolean over =
        group.dead && (trigger.kind() == Kind.DISCHARGE || trigger.kind() == Kind.UPDATE);
    Kind kind = over ? Kind.DEATH : trigger.kind();
    Instant died = group.died;
    Instant occurred = over && died != null ? died : occurred(visit);
    String encounter = null;
    Place place = Place.NOWHERE;
    if (visit >= 0 && s.to(visit)) {
      encounter = s.text(19, 1);
      place = place(kind);
    }
    emit(
        new Movement(
            kind,
            patient.key(),
            otherPatient,
            encounter,
            otherEncounter,
            place.facility(),
            place.ward(),
            place.bed(),
            null,
            occurred,
            recorded,
            reading.received(),
            reading.profile().feed()));
  }

  /** Where the movement leads: for tracking PV1-11, for what is pending PV1-42, else PV1-3. */
  private Place place(Kind kind) {
    Place special =
        switch (kind) {
          case DEPART, ARRIVE, CANCEL_DEPART, CANCEL_ARRIVE -> reading.names().place(s, 11);
          case PENDING_ADMIT, PENDING_TRANSFER, CANCEL_PENDING_ADMIT, CANCEL_PENDING_TRANSFER ->
              reading.names().place(s, 42);
          default -> Place.NOWHERE;
        };
    return special.isNowhere() ? reading.names().place(s, 3) : special;
  }

  private void swap() {
    if (groups.size() != 2) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, reading.prefix() + "PID-3");
    }
    Group first = groups.get(0);
    Group second = groups.get(1);
    Patient one = first.patient;
    Patient other = second.patient;
    if (one == null || other == null) {
      RejectCode why = one == null ? first.refusal : second.refusal;
      throw new BadInputException(why, reading.prefix() + "PID-3");
    }
    Instant occurred = occurred(first.visit);
    String otherEncounter = second.visit >= 0 && s.to(second.visit) ? s.text(19, 1) : null;
    boolean told = first.visit >= 0 && s.to(first.visit);
    Place place = told ? reading.names().place(s, 3) : Place.NOWHERE;
    emit(
        new Movement(
            Kind.SWAP,
            one.key(),
            other.key(),
            told ? s.text(19, 1) : null,
            otherEncounter,
            place.facility(),
            place.ward(),
            place.bed(),
            null,
            occurred,
            recorded,
            reading.received(),
            reading.profile().feed()));
  }

  private void bedStatus() {
    attempt(
        () -> {
          Instant occurred = occurred(-1);
          if (beds < 0 || !s.to(beds) || reading.names().place(s, 1).isNowhere() || !s.has(2)) {
            throw new BadInputException(RejectCode.NO_VALUE, reading.prefix() + "NPU-2");
          }
          Place place = reading.names().place(s, 1);
          emit(
              new Movement(
                  Kind.BED_STATUS,
                  null,
                  null,
                  null,
                  null,
                  place.facility(),
                  place.ward(),
                  place.bed(),
                  s.text(2, 1),
                  occurred,
                  recorded,
                  reading.received(),
                  reading.profile().feed()));
        });
  }

  private void emit(Movement movement) {
    Instant received = reading.received();
    if (received != null
        && movement.occurred().isAfter(received.plus(reading.profile().tolerance()))) {
      throw new BadInputException(RejectCode.FUTURE_TIME, reading.prefix() + "EVN-6");
    }
    found.add(movement);
  }

  /** EVN-6, else the admission's or discharge's own time, else when it was recorded (EVN-2). */
  private Instant occurred(int visit) {
    BadInputException first = null;
    for (int step = 0; step < 3; step++) {
      int field = step == 0 ? 6 : step == 2 ? 2 : visitTime();
      int segment = step == 1 ? visit : event;
      if (field > 0 && segment >= 0 && s.to(segment) && s.has(field)) {
        try {
          String name = reading.prefix() + s.name() + "-" + field;
          return times.moment(s, s.whole(field), name);
        } catch (BadInputException e) {
          first = first == null ? e : first;
        }
      }
    }
    throw first == null
        ? new BadInputException(RejectCode.NO_TIME, reading.prefix() + "EVN-6")
        : first;
  }

  private int visitTime() {
    return switch (trigger) {
      case A01, A04 -> 44;
      case A03 -> 45;
      default -> 0;
    };
  }

  private void attempt(Runnable movement) {
    try {
      movement.run();
    } catch (BadInputException e) {
      String field = e.field();
      reading
          .rejects()
          .add(
              e.code(),
              field == null
                  ? reading.prefix() + (trigger.isAboutTwoPatients() ? "MRG-1" : "PV1")
                  : field);
    }
  }

  private void reject(RejectCode code, String field) {
    reading.rejects().add(code, reading.prefix() + field);
  }
}
