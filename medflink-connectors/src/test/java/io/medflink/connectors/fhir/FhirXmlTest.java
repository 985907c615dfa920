// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.formats.Shared;
import io.medflink.core.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FhirXmlTest {
  private static final FhirXml FHIR = new FhirXml().withFallbackToResourceId();
  private static final String OBSERVATION =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- a comment --><Observation xmlns="http://hl7.org/fhir"><?target instruction?>
        <id value="o"/>
        <text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">80 &amp; so</div></text>
        <status value="final"/>
        <code><coding><system value="http://loinc.org"/><code value="8867-4"/></coding></code>
        <subject><reference value="Patient/7"/></subject>
        <effectiveDateTime value="2026-11-24T08:00:00Z"><extension url="x"><valueString value="y"/></extension></effectiveDateTime>
        <valueQuantity><value value="80.50"/><unit value="beats/min"/><system value="http://unitsofmeasure.org"/><code value="/min"/></valueQuantity>
        <interpretation><coding><code value="H"/></coding></interpretation>
      </Observation>
      """;

  private static Decoded decode(String xml) {
    return Decoded.of(FHIR, xml);
  }

  @Test
  void readsAnObservation() {
    Observation o = decode(OBSERVATION).observation();
    assertThat(o.code()).isEqualTo("8867-4");
    assertThat(o.value()).isEqualTo(80.5);
    assertThat(o.unit()).isEqualTo("/min");
    assertThat(o.flag()).isEqualTo("H");
    assertThat(o.id()).isEqualTo("o");
    byte[] wide = OBSERVATION.replace("UTF-8", "UTF-16").getBytes(UTF_16);
    assertThat(Decoded.of(FHIR, wide).observation()).isEqualTo(o);
    assertThat(decode("\uFEFF" + OBSERVATION).observation()).isEqualTo(o);
    String latin = OBSERVATION.replace("UTF-8", "ISO-8859-1").replace("and so", "\u00e9");
    assertThat(Decoded.of(FHIR, latin.getBytes(ISO_8859_1)).observation()).isEqualTo(o);
    assertThat(decode(OBSERVATION.replace("UTF-8", "UTF-7")).refusals())
        .containsExactly("UNDECODABLE null");
    String prefixed =
        OBSERVATION
            .replaceAll("<(/?)(?=[a-zA-Z])(?!div|/div)", "<$1f:")
            .replace("xmlns=\"http://hl7", "xmlns:f=\"http://hl7");
    assertThat(decode(prefixed).observation()).isEqualTo(o);
  }

  @ParameterizedTest
  @CsvSource({
    "'80.50',                     '80,5',                     UNDECODABLE valueQuantity.value",
    "'80.50',                     '+80',                      UNDECODABLE valueQuantity.value",
    "'80.50',                     '1e999',                    IMPOSSIBLE_VALUE valueQuantity.value",
    "'<value value=\"80.50\"/>',  '<value value=\"1\"/><value value=\"2\"/>', UNDECODABLE valueQuantity.value",
    "'<status value=\"final\"/>', '<status><extension url=\"x\"/></status>',  UNKNOWN_STATUS status",
    "'<subject>',                 '<focus><extension url=\"x\"/></focus><subject>', NO_PATIENT_ID focus",
    "'http://hl7.org/fhir',       'urn:other',                UNDECODABLE null",
    "'Observation',               'Nonsense',                 UNDECODABLE resourceType",
    "'<!-- a comment -->',        '<!DOCTYPE Observation>',   UNDECODABLE null",
    "'<!-- a comment -->',        '<!DOCTYPE x [<!ENTITY e \"80\">]>', UNDECODABLE null",
    "'Patient/7',                 '&nbsp;',                   UNDECODABLE null",
    "'</Observation>',            '</Observation>x',          UNDECODABLE null",
    "'</Observation>',            '',                         UNDECODABLE null",
  })
  void refusesWithTheFieldThatIsWrong(String part, String wrong, String refusal) {
    Decoded decoded = decode(OBSERVATION.replace(part, wrong));
    assertThat(decoded.refusals()).containsExactly(refusal);
    assertThat(decoded.panels()).isEmpty();
  }

  @Test
  void boundsDepthTextAndAttributes() {
    String deep = "<extension url=\"x\">".repeat(100) + "</extension>".repeat(100);
    assertThat(decode(OBSERVATION.replace("<id value=\"o\"/>", deep)).refusals())
        .containsExactly("TOO_LARGE null");
    String much = " a%d=\"1\"";
    StringBuilder attributes = new StringBuilder("<id");
    for (int i = 0; i < 1_000; i++) {
      attributes.append(much.formatted(i));
    }
    assertThat(decode(OBSERVATION.replace("<id value=\"o\"", attributes)).refusals())
        .containsExactly("TOO_LARGE null");
    String text = "Patient/" + "7".repeat(1_000_000);
    assertThat(decode(OBSERVATION.replace("Patient/7", text)).refusals())
        .containsExactly("TOO_LARGE null");
  }

  @Test
  void noAttackOfThePublicSuiteGivesAnything() throws IOException {
    for (Path file : Shared.files("security/vectors/xml-attacks", ".xml")) {
      Decoded decoded = Decoded.of(FHIR, Files.readAllBytes(file));
      assertThat(decoded.panels()).as(file.toString()).isEmpty();
      assertThat(decoded.rejects()).as(file.toString()).hasSize(1);
    }
  }

  @Test
  void neverThrowsWhateverTheBytes() {
    byte[] bytes = OBSERVATION.getBytes(UTF_8);
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      byte[] broken =
          Arrays.copyOf(bytes, i % 3 == 0 ? 1 + random.nextInt(bytes.length) : bytes.length);
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      Decoded decoded = Decoded.of(FHIR, broken);
      assertThat(decoded.panels().size() + decoded.rejects().size() + decoded.ignored().size())
          .isEqualTo(1);
    }
  }

  /** 40 MB of entries, decoded in 96 MB of heap: the message's bytes and one entry at a time. */
  @Test
  void memoryDoesNotGrowWithTheBundle() throws Exception {
    for (String format : List.of("json", "xml")) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx96m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LargeBundle.class.getName(),
                  format)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(said).as(format).isEqualTo("panels=60000 movements=0 rejected=0");
    }
  }
}
