// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Demographic;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The panels of one patient of a message: birth date and sex, then one for each moment. */
final class Moments {
  private static final Observation[] NONE = {};

  private final Reading reading;
  private final int results;
  private Observation[] observations = NONE;
  private int count;
  private @Nullable Instant time;
  private @Nullable Instant latest;

  /** Of each observation, once two of them are of different moments. */
  private Instant @Nullable [] times;

  private @Nullable Instant @Nullable [] issued;
  private @Nullable Patient patient;
  private @Nullable Panel birth;
  private boolean test;
  private Place place = Place.NOWHERE;
  private @Nullable String encounter;

  Moments(Reading reading, int results) {
    this.reading = reading;
    this.results = results;
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

  void add(Instant moment, @Nullable Instant revision, Observation observation) {
    Instant first = time;
    if (first == null) {
      observations = new Observation[results];
      time = moment;
      latest = revision;
    } else if (times == null && !moment.equals(first)) {
      times = new Instant[observations.length];
      issued = new @Nullable Instant[observations.length];
      Arrays.fill(times, 0, count, first);
      Arrays.fill(issued, 0, count, latest);
    } else if (times == null) {
      latest = later(latest, revision);
    }
    if (times != null && issued != null) {
      times[count] = moment;
      issued[count] = revision;
    }
    observations[count++] = observation;
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
      Instant moment = time;
      if (times != null && issued != null) {
        apart(whose, times, issued, out);
      } else if (moment != null) {
        out.panel(panel(whose, moment, latest, all()));
      }
    }
    patient = null;
    birth = null;
    test = false;
    count = 0;
    time = null;
    times = null;
    issued = null;
  }

  /** Usually all results of the message, so that nothing is copied. */
  private Observation[] all() {
    if (count == observations.length) {
      return observations;
    }
    Observation[] all = new Observation[count];
    System.arraycopy(observations, 0, all, 0, count);
    return all;
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isAfter(a)) ? b : a;
  }

  private void apart(
      Patient whose, Instant[] moments, @Nullable Instant[] revisions, Decoder.Out out) {
    Map<Instant, List<Observation>> byTime = new LinkedHashMap<>();
    Map<Instant, Instant> newest = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      byTime.computeIfAbsent(moments[i], t -> new ArrayList<>()).add(observations[i]);
      Instant revision = later(newest.get(moments[i]), revisions[i]);
      if (revision != null) {
        newest.put(moments[i], revision);
      }
    }
    byTime.forEach(
        (moment, values) ->
            out.panel(panel(whose, moment, newest.get(moment), values.toArray(NONE))));
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
    Instant known = sent;
    List<Observation> values = new ArrayList<>(2);
    if (date != null) {
      known = Times.startOf(date);
      values.add(told(Demographic.BIRTH_DATE, date, null, whose.key().concat("#PID-7")));
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
      if (known == null) {
        String loinc = Demographic.SEX.loinc();
        reading
            .rejects()
            .add(RejectCode.NO_TIME, reading.prefix() + "MSH-7", null, loinc, null, null);
      } else {
        boolean inModels = sex.equals("F") || sex.equals("M");
        String id = whose.key().concat("#PID-8");
        values.add(told(Demographic.SEX, inModels ? sex : null, inModels ? null : sex, id));
      }
    }
    return values.isEmpty() || known == null
        ? null
        : panel(whose, known, sent, values.toArray(NONE));
  }

  /** What a person tells: a text that the models know, or one for the code map. */
  private static Observation told(
      Demographic type, @Nullable String text, @Nullable String local, String id) {
    return new Observation(
        type.loinc(),
        Double.NaN,
        text,
        null,
        Observation.Status.FINAL,
        null,
        null,
        null,
        local,
        id,
        null,
        Double.NaN,
        Double.NaN,
        null,
        null,
        0);
  }
}
