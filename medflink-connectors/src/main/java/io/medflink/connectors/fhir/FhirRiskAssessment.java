// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static io.medflink.connectors.fhir.FhirReferences.OWN;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.connectors.formats.ObservationFields;
import io.medflink.connectors.formats.StrictJson;
import io.medflink.connectors.formats.Words;
import io.medflink.core.BadInputException;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.jspecify.annotations.Nullable;

/**
 * Writes each {@link RiskAssessment} as a FHIR R4 RiskAssessment in JSON.
 *
 * <p>The id is a digest of patient, stay, model and time, so that a later revision, and a replay,
 * is the same resource. The level is {@code qualitativeRisk} by our own codes, and by HL7's
 * risk-probability where it has the word; where the unknown inputs allow several it is {@code
 * UNKNOWN} with both ends as text. The interval of each figure is the extension {@code
 * urn:medflink:prediction}, a Range; those that are told to be probabilities are {@code
 * probabilityDecimal} or {@code probabilityRange} in percent too. The missing inputs and the reason
 * are notes.
 *
 * <p>Source: HL7 FHIR R4 (4.0.1), RiskAssessment.
 */
public final class FhirRiskAssessment implements SerializationSchema<RiskAssessment> {
  private static final long serialVersionUID = 1;
  private static final String RISK = "http://terminology.hl7.org/CodeSystem/risk-probability";

  private final FhirReferences references;
  private final Set<String> probabilities;

  /** Identifiers' systems are {@code urn:medflink:authority:…}; no figure is a probability. */
  public FhirRiskAssessment() {
    this(new FhirReferences(Map.of()), new HashSet<>());
  }

  private FhirRiskAssessment(FhirReferences references, Set<String> probabilities) {
    this.references = references;
    this.probabilities = probabilities;
  }

  /** The same with the URI of an authority's identifiers. */
  public FhirRiskAssessment withSystem(String authority, String system) {
    return new FhirRiskAssessment(references.with(authority, system), probabilities);
  }

  /** The same where a model's output (of the unit {@code 1}) is a probability. */
  public FhirRiskAssessment withProbability(String model, String output) {
    Set<String> more = new HashSet<>(probabilities);
    more.add(model + " " + output);
    return new FhirRiskAssessment(references, more);
  }

  /**
   * The resource as one line.
   *
   * @throws BadInputException {@code NO_PATIENT_ID}, {@code IMPOSSIBLE_VALUE} for an infinite
   *     figure
   */
  @Override
  public byte[] serialize(RiskAssessment assessment) {
    return StrictJson.write(json -> write(json, assessment, true));
  }

  /** The same as it stands on a server, which gives ids of its own. */
  void updates(RiskAssessment a, Consumer<FhirUpdate> out) {
    byte[] resource = StrictJson.write(json -> write(json, a, false));
    out.accept(new FhirUpdate("RiskAssessment", OWN + "assessment", id(a), resource));
  }

  private static String id(RiskAssessment a) {
    return FhirReferences.id(a.patientId(), a.encounter(), a.model(), a.time());
  }

  private void write(JsonGenerator json, RiskAssessment a, boolean withId) throws IOException {
    json.writeStartObject();
    json.writeStringField("resourceType", "RiskAssessment");
    FhirReferences.identity(json, OWN + "assessment", id(a), withId);
    json.writeStringField("status", Words.word(a.status()));
    json.writeObjectFieldStart("method");
    json.writeArrayFieldStart("coding");
    FhirReferences.coding(json, OWN + "model", a.version(), a.model());
    json.writeEndArray();
    json.writeEndObject();
    references.patient(json, "subject", a.patientId());
    references.encounter(json, a.patientId(), a.encounter());
    json.writeStringField("occurrenceDateTime", a.time().toString());
    json.writeArrayFieldStart("prediction");
    for (int i = 0; i < a.predictions().length; i++) {
      prediction(json, a, a.predictions()[i], i == 0);
    }
    if (a.predictions().length == 0) {
      json.writeStartObject();
      level(json, a);
      json.writeEndObject();
    }
    json.writeEndArray();
    notes(json, a);
    json.writeEndObject();
  }

  private void prediction(JsonGenerator json, RiskAssessment a, Prediction p, boolean primary)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("extension");
    json.writeStartObject();
    json.writeStringField("url", OWN + "prediction");
    range(json, "valueRange", p, 1, null);
    json.writeEndObject();
    json.writeEndArray();
    FhirReferences.concept(json, "outcome", OWN + "output", p.name());
    if (probabilities.contains(a.model() + " " + p.name())) {
      if (p.low() == p.high()) {
        FhirReferences.decimal(json, "probabilityDecimal", percent(p.low()), p.name());
      } else {
        range(json, "probabilityRange", p, 100, "%");
      }
    }
    if (primary) {
      level(json, a);
    }
    json.writeEndObject();
  }

  /** In percent, without the digits that binary fractions add. */
  private static double percent(double probability) {
    return Math.rint(probability * 1e14) / 1e12;
  }

  private static void range(
      JsonGenerator json, String name, Prediction p, int factor, @Nullable String unit)
      throws IOException {
    json.writeObjectFieldStart(name);
    bound(json, "low", factor == 1 ? p.low() : percent(p.low()), unit, p.name());
    bound(json, "high", factor == 1 ? p.high() : percent(p.high()), unit, p.name());
    json.writeEndObject();
  }

  private static void bound(
      JsonGenerator json, String name, double value, @Nullable String unit, String field)
      throws IOException {
    json.writeObjectFieldStart(name);
    FhirReferences.decimal(json, "value", value, field);
    if (unit != null) {
      json.writeStringField("system", ObservationFields.UCUM);
      json.writeStringField("code", unit);
    }
    json.writeEndObject();
  }

  private static void level(JsonGenerator json, RiskAssessment a) throws IOException {
    json.writeObjectFieldStart("qualitativeRisk");
    json.writeArrayFieldStart("coding");
    FhirReferences.coding(json, OWN + "risk-level", null, a.level().name());
    String word =
        switch (a.level()) {
          case LOW -> "low";
          case MEDIUM -> "moderate";
          case HIGH -> "high";
          case UNKNOWN, LOW_MEDIUM -> "";
        };
    if (!word.isEmpty()) {
      FhirReferences.coding(json, RISK, null, word);
    }
    json.writeEndArray();
    if (a.level() == RiskLevel.UNKNOWN && a.levelLow() != a.levelHigh()) {
      json.writeStringField("text", a.levelLow() + " to " + a.levelHigh());
    }
    json.writeEndObject();
  }

  private static void notes(JsonGenerator json, RiskAssessment a) throws IOException {
    boolean reason = a.reason() != null && !a.reason().isBlank();
    if (a.missing().length == 0 && !reason) {
      return;
    }
    json.writeArrayFieldStart("note");
    if (a.missing().length > 0) {
      note(json, "Unknown: " + String.join(", ", a.missing()));
    }
    if (a.reason() != null && reason) {
      note(json, a.reason());
    }
    json.writeEndArray();
  }

  private static void note(JsonGenerator json, String text) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", text);
    json.writeEndObject();
  }
}
