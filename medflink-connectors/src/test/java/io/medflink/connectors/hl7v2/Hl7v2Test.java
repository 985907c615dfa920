// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.connectors.formats.Decoded;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Demographic;
import io.medflink.core.Message;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Method;
import io.medflink.core.Observation.Status;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Hl7v2Test {
  private static final Hl7v2 HL7 =
      new Hl7v2().withFeed("lab").withAuthority("A", "mrn").withZone(ZoneId.of("Europe/Berlin"));
  private static final String MSH = "MSH|^~\\&|APP|FAC|||20261124090500||ORU^R01^ORU_R01|1|P|2.5.1";
  private static final String PID = "PID|1||77^^^B~12^^^A&1.2&ISO^MR~5^^^";
  private static final String OBR =
      "OBR|1|p|f9^LAB|x|||20261124083000|||||||||||||||20261124090000||LAB|F";
  private static final Instant TIME = Instant.parse("2026-11-24T07:00:00Z");

  @Test
  void readsAResult() {
    Panel panel =
        decode(
                MSH,
                PID,
                "PV1|1|I|3W^12^A^GH&9.8||||||||||||||||v1^^^V",
                OBR,
                "OBX|1|NM|8867-4^Heart rate^LN|s|88.5|/min^per minute^UCUM|60 -"
                    + " 100|H|||F|||20261124080000")
            .panel();
    assertThat(panel)
        .isEqualTo(
            new Panel(
                "mrn|12",
                "v1",
                "GH",
                "3W",
                "12/A",
                TIME,
                Instant.parse("2026-11-24T08:00:00Z"),
                null,
                "lab",
                new String[] {"mrn|12", "B|77"},
                new Observation[] {
                  new Observation(
                      "8867-4",
                      88.5,
                      null,
                      "/min",
                      Status.FINAL,
                      null,
                      null,
                      null,
                      null,
                      "f9|8867-4|s",
                      null,
                      60,
                      100,
                      "H",
                      null,
                      0)
                }));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "NM,      88,          88,   -,  -",
        "NM,      -.5,         -0.5, -,  -",
        "NM,      <15,         15,   <,  -",
        "NM,      >= 15,       15,   >=, -",
        "nm^^X,   +7.0,        7,    -,  -",
        "NM,      1e3,         NaN,  -,  1e3",
        "NM,      '5,1',       NaN,  -,  '5,1'",
        "NM,      see note,    NaN,  -,  see note",
        "NM,      120~118,     NaN,  -,  120~118",
        "NM,      <>5,         NaN,  -,  <>5",
        "'',      28,          28,   -,  -",
        "'',      <5,          5,    <,  -",
        "'',      Alert,       NaN,  -,  Alert",
        "SN,      <^15,        15,   <,  -",
        "SN,      ^182,        182,  -,  -",
        "SN,      =^16,        16,   -,  -",
        "SN,      >=^32,       32,   >=, -",
        "SN,      16,          16,   -,  -",
        "SN,      ^1^-^8,      NaN,  -,  ^1^-^8",
        "SN,      ^1^:^128,    NaN,  -,  ^1^:^128",
        "SN,      <>^1,        NaN,  -,  <>^1",
        "ST,      88,          NaN,  -,  88",
        "TX,      Salt & more, NaN,  -,  Salt & more",
        "FT,      a\\.br\\b,   NaN,  -,  'a\nb'",
        "IS,      V,           NaN,  -,  V",
        "ID,      Y,           NaN,  -,  Y",
        "CE,      V^Voice^L,   NaN,  -,  V",
        "CWE,     ^Voice,      NaN,  -,  Voice",
        "CWE,     ^^^W^Voice,  NaN,  -,  W",
        "CWE,     A^x~B^y,     NaN,  -,  A^x~B^y",
        "DT,      20261124,    NaN,  -,  2026-11-24",
        "XX,      ?,           NaN,  -,  ?",
      })
  void readsEachKindOfValue(
      String type, String sent, Double value, String comparator, String text) {
    Observation o = result("OBX|1|" + type + "|c^^L||" + sent + "||||||F|||20261124080000");
    assertThat(o.value()).isEqualTo(value);
    assertThat(o.comparator()).isEqualTo(Comparator.of(comparator));
    assertThat(o.localText()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "NM, 9007199254740993",
    "NM, 0.1",
    "NM, 123456789.123456789",
    "NM, 0.00000000000000000000000000001",
    "NM, 98765432109876543210.5",
  })
  void readsNumbersAsJavaDoes(String type, String sent) {
    assertThat(result("OBX|1|" + type + "|c^^L||" + sent + "||||||F|||20261124080000").value())
        .isEqualTo(Double.parseDouble(sent));
  }

  @ParameterizedTest
  @CsvSource({
    "F, FINAL",
    "C, CORRECTED",
    "P, PRELIMINARY",
    "R, PRELIMINARY",
    "I, PRELIMINARY",
    "D, ENTERED_IN_ERROR",
    "W, ENTERED_IN_ERROR",
    "X, ENTERED_IN_ERROR",
    "C^x^HL70085, CORRECTED"
  })
  void readsTheStatus(String sent, Status status) {
    assertThat(result("OBX|1|NM|c^^L||5||||||" + sent + "|||20261124080000").status())
        .isEqualTo(status);
  }

  @Test
  void takesTheOrdersStatusWhereTheResultHasNoneAndRefusesOthers() {
    assertThat(result("OBX|1|NM|c^^L||5|||||||||20261124080000").status()).isEqualTo(Status.FINAL);
    assertThat(
            decode(
                    MSH,
                    PID,
                    "OBX|1|NM|c^^L||5|||||||||20261124080000",
                    "OBX|2|NM|c^^L||5||||||unknown|||20261124080000",
                    "OBX|3|NM|c^^L||5||||||O|||20261124080000")
                .refusals())
        .containsExactly(
            "UNKNOWN_STATUS OBX[1]-11", "UNKNOWN_STATUS OBX[2]-11", "NO_VALUE OBX[3]-11");
  }

  @Test
  void whatComesWithoutAValueIsLeftToTheCodeMapAndADocumentRefused() {
    Observation empty = result("OBX|1|NM|c^^L||\"\"|mg||||||F|||20261124080000");
    assertThat(empty.value()).isNaN();
    assertThat(empty.localText()).isNull();
    assertThat(result("OBX|1|NM|c^^L||||||||W|||20261124080000").status())
        .isEqualTo(Status.ENTERED_IN_ERROR);
    Decoded decoded =
        decode(
            MSH,
            PID,
            OBR,
            "OBX|1|ED|d^^L||^AP^PDF^Base64^JVBE|mg|||||F|||20261124080000",
            "OBX|2|RP|d^^L||x||||||F|||20261124080000",
            "OBX|3|NM|e^^L||5||||||F|||20261124080000");
    assertThat(decoded.refusals()).containsExactly("NO_VALUE OBX[1]-5", "NO_VALUE OBX[2]-5");
    Rejected first = decoded.rejects().get(0);
    assertThat(first.localCode()).isEqualTo("d");
    assertThat(first.localSystem()).isEqualTo("L");
    assertThat(first.localUnit()).isEqualTo("mg");
    assertThat(first.time()).isEqualTo(TIME);
    assertThat(decoded.panels()).hasSize(1);
  }

  @Test
  void prefersLoincAndUcumAndKeepsWhatElseWasSent() {
    Observation o =
        result(
            "OBX|1|NM|K^Kalium^L^2823-3^Potassium^LN||5|mmol^x^L^mmol/L^y^UCUM|||||F|||20261124080000");
    assertThat(o.code()).isEqualTo("2823-3");
    assertThat(o.unit()).isEqualTo("mmol/L");
    Observation local = result("OBX|1|NM|K^Kalium^L^M7^x^M||5|MMOLL|||||F|||20261124080000");
    assertThat(local.code()).isNull();
    assertThat(local.localCode()).isEqualTo("K");
    assertThat(local.localSystem()).isEqualTo("L");
    assertThat(local.localUnit()).isEqualTo("MMOLL");
    assertThat(local.unit()).isNull();
    assertThat(result("OBX|1|NM|||5||||||F|||20261124080000").localCode()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "3.5 - 5.3,  3.5, 5.3",
    "133-146,    133, 146",
    "-2 - 2,     -2,  2",
    "<5,         NaN, 5",
    ">=60,       60,  NaN",
    "[ ],        NaN, NaN",
    "M 3-5,      NaN, NaN",
    "9 - 1,      NaN, NaN",
    "3 - 5 mg,   NaN, NaN",
  })
  void readsAReferenceRangeWhereItIsOne(String sent, Double low, Double high) {
    Observation o = result("OBX|1|NM|c^^L||4||" + sent + "||||F|||20261124080000");
    assertThat(o.rangeLow()).isEqualTo(low);
    assertThat(o.rangeHigh()).isEqualTo(high);
  }

  @Test
  void tellsHowAValueCameToBe() {
    String obx = "OBX|1|NM|c^^L||5||||||F|||20261124080000|||";
    assertThat(result(obx + "AMEAS^auto^MDC").method()).isEqualTo(Method.DEVICE);
    assertThat(result(obx + "MMEAS^manual^MDC").method()).isEqualTo(Method.MANUAL);
    assertThat(result(obx + "|monitor7").method()).isEqualTo(Method.DEVICE);
    assertThat(result(obx).method()).isNull();
    assertThat(result("OBX|1|NM|c^^L||5||||||V|||20261124080000").method())
        .isEqualTo(Method.VERIFIED);
  }

  @Test
  void theEventTimeIsWhenItWasMeasuredThenWhenTakenThenOrderedAndNeverWhenReported() {
    String spm = "SPM|1|||x|||||||||||||20261124081500";
    String bare = "OBX|1|NM|c^^L||5||||||F||||||||20261124085900";
    String reported = OBR.replace("20261124083000", "");
    assertThat(times(OBR, bare + "\rOBX|2|NM|c^^L||5||||||F|||20261124080000"))
        .containsExactly("2026-11-24T07:30:00Z", "2026-11-24T07:00:00Z");
    assertThat(times(OBR, bare, spm)).containsExactly("2026-11-24T07:15:00Z");
    assertThat(times(OBR, spm, bare)).as("OBX after SPM").containsExactly("2026-11-24T07:15:00Z");
    assertThat(times(spm, OBR, bare)).as("OUL^R22").containsExactly("2026-11-24T07:15:00Z");
    assertThat(decode(MSH, PID, reported, bare).refusals()).containsExactly("NO_TIME OBX[1]-14");
  }

  @Test
  void eachOrderHasItsOwnSpecimen() {
    String bare = "OBX|1|NM|c^^L||5||||||F";
    String spm1 = "SPM|1|||x|||||||||||||20261124081500";
    String spm2 = "SPM|2|||x|||||||||||||20261124081600";
    assertThat(times(OBR, bare, spm1, OBR, bare, spm2))
        .containsExactly("2026-11-24T07:15:00Z", "2026-11-24T07:16:00Z");
    assertThat(times(spm1, OBR, bare, spm2, OBR, bare))
        .containsExactly("2026-11-24T07:15:00Z", "2026-11-24T07:16:00Z");
    assertThat(times(OBR, bare, spm1, spm2))
        .as("two specimens")
        .containsExactly("2026-11-24T07:30:00Z");
  }

  @Test
  void issuedIsTheReportThenTheMessageThenTheAnalysis() {
    String obx = "OBX|1|NM|c^^L||5||||||F|||20261124080000|||||20261124085900";
    String order = "OBR|1|p|f9|x";
    assertThat(decode(MSH, PID, OBR, obx).panel().issued()).isEqualTo("2026-11-24T08:00:00Z");
    assertThat(decode(MSH, PID, order, obx).panel().issued()).isEqualTo("2026-11-24T08:05:00Z");
    assertThat(decode(MSH.replace("20261124090500", ""), PID, order, obx).panel().issued())
        .isEqualTo("2026-11-24T07:59:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "20261124080000+0530,     2026-11-24T02:30:00Z",
    "202611240800-0100,       2026-11-24T09:00:00Z",
    "20261124080000.1239+0000, 2026-11-24T08:00:00.123Z",
    "20260724080000,          2026-07-24T06:00:00Z",
    "20240229235959Z,         NO_TIME",
    "2026,                    IMPRECISE_TIME",
    "202611,                  IMPRECISE_TIME",
    "20261124,                IMPRECISE_TIME",
    "2026112408,              IMPRECISE_TIME",
    "20261124080000^D,        IMPRECISE_TIME",
    "20261324080000,          NO_TIME",
    "20260229080000,          NO_TIME",
    "20261124240000,          NO_TIME",
    "20261124080060,          NO_TIME",
    "2026112408000,           NO_TIME",
    "20261124080000.,         NO_TIME",
    "20261124080000+1,        NO_TIME",
    "08:00 on Tuesday,        NO_TIME",
    "20260329023000,          NONEXISTENT_TIME",
    "20261025023000,          AMBIGUOUS_TIME",
    "20261025023000+0100,     2026-10-25T01:30:00Z",
  })
  void readsMomentsAndSaysWhyOthersAreNone(String sent, String expected) {
    Decoded decoded = decode(MSH, PID, OBR, "OBX|1|NM|c^^L||5||||||F|||" + sent);
    if (decoded.panels().isEmpty()) {
      assertThat(decoded.refusals()).containsExactly(expected + " OBX[1]-14");
    } else {
      assertThat(decoded.panel().time()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-25T00:31:00Z, 2026-10-25T00:30:00Z",
    "2026-10-25T01:20:00Z, 2026-10-25T00:30:00Z",
    "2026-10-25T01:27:00Z, AMBIGUOUS_TIME",
    "2026-10-25T01:31:00Z, 2026-10-25T01:30:00Z",
    "2026-10-25T02:29:00Z, 2026-10-25T01:30:00Z",
    "2026-10-25T02:31:00Z, AMBIGUOUS_TIME",
    "2026-10-25T00:20:00Z, AMBIGUOUS_TIME",
  })
  void tellsTheRepeatedHourByTheReceipt(Instant received, String expected) {
    Decoded decoded = received(received, "OBX|1|NM|c^^L||5||||||F|||20261025023000");
    assertThat(
            decoded.panels().isEmpty()
                ? decoded.rejects().get(0).code().name()
                : decoded.panels().get(0).time().toString())
        .isEqualTo(expected);
  }

  @Test
  void refusesTheFutureAndTimesOfNoZone() {
    Decoded late = received(TIME.minusSeconds(301), "OBX|1|NM|c^^L||5||||||F|||20261124080000");
    assertThat(late.refusals()).containsExactly("FUTURE_TIME OBX[1]-14");
    assertThat(
            received(TIME.minusSeconds(300), "OBX|1|NM|c^^L||5||||||F|||20261124080000")
                .panel()
                .received())
        .isEqualTo(TIME.minusSeconds(300));
    String message = String.join("\r", MSH, PID, "OBX|1|NM|c^^L||5||||||F|||20261124080000");
    assertThat(Decoded.of(HL7.withZone(null), message).refusals())
        .containsExactly("NO_TIME_ZONE OBX[1]-14");
  }

  @Test
  void birthDateAndSexAreKnownFromBirth() {
    Decoded decoded = decode(MSH, "PID|1||12^^^A||N||19700301|F", OBR, "OBX|1|NM|c^^L||5||||||F");
    Panel birth = decoded.panels().get(0);
    assertThat(birth.time()).isEqualTo("1970-03-01T00:00:00Z");
    assertThat(birth.issued()).isEqualTo("2026-11-24T08:05:00Z");
    assertThat(birth.observations())
        .containsExactly(
            Observation.coded(Demographic.BIRTH_DATE, "1970-03-01").withId("mrn|12#PID-7"),
            Observation.coded(Demographic.SEX, "F").withId("mrn|12#PID-8"));
    assertThat(decoded.panels()).hasSize(2);
    Decoded partial = decode(MSH, "PID|1||12^^^A||N||1970|O", OBR, "OBX|1|NM|c^^L||5||||||F");
    assertThat(partial.refusals()).containsExactly("IMPRECISE_TIME PID-7");
    assertThat(partial.panels().get(0).time()).isEqualTo("2026-11-24T08:05:00Z");
    assertThat(partial.panels().get(0).observations()[0].localText()).isEqualTo("O");
  }

  @Test
  void aPatientIsKnownByTheFirstAuthorityThatTheProfileNames() {
    String message = String.join("\r", MSH, PID, "OBX|1|NM|c^^L||5||||||F|||20261124080000");
    assertThat(
            Decoded.of(
                    new Hl7v2()
                        .withZone(ZoneId.of("UTC"))
                        .withAuthority("B", "b")
                        .withAuthority("A", "a"),
                    message)
                .panel()
                .patientId())
        .isEqualTo("b|77");
    assertThat(
            Decoded.of(HL7.withAuthority("x", "y"), message.replace("^^^A&", "^^^C&")).refusals())
        .containsExactly("NO_PATIENT_ID PID-3");
    Hl7v2 byType = new Hl7v2().withZone(ZoneId.of("UTC")).withAuthority("^MR", "m");
    assertThat(Decoded.of(byType, message).panel().patientId()).isEqualTo("m|12");
    Hl7v2 both =
        new Hl7v2()
            .withZone(ZoneId.of("UTC"))
            .withAuthority("A^PI", "x")
            .withAuthority("1.2^MR", "y");
    assertThat(Decoded.of(both, message).panel().patientId()).isEqualTo("y|12");
    Hl7v2 any = new Hl7v2().withFeed("f").withZone(ZoneId.of("UTC")).withFallbackToSender();
    assertThat(Decoded.of(any, message).panel().patientId()).isEqualTo("A|12");
    assertThat(
            Decoded.of(any, message.replace("~12^^^A&1.2&ISO^MR", "").replace("77^^^B", "9^^^^SS"))
                .panel()
                .patientId())
        .isEqualTo("f|5");
  }

  @Test
  void everyObxWithoutAPatientIsRefused() {
    Decoded decoded =
        decode(MSH, "OBX|1|NM|c^^L||5||||||F", "PID|1||\"\"", "OBX|2|NM|c^^L||5||||||F");
    assertThat(decoded.refusals()).containsExactly("NO_PATIENT_ID PID-3", "NO_PATIENT_ID PID-3");
  }

  @Test
  void eachPatientOfAMessageHasTheirOwnPanels() {
    String obx = "OBX|1|NM|c^^L||5||||||F|||20261124080000";
    Decoded decoded =
        decode(MSH, PID, "PV1|1|I|W", obx, obx.replace("0800", "0801"), "PID|2||13^^^A", obx);
    assertThat(decoded.panels())
        .extracting(Panel::patientId)
        .containsExactly("mrn|12", "mrn|12", "mrn|13");
    assertThat(decoded.panels()).extracting(Panel::ward).containsExactly("W", "W", null);
  }

  @Test
  void aBadSegmentRefusesItselfAndKeepsTheRest() {
    Decoded decoded =
        decode(
            MSH,
            PID,
            "obx|1|NM|c^^L||5||||||F",
            "OBX|2|NM|c^^L||5||||||F|||20261124080000",
            "OBX|3|TX|\u00FF^^L||5||||||F|||20261124080000");
    assertThat(decoded.refusals()).containsExactly("UNDECODABLE segment[2]");
    byte[] latin =
        String.join(
                "\r",
                MSH,
                PID,
                "OBX|1|TX|\u00FF^^L||5||||||F",
                "OBX|2|NM|c^^L||5||||||F|||20261124080000")
            .getBytes(StandardCharsets.ISO_8859_1);
    Decoded bytes = Decoded.of(HL7, latin);
    assertThat(bytes.refusals()).containsExactly("UNDECODABLE OBX[1]");
    assertThat(bytes.panels()).hasSize(1);
  }

  @Test
  void testTrafficGoesNoFurther() {
    String obx = "OBX|1|NM|c^^L||5||||||F|||20261124080000";
    for (String training : new String[] {"T", "D"}) {
      Decoded decoded = decode(MSH.replace("|P|", "|" + training + "|"), PID, obx, "obx|");
      assertThat(decoded.panels()).isEmpty();
      assertThat(decoded.rejects()).isEmpty();
      assertThat(decoded.ignored()).containsExactly("processing-" + training);
    }
    assertThat(decode(MSH.replace("|P|", "||"), PID, obx).panels()).hasSize(1);
    assertThat(decode(MSH.replace("|P|", "|MARIA|"), PID, obx).ignored())
        .containsExactly("processing-other");
  }

  @Test
  void aSenderIsReadByItsProfileAndAnUnknownOneRefused() throws IOException {
    Feeds feeds =
        Feeds.read(
            new StringReader(
                """
                version: 1
                feeds:
                  icu:
                    senders: [{application: APP, facility: FAC}]
                    authorities: {A: mrn}
                    zone: UTC
                    test_patients: ["mrn|99*"]
                    times: [OBR-7]
                    method: device
                """));
    Hl7v2 hl7 = new Hl7v2().withFeeds(feeds);
    String message = String.join("\r", MSH, PID, OBR, "OBX|1|NM|c^^L||5||||||F|||20261124080000");
    Panel panel = Decoded.of(hl7, message).panel();
    assertThat(panel.feed()).isEqualTo("icu");
    assertThat(panel.time()).isEqualTo("2026-11-24T08:30:00Z");
    assertThat(panel.observations()[0].method()).isEqualTo(Method.DEVICE);
    Decoded stranger = Decoded.of(hl7, message.replace("|APP|", "|OTHER|"));
    assertThat(stranger.refusals()).containsExactly("UNKNOWN_SENDER MSH-3");
    assertThat(stranger.panels()).isEmpty();
    Decoded test = Decoded.of(hl7, message.replace("~12^", "~991^"));
    assertThat(test.ignored()).containsExactly("test-patient");
    assertThat(test.panels()).isEmpty();
  }

  @Test
  void theShownCertificateTellsTheSenderBeforeTheHeaderDoes() throws IOException {
    Hl7v2 hl7 =
        new Hl7v2()
            .withFeeds(
                Feeds.read(
                    new StringReader(
                        """
                        version: 1
                        feeds:
                          named:
                            senders: [{application: APP}]
                            authorities: {A: mrn}
                          shown:
                            senders: [{certificate: "CN=monitor,O=General"}]
                            authorities: {A: mrn}
                            zone: UTC
                            tolerance: PT1M
                        """)));
    byte[] message =
        String.join("\r", MSH, PID, "OBX|1|NM|c^^L||5||||||F|||20261124080000")
            .getBytes(StandardCharsets.UTF_8);
    Instant time = Instant.parse("2026-11-24T08:00:00Z");
    assertThat(decode(hl7, new Message(message, null, time, "CN=monitor,O=General")).panel().feed())
        .isEqualTo("shown");
    assertThat(decode(hl7, new Message(message, null, time, "CN=other")).refusals())
        .containsExactly("NO_TIME_ZONE OBX[1]-14");
    Message early = new Message(message, null, time.minusSeconds(61), "CN=monitor,O=General");
    assertThat(decode(hl7, early).refusals())
        .as("the profile's tolerance")
        .containsExactly("FUTURE_TIME OBX[1]-14");
    byte[] stranger =
        new String(message, StandardCharsets.UTF_8)
            .replace("APP", "X")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(decode(hl7, new Message(stranger, null, time, "CN=other")).refusals())
        .containsExactly("UNKNOWN_SENDER MSH-3");
    assertThat(decode(hl7, new Message(stranger, null, time, "CN=monitor,O=General")).panels())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1, Gr\u00FC\u00DF", "Shift_JIS, \u5C71\u7530"})
  void aProfilesCharacterSetIsThatOfMessagesThatStateNone(String set, String text)
      throws IOException {
    Hl7v2 hl7 =
        new Hl7v2()
            .withFeeds(
                Feeds.read(
                    new StringReader(
                        """
                        version: 1
                        feeds:
                          lab:
                            senders: [{application: APP}]
                            authorities: {A: mrn}
                            zone: UTC
                            character_set: %s
                        """
                            .formatted(set))));
    String obx = "OBX|1|ST|c^^L||" + text + "||||||F|||20261124080000";
    String message = String.join("\r", MSH, PID, obx) + "\r";
    byte[] both = (message + message).getBytes(Charset.forName(set));
    assertThat(Decoded.of(hl7, both).panels())
        .extracting(panel -> panel.observations()[0].localText())
        .containsExactly(text, text);
    String stated = message.replace("|2.5.1", "|2.5.1||||||UNICODE UTF-8");
    assertThat(Decoded.of(hl7, stated).observation().localText()).isEqualTo(text);
    assertThat(Decoded.of(HL7, both).refusals())
        .as("without the profile")
        .containsExactly("UNDECODABLE OBX[1]", "UNDECODABLE message[2].OBX[1]");
  }

  @Test
  void otherMessagesAreCountedByTheirTrigger() {
    assertThat(decode(MSH.replace("ORU^R01^ORU_R01", "SIU^S12"), PID).ignored())
        .containsExactly("SIU^S12");
    assertThat(decode(MSH.replace("ORU^R01^ORU_R01", "ADT^A60"), PID).ignored())
        .containsExactly("A60");
    assertThat(decode(MSH.replace("ORU^R01^ORU_R01", "ACK"), PID).ignored()).containsExactly("ACK");
    assertThat(decode(MSH.replace("ORU^R01^ORU_R01", "Maria Roe"), PID).ignored())
        .containsExactly("other");
    assertThat(
            decode(
                    MSH.replace("ORU^R01^ORU_R01", "ORM^O01"),
                    PID,
                    "OBX|1|NM|c^^L||5||||||F|||20261124080000")
                .panels())
        .hasSize(1);
  }

  @Test
  void rejectsOfLaterMessagesNameTheMessage() {
    String obx = "OBX|1|NM|c^^L||5||||||F";
    assertThat(decode(MSH, PID, obx, "MSH|x", MSH, PID, obx).refusals())
        .containsExactly(
            "NO_TIME OBX[1]-14", "UNDECODABLE message[2].MSH-2", "NO_TIME message[3].OBX[1]-14");
    assertThat(Decoded.of(HL7, "x").refusals()).containsExactly("UNDECODABLE MSH");
    assertThat(Decoded.of(HL7, "\r\n ").ignored()).containsExactly("empty");
  }

  @Test
  void whatDownstreamThrowsIsNotSwallowed() {
    BadInputException own = new BadInputException(RejectCode.NO_VALUE, "downstream");
    String obx = "OBX|1|NM|c^^L||5||||||F|||20261124080000";
    String results = String.join("\r", MSH, PID, obx, PID, obx);
    String movement = MSH.replace("ORU^R01^ORU_R01", "ADT^A01") + "\rEVN||20261124080000\r" + PID;
    for (String message : new String[] {results, movement, "x"}) {
      Decoder.Out out =
          Decoder.Out.of(
              panel -> {
                throw own;
              },
              moved -> {
                throw own;
              },
              ignored -> {},
              rejected -> {
                throw own;
              });
      assertThatThrownBy(
              () ->
                  HL7.decode(
                      new Message(message.getBytes(StandardCharsets.UTF_8), null, null), out))
          .isSameAs(own);
    }
  }

  private static List<String> times(String... segments) {
    List<String> all = new ArrayList<>(List.of(MSH, PID));
    all.addAll(Arrays.asList(segments));
    return decode(all.toArray(String[]::new)).panels().stream()
        .map(p -> p.time().toString())
        .toList();
  }

  private static Observation result(String obx) {
    return decode(MSH, PID, OBR, obx).observation();
  }

  private static Decoded received(Instant received, String obx) {
    byte[] message = String.join("\r", MSH, PID, OBR, obx).getBytes(StandardCharsets.UTF_8);
    return decode(HL7, new Message(message, null, received));
  }

  private static Decoded decode(Hl7v2 hl7, Message message) {
    Decoded decoded =
        new Decoded(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    hl7.decode(
        message,
        Decoder.Out.of(
            decoded.panels()::add,
            decoded.movements()::add,
            decoded.ignored()::add,
            decoded.rejects()::add));
    return decoded;
  }

  private static Decoded decode(String... segments) {
    return Decoded.of(HL7, String.join("\r", segments) + "\r");
  }
}
