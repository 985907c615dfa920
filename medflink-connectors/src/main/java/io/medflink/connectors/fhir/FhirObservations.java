// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static io.medflink.connectors.fhir.FhirReferences.OWN;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.ObservationFields;
import io.medflink.connectors.formats.StrictJson;
import io.medflink.connectors.formats.Words;
import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.jspecify.annotations.Nullable;

/**
 * Writes each {@link Panel} as a FHIR R4 transaction Bundle in JSON: an Observation for each value,
 * put under an id that is a digest of patient, stay, time and the value's identity, so that a
 * replay changes nothing and a correction changes the same resource. {@link FhirJson} reads it
 * back.
 *
 * <p>Codes are LOINC or {@code urn:medflink:code}, coded values {@code urn:medflink:value}; what is
 * not mapped is written as it was sent. An artefact is left to its consumers.
 *
 * <p>Source: HL7 FHIR R4 (4.0.1), Observation, Bundle.
 */
public final class FhirObservations implements SerializationSchema<Panel> {
  private static final long serialVersionUID = 1;

  private final FhirReferences references;

  /** Identifiers' systems are {@code urn:medflink:authority:…}. */
  public FhirObservations() {
    this(new FhirReferences(Map.of()));
  }

  private FhirObservations(FhirReferences references) {
    this.references = references;
  }

  /** The same with the URI of an authority's identifiers. */
  public FhirObservations withSystem(String authority, String system) {
    return new FhirObservations(references.with(authority, system));
  }

  /**
   * The bundle as one line.
   *
   * @throws BadInputException {@code NO_PATIENT_ID}, {@code IMPOSSIBLE_VALUE} for an infinite value
   */
  @Override
  public byte[] serialize(Panel panel) {
    return StrictJson.write(json -> write(json, panel));
  }

  /** The same as they stand on a server, which gives ids of its own. */
  void updates(Panel panel, Consumer<FhirUpdate> out) {
    for (int i = 0; i < panel.observations().length; i++) {
      Observation o = panel.observations()[i];
      String id = id(panel, o, i);
      String field = "observations[" + i + "]";
      byte[] resource =
          StrictJson.write(
              json -> {
                json.writeStartObject();
                observation(json, panel, o, id, field, false);
                json.writeEndObject();
              });
      out.accept(new FhirUpdate("Observation", OWN + "observation", id, resource));
    }
  }

  private void write(JsonGenerator json, Panel panel) throws IOException {
    json.writeStartObject();
    json.writeStringField("resourceType", "Bundle");
    json.writeStringField("type", "transaction");
    if (panel.observations().length > 0) {
      json.writeArrayFieldStart("entry");
      for (int i = 0; i < panel.observations().length; i++) {
        Observation o = panel.observations()[i];
        String id = id(panel, o, i);
        json.writeStartObject();
        json.writeObjectFieldStart("resource");
        observation(json, panel, o, id, "observations[" + i + "]", true);
        json.writeEndObject();
        json.writeObjectFieldStart("request");
        json.writeStringField("method", "PUT");
        json.writeStringField("url", "Observation/" + id);
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** Values without an identity are told apart by code and, of one code, by their position. */
  private static String id(Panel panel, Observation o, int position) {
    String code = o.code() == null ? o.localCode() : o.code();
    if (o.id() != null) {
      return FhirReferences.id(panel.patientId(), panel.feed(), o.id(), code);
    }
    int before = 0;
    for (int i = 0; i < position; i++) {
      Observation other = panel.observations()[i];
      String otherCode = other.code() == null ? other.localCode() : other.code();
      before += code != null && code.equals(otherCode) ? 1 : 0;
    }
    return FhirReferences.id(panel.patientId(), panel.encounter(), panel.time(), code, before);
  }

  private void observation(
      JsonGenerator json, Panel panel, Observation o, String id, String field, boolean withId)
      throws IOException {
    json.writeStringField("resourceType", "Observation");
    FhirReferences.identity(json, OWN + "observation", id, withId);
    json.writeStringField("status", Words.word(o.status()));
    code(json, o);
    references.patient(json, "subject", panel.patientId());
    references.encounter(json, panel.patientId(), panel.encounter());
    json.writeStringField("effectiveDateTime", panel.time().toString());
    if (panel.issued() != null) {
      json.writeStringField("issued", panel.issued().toString());
    }
    value(json, o, field);
    if (o.flag() != null) {
      json.writeArrayFieldStart("interpretation");
      json.writeStartObject();
      json.writeArrayFieldStart("coding");
      FhirReferences.coding(
          json,
          "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
          null,
          o.flag());
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
    }
    range(json, o, field);
  }

  private static void code(JsonGenerator json, Observation o) throws IOException {
    String code = o.code();
    String local = o.localCode();
    if (code != null) {
      boolean own = code.startsWith("medflink:");
      FhirReferences.concept(json, "code", own ? OWN + "code" : ObservationFields.LOINC, code);
    } else if (local != null) {
      String system = o.localSystem();
      FhirReferences.concept(json, "code", system == null ? OWN + "local" : system, local);
    } else {
      json.writeObjectFieldStart("code");
      json.writeStringField("text", "unknown");
      json.writeEndObject();
    }
  }

  private static void value(JsonGenerator json, Observation o, String field) throws IOException {
    String text = o.text() == null ? o.localText() : o.text();
    if (!Double.isNaN(o.value())) {
      json.writeObjectFieldStart("valueQuantity");
      quantity(json, o, o.value(), field, true);
      json.writeEndObject();
    } else if (text != null && IsoTime.isDate(text)) {
      json.writeStringField("valueDateTime", text);
    } else if (o.text() != null) {
      FhirReferences.concept(json, "valueCodeableConcept", OWN + "value", o.text());
    } else if (text != null) {
      json.writeStringField("valueString", text);
    } else {
      FhirReferences.concept(
          json,
          "dataAbsentReason",
          "http://terminology.hl7.org/CodeSystem/data-absent-reason",
          "unknown");
    }
  }

  private static void quantity(
      JsonGenerator json, Observation o, double value, String field, boolean compared)
      throws IOException {
    FhirReferences.decimal(json, "value", value, field + ".value");
    if (compared && o.comparator() != null) {
      json.writeStringField("comparator", o.comparator().symbol());
    }
    String unit = o.unit();
    String shown = unit == null ? o.localUnit() : unit;
    if (shown != null) {
      json.writeStringField("unit", shown);
    }
    if (unit != null) {
      json.writeStringField("system", ObservationFields.UCUM);
      json.writeStringField("code", unit);
    }
  }

  private static void range(JsonGenerator json, Observation o, String field) throws IOException {
    if (Double.isNaN(o.rangeLow()) && Double.isNaN(o.rangeHigh())) {
      return;
    }
    json.writeArrayFieldStart("referenceRange");
    json.writeStartObject();
    bound(json, "low", o, o.rangeLow(), field);
    bound(json, "high", o, o.rangeHigh(), field);
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void bound(
      JsonGenerator json, String name, Observation o, double value, @Nullable String field)
      throws IOException {
    if (!Double.isNaN(value)) {
      json.writeObjectFieldStart(name);
      quantity(json, o, value, field + ".range", false);
      json.writeEndObject();
    }
  }
}
