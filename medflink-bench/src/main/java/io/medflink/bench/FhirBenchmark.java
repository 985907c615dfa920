// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medflink.connectors.fhir.FhirJson;
import io.medflink.connectors.fhir.FhirXml;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one Observation of FHIR cost, from bytes to patient, code, value, unit and time? {@code
 * java -jar medflink-bench/target/benchmarks.jar FhirBenchmark -prof gc}.
 *
 * <p>{@code medflink} gives the whole panel, HAPI FHIR its resource, Jackson records of the five
 * fields; each then hands out the same five. {@value #MESSAGES} distinct messages.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FhirBenchmark {
  static final int MESSAGES = 4096;

  /** The five fields. */
  public record Read(String patient, String code, double value, String unit, long time) {}

  /** An Observation as Jackson binds it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Bound(
      Concept code, Reference subject, String effectiveDateTime, Quantity valueQuantity) {}

  /** A CodeableConcept. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Concept(List<Coding> coding) {}

  /** A Coding. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Coding(String system, String code) {}

  /** A Reference. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Reference(String reference) {}

  /** A Quantity. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Quantity(double value, String code) {}

  private final byte[][] json = new byte[MESSAGES][];
  private final byte[][] xml = new byte[MESSAGES][];
  private final Decoder fhirJson = new FhirJson().withFallbackToResourceId();
  private final Decoder fhirXml = new FhirXml().withFallbackToResourceId();
  private final IParser hapiJson;
  private final IParser hapiXml;
  private final ObjectReader databind = new JsonMapper().readerFor(Bound.class);
  private int next;

  /** Makes the messages, each twice. */
  public FhirBenchmark() {
    FhirContext r4 = FhirContext.forR4();
    hapiJson = r4.newJsonParser();
    hapiXml = r4.newXmlParser();
    for (int i = 0; i < MESSAGES; i++) {
      String text =
          """
          {"resourceType":"Observation","id":"obs-%d","meta":{"lastUpdated":"2026-11-24T08:00:01Z"},\
          "status":"final","category":[{"coding":[{"system":\
          "http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs",\
          "display":"Vital Signs"}]}],"code":{"coding":[{"system":"http://loinc.org",\
          "code":"8867-4","display":"Heart rate"}],"text":"Heart rate"},\
          "subject":{"reference":"Patient/p%d"},"encounter":{"reference":"Encounter/e%d"},\
          "effectiveDateTime":"2026-11-24T08:%02d:%02dZ","issued":"2026-11-24T08:00:01.000Z",\
          "valueQuantity":{"value":%d.%d,"unit":"beats/minute",\
          "system":"http://unitsofmeasure.org","code":"/min"}}"""
              .formatted(i, i % 100, i % 300, i / 60 % 60, i % 60, 40 + i % 120, i % 10);
      json[i] = text.getBytes(UTF_8);
      xml[i] = hapiXml.encodeResourceToString(hapiJson.parseResource(text)).getBytes(UTF_8);
    }
  }

  /** This project, JSON. */
  @Benchmark
  public Read medflinkJson() {
    return medflink(fhirJson, json[next++ & (MESSAGES - 1)]);
  }

  /** This project, XML. */
  @Benchmark
  public Read medflinkXml() {
    return medflink(fhirXml, xml[next++ & (MESSAGES - 1)]);
  }

  /** HAPI FHIR, JSON. */
  @Benchmark
  public Read hapiJson() {
    return hapi(hapiJson, json[next++ & (MESSAGES - 1)]);
  }

  /** HAPI FHIR, XML. */
  @Benchmark
  public Read hapiXml() {
    return hapi(hapiXml, xml[next++ & (MESSAGES - 1)]);
  }

  /** Jackson databind to records. */
  @Benchmark
  public Read jacksonDatabind() throws IOException {
    return jackson(json[next++ & (MESSAGES - 1)]);
  }

  /** The message by each reader in the order of the methods above. */
  List<Read> all(int message) throws IOException {
    return List.of(
        medflink(fhirJson, json[message]),
        medflink(fhirXml, xml[message]),
        hapi(hapiJson, json[message]),
        hapi(hapiXml, xml[message]),
        jackson(json[message]));
  }

  private static Read medflink(Decoder decoder, byte[] message) {
    Panel[] read = new Panel[1];
    decoder.decode(
        new Message(message, null, null),
        Decoder.Out.of(
            panel -> read[0] = panel,
            movement -> {},
            ignored -> {},
            rejected -> {
              throw new IllegalStateException("refused");
            }));
    Observation o = read[0].observations()[0];
    String patient = read[0].patientId();
    return new Read(
        patient.substring(patient.indexOf('|') + 1),
        String.valueOf(o.code()),
        o.value(),
        String.valueOf(o.unit()),
        read[0].time().toEpochMilli());
  }

  private static Read hapi(IParser parser, byte[] message) {
    var o =
        parser.parseResource(org.hl7.fhir.r4.model.Observation.class, new String(message, UTF_8));
    return new Read(
        o.getSubject().getReferenceElement().getIdPart(),
        o.getCode().getCodingFirstRep().getCode(),
        o.getValueQuantity().getValue().doubleValue(),
        o.getValueQuantity().getCode(),
        o.getEffectiveDateTimeType().getValue().toInstant().toEpochMilli());
  }

  private Read jackson(byte[] message) throws IOException {
    Bound o = databind.readValue(message);
    String patient = o.subject().reference();
    return new Read(
        patient.substring(patient.indexOf('/') + 1),
        o.code().coding().get(0).code(),
        o.valueQuantity().value(),
        o.valueQuantity().code(),
        OffsetDateTime.parse(o.effectiveDateTime()).toInstant().toEpochMilli());
  }
}
