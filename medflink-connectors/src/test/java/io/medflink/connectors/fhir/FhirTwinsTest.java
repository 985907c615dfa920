// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.formats.Shared;
import io.medflink.core.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.junit.jupiter.api.Test;

/** The same resources in JSON and XML give the same records. */
class FhirTwinsTest {
  private static final FhirJson JSON =
      new FhirJson().withAuthority("urn:mrn", "mrn").withFallbackToResourceId();
  private static final FhirXml XML =
      new FhirXml().withAuthority("urn:mrn", "mrn").withFallbackToResourceId();
  private static final FhirContext R4 = FhirContext.forR4();

  private int compared;
  private int movements;
  private int panels;
  private final Set<String> keys = new TreeSet<>();

  @Test
  void agreeOnSyntheaConvertedByHapi() throws IOException {
    List<Path> files = Shared.files("data/fhir/synthea-bundles", ".json");
    for (Path file : files.subList(0, 2)) {
      convert(Files.readString(file));
    }
    assertThat(panels).isGreaterThan(150);
    assertThat(movements).isGreaterThan(40);
  }

  @Test
  void agreeOnReferencesWithinABundle() {
    convert(
        """
        {"resourceType":"Bundle","type":"collection","entry":[
        {"resource":{"resourceType":"Observation","id":"o","status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
         "subject":{"reference":"Patient/7"},"effectiveInstant":"2026-11-24T08:00:00.25-05:00",
         "valueInteger":80,"component":[{"code":{"text":"none"},
          "valueQuantity":{"value":1e-7,"comparator":"<","unit":"g"}}]}},
        {"resource":{"resourceType":"Patient","id":"7","gender":"female","birthDate":"1970-01-31",
         "identifier":[{"system":"urn:mrn","value":"42"}]}},
        {"resource":{"resourceType":"Encounter","id":"e","status":"finished",
         "subject":{"reference":"Patient/7"},"location":[{"location":{"reference":"Location/b"}}],
         "period":{"start":"2026-11-24T08:00:00Z","end":"2026-11-25"}}},
        {"resource":{"resourceType":"Location","id":"b","partOf":{"reference":"Location/w"},
         "physicalType":{"coding":[{"code":"bd"}]}}},
        {"resource":{"resourceType":"Location","id":"w","identifier":[{"value":"ICU"}],
         "physicalType":{"coding":[{"code":"wa"}]}}},
        {"request":{"method":"DELETE","url":"Patient/9"}}]}
        """);
    assertThat(panels).isEqualTo(2);
    assertThat(movements).isEqualTo(1);
    assertThat(keys).containsOnly("mrn|42");
  }

  @Test
  void agreeOnBulkFilesConvertedByHapi() throws IOException {
    for (Path file : Shared.files("data/fhir/ndjson", ".ndjson")) {
      List<String> lines = Files.readAllLines(file);
      for (String line : lines.subList(0, Math.min(30, lines.size()))) {
        convert(line);
      }
    }
    assertThat(movements).isGreaterThan(30);
  }

  @Test
  void agreeOnTheExamplesOfTheStandard() throws IOException {
    for (Path file : Shared.files("data/fhir/spec-r4", ".json")) {
      Path twin = file.resolveSibling(file.getFileName().toString().replace(".json", ".xml"));
      if (Files.exists(twin)) {
        assertTwins(file.toString(), Files.readAllBytes(file), Files.readAllBytes(twin));
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  private void convert(String json) {
    IParser parser = R4.newJsonParser().setParserErrorHandler(new LenientErrorHandler(false));
    IBaseResource resource;
    try {
      resource = parser.parseResource(json);
    } catch (DataFormatException e) {
      return;
    }
    byte[] twin = R4.newXmlParser().encodeResourceToString(resource).getBytes(UTF_8);
    byte[] again = R4.newJsonParser().encodeResourceToString(resource).getBytes(UTF_8);
    assertTwins("converted", again, twin);
  }

  private void assertTwins(String what, byte[] json, byte[] xml) {
    Decoded fromJson = Decoded.of(JSON, json);
    Decoded fromXml = Decoded.of(XML, xml);
    assertThat(fromXml.panels()).as(what).isEqualTo(fromJson.panels());
    assertThat(fromXml.movements()).as(what).isEqualTo(fromJson.movements());
    assertThat(fromXml.ignored()).as(what).isEqualTo(fromJson.ignored());
    assertThat(fromXml.refusals()).as(what).isEqualTo(fromJson.refusals());
    assertThat(fromXml.rejects().stream().map(Rejected::localCode).toList())
        .as(what)
        .isEqualTo(fromJson.rejects().stream().map(Rejected::localCode).toList());
    compared++;
    panels += fromJson.panels().size();
    fromXml.panels().forEach(panel -> keys.add(panel.patientId()));
    movements += fromJson.movements().size();
  }
}
