// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.ObservationFields;
import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.Demographic;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One Patient resource to one panel of birth date and sex. */
final class PatientPanels {
  private final @Nullable String feed;
  private final @Nullable ZoneId zone;
  private final @Nullable Instant received;
  private final PatientKeys keys;
  private final Rejects rejects;

  PatientPanels(
      @Nullable String feed,
      @Nullable ZoneId zone,
      @Nullable Instant received,
      PatientKeys keys,
      Rejects rejects) {
    this.feed = feed;
    this.zone = zone;
    this.received = received;
    this.keys = keys;
    this.rejects = rejects;
  }

  /**
   * Reads a Patient; null when it tells neither birth date nor sex.
   *
   * @throws BadInputException when none of it can be used
   */
  @Nullable Panel read(Resource resource) {
    FhirObject content = resource.content();
    String birthDate = content.text("birthDate");
    String gender = content.text("gender");
    String sex = "unknown".equals(gender) ? null : gender;
    if (birthDate == null && sex == null) {
      return null;
    }
    PatientKeys.Identity patient = keys.of(resource);
    Instant updated = ObservationPanels.lastUpdated(content, zone);
    String id = resource.id();
    List<Observation> observations = new ArrayList<>();
    Instant time = updated;
    if (birthDate != null && IsoTime.isDate(birthDate)) {
      // Both hold since birth: dated so, they are known at every later moment, however old.
      time = LocalDate.parse(birthDate).atStartOfDay().toInstant(ZoneOffset.UTC);
      observations.add(
          Observation.coded(Demographic.BIRTH_DATE, birthDate).withId(part(id, "birthDate")));
    } else if (birthDate != null) {
      String field = content.at("birthDate");
      String loinc = Demographic.BIRTH_DATE.loinc();
      rejects.add(RejectCode.IMPRECISE_TIME, field, null, loinc, null, updated);
    }
    if (sex != null && time == null) {
      String field = content.at("meta.lastUpdated");
      rejects.add(RejectCode.NO_TIME, field, null, Demographic.SEX.loinc(), null, null);
    } else if (sex != null) {
      observations.add(sex(sex).withId(part(id, "gender")));
    }
    return time == null || observations.isEmpty()
        ? null
        : new Panel(
            patient.key(),
            null,
            null,
            null,
            null,
            time,
            updated,
            received,
            feed,
            patient.identifiers(),
            observations.toArray(Observation[]::new));
  }

  private static @Nullable String part(@Nullable String id, String name) {
    return id == null ? null : id + "#" + name;
  }

  /** FHIR's {@code other} has no place in the models: it stays as sent for the code map. */
  private static Observation sex(String gender) {
    ObservationFields fields = new ObservationFields();
    fields.system = ObservationFields.LOINC;
    fields.code = Demographic.SEX.loinc();
    switch (gender) {
      case "female" -> fields.text = "F";
      case "male" -> fields.text = "M";
      default -> fields.localText = gender;
    }
    return fields.observation();
  }
}
