// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.core.Demographic;
import io.medflink.core.Observation;
import io.medflink.core.RejectCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patient and what PID tells of him: birth date and sex, since 00:00 UTC of the birth date, so
 * that both are known at every later moment; a sex without a birth date since it was sent.
 *
 * @param profile by which the patient is known
 * @param since null where nothing is told
 * @param isTest whether the patient doesn't exist
 * @param isDead whether there is a time of death (PID-29) or the word that there was one (PID-30)
 */
record Person(
    Profile profile,
    Patient patient,
    @Nullable Instant since,
    Observation[] told,
    boolean isTest,
    boolean isDead) {
  private static final Observation[] NOTHING = {};

  /**
   * The patient of a PID, mostly as read before.
   *
   * @throws io.medflink.core.BadInputException {@code NO_PATIENT_ID}, {@code UNDECODABLE}; without
   *     a field
   */
  @SuppressWarnings("ReferenceEquality") // a feed has one profile
  static Person of(Er7Segment pid, Reading reading) {
    Names names = reading.names();
    Person known = names.person(pid);
    if (known != null && known.profile == reading.profile()) {
      return known;
    }
    Patient patient = Patient.of(pid, pid.has(3) ? 3 : 2, reading.profile(), names);
    if (reading.profile().isTestPatient(patient.key())) {
      return new Person(reading.profile(), patient, null, NOTHING, true, false);
    }
    Names.Birth birth = names.birth(pid);
    boolean born = birth.date() != null;
    if (!born && pid.has(7)) {
      String loinc = Demographic.BIRTH_DATE.loinc();
      reading.refuse(RejectCode.IMPRECISE_TIME, "PID-7", loinc, reading.sent());
    }
    String sex = reading.attempt(pid, 8);
    Instant since = born ? birth.start() : reading.sent();
    boolean gender = sex != null && !sex.equals("U");
    if (gender && since == null) {
      reading.refuse(RejectCode.NO_TIME, "MSH-7", Demographic.SEX.loinc(), null);
      gender = false;
    }
    Observation[] told = new Observation[(born ? 1 : 0) + (gender ? 1 : 0)];
    if (born) {
      told[0] = told(Demographic.BIRTH_DATE, birth.date(), null, patient.key().concat("#PID-7"));
    }
    if (sex != null && gender) {
      boolean inModels = sex.equals("F") || sex.equals("M");
      String id = patient.key().concat("#PID-8");
      told[told.length - 1] =
          told(Demographic.SEX, inModels ? sex : null, inModels ? null : sex, id);
    }
    since = told.length == 0 ? null : since;
    Person person = new Person(reading.profile(), patient, since, told, false, isDead(pid));
    if (born && (gender || !pid.has(8))) {
      names.keep(pid, person); // nothing of it is refused or depends on when it was sent
    }
    return person;
  }

  /** Whether there is a PID-29, or PID-30 is {@code Y}; what can't be read there says nothing. */
  static boolean isDead(Er7Segment pid) {
    long word = pid.trimmed(pid.first(30));
    int at = Er7Segment.start(word);
    return pid.has(29) || (Er7Segment.end(word) - at == 1 && pid.bytes()[at] == 'Y');
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

  /** How many values; never whose nor which. */
  @Override
  public String toString() {
    return "Person[" + told.length + " observations]";
  }
}
