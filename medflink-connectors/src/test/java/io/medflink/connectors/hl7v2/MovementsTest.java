// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.Decoded;
import io.medflink.core.Movement;
import io.medflink.core.Movement.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovementsTest {
  private static final Hl7v2 HL7 =
      new Hl7v2().withFeed("adt").withAuthority("A", "mrn").withZone(ZoneId.of("UTC"));
  private static final String EVN = "EVN||20261124080500|||op|20261124080000";
  private static final String PID = "PID|1||12^^^A";
  private static final String PV1 =
      "PV1|1|I|W^R^B^GH||||||||||||||||v1" + "|".repeat(25) + "20261124070000|20261124073000";

  @Test
  void readsAnAdmission() {
    assertThat(adt("A01", EVN, PID, PV1).movements())
        .containsExactly(
            new Movement(
                Kind.ADMIT,
                "mrn|12",
                null,
                "v1",
                null,
                "GH",
                "W",
                "R/B",
                null,
                Instant.parse("2026-11-24T08:00:00Z"),
                Instant.parse("2026-11-24T08:05:00Z"),
                null,
                "adt"));
  }

  @ParameterizedTest
  @CsvSource({
    "A01, ADMIT",
    "A02, TRANSFER",
    "A03, DISCHARGE",
    "A04, ADMIT",
    "A05, PRE_ADMIT",
    "A06, LINK",
    "A07, LINK",
    "A08, UPDATE",
    "A09, DEPART",
    "A10, ARRIVE",
    "A11, CANCEL_ADMIT",
    "A12, CANCEL_TRANSFER",
    "A13, CANCEL_DISCHARGE",
    "A14, PENDING_ADMIT",
    "A15, PENDING_TRANSFER",
    "A16, PENDING_DISCHARGE",
    "A21, LEAVE",
    "A22, RETURN",
    "A23, DELETE",
    "A25, CANCEL_PENDING_DISCHARGE",
    "A26, CANCEL_PENDING_TRANSFER",
    "A27, CANCEL_PENDING_ADMIT",
    "A28, UPDATE",
    "A31, UPDATE",
    "A32, CANCEL_ARRIVE",
    "A33, CANCEL_DEPART",
    "A37, UNMERGE",
    "A38, CANCEL_PRE_ADMIT",
    "A41, LINK",
    "A42, LINK",
    "A52, CANCEL_LEAVE",
    "A53, CANCEL_RETURN",
  })
  void readsEachEventOfOnePatient(String trigger, Kind kind) {
    Movement movement = movement(adt(trigger, EVN, PID, PV1));
    assertThat(movement.kind()).isEqualTo(kind);
    assertThat(movement.patientId()).isEqualTo("mrn|12");
    assertThat(movement.encounter()).isEqualTo("v1");
    assertThat(movement.ward()).isEqualTo("W");
  }

  @ParameterizedTest
  @CsvSource({
    "A34, MERGE",
    "A40, MERGE",
    "A43, MOVE",
    "A44, MOVE",
    "A45, MOVE",
    "A47, MERGE",
  })
  void readsWhoseKeyGivesWay(String trigger, Kind kind) {
    Movement movement = movement(adt(trigger, EVN, PID, "MRG|7^^^B~9^^^A||acc||v0", PV1));
    assertThat(movement.kind()).isEqualTo(kind);
    assertThat(movement.patientId()).isEqualTo("mrn|12");
    assertThat(movement.otherPatientId()).isEqualTo("mrn|9");
    assertThat(movement.otherEncounter()).isEqualTo("v0");
    assertThat(adt(trigger, EVN, PID, "MRG|7^^^B").refusals())
        .containsExactly("NO_PATIENT_ID MRG-1");
    assertThat(adt(trigger, EVN, PID, PV1).refusals()).containsExactly("NO_PATIENT_ID MRG-1");
  }

  @Test
  void mergesEachPairOfAMessage() {
    List<Movement> merges =
        adt("A40", EVN, PID, "MRG|1^^^A", "PID|2||13^^^A", "MRG|2^^^A", "MRG|3^^^A").movements();
    assertThat(merges)
        .extracting(m -> m.otherPatientId() + ">" + m.patientId())
        .containsExactly("mrn|1>mrn|12", "mrn|2>mrn|13", "mrn|3>mrn|13");
    List<Movement> visits =
        adt("A45", EVN, PID, "MRG|1^^^A||||v7", "PV1|1|I|W", "MRG|1^^^A||||v8", PV1).movements();
    assertThat(visits)
        .extracting(m -> m.otherEncounter() + ">" + m.encounter())
        .containsExactly("v7>null", "v8>v1");
    assertThat(movement(adt("A42", EVN, PID, "MRG|12^^^A||||v0", PV1)).otherEncounter())
        .isEqualTo("v0");
  }

  @Test
  void swapsTwoPatients() {
    Movement swap =
        movement(adt("A17", EVN, PID, PV1, "PID|2||13^^^A", "PV1|1|I|X||||||||||||||||v2"));
    assertThat(swap.kind()).isEqualTo(Kind.SWAP);
    assertThat(swap.otherPatientId()).isEqualTo("mrn|13");
    assertThat(swap.encounter()).isEqualTo("v1");
    assertThat(swap.otherEncounter()).isEqualTo("v2");
    assertThat(swap.ward()).isEqualTo("W");
    assertThat(adt("A17", EVN, PID, PV1).refusals()).containsExactly("NO_PATIENT_ID PID-3");
  }

  @Test
  void readsTheStatusOfABed() {
    Movement bed = movement(adt("A20", EVN, "NPU|W^R^B|H"));
    assertThat(bed.kind()).isEqualTo(Kind.BED_STATUS);
    assertThat(bed.patientId()).isNull();
    assertThat(bed.ward()).isEqualTo("W");
    assertThat(bed.bed()).isEqualTo("R/B");
    assertThat(bed.bedStatus()).isEqualTo("H");
    assertThat(adt("A20", EVN, "NPU|W^R^B").refusals()).containsExactly("NO_VALUE NPU-2");
    assertThat(adt("A20", EVN).refusals()).containsExactly("NO_VALUE NPU-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A03", "A08", "A28", "A31"})
  void aDeathIsToldByADischargeOrAnUpdate(String trigger) {
    String dead = PID + "|".repeat(26) + "20261124075500|Y";
    Movement death = movement(adt(trigger, EVN, dead, PV1));
    assertThat(death.kind()).isEqualTo(Kind.DEATH);
    assertThat(death.occurred()).isEqualTo("2026-11-24T07:55:00Z");
    Movement undated = movement(adt(trigger, EVN, PID + "|".repeat(27) + "Y", PV1));
    assertThat(undated.kind()).isEqualTo(Kind.DEATH);
    assertThat(undated.occurred()).isEqualTo("2026-11-24T08:00:00Z");
    Movement alive = movement(adt(trigger, EVN, PID + "|".repeat(27) + "N", PV1));
    assertThat(alive.kind()).isNotEqualTo(Kind.DEATH);
    assertThat(movement(adt("A01", EVN, dead, PV1)).kind()).isEqualTo(Kind.ADMIT);
  }

  @Test
  void aResultMayTellADeath() {
    String result = "OBX|1|NM|c^^L||5||||||F|||20261124080000";
    String dead = PID + "|".repeat(26) + "20261124075500|Y";
    Decoded decoded = results(dead, PV1, result, "PID|2||13^^^A", result);
    assertThat(decoded.panels()).hasSize(2);
    Movement death = movement(decoded);
    assertThat(death.kind()).isEqualTo(Kind.DEATH);
    assertThat(death.patientId()).isEqualTo("mrn|12");
    assertThat(death.encounter()).isEqualTo("v1");
    assertThat(death.ward()).isEqualTo("W");
    assertThat(death.occurred()).isEqualTo("2026-11-24T07:55:00Z");
    assertThat(results(PID + "|".repeat(27) + "Y", result).refusals())
        .containsExactly("NO_TIME PID-29");
    assertThat(results(PID + "|".repeat(26) + "20261124", result).refusals())
        .containsExactly("IMPRECISE_TIME PID-29");
    assertThat(results(PID + "|".repeat(27) + "N", result).movements()).isEmpty();
    byte[] unreadable =
        ("MSH|^~\\&|APP|FAC|||||ORU^R01|1|P|2.5\r" + PID + "|".repeat(27) + "\u00FF\r" + result)
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Decoded.of(HL7, unreadable).panels()).hasSize(1);
    assertThat(adt("A01", EVN, dead, result).movements())
        .as("an event tells it by what it is")
        .extracting(Movement::kind)
        .containsExactly(Kind.ADMIT);
  }

  private static Decoded results(String... segments) {
    return Decoded.of(
        HL7, "MSH|^~\\&|APP|FAC|||||ORU^R01|1|P|2.5\r" + String.join("\r", segments) + "\r");
  }

  @Test
  void happenedWhenTheEventSaysElseTheVisitElseWhenRecorded() {
    String recorded = "EVN||20261124080500";
    assertThat(movement(adt("A01", recorded, PID, PV1)).occurred())
        .isEqualTo("2026-11-24T07:00:00Z");
    assertThat(movement(adt("A03", recorded, PID, PV1)).occurred())
        .isEqualTo("2026-11-24T07:30:00Z");
    assertThat(movement(adt("A02", recorded, PID, PV1)).occurred())
        .isEqualTo("2026-11-24T08:05:00Z");
    assertThat(movement(adt("A01", recorded, PID, "PV1|1|I|W")).occurred())
        .isEqualTo("2026-11-24T08:05:00Z");
    assertThat(movement(adt("A02", recorded + "||||20261124", PID)).occurred())
        .as("a date is no moment")
        .isEqualTo("2026-11-24T08:05:00Z");
    assertThat(adt("A02", "EVN||||||20261124", PID).refusals())
        .containsExactly("IMPRECISE_TIME EVN-6");
    assertThat(adt("A02", PID).refusals()).containsExactly("NO_TIME EVN-6");
  }

  @Test
  void tracksToTheTemporaryPlaceAndPlansForThePendingOne() {
    String pv1 = "PV1|1|I|W||||||||T|" + "|".repeat(29) + "|P";
    assertThat(movement(adt("A09", EVN, PID, pv1)).ward()).isEqualTo("T");
    assertThat(movement(adt("A15", EVN, PID, pv1)).ward()).isEqualTo("P");
    assertThat(movement(adt("A02", EVN, PID, pv1)).ward()).isEqualTo("W");
    assertThat(movement(adt("A15", EVN, PID, PV1)).ward()).isEqualTo("W");
  }

  @Test
  void refusesWhomItDoesNotKnowAndIgnoresOtherEvents() {
    assertThat(adt("A01", EVN, "PID|1||12^^^B", PV1).refusals())
        .containsExactly("NO_PATIENT_ID PID-3");
    assertThat(adt("A01", EVN).refusals()).containsExactly("NO_PATIENT_ID PID-3");
    for (String other :
        new String[] {"A18", "A24", "A29", "A30", "A36", "A46", "A54", "A60", "A62"}) {
      Decoded decoded = adt(other, EVN, PID, PV1);
      assertThat(decoded.movements()).isEmpty();
      assertThat(decoded.ignored()).containsExactly(other);
    }
    assertThat(adt("", "EVN|A01|20261124080500", PID).movements()).hasSize(1);
  }

  @Test
  void anAdmissionMayHaveResultsToo() {
    Decoded decoded =
        adt("A01", EVN, PID + "||||19700301|F", PV1, "OBX|1|NM|c^^L||5||||||F|||20261124080000");
    assertThat(decoded.movements()).hasSize(1);
    assertThat(decoded.panels()).hasSize(2);
    assertThat(decoded.panels().get(1).ward()).isEqualTo("W");
  }

  private static Movement movement(Decoded decoded) {
    assertThat(decoded.refusals()).isEmpty();
    assertThat(decoded.movements()).hasSize(1);
    return decoded.movements().get(0);
  }

  private static Decoded adt(String trigger, String... segments) {
    return Decoded.of(
        HL7,
        "MSH|^~\\&|APP|FAC|||||ADT^" + trigger + "|1|P|2.5\r" + String.join("\r", segments) + "\r");
  }
}
