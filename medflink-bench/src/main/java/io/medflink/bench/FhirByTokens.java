// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medflink.core.Panel;
import java.io.IOException;
import java.time.OffsetDateTime;

/**
 * One Observation of FHIR by Jackson's streaming parser, made into a panel as one would by hand.
 */
final class FhirByTokens {
  private static final JsonFactory JSON = new JsonFactory();

  private String id = "";
  private String status = "";
  private String patient = "";
  private String encounter = "";
  private String time = "";
  private String issued = "";
  private String system = "";
  private String code = "";
  private double value;
  private String unit = "";
  private String unitSystem = "";
  private String unitCode = "";

  private FhirByTokens() {}

  static Panel read(byte[] message) throws IOException {
    FhirByTokens o = new FhirByTokens();
    try (JsonParser json = JSON.createParser(message)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        o.field(name, json);
      }
    }
    boolean loinc = o.system.equals("http://loinc.org");
    boolean ucum = o.unitSystem.equals("http://unitsofmeasure.org");
    return FhirByOthers.panel(
        o.patient.substring(o.patient.indexOf('/') + 1),
        o.encounter.substring(o.encounter.indexOf('/') + 1),
        OffsetDateTime.parse(o.time).toInstant(),
        OffsetDateTime.parse(o.issued).toInstant(),
        FhirByOthers.observation(
            o.id,
            o.status,
            loinc ? null : o.system,
            o.code,
            o.value,
            ucum ? o.unitCode : null,
            ucum ? null : o.unit));
  }

  private void field(String name, JsonParser json) throws IOException {
    switch (name) {
      case "id" -> id = json.getText();
      case "status" -> status = json.getText();
      case "effectiveDateTime" -> time = json.getText();
      case "issued" -> issued = json.getText();
      case "subject" -> patient = reference(json);
      case "encounter" -> encounter = reference(json);
      case "code" -> concept(json);
      case "valueQuantity" -> quantity(json);
      default -> json.skipChildren();
    }
  }

  private static String reference(JsonParser json) throws IOException {
    String reference = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals("reference");
      json.nextToken();
      if (wanted) {
        reference = json.getText();
      } else {
        json.skipChildren();
      }
    }
    return reference;
  }

  /** The first coding of a CodeableConcept. */
  private void concept(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals("coding");
      json.nextToken();
      if (!wanted) {
        json.skipChildren();
        continue;
      }
      for (int i = 0; json.nextToken() == JsonToken.START_OBJECT; i++) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          if (i == 0 && name.equals("system")) {
            system = json.getText();
          } else if (i == 0 && name.equals("code")) {
            code = json.getText();
          } else {
            json.skipChildren();
          }
        }
      }
    }
  }

  private void quantity(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "value" -> value = json.getDoubleValue();
        case "unit" -> unit = json.getText();
        case "system" -> unitSystem = json.getText();
        case "code" -> unitCode = json.getText();
        default -> json.skipChildren();
      }
    }
  }
}
