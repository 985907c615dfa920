// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.formats.Shared;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FhirJsonTest {
  private static final FhirJson FHIR = new FhirJson().withFallbackToResourceId();
  private static final String MRN = "urn:mrn";
  private static final String HEAD =
      "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\","
          + "\"subject\":{\"reference\":\"Patient/7\"},"
          + "\"effectiveDateTime\":\"2026-11-24T08:00:00Z\",";
  private static final String HEART_RATE =
      "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"}]},";
  private static final String EIGHTY =
      "\"valueQuantity\":{\"value\":80,\"unit\":\"beats/min\","
          + "\"system\":\"http://unitsofmeasure.org\",\"code\":\"/min\"}";
  private static final String PATIENT =
      "{\"resourceType\":\"Patient\",\"id\":\"7\",\"birthDate\":\"1970-03-01\",\"gender\":\"female\","
          + "\"identifier\":[{\"system\":\"urn:other\",\"value\":\"x\"},"
          + "{\"system\":\"urn:mrn\",\"use\":\"old\",\"value\":\"41\"},"
          + "{\"system\":\"urn:mrn\",\"value\":\"42\"}]}";

  @Test
  void readsAnObservation() {
    Panel panel =
        decode(
                HEAD
                    + HEART_RATE
                    + "\"issued\":\"2026-11-24T08:05:00Z\",\"device\":{},"
                    + "\"encounter\":{\"reference\":\"Encounter/e9/_history/2\"},"
                    + "\"interpretation\":[{\"coding\":[{\"code\":\"H\"}]}],"
                    + "\"referenceRange\":[{\"low\":{\"value\":1,\"unit\":\"Hz\"}},"
                    + "{\"low\":{\"value\":60,\"unit\":\"beats/min\",\"code\":\"/min\"}}],"
                    + EIGHTY.replace("80", "80,\"comparator\":\"<\"")
                    + "}")
            .panel();
    assertThat(panel)
        .isEqualTo(
            new Panel(
                "Patient|7",
                "e9",
                null,
                null,
                null,
                Instant.parse("2026-11-24T08:00:00Z"),
                Instant.parse("2026-11-24T08:05:00Z"),
                null,
                null,
                new String[0],
                new Observation[] {
                  new Observation(
                      "8867-4",
                      80,
                      null,
                      "/min",
                      Status.FINAL,
                      null,
                      null,
                      null,
                      null,
                      "o",
                      Comparator.LESS,
                      60,
                      Double.NaN,
                      "H",
                      Method.DEVICE,
                      0)
                }));
  }

  @Test
  void readsComponentsEachAsItsOwnObservation() {
    Decoded decoded =
        decode(
            HEAD
                + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"85354-9\"}]},"
                + "\"component\":["
                + component("8480-6", "\"valueQuantity\":{\"value\":120,\"unit\":\"mmHg\"}")
                + ","
                + component("8462-4", "\"dataAbsentReason\":{\"text\":\"x\"}")
                + ","
                + component("8480-6", "\"valueInteger\":121")
                + "]}");
    assertThat(decoded.refusals()).containsExactly("NO_VALUE component[1].dataAbsentReason");
    assertThat(decoded.rejects().get(0).localCode()).isEqualTo("8462-4");
    Observation[] o = decoded.panels().get(0).observations();
    assertThat(o).extracting(Observation::id).containsExactly("o#8480-6", "o#8480-6#2");
    assertThat(o).extracting(Observation::value).containsExactly(120.0, 121.0);
    assertThat(o[0].unit()).isNull();
    assertThat(o[0].localUnit()).isEqualTo("mmHg");
  }

  @Test
  void aPanelThatOnlyGroupsOthersGivesNothing() {
    Decoded decoded = decode(HEAD + HEART_RATE + "\"hasMember\":[{\"reference\":\"x\"}]}");
    assertThat(decoded)
        .isEqualTo(new Decoded(List.of(), List.of(), List.of(), List.of("Observation"), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"valueString\":\"blue\"',                                          NaN, null, blue",
    "'\"valueInteger\":3',                                                3,   null, null",
    "'\"valueBoolean\":true',                                             NaN, yes,  null",
    "'\"valueDateTime\":\"1970-03-01\"',                                  NaN, 1970-03-01, null",
    "'\"valueDateTime\":\"1970\"',                                        NaN, null, 1970",
    "'\"valueTime\":\"08:00:00\"',                                        NaN, null, 08:00:00",
    "'\"valueCodeableConcept\":{\"text\":\"t\"}',                         NaN, null, t",
    "'\"valueCodeableConcept\":{\"coding\":[{\"display\":\"d\"},{\"code\":\"c\"}],\"text\":\"t\"}',"
        + " NaN, null, c",
  })
  void readsEachKindOfValue(String value, double number, String text, String localText) {
    Observation o = decode(HEAD + HEART_RATE + value + "}").observation();
    assertThat(Double.valueOf(o.value())).isEqualTo(Double.valueOf(number));
    assertThat(String.valueOf(o.text())).isEqualTo(text);
    assertThat(String.valueOf(o.localText())).isEqualTo(localText);
  }

  @Test
  void prefersTheLoincCodingAndKeepsTheFirstOtherOne() {
    String two =
        "\"code\":{\"coding\":[{\"system\":\"urn:a\",\"code\":\"a\"},"
            + "{\"system\":\"SYSTEM\",\"code\":\"8867-4\"}]},";
    Observation o =
        decode(HEAD + two.replace("SYSTEM", "urn:oid:2.16.840.1.113883.6.1") + EIGHTY + "}")
            .observation();
    assertThat(o.code()).isEqualTo("8867-4");
    assertThat(o.localCode()).isNull();
    o = decode(HEAD + two.replace("SYSTEM", "urn:b") + EIGHTY + "}").observation();
    assertThat(o.code()).isNull();
    assertThat(o.localSystem()).isEqualTo("urn:a");
    assertThat(o.localCode()).isEqualTo("a");
    o = decode(HEAD + "\"code\":{\"text\":\"pulse\"}," + EIGHTY + "}").observation();
    assertThat(o.code()).isNull();
    assertThat(o.localCode()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "registered, PRELIMINARY",
    "preliminary, PRELIMINARY",
    "final, FINAL",
    "amended, CORRECTED",
    "corrected, CORRECTED",
    "cancelled, ENTERED_IN_ERROR",
    "entered-in-error, ENTERED_IN_ERROR"
  })
  void mapsTheStatus(String sent, Status status) {
    String line = (HEAD + HEART_RATE + EIGHTY + "}").replace("final", sent);
    assertThat(decode(line).observation().status()).isEqualTo(status);
  }

  @Test
  void aWithdrawalNeedsNoValue() {
    String line = (HEAD + HEART_RATE + "\"note\":[]}").replace("final", "entered-in-error");
    assertThat(decode(line).observation().value()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"status\":\"final\"',    '\"status\":\"unknown\"',      UNKNOWN_STATUS status",
    "'\"status\":\"final\",',   '',                            UNKNOWN_STATUS status",
    "'Patient/7',               'Group/7',                     NO_PATIENT_ID subject",
    "'Patient/7',               '#7',                          NO_PATIENT_ID subject",
    "'\"id\":\"o\",',           '\"focus\":[{}],',             NO_PATIENT_ID focus",
    "'\"id\":\"o\",',           '\"modifierExtension\":[{}],', UNDECODABLE modifierExtension",
    "'T08:00:00Z',              '',                            IMPRECISE_TIME effectiveDateTime",
    "'T08:00:00Z',              'T08:00:00',                   NO_TIME_ZONE effectiveDateTime",
    "'effectiveDateTime',       'recordedDateTime',            NO_TIME effective[x]",
    "'\"effectiveDateTime\":\"2026-11-24T08:00:00Z\"',"
        + " '\"effectivePeriod\":{\"start\":\"2026-11-24T08:00:00Z\"}', IMPRECISE_TIME"
        + " effectivePeriod.end",
    "'\"effectiveDateTime\":\"2026-11-24T08:00:00Z\"', '\"effectiveTiming\":{}', IMPRECISE_TIME"
        + " effectiveTiming",
    "'80',                      '1e999',                       IMPOSSIBLE_VALUE"
        + " valueQuantity.value",
    "'80',                      '\"80\"',                      UNDECODABLE valueQuantity.value",
    "'\"value\":80',            '\"comparator\":\"ad\"',       UNDECODABLE"
        + " valueQuantity.comparator",
    "'\"value\":80,',           '',                            NO_VALUE value[x]",
    "'valueQuantity',           'valueRatio',                  NO_VALUE value[x]",
    "'valueQuantity',           'dataAbsentReason',            NO_VALUE dataAbsentReason",
    "'{\"coding\"',             '[1],\"x\":{\"coding\"',       UNDECODABLE code",
    "'\"Observation\"',         '5',                           UNDECODABLE resourceType",
  })
  void refusesWithTheFieldThatIsWrong(String part, String wrong, String refusal) {
    String line = (HEAD + HEART_RATE + EIGHTY + "}").replace(part, wrong);
    Decoded decoded = decode(line);
    assertThat(decoded.refusals()).containsExactly(refusal);
    assertThat(decoded.panels()).isEmpty();
  }

  @Test
  void takesTheEndOfAPeriod() {
    String period =
        "\"effectivePeriod\":{\"start\":\"2026-11-24T00:00:00Z\",\"end\":\"2026-11-25T00:00:00Z\"}";
    String line = HEAD.replace("\"effectiveDateTime\":\"2026-11-24T08:00:00Z\"", period);
    assertThat(decode(line + HEART_RATE + EIGHTY + "}").panel().time())
        .isEqualTo("2026-11-25T00:00:00Z");
  }

  @Test
  void takesTheSendersZone() {
    String line = (HEAD + HEART_RATE + EIGHTY + "}").replace("00Z", "00");
    FhirJson berlin = FHIR.withZone(ZoneId.of("Europe/Berlin")).withFeed("f");
    assertThat(Decoded.of(berlin, line).panel().time()).isEqualTo("2026-11-24T07:00:00Z");
    assertThat(Decoded.of(berlin, line).panel().feed()).isEqualTo("f");
  }

  @Test
  void readsAPatientAsKnownSinceBirth() {
    Panel panel = decode(PATIENT).panel();
    assertThat(panel.time()).isEqualTo("1970-03-01T00:00:00Z");
    assertThat(panel.patientId()).isEqualTo("Patient|7");
    assertThat(panel.observations())
        .containsExactly(
            Observation.coded(Demographic.BIRTH_DATE, "1970-03-01").withId("7#birthDate"),
            Observation.coded(Demographic.SEX, "F").withId("7#gender"));
  }

  @Test
  void neverGuessesABirthDateOrASex() {
    Decoded partial = decode(PATIENT.replace("1970-03-01", "1970-03"));
    assertThat(partial.panels()).isEmpty();
    assertThat(partial.refusals())
        .containsExactly("IMPRECISE_TIME birthDate", "NO_TIME meta.lastUpdated");
    String updated = "\"meta\":{\"lastUpdated\":\"2026-11-24T08:00:00Z\"},\"birthDate\":\"1970\"";
    partial = decode(PATIENT.replace("\"birthDate\":\"1970-03-01\"", updated));
    assertThat(partial.panels().get(0).time()).isEqualTo("2026-11-24T08:00:00Z");
    assertThat(partial.panels().get(0).observations()).hasSize(1);
    Observation[] other = decode(PATIENT.replace("female", "other")).panel().observations();
    assertThat(other[1].text()).isNull();
    assertThat(other[1].localText()).isEqualTo("other");
    assertThat(decode(PATIENT.replace("female", "unknown")).panel().observations()).hasSize(1);
  }

  @Test
  void keysPatientsByTheFirstAuthorityTheyHave() {
    FhirJson byMrn = new FhirJson().withAuthority("urn:national", "nat").withAuthority(MRN, "mrn");
    Panel panel = Decoded.of(byMrn, PATIENT).panel();
    assertThat(panel.patientId()).isEqualTo("mrn|42");
    assertThat(panel.identifiers()).containsExactly("urn:other|x", "mrn|41", "mrn|42");
    assertThat(Decoded.of(new FhirJson(), PATIENT).refusals())
        .containsExactly("NO_PATIENT_ID identifier");
  }

  @Test
  void findsTheSubjectInTheBundleWhereverItStands() {
    FhirJson byMrn = new FhirJson().withAuthority(MRN, "mrn");
    String observation = HEAD + HEART_RATE + EIGHTY + "}";
    for (String bundle :
        new String[] {
          bundle(entry("urn:uuid:p", PATIENT), entry(null, observation)),
          bundle(entry(null, observation), entry("urn:uuid:p", PATIENT)),
          bundle(
              entry(null, observation.replace("Patient/7", "urn:uuid:p")),
              entry("urn:uuid:p", PATIENT)),
          bundle(entry(null, bundle(entry(null, observation))), entry(null, PATIENT)),
        }) {
      Decoded decoded = Decoded.of(byMrn, bundle);
      assertThat(decoded.rejects()).isEmpty();
      assertThat(decoded.panels()).extracting(Panel::patientId).containsExactly("mrn|42", "mrn|42");
    }
  }

  @Test
  void readsBundlesWhateverTheOrderOfTheirProperties() {
    String observation = HEAD + HEART_RATE + EIGHTY + "}";
    String reversed =
        "{\"entry\":[{\"resource\":"
            + observation
                .replace("{\"resourceType\":\"Observation\",", "{")
                .replaceFirst("}$", ",\"resourceType\":\"Observation\"}")
            + ",\"fullUrl\":\"urn:uuid:x\"}],\"type\":\"collection\",\"resourceType\":\"Bundle\"}";
    assertThat(Decoded.of(FHIR, reversed).panel()).isEqualTo(decode(observation).panel());
  }

  @Test
  void refusesAReferenceThatTheBundleDoesNotResolve() {
    String bundle =
        bundle(entry(null, (HEAD + HEART_RATE + EIGHTY + "}").replace("Patient/7", "urn:uuid:p")));
    assertThat(decode(bundle).refusals())
        .containsExactly("NO_PATIENT_ID entry[0].resource.subject");
    String line = (HEAD + HEART_RATE + EIGHTY + "}").replace("Patient/7", "urn:uuid:p");
    assertThat(decode(line).panel().patientId()).isEqualTo("Patient|p");
  }

  @Test
  void findsObservationsContainedInOtherResources() {
    String report =
        "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"contained\":["
            + HEAD
            + HEART_RATE
            + EIGHTY
            + "}]}";
    assertThat(decode(report).observation().id()).isEqualTo("r#o");
    String born = PATIENT.replace("\"id\":\"7\"", "\"id\":\"baby\"");
    String inside =
        (HEAD + HEART_RATE + EIGHTY + ",\"contained\":[" + born + "]}")
            .replace("Patient/7", "#baby");
    assertThat(decode(inside).refusals())
        .containsExactly(
            "NO_PATIENT_ID contained[0].identifier", "NO_PATIENT_ID contained[0].identifier");
    assertThat(Decoded.of(new FhirJson().withAuthority(MRN, "mrn"), inside).panels())
        .extracting(Panel::patientId)
        .containsExactly("mrn|42", "mrn|42");
  }

  @Test
  void oneBadEntryRejectsOnlyItself() {
    String good = HEAD + HEART_RATE + EIGHTY + "}";
    Decoded decoded =
        decode(bundle(entry(null, good), entry(null, "{\"id\":\"x\"}"), entry(null, good)));
    assertThat(decoded.refusals()).containsExactly("UNDECODABLE entry[1].resource.resourceType");
    assertThat(decoded.panels()).hasSize(2);
  }

  @Test
  void handsOnNothingOfABundleThatIsCutOff() {
    String bundle = bundle(entry(null, HEAD + HEART_RATE + EIGHTY + "}"));
    Decoded decoded = decode(bundle.substring(0, bundle.length() - 1));
    assertThat(decoded.panels()).isEmpty();
    assertThat(decoded.refusals()).containsExactly("UNDECODABLE null");
  }

  @Test
  void passesOnWhatItsConsumersThrow() {
    String bundle = bundle(entry(null, HEAD + HEART_RATE + EIGHTY + "}"));
    for (String message : new String[] {bundle, HEAD + HEART_RATE + EIGHTY + "}"}) {
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      BadInputException own = new BadInputException(RejectCode.TOO_LARGE, "downstream");
      assertThatThrownBy(
              () ->
                  FHIR.decode(
                      new Message(bytes, null, null),
                      Decoder.Out.of(
                          panel -> {
                            throw own;
                          },
                          movement -> {},
                          ignored -> {},
                          reject -> {})))
          .isSameAs(own);
    }
  }

  @Test
  void survivesAllJsonOfThePublicSuite() throws IOException {
    for (Path file : Shared.files("security/vectors/json", ".json")) {
      Decoded decoded = Decoded.of(FHIR, Files.readAllBytes(file));
      assertThat(decoded.panels()).as(file.toString()).isEmpty();
      assertThat(decoded.rejects()).as(file.toString()).hasSize(1);
    }
  }

  @Test
  void neverThrowsWhateverTheBytes() {
    byte[] bundle =
        bundle(
                entry("urn:uuid:p", PATIENT),
                entry(
                    null,
                    HEAD + "\"component\":[" + component("8480-6", EIGHTY) + "]," + EIGHTY + "}"))
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = Arrays.copyOf(bundle, bundle.length);
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(32, 127);
      }
      Decoded.of(FHIR, broken);
    }
    assertThat(Decoded.of(FHIR, bundle).panels()).hasSize(2);
  }

  private static String component(String code, String value) {
    return "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\""
        + code
        + "\"}]},"
        + value
        + "}";
  }

  private static String entry(String fullUrl, String resource) {
    return "{"
        + (fullUrl == null ? "" : "\"fullUrl\":\"" + fullUrl + "\",")
        + "\"resource\":"
        + resource
        + "}";
  }

  private static String bundle(String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
        + String.join(",", entries)
        + "]}";
  }

  private static Decoded decode(String message) {
    return Decoded.of(FHIR, message);
  }
}
