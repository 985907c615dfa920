// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Demographic;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The panels of one patient of a message: birth date and sex, then one for each moment. */
final class Moments {
  private static final Observation[] NONE = {};

  private final Reading reading;
  private final List<Observation> observations = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private final List<@Nullable Instant> issued = new ArrayList<>();
  private @Nullable Patient patient;
  private @Nullable Panel birth;
  private boolean test;
  private Place place = Place.NOWHERE;
  private @Nullable String encounter;

  Moments(Reading reading) {
    this.reading = reading;
  }

  /** Begins with a patient, whose PID the segment is. */
  void patient(Patient newPatient, Er7Segment pid, @Nullable Instant sent) {
    patient = newPatient;
    test = reading.profile().isTestPatient(newPatient.key());
    encounter = null;
    place = Place.NOWHERE;
    birth = test ? null : birth(newPatient, pid, sent);
  }

  /** Where the patient is, by PV1. */
  void stay(Er7Segment pv1) {
    encounter = null;
    place = Place.NOWHERE;
    place = Place.of(pv1, 3);
    encounter = pv1.text(19, 1);
  }

  /** Whether the patient doesn't exist. */
  boolean isTest() {
    return test;
  }

  void add(Instant time, @Nullable Instant revision, Observation observation) {
    observations.add(observation);
    times.add(time);
    issued.add(revision);
  }

  /** Hands on what was read of the patient. */
  void flush(Decoder.Out out) {
    Patient whose = patient;
    if (whose != null && test) {
      out.ignored("test-patient");
    } else if (whose != null) {
      if (birth != null) {
        out.panel(birth);
      }
      if (areOneMoment()) {
        out.panel(panel(whose, times.get(0), latest(), observations.toArray(NONE)));
      } else {
        apart(whose, out);
      }
    }
    patient = null;
    birth = null;
    test = false;
    observations.clear();
    times.clear();
    issued.clear();
  }

  private boolean areOneMoment() {
    for (int i = 1; i < times.size(); i++) {
      if (!times.get(i).equals(times.get(0))) {
        return false;
      }
    }
    return !times.isEmpty();
  }

  private @Nullable Instant latest() {
    Instant latest = issued.get(0);
    for (int i = 1; i < issued.size(); i++) {
      latest = later(latest, issued.get(i));
    }
    return latest;
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isAfter(a)) ? b : a;
  }

  private void apart(Patient whose, Decoder.Out out) {
    Map<Instant, List<Observation>> byTime = new LinkedHashMap<>();
    Map<Instant, Instant> revisions = new LinkedHashMap<>();
    for (int i = 0; i < times.size(); i++) {
      byTime.computeIfAbsent(times.get(i), t -> new ArrayList<>()).add(observations.get(i));
      Instant revision = later(revisions.get(times.get(i)), issued.get(i));
      if (revision != null) {
        revisions.put(times.get(i), revision);
      }
    }
    byTime.forEach(
        (time, values) -> out.panel(panel(whose, time, revisions.get(time), values.toArray(NONE))));
  }

  private Panel panel(
      Patient whose, Instant time, @Nullable Instant revision, Observation[] values) {
    return new Panel(
        whose.key(),
        encounter,
        place.facility(),
        place.ward(),
        place.bed(),
        time,
        revision,
        reading.received(),
        reading.profile().feed(),
        whose.identifiers(),
        values);
  }

  /**
   * PID-7 and PID-8 as a panel at 00:00 UTC of the birth date, so that both are known at every
   * later moment; a sex without a birth date counts from when it was sent.
   */
  private @Nullable Panel birth(Patient whose, Er7Segment pid, @Nullable Instant sent) {
    String date = Times.date(pid, pid.repetition(7, 1));
    Instant time = sent;
    List<Observation> values = new ArrayList<>(2);
    if (date != null) {
      time = LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC);
      values.add(Observation.coded(Demographic.BIRTH_DATE, date).withId(whose.key() + "#PID-7"));
    } else if (pid.has(7)) {
      String loinc = Demographic.BIRTH_DATE.loinc();
      reading
          .rejects()
          .add(RejectCode.IMPRECISE_TIME, reading.prefix() + "PID-7", null, loinc, null, sent);
    }
    String sex = null;
    try {
      sex = pid.text(8, 1);
    } catch (BadInputException e) {
      reading.rejects().add(e.code(), reading.prefix() + "PID-8");
    }
    if (sex != null && !sex.equals("U")) {
      if (time == null) {
        String loinc = Demographic.SEX.loinc();
        reading
            .rejects()
            .add(RejectCode.NO_TIME, reading.prefix() + "MSH-7", null, loinc, null, null);
      } else {
        values.add(sex(sex).withId(whose.key() + "#PID-8"));
      }
    }
    return values.isEmpty() || time == null ? null : panel(whose, time, sent, values.toArray(NONE));
  }

  /** HL7 table 0001: what the models don't know stays as sent for the code map. */
  private static Observation sex(String sent) {
    boolean known = sent.equals("F") || sent.equals("M");
    return new Observation(
        Demographic.SEX.loinc(),
        Double.NaN,
        known ? sent : null,
        null,
        Observation.Status.FINAL,
        null,
        null,
        null,
        known ? null : sent,
        null,
        null,
        Double.NaN,
        Double.NaN,
        null,
        null,
        0);
  }
}
