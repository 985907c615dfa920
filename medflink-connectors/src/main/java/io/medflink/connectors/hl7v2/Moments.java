// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.hl7v2.Names.Stay;
import io.medflink.core.Decoder;
import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The panels of one patient of a message: birth date and sex, one for each moment; his death. */
final class Moments {
  private static final Observation[] NONE = {};

  private Reading reading;
  private int results;
  private Observation[] observations = NONE;
  private int count;
  private @Nullable Instant time;
  private @Nullable Instant latest;

  /** Of each observation, once two of them are of different moments. */
  private Instant @Nullable [] times;

  private @Nullable Instant @Nullable [] issued;
  private @Nullable Patient patient;
  private @Nullable Panel birth;
  private @Nullable Instant died;
  private boolean test;
  private Place place = Place.NOWHERE;
  private @Nullable String encounter;

  Moments(Reading reading) {
    this.reading = reading;
  }

  /** Begins with a message of so many results. */
  void begin(Reading newReading, int itsResults) {
    reading = newReading;
    results = itsResults;
    place = Place.NOWHERE;
    encounter = null;
    forget();
  }

  /** Begins with a patient, and when he died; null where that isn't told. */
  void patient(Person person, @Nullable Instant death) {
    patient = person.patient();
    died = death;
    test = person.isTest();
    encounter = null;
    place = Place.NOWHERE;
    Instant since = person.since();
    birth = since == null ? null : panel(patient, since, reading.sent(), person.told());
  }

  /** Where the patient is, by PV1. */
  void stay(Er7Segment pv1) {
    Stay known = reading.names().stay(pv1);
    if (known == null) {
      encounter = null;
      place = Place.NOWHERE;
      place = reading.names().place(pv1, 3);
      encounter = pv1.text(19, 1);
      reading.names().keep(pv1, new Stay(place, encounter));
    } else {
      place = known.place();
      encounter = known.encounter();
    }
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
      if (died != null) {
        out.movement(death(whose, died));
      }
    }
    forget();
  }

  private void forget() {
    patient = null;
    birth = null;
    died = null;
    test = false;
    observations = NONE;
    count = 0;
    time = null;
    latest = null;
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

  private Movement death(Patient whose, Instant when) {
    return new Movement(
        Movement.Kind.DEATH,
        whose.key(),
        null,
        encounter,
        null,
        place.facility(),
        place.ward(),
        place.bed(),
        null,
        when,
        reading.sent(),
        reading.received(),
        reading.profile().feed());
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
}
