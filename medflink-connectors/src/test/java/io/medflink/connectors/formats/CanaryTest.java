// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.fhir.FhirJson;
import io.medflink.connectors.fhir.FhirXml;
import io.medflink.connectors.hl7v2.Hl7v2;
import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strings in every field of valid and broken messages: none may show up in what people read. */
class CanaryTest {
  private static final String CANARY = "CANARY";

  private static final String PANEL =
      """
      {"patient_id":"CANARY","encounter":"CANARY","facility":"CANARY","ward":"CANARY",
       "bed":"CANARY","time":"2026-11-24T08:00:00Z","issued":"2026-11-24T08:00:00Z",
       "received":"2026-11-24T08:00:00Z","feed":"CANARY","identifiers":["CANARY"],
       "observations":[{"system":"CANARY","code":"CANARY","value":"CANARY","unit":"CANARY",
        "local_unit":"CANARY","local_value":"CANARY","status":"final","id":"CANARY",
        "comparator":"<","range":{"low":1,"high":2},"flag":"CANARY","method":"manual",
        "artefacts":["jump"]}]}
      """;

  private static final String FHIR =
      """
      {"resourceType":"Bundle","entry":[{"fullUrl":"CANARY","resource":
       {"resourceType":"Patient","id":"CANARY","birthDate":"1970-01-01","gender":"CANARY",
        "identifier":[{"system":"CANARY","value":"CANARY"}],"meta":{"lastUpdated":"2026"}}},
       {"resource":{"resourceType":"Observation","id":"CANARY","status":"final",
        "subject":{"reference":"Patient/CANARY"},"encounter":{"reference":"CANARY"},
        "effectiveDateTime":"2026-11-24T08:00:00Z",
        "code":{"coding":[{"system":"CANARY","code":"CANARY"}],"text":"CANARY"},
        "component":[{"code":{"text":"CANARY"},"valueString":"CANARY"},
         {"valueQuantity":{"value":1,"unit":"CANARY","comparator":"CANARY"}}],
        "valueCodeableConcept":{"coding":[{"code":"CANARY"}],"text":"CANARY"}}}]}
      """;

  private static final String FHIR_XML =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <Bundle xmlns="http://hl7.org/fhir"><entry><fullUrl value="CANARY"/><resource>
      <Patient id="CANARY"><id value="CANARY"/><birthDate value="1970-01-01"/>
      <gender value="CANARY"/><identifier><system value="CANARY"/></identifier>
      <link><type value="replaces"/><other><reference value="Patient/CANARY"/></other></link>
      </Patient></resource></entry><entry><resource><Encounter><status value="finished"/>
      <subject><reference value="Patient/CANARY"/></subject><period><start value="CANARY"/></period>
      <location><location><reference value="CANARY"/></location></location></Encounter></resource>
      </entry><entry><resource><Observation><status value="final"/><!--CANARY-->
      <subject><reference value="Patient/CANARY"/></subject><effectiveInstant value="CANARY"/>
      <valueString value="CANARY"/></Observation></resource></entry></Bundle>
      """;

  private static final String HL7 =
      "MSH|^~\\&|CANARY|CANARY|CANARY|CANARY|20261124080500+0000||ADT^A08|CANARY|P|2.5|||||||UTF-8\r"
          + "EVN||20261124080500+0000\rPID|1||CANARY^^^CANARY^CANARY||CANARY||19700301|CANARY\r"
          + "PV1|1|I|CANARY^CANARY^CANARY^CANARY||||||||||||||||CANARY\r"
          + "OBX|1|CWE|CANARY^CANARY^CANARY|CANARY|CANARY|CANARY|CANARY|CANARY|||F|||20261124080000+0000\r"
          + "OBX|2|NM|CANARY||CANARY|CANARY||||||CANARY|||CANARY\r";

  @Test
  void nothingOfAMessageIsSaidAboutIt() {
    PrintStream err = System.err;
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    List<String> said = new ArrayList<>();
    System.setErr(capture);
    System.setOut(capture);
    try {
      say(new MedflinkJson(), PANEL, said);
      say(new FhirJson().withFallbackToResourceId(), FHIR, said);
      say(new FhirJson(), FHIR, said);
      say(new FhirXml().withFallbackToResourceId(), FHIR_XML, said);
      say(new Hl7v2().withFallbackToSender(), HL7, said);
      say(new Hl7v2(), HL7, said);
    } finally {
      System.setErr(err);
      System.setOut(out);
    }
    said.add(printed.toString(StandardCharsets.UTF_8));
    assertThat(said).hasSizeGreaterThan(1_000).noneMatch(s -> s.contains(CANARY));
  }

  /** The message as it is, cut off everywhere, and with each character made another one. */
  private static void say(Decoder decoder, String message, List<String> said) {
    say(decoder, message.getBytes(StandardCharsets.UTF_8), said);
    for (int i = 0; i < message.length(); i++) {
      say(decoder, message.substring(0, i).getBytes(StandardCharsets.UTF_8), said);
      for (char wrong : new char[] {'"', '{', ']', '7', '\\', 'x'}) {
        String broken = message.substring(0, i) + wrong + message.substring(i + 1);
        say(decoder, broken.getBytes(StandardCharsets.UTF_8), said);
      }
    }
  }

  private static void say(Decoder decoder, byte[] bytes, List<String> said) {
    Message message = new Message(bytes, "a:1", null);
    said.add(message.toString());
    decoder.decode(
        message,
        Decoder.Out.of(
            panel -> said.add(panel.toString()),
            movement -> said.add(movement.toString()),
            said::add,
            rejected -> {
              said.add(rejected.toString());
              said.add(stackTrace(rejected));
            }));
  }

  private static String stackTrace(Rejected rejected) {
    StringWriter text = new StringWriter();
    new BadInputException(rejected.code(), rejected.field(), rejected.position(), rejected.sha256())
        .printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
