// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How what is written refers to patients and stays: by id where the key is {@code Patient|id}, as
 * read from one server, else by identifier.
 *
 * @param systems the identifiers' URIs by authority
 */
record FhirReferences(Map<String, String> systems) implements Serializable {
  /** What stands before names of ours where FHIR wants a URI. */
  static final String OWN = "urn:medflink:";

  private static final String BY_ID = "Patient|";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

  FhirReferences with(String authority, String system) {
    Map<String, String> more = new LinkedHashMap<>(systems);
    more.put(authority, system);
    return new FhirReferences(more);
  }

  private static boolean isById(String patientId) {
    return patientId.startsWith(BY_ID) && ID.matcher(patientId.substring(BY_ID.length())).matches();
  }

  /** Writes the reference to a patient. */
  void patient(JsonGenerator json, String name, String patientId) throws IOException {
    int bar = patientId.indexOf('|');
    if (bar < 1 || bar == patientId.length() - 1) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, "patientId");
    }
    json.writeObjectFieldStart(name);
    if (isById(patientId)) {
      json.writeStringField("reference", "Patient/" + patientId.substring(BY_ID.length()));
    } else {
      String authority = patientId.substring(0, bar);
      String system = systems.getOrDefault(authority, OWN + "authority:" + authority);
      identifier(json, "Patient", system, patientId.substring(bar + 1));
    }
    json.writeEndObject();
  }

  /** Writes the reference to a stay, if there is one. */
  void encounter(JsonGenerator json, String patientId, @Nullable String encounter)
      throws IOException {
    if (encounter == null || encounter.isBlank()) {
      return;
    }
    json.writeObjectFieldStart("encounter");
    if (isById(patientId) && ID.matcher(encounter).matches()) {
      json.writeStringField("reference", "Encounter/" + encounter);
    } else {
      identifier(json, "Encounter", OWN + "encounter", encounter);
    }
    json.writeEndObject();
  }

  static void identifier(JsonGenerator json, String type, String system, String value)
      throws IOException {
    json.writeStringField("type", type);
    json.writeObjectFieldStart("identifier");
    json.writeStringField("system", system);
    json.writeStringField("value", value);
    json.writeEndObject();
  }

  /**
   * An id that is the same for the same parts: 64 hex digits of SHA-256, as long as FHIR allows.
   */
  static String id(@Nullable Object... parts) {
    StringBuilder all = new StringBuilder();
    for (Object part : parts) {
      String text = String.valueOf(part);
      all.append(part == null ? -1 : text.length()).append(':').append(part == null ? "" : text);
    }
    return BadInputException.sha256(all.toString());
  }

  /** Writes what a resource is known by: its identifier and, where it brings one, its id. */
  static void identity(JsonGenerator json, String system, String id, boolean withId)
      throws IOException {
    if (withId) {
      json.writeStringField("id", id);
    }
    identifiers(json, system, id);
  }

  static void identifiers(JsonGenerator json, String system, String value) throws IOException {
    json.writeArrayFieldStart("identifier");
    json.writeStartObject();
    json.writeStringField("system", system);
    json.writeStringField("value", value);
    json.writeEndObject();
    json.writeEndArray();
  }

  /** Writes a concept of one coding. */
  static void concept(JsonGenerator json, String name, String system, String code)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeArrayFieldStart("coding");
    coding(json, system, null, code);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes a coding of a list. */
  static void coding(JsonGenerator json, String system, @Nullable String version, String code)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("system", system);
    if (version != null) {
      json.writeStringField("version", version);
    }
    json.writeStringField("code", code);
    json.writeEndObject();
  }

  /**
   * Writes a number as a decimal.
   *
   * @throws BadInputException {@code IMPOSSIBLE_VALUE} for an infinite one
   */
  static void decimal(JsonGenerator json, String name, double value, String field)
      throws IOException {
    if (!Double.isFinite(value)) {
      throw new BadInputException(RejectCode.IMPOSSIBLE_VALUE, field);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      json.writeNumberField(name, (long) value);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
