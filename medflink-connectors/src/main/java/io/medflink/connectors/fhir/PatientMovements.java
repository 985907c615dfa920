// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.Movement;
import io.medflink.core.Movement.Kind;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Patient's merges ({@code link}) and death. */
final class PatientMovements {
  private final @Nullable String feed;
  private final @Nullable ZoneId zone;
  private final @Nullable Instant received;
  private final PatientKeys keys;
  private final Rejects rejects;

  PatientMovements(
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

  /** Adds what a Patient tells; links that aren't merges and patients alive tell nothing. */
  void read(Resource patient, List<Movement> movements) {
    FhirObject content = patient.content();
    for (FhirObject link : content.objects("link")) {
      String type = link.text("type");
      boolean retired = "replaced-by".equals(type);
      if (retired || "replaces".equals(type)) {
        try {
          movements.add(merge(patient, link, retired));
        } catch (BadInputException e) {
          rejects.add(e.code(), e.field());
        }
      }
    }
    try {
      String died = content.text("deceasedDateTime");
      if (died != null) {
        Instant at = IsoTime.moment(died, zone, content.at("deceasedDateTime"));
        movements.add(movement(Kind.DEATH, patient, keys.of(patient).key(), null, at));
      } else if (content.has("deceasedBoolean") && content.flag("deceasedBoolean")) {
        throw new BadInputException(RejectCode.NO_TIME, content.at("deceasedBoolean"));
      }
    } catch (BadInputException e) {
      rejects.add(e.code(), e.field());
    }
  }

  private Movement merge(Resource patient, FhirObject link, boolean retired) {
    FhirObject content = patient.content();
    Instant updated = ObservationPanels.lastUpdated(content, zone);
    if (updated == null) {
      throw new BadInputException(RejectCode.NO_TIME, content.at("meta.lastUpdated"));
    }
    FhirObject other = link.object("other");
    if (other == null) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, link.at("other"));
    }
    String here = keys.of(patient).key();
    String there = keys.referred(other, patient).key();
    return movement(Kind.MERGE, patient, retired ? there : here, retired ? here : there, updated);
  }

  private Movement movement(
      Kind kind, Resource patient, String key, @Nullable String other, Instant occurred) {
    return new Movement(
        kind,
        key,
        other,
        null,
        null,
        null,
        null,
        null,
        null,
        occurred,
        ObservationPanels.lastUpdated(patient.content(), zone),
        received,
        feed);
  }
}
