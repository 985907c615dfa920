// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.ObservationFields;
import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Method;
import io.medflink.core.Observation.Status;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Observation resource to one panel: its own value and those of its components. */
final class ObservationPanels {
  private static final String[] MOMENTS = {"effectiveDateTime", "effectiveInstant"};

  private final @Nullable String feed;
  private final @Nullable ZoneId zone;
  private final @Nullable Instant received;
  private final PatientKeys keys;
  private final EncounterIds encounters;
  private final Rejects rejects;

  ObservationPanels(
      @Nullable String feed,
      @Nullable ZoneId zone,
      @Nullable Instant received,
      PatientKeys keys,
      EncounterIds encounters,
      Rejects rejects) {
    this.feed = feed;
    this.zone = zone;
    this.received = received;
    this.keys = keys;
    this.encounters = encounters;
    this.rejects = rejects;
  }

  /**
   * Reads an Observation; null when it only groups others or each of its values is refused.
   *
   * @throws BadInputException when none of it can be used
   */
  @Nullable Panel read(Resource resource) {
    FhirObject content = resource.content();
    Status status = status(content);
    PatientKeys.Identity patient = keys.subjectOf(resource);
    Instant time = effective(content);
    Instant issued = issued(content);
    String encounter = encounters.of(content, "encounter");
    unmodified(content);
    List<Observation> observations = observations(resource, status, time);
    return observations.isEmpty()
        ? null
        : new Panel(
            patient.key(),
            encounter,
            null,
            null,
            null,
            time,
            issued,
            received,
            feed,
            patient.identifiers(),
            observations.toArray(Observation[]::new));
  }

  private List<Observation> observations(Resource resource, Status status, Instant time) {
    FhirObject content = resource.content();
    Method method = method(content);
    String id = resource.id();
    List<FhirObject> components = content.objects("component");
    List<Observation> observations = new ArrayList<>(components.size() + 1);
    boolean valued = FhirValues.isPresent(content);
    boolean groups = !components.isEmpty() || content.has("hasMember");
    if (valued || !groups) {
      add(content, id, status, method, time, observations);
    }
    Map<String, Integer> seen = components.isEmpty() ? Map.of() : new HashMap<>();
    for (FhirObject component : components) {
      String part = null;
      if (id != null) {
        String code = FhirValues.codeIn(component);
        int occurrence = seen.merge(code == null ? "" : code, 1, Integer::sum);
        part = id + "#" + (code == null ? "" : code) + (occurrence == 1 ? "" : "#" + occurrence);
      }
      add(component, part, status, method, time, observations);
    }
    return observations;
  }

  private void add(
      FhirObject object,
      @Nullable String id,
      Status status,
      @Nullable Method method,
      Instant time,
      List<Observation> observations) {
    ObservationFields fields = new ObservationFields();
    fields.id = id;
    fields.status = status;
    fields.method = method;
    try {
      unmodified(object);
      FhirValues.read(object, fields);
      observations.add(fields.observation());
    } catch (BadInputException e) {
      String unit = fields.localUnit == null ? fields.unit : fields.localUnit;
      rejects.add(e.code(), e.field(), fields.system, fields.code, unit, time);
    }
  }

  /**
   * FHIR: who doesn't know a modifier must not use the rest, for it may turn its meaning around.
   */
  static void unmodified(FhirObject object) {
    if (object.has("modifierExtension")) {
      throw new BadInputException(RejectCode.UNDECODABLE, object.at("modifierExtension"));
    }
  }

  private static Status status(FhirObject content) {
    String status = content.text("status");
    return switch (status == null ? "" : status) {
      case "registered", "preliminary" -> Status.PRELIMINARY;
      case "final" -> Status.FINAL;
      case "amended", "corrected" -> Status.CORRECTED;
      case "entered-in-error", "cancelled" -> Status.ENTERED_IN_ERROR;
      // FHIR's "unknown" too: it may be entered in error, so it is not used as true.
      default -> throw new BadInputException(RejectCode.UNKNOWN_STATUS, content.at("status"));
    };
  }

  private Instant effective(FhirObject content) {
    for (String name : MOMENTS) {
      String text = content.text(name);
      if (text != null) {
        return IsoTime.moment(text, zone, content.at(name));
      }
    }
    FhirObject period = content.object("effectivePeriod");
    if (period != null) {
      // What was seen over a period is known when it ends; one without an end goes on.
      String end = period.text("end");
      if (end == null) {
        throw new BadInputException(RejectCode.IMPRECISE_TIME, period.at("end"));
      }
      return IsoTime.moment(end, zone, period.at("end"));
    }
    if (content.has("effectiveTiming")) {
      throw new BadInputException(RejectCode.IMPRECISE_TIME, content.at("effectiveTiming"));
    }
    throw new BadInputException(RejectCode.NO_TIME, content.at("effective[x]"));
  }

  private @Nullable Instant issued(FhirObject content) {
    String issued = content.text("issued");
    return issued == null
        ? lastUpdated(content, zone)
        : IsoTime.moment(issued, zone, content.at("issued"));
  }

  static @Nullable Instant lastUpdated(FhirObject content, @Nullable ZoneId zone) {
    FhirObject meta = content.object("meta");
    String updated = meta == null ? null : meta.text("lastUpdated");
    return updated == null ? null : IsoTime.moment(updated, zone, content.at("meta.lastUpdated"));
  }

  private static @Nullable Method method(FhirObject content) {
    if (content.has("derivedFrom")) {
      return Method.DERIVED;
    }
    return content.has("device") ? Method.DEVICE : null;
  }
}
