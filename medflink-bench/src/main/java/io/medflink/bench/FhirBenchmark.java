// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import io.medflink.connectors.fhir.FhirJson;
import io.medflink.connectors.fhir.FhirXml;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import java.io.IOException;
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
 * What does one Observation of FHIR cost, from bytes to a panel? {@code java -jar
 * medflink-bench/target/benchmarks.jar FhirBenchmark -prof gc}; for ratios {@link DecoderRatios}.
 *
 * <p>All give equal panels: HAPI FHIR from its resource, Jackson from records bound to the fields
 * that are needed. {@code jacksonFive} only binds patient, time (as text), code, value and unit: a
 * lower bound of what it costs. {@value #MESSAGES} distinct messages of one form.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FhirBenchmark {
  static final int MESSAGES = 4_096;

  /** More than are remembered. */
  private static final int UNLIKE = 16_384;

  private final byte[][] unlike = new byte[UNLIKE][];
  private final Decoder fhirUnlike = new FhirJson().withFallbackToResourceId();
  private int unlikeNext;
  private final byte[][] json = new byte[MESSAGES][];
  private final byte[][] xml = new byte[MESSAGES][];
  private final Decoder fhirJson = new FhirJson().withFallbackToResourceId();
  private final Decoder fhirXml = new FhirXml().withFallbackToResourceId();
  private final IParser hapiJson;
  private final IParser hapiXml;
  private final Panel[] read = new Panel[1];
  private final Decoder.Out out =
      Decoder.Out.of(
          panel -> read[0] = panel,
          movement -> {},
          ignored -> {},
          rejected -> {
            throw new IllegalStateException(rejected.toString());
          });
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
    for (int i = 0; i < UNLIKE; i++) {
      String bits = Integer.toBinaryString(UNLIKE + i).replace("0", "[],").replace("1", "0,");
      unlike[i] =
          new String(json[i % MESSAGES], UTF_8)
              .replace("\"text\":\"Heart rate\"", "\"extra\":[" + bits + "0]")
              .getBytes(UTF_8);
    }
  }

  private int next() {
    next = (next + 1) % MESSAGES;
    return next;
  }

  /** This project, JSON. */
  @Benchmark
  public Panel medflinkJson() {
    return medflinkJson(next());
  }

  Panel medflinkJson(int message) {
    fhirJson.decode(new Message(json[message], null, null), out);
    return read[0];
  }

  /** This project, XML. */
  @Benchmark
  public Panel medflinkXml() {
    return medflinkXml(next());
  }

  Panel medflinkXml(int message) {
    fhirXml.decode(new Message(xml[message], null, null), out);
    return read[0];
  }

  /** HAPI FHIR, JSON. */
  @Benchmark
  public Panel hapiJson() {
    return hapiJson(next());
  }

  Panel hapiJson(int message) {
    return FhirByOthers.hapi(hapiJson, json[message]);
  }

  /** HAPI FHIR, XML. */
  @Benchmark
  public Panel hapiXml() {
    return hapiXml(next());
  }

  Panel hapiXml(int message) {
    return FhirByOthers.hapi(hapiXml, xml[message]);
  }

  /** Jackson databind to records. */
  @Benchmark
  public Panel jackson() throws IOException {
    return jackson(next());
  }

  Panel jackson(int message) throws IOException {
    return FhirByOthers.jackson(json[message]);
  }

  /** Jackson's streaming parser. */
  @Benchmark
  public Panel tokens() throws IOException {
    return tokens(next());
  }

  Panel tokens(int message) throws IOException {
    return FhirByTokens.read(json[message]);
  }

  /** fastjson2 to records. */
  @Benchmark
  public Panel fastjson() {
    return fastjson(next());
  }

  Panel fastjson(int message) {
    return FhirByOthers.fastjson(json[message]);
  }

  /** This project, where no message is of an earlier one's form. */
  @Benchmark
  public Panel unlike() {
    return unlike(next());
  }

  Panel unlike(int message) {
    fhirUnlike.decode(new Message(unlike[unlikeNext++ & (UNLIKE - 1)], null, null), out);
    return read[0];
  }

  /** Jackson databind to records of five fields. */
  @Benchmark
  public Object jacksonFive() throws IOException {
    return jacksonFive(next());
  }

  Object jacksonFive(int message) throws IOException {
    return FhirByOthers.jacksonFive(json[message]);
  }
}
