// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static io.medflink.connectors.fhir.FhirReferences.OWN;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.connectors.formats.StrictJson;
import io.medflink.core.Alert;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializationSchema;

/**
 * Writes each {@link Alert} as a FHIR R4 Flag in JSON.
 *
 * <p>A Flag, because an alert is an episode: it is active from its onset until it is cleared, or
 * was entered in error. A DetectedIssue has neither period nor activity. The episode's id is the
 * resource's, so that each step updates it. The step is the {@code code}, the priority the
 * extension flag-priority; a lost feed is a flag of a Device.
 *
 * <p>Source: HL7 FHIR R4 (4.0.1), Flag, extension flag-priority.
 */
public final class FhirFlag implements SerializationSchema<Alert> {
  private static final long serialVersionUID = 1;

  private final FhirReferences references;

  /** Identifiers' systems are {@code urn:medflink:authority:…}. */
  public FhirFlag() {
    this(new FhirReferences(Map.of()));
  }

  private FhirFlag(FhirReferences references) {
    this.references = references;
  }

  /** The same with the URI of an authority's identifiers. */
  public FhirFlag withSystem(String authority, String system) {
    return new FhirFlag(references.with(authority, system));
  }

  /**
   * The resource as one line.
   *
   * @throws BadInputException {@code NO_PATIENT_ID} when it is of neither a patient nor a feed
   */
  @Override
  public byte[] serialize(Alert alert) {
    return StrictJson.write(json -> write(json, alert, alert.id(), true));
  }

  /** The same as it stands on a server; what it replaces there was entered in error. */
  void updates(Alert alert, Consumer<FhirUpdate> out) {
    for (String id :
        alert.replaces() == null ? List.of(alert.id()) : List.of(alert.replaces(), alert.id())) {
      byte[] resource = StrictJson.write(json -> write(json, alert, id, false));
      out.accept(new FhirUpdate("Flag", OWN + "alert", id, resource));
    }
  }

  private void write(JsonGenerator json, Alert a, String id, boolean withId) throws IOException {
    boolean over = a.event() == Alert.Event.CLEARED || a.historical();
    boolean wrong = a.event() == Alert.Event.WITHDRAWN || !id.equals(a.id());
    json.writeStartObject();
    json.writeStringField("resourceType", "Flag");
    if (withId) {
      json.writeStringField("id", FhirReferences.id(id));
    }
    json.writeArrayFieldStart("extension");
    json.writeStartObject();
    json.writeStringField("url", "http://hl7.org/fhir/StructureDefinition/flag-priority");
    FhirReferences.concept(
        json,
        "valueCodeableConcept",
        "http://hl7.org/fhir/flag-priority-code",
        switch (a.priority()) {
          case LOW -> "PL";
          case MEDIUM -> "PM";
          case HIGH -> "PH";
        });
    json.writeEndObject();
    json.writeEndArray();
    FhirReferences.identifiers(json, OWN + "alert", id);
    json.writeStringField("status", wrong ? "entered-in-error" : over ? "inactive" : "active");
    json.writeArrayFieldStart("category");
    json.writeStartObject();
    json.writeArrayFieldStart("coding");
    FhirReferences.coding(
        json, "http://terminology.hl7.org/CodeSystem/flag-category", null, "clinical");
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    code(json, a);
    subject(json, a);
    json.writeObjectFieldStart("period");
    json.writeStringField("start", a.onset().toString());
    if (over || wrong) {
      json.writeStringField("end", a.time().toString());
    }
    json.writeEndObject();
    if (a.patientId() != null) {
      references.encounter(json, a.patientId(), a.encounter());
    }
    json.writeEndObject();
  }

  private static void code(JsonGenerator json, Alert a) throws IOException {
    json.writeObjectFieldStart("code");
    json.writeArrayFieldStart("coding");
    FhirReferences.coding(json, OWN + "alert-event", null, a.event().name());
    FhirReferences.coding(json, OWN + "risk-level", null, a.level().name());
    if (a.model() != null) {
      FhirReferences.coding(json, OWN + "model", null, a.model());
    }
    json.writeEndArray();
    if (a.why() != null && !a.why().isBlank()) {
      json.writeStringField("text", a.why());
    }
    json.writeEndObject();
  }

  private void subject(JsonGenerator json, Alert a) throws IOException {
    if (a.patientId() != null) {
      references.patient(json, "subject", a.patientId());
    } else if (a.feed() != null) {
      json.writeObjectFieldStart("subject");
      FhirReferences.identifier(json, "Device", OWN + "feed", a.feed());
      json.writeEndObject();
    } else {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, "patientId");
    }
  }
}
