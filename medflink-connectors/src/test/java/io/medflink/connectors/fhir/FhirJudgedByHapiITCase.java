// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.formats.Shared;
import io.medflink.core.Decoder;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;

/** HAPI FHIR reads the same files: moments, codes, numbers and units must be the same. */
class FhirJudgedByHapiITCase {
  private static final FhirJson FHIR = new FhirJson().withFallbackToResourceId();

  private static final FhirXml FHIR_XML = new FhirXml().withFallbackToResourceId();
  private static final FhirContext R4 = FhirContext.forR4();

  private final List<String> ours = new ArrayList<>();
  private final List<String> theirs = new ArrayList<>();

  @Test
  void agreesOnSynthea() throws IOException {
    compare("data/fhir/synthea-bundles");
    assertThat(theirs).hasSize(1_391 + 1_402);
  }

  @Test
  void agreesOnSyntheaHiv() throws IOException {
    compare("data/fhir/synthea-hiv-bundles");
    assertThat(theirs).hasSize(330);
  }

  @Test
  void agreesOnTheExamplesOfTheStandard() throws IOException {
    compare("data/fhir/spec-r4");
    assertThat(theirs).isNotEmpty();
  }

  @Test
  void agreesOnTheExamplesOfTheStandardInXml() throws IOException {
    compare("data/fhir/spec-r4", ".xml", FHIR_XML, R4.newXmlParser());
    assertThat(theirs).isNotEmpty();
  }

  private void compare(String folder) throws IOException {
    compare(folder, ".json", FHIR, R4.newJsonParser());
  }

  private void compare(String folder, String extension, Decoder format, IParser hapi)
      throws IOException {
    hapi.setParserErrorHandler(new LenientErrorHandler(false));
    for (Path file : Shared.files(folder, extension)) {
      byte[] message = Files.readAllBytes(file);
      List<String> read = new ArrayList<>();
      for (Panel panel : Decoded.of(format, message).panels()) {
        for (Observation o : panel.observations()) {
          if (o.id() == null || !(o.id().endsWith("#birthDate") || o.id().endsWith("#gender"))) {
            read.add(
                told(
                    panel.time(), o.code() == null ? o.localCode() : o.code(), o.value(), unit(o)));
          }
        }
      }
      ours.addAll(read);
      if (!read.isEmpty()) {
        IBaseResource resource = hapi.parseResource(Files.readString(file));
        if (resource instanceof Bundle bundle) {
          bundle.getEntry().forEach(e -> judge(e.getResource()));
        } else {
          judge(resource);
        }
      }
    }
    assertThat(ours).containsExactlyElementsOf(theirs);
  }

  private static String unit(Observation o) {
    return o.unit() == null ? o.localUnit() : o.unit();
  }

  /** What the rules of the format leave of an Observation, by HAPI's reading. */
  private void judge(IBaseResource resource) {
    if (!(resource instanceof org.hl7.fhir.r4.model.Observation o)) {
      return;
    }
    boolean known =
        o.getSubject().getReference() != null
            && (o.getSubject().getReference().startsWith("Patient/")
                || o.getSubject().getReference().startsWith("urn:uuid:"));
    Instant time = time(o.getEffective());
    if (!known || time == null || "unknown".equals(o.getStatusElement().getValueAsString())) {
      return;
    }
    if (o.hasValue()) {
      judge(time, o.getCode(), o.getValue());
    } else if (o.getStatusElement().getValueAsString().matches("cancelled|entered-in-error")
        && !o.hasComponent()) {
      theirs.add(told(time, code(o.getCode()), Double.NaN, null));
    }
    for (var component : o.getComponent()) {
      if (component.hasValue()) {
        judge(time, component.getCode(), component.getValue());
      } else if (o.getStatusElement().getValueAsString().matches("cancelled|entered-in-error")) {
        theirs.add(told(time, code(component.getCode()), Double.NaN, null));
      }
    }
  }

  private void judge(Instant time, CodeableConcept code, Type value) {
    if (value instanceof Quantity q) {
      boolean ucum = "http://unitsofmeasure.org".equals(q.getSystem()) && q.hasCode();
      String unit = ucum || !q.hasUnit() ? q.getCode() : q.getUnit();
      theirs.add(told(time, code(code), q.getValue().doubleValue(), unit));
    } else {
      theirs.add(told(time, code(code), Double.NaN, null));
    }
  }

  private static Instant time(Type effective) {
    if (effective instanceof Period p) {
      return p.getEnd() == null ? null : p.getEnd().toInstant();
    }
    if (effective instanceof DateTimeType t && t.getValueAsString().contains("T")) {
      return t.getValue().toInstant();
    }
    return effective instanceof InstantType t ? t.getValue().toInstant() : null;
  }

  private static String code(CodeableConcept concept) {
    for (Coding coding : concept.getCoding()) {
      if ("http://loinc.org".equals(coding.getSystem())) {
        return coding.getCode();
      }
    }
    return concept.getCodingFirstRep().getCode();
  }

  private static String told(Instant time, String code, double value, String unit) {
    return time + " " + code + " " + value + " " + unit;
  }
}
