// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.Decoded;
import io.medflink.core.Movement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encounters, links and deaths to movements. */
class FhirMovementsTest {
  private static final FhirJson FHIR =
      new FhirJson().withAuthority("urn:mrn", "mrn").withFallbackToResourceId();

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String encounter(String status, String more) {
    return json(
        "{'resourceType':'Encounter','id':'e','status':'"
            + status
            + "','subject':{'reference':'Patient/7'},"
            + "'meta':{'lastUpdated':'2026-01-09T00:00:00Z'}"
            + (more.isEmpty() ? "" : ",")
            + more
            + "}");
  }

  private static String bundle(String... resources) {
    return json(
        "{'resourceType':'Bundle','type':'batch','entry':["
            + String.join(",", Stream.of(resources).map(r -> "{'resource':" + r + "}").toList())
            + "]}");
  }

  private static String location(String id, String kind, String more) {
    return "{'resourceType':'Location','id':'"
        + id
        + "','physicalType':{'coding':[{'code':'"
        + kind
        + "'}]}"
        + more
        + "}";
  }

  private static String at(String location, String start, String more) {
    return "{'location':{'reference':'Location/"
        + location
        + "'}"
        + (start.isEmpty() ? "" : ",'period':{'start':'" + start + "'}")
        + more
        + "}";
  }

  private static List<String> told(Decoded decoded) {
    return decoded.movements().stream()
        .map(
            m ->
                m.kind().name().toLowerCase(Locale.ROOT)
                    + " "
                    + m.occurred().toString().substring(8, 16)
                    + " "
                    + m.facility()
                    + "/"
                    + m.ward()
                    + "/"
                    + m.bed())
        .toList();
  }

  @Test
  void anEncounterIsTheMovementsThatLedToIt() {
    Decoded decoded =
        Decoded.of(
            FHIR,
            bundle(
                encounter(
                    "finished",
                    "'serviceProvider':{'reference':'Organization/h'},"
                        + "'period':{'start':'2026-01-01T08:00:00Z','end':'2026-01-05T10:00:00Z'},"
                        + "'statusHistory':[{'status':'in-progress'},{'status':'onleave','period':"
                        + "{'start':'2026-01-03T08:00:00Z','end':'2026-01-04T08:00:00Z'}}],"
                        + "'location':["
                        + at("bed2", "2026-01-02T09:00:00Z", "")
                        + ","
                        + at("bed1", "2026-01-01T08:00:00Z", "")
                        + ","
                        + at("bed3", "2026-01-03T09:00:00Z", ",'status':'reserved'")
                        + "]"),
                location("bed1", "bd", ",'partOf':{'reference':'Location/room'}"),
                location("room", "ro", ",'partOf':{'reference':'Location/w1'}"),
                location(
                    "w1",
                    "wa",
                    ",'identifier':[{'value':'ICU'}],'partOf':{'reference':'Location/s'}"),
                location("s", "si", ""),
                location("bed2", "bd", ",'partOf':{'reference':'Location/bed2'}")));

    assertThat(told(decoded))
        .containsExactly(
            "admit 01T08:00 s/ICU/bed1",
            "transfer 02T09:00 h/null/bed2",
            "leave 03T08:00 h/null/bed2",
            "return 04T08:00 h/null/bed2",
            "discharge 05T10:00 h/null/bed2");
    assertThat(decoded.rejects()).isEmpty();
    assertThat(decoded.ignored()).containsOnly("Location").hasSize(5);
    Movement first = decoded.movements().get(0);
    assertThat(first.patientId()).isEqualTo("Patient|7");
    assertThat(first.encounter()).isEqualTo("e");
    assertThat(first.recorded()).isEqualTo("2026-01-09T00:00:00Z");
  }

  @Test
  void r5NamesThePeriodAndTheKindOfPlaceOtherwise() {
    Decoded decoded =
        Decoded.of(
            FHIR,
            encounter(
                "discharged",
                "'plannedStartDate':'2026-01-01','actualPeriod':{'start':'2026-01-01T08:00:00Z',"
                    + "'end':'2026-01-02T08:00:00Z'},'location':["
                    + at("b", "", ",'form':{'coding':[{'code':'bd'}]}")
                    + ","
                    + at("w", "", "")
                    + "]"));

    assertThat(told(decoded))
        .containsExactly("admit 01T08:00 null/w/b", "discharge 02T08:00 null/w/b");
  }

  @Test
  void placesThatContradictEachOtherAreNotToldAndContainedOnesAreFound() {
    String period = "'period':{'start':'2026-01-01T08:00:00Z'},";
    String two = "'location':[" + at("a", "", "") + "," + at("b", "", "") + "]";
    assertThat(told(Decoded.of(FHIR, encounter("in-progress", period + two))))
        .containsExactly("admit 01T08:00 null/null/null");
    String inside =
        "'contained':[{'resourceType':'Location','id':'x','identifier':[{'value':'ED'}]}],"
            + "'location':[{'location':{'reference':'#x'}}]";
    assertThat(told(Decoded.of(FHIR, encounter("triaged", period + inside))))
        .containsExactly("admit 01T08:00 null/ED/null");
  }

  @ParameterizedTest
  @CsvSource({
    "planned,          '',                                        '',   ''",
    "cancelled,        '',                     cancel_admit 09T00:00,   ''",
    "entered-in-error, 2026-01-01T08:00:00Z,   cancel_admit 01T08:00,   ''",
    "arrived,          2026-01-01T08:00:00Z,          admit 01T08:00,   ''",
    "onleave,          2026-01-01T08:00:00Z,          admit 01T08:00,   NO_TIME statusHistory",
    "finished,         2026-01-01T08:00:00Z,          admit 01T08:00,   NO_TIME period.end",
    "in-progress,      2026-01-01,                                '',   IMPRECISE_TIME period.start",
    "in-progress,      '',                                        '',   NO_TIME period.start",
    "unknown,          2026-01-01T08:00:00Z,                      '',   UNKNOWN_STATUS status",
  })
  void eachStatusIsToldRefusedOrOfNoInterest(
      String status, String start, String movement, String refusal) {
    Decoded decoded =
        Decoded.of(
            FHIR, encounter(status, start.isEmpty() ? "" : "'period':{'start':'" + start + "'}"));

    assertThat(told(decoded).stream().map(m -> m.substring(0, m.indexOf(" n"))).toList())
        .isEqualTo(movement.isEmpty() ? List.of() : List.of(movement));
    assertThat(decoded.refusals()).isEqualTo(refusal.isEmpty() ? List.of() : List.of(refusal));
    assertThat(decoded.ignored())
        .isEqualTo(status.equals("planned") ? List.of("Encounter") : List.of());
  }

  @Test
  void aPatientThatReplacesAnotherRetiresItsKey() {
    String survivor =
        "{'resourceType':'Patient','id':'1','meta':{'lastUpdated':'2026-01-09T00:00:00Z'},"
            + "'identifier':[{'system':'urn:mrn','value':'11'}],'link':["
            + "{'type':'seealso','other':{'reference':'Patient/3'}},"
            + "{'type':'replaces','other':{'reference':'Patient/2'}}]}";
    String retired =
        "{'resourceType':'Patient','id':'2','meta':{'lastUpdated':'2026-01-09T00:00:00Z'},"
            + "'identifier':[{'system':'urn:mrn','value':'22'}],"
            + "'link':[{'type':'replaced-by','other':{'reference':'Patient/1'}}]}";

    List<Movement> both = Decoded.of(FHIR, bundle(survivor, retired)).movements();

    assertThat(both).hasSize(2).doesNotContainNull();
    assertThat(both.get(0)).isEqualTo(both.get(1));
    assertThat(both.get(0).kind()).isEqualTo(Movement.Kind.MERGE);
    assertThat(both.get(0).patientId()).isEqualTo("mrn|11");
    assertThat(both.get(0).otherPatientId()).isEqualTo("mrn|22");
    String undated = json(retired.replaceFirst("'meta':\\{[^}]*\\},", ""));
    assertThat(Decoded.of(FHIR, undated).refusals()).containsExactly("NO_TIME meta.lastUpdated");
    Decoded strict = Decoded.of(new FhirJson().withAuthority("urn:mrn", "mrn"), json(retired));
    assertThat(strict.refusals()).containsExactly("NO_PATIENT_ID link[0].other");
  }

  @Test
  void aDeathIsAMovementWhereItsTimeIsTold() {
    String dead = "{'resourceType':'Patient','id':'1','deceasedDateTime':'2026-01-02T03:04:05Z'}";
    Decoded decoded = Decoded.of(FHIR, json(dead));
    assertThat(told(decoded)).containsExactly("death 02T03:04 null/null/null");
    assertThat(decoded.panels()).isEmpty();
    assertThat(Decoded.of(FHIR, json(dead.replace("T03:04:05Z", ""))).refusals())
        .containsExactly("IMPRECISE_TIME deceasedDateTime");
    assertThat(
            Decoded.of(FHIR, json("{'resourceType':'Patient','id':'1','deceasedBoolean':true}"))
                .refusals())
        .containsExactly("NO_TIME deceasedBoolean");
    assertThat(
            Decoded.of(FHIR, json("{'resourceType':'Patient','id':'1','deceasedBoolean':false}"))
                .ignored())
        .containsExactly("Patient");
  }

  @Test
  void everyEntryOfABundleIsAccountedFor() {
    Decoded decoded =
        Decoded.of(
            FHIR,
            json(
                "{'resourceType':'Bundle','entry':["
                    + "{'resource':{'resourceType':'Condition','id':'c'}},"
                    + "{'resource':{'resourceType':'Nonsense'}},"
                    + "{'request':{'method':'DELETE','url':'Observation/1'}},"
                    + "{'request':{'method':'DELETE','url':'Condition/1'}},"
                    + "{'response':{'status':'200'}},"
                    + "{'resource':{'resourceType':'Bundle','type':'searchset'}}]}"));

    assertThat(decoded.ignored()).containsExactly("Condition", "DELETE", "entry", "Bundle");
    assertThat(decoded.refusals())
        .containsExactly(
            "UNDECODABLE entry[1].resource.resourceType", "NO_PATIENT_ID entry[2].request.url");
  }

  @Test
  void anObservationFindsTheStayThatTheBundleNamesOtherwise() {
    String bundle =
        json(
            "{'resourceType':'Bundle','entry':[{'fullUrl':'urn:uuid:x','resource':"
                + encounter("planned", "")
                + "},{'resource':{'resourceType':'Observation','status':'final',"
                + "'subject':{'reference':'Patient/7'},'encounter':{'reference':'urn:uuid:x'},"
                + "'effectiveInstant':'2026-01-01T08:00:00Z',"
                + "'code':{'coding':[{'system':'http://loinc.org','code':'8867-4'}]},"
                + "'valueInteger':80}}]}");
    assertThat(Decoded.of(FHIR, bundle).panel().encounter()).isEqualTo("e");
  }
}
