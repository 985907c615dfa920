// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import ca.uhn.fhir.parser.IParser;
import com.alibaba.fastjson2.JSON;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One Observation of FHIR as others read it, made into a panel as one would by hand. */
final class FhirByOthers {
  private static final String[] NONE = {};

  /** An Observation as Jackson binds it: what a panel needs of those in {@link FhirBenchmark}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Bound(
      String id,
      String status,
      Concept code,
      Reference subject,
      Reference encounter,
      String effectiveDateTime,
      String issued,
      Quantity valueQuantity) {}

  /** A CodeableConcept. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Concept(List<Coding> coding) {}

  /** A Coding. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Coding(String system, String code) {}

  /** A Reference. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Reference(String reference) {}

  /** A Quantity. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Quantity(double value, String unit, String system, String code) {}

  /** An Observation of five fields. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record BoundFive(
      FiveConcept code, Reference subject, String effectiveDateTime, FiveQuantity valueQuantity) {}

  /** A CodeableConcept of codes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record FiveConcept(List<FiveCoding> coding) {}

  /** A code. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record FiveCoding(String code) {}

  /** A number and its unit. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record FiveQuantity(double value, String code) {}

  private static final ObjectReader BOUND = new JsonMapper().readerFor(Bound.class);
  private static final ObjectReader BOUND_FIVE = new JsonMapper().readerFor(BoundFive.class);

  private FhirByOthers() {}

  static Panel jackson(byte[] message) throws IOException {
    return panel(BOUND.<Bound>readValue(message));
  }

  static Panel fastjson(byte[] message) {
    return panel(JSON.parseObject(message, Bound.class));
  }

  private static Panel panel(Bound o) {
    Coding coding = o.code.coding.get(0);
    Quantity quantity = o.valueQuantity;
    boolean loinc = coding.system.equals("http://loinc.org");
    boolean ucum = quantity.system.equals("http://unitsofmeasure.org");
    return panel(
        o.subject.reference.substring(o.subject.reference.indexOf('/') + 1),
        o.encounter.reference.substring(o.encounter.reference.indexOf('/') + 1),
        OffsetDateTime.parse(o.effectiveDateTime).toInstant(),
        OffsetDateTime.parse(o.issued).toInstant(),
        observation(
            o.id,
            o.status,
            loinc ? null : coding.system,
            coding.code,
            quantity.value,
            ucum ? quantity.code : null,
            ucum ? null : quantity.unit));
  }

  /** The least that a reader of heart rates would bind; the time as text. */
  static Object jacksonFive(byte[] message) throws IOException {
    return BOUND_FIVE.<BoundFive>readValue(message);
  }

  @SuppressWarnings("JavaUtilDate") // HAPI's
  static Panel hapi(IParser parser, byte[] message) {
    var o =
        parser.parseResource(
            org.hl7.fhir.r4.model.Observation.class,
            new String(message, java.nio.charset.StandardCharsets.UTF_8));
    var coding = o.getCode().getCodingFirstRep();
    var quantity = o.getValueQuantity();
    boolean loinc = coding.getSystem().equals("http://loinc.org");
    boolean ucum = quantity.getSystem().equals("http://unitsofmeasure.org");
    return panel(
        o.getSubject().getReferenceElement().getIdPart(),
        o.getEncounter().getReferenceElement().getIdPart(),
        o.getEffectiveDateTimeType().getValue().toInstant(),
        o.getIssued().toInstant(),
        observation(
            o.getIdElement().getIdPart(),
            o.getStatus().toCode(),
            loinc ? null : coding.getSystem(),
            coding.getCode(),
            quantity.getValue().doubleValue(),
            ucum ? quantity.getCode() : null,
            ucum ? null : quantity.getUnit()));
  }

  static Panel panel(
      String patient, String encounter, Instant time, Instant issued, Observation observation) {
    return new Panel(
        "Patient|" + patient,
        encounter,
        null,
        null,
        null,
        time,
        issued,
        null,
        null,
        NONE,
        new Observation[] {observation});
  }

  static Observation observation(
      String id,
      String status,
      @Nullable String system,
      String code,
      double value,
      @Nullable String unit,
      @Nullable String localUnit) {
    return new Observation(
        system == null ? code : null,
        value,
        null,
        unit,
        status(status),
        system,
        system == null ? null : code,
        localUnit,
        null,
        id,
        null,
        Double.NaN,
        Double.NaN,
        null,
        null,
        0);
  }

  private static Observation.Status status(String sent) {
    return switch (sent) {
      case "final" -> Observation.Status.FINAL;
      case "amended", "corrected" -> Observation.Status.CORRECTED;
      case "entered-in-error", "cancelled" -> Observation.Status.ENTERED_IN_ERROR;
      default -> Observation.Status.PRELIMINARY;
    };
  }
}
