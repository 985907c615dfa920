// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static io.medflink.core.Bedside.hr;
import static io.medflink.core.Bedside.mind;
import static io.medflink.core.Bedside.minute;
import static io.medflink.core.Bedside.panel;
import static io.medflink.core.Bedside.temp;
import static io.medflink.core.Movement.Kind.ADMIT;
import static io.medflink.core.Movement.Kind.CANCEL_DISCHARGE;
import static io.medflink.core.Movement.Kind.DEATH;
import static io.medflink.core.Movement.Kind.DISCHARGE;
import static io.medflink.core.Movement.Kind.LINK;
import static io.medflink.core.Movement.Kind.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vital signs live in their stay, whatever the order in which movements and values arrive. */
class StayTest {
  private static final AssessOptions HELD = AssessOptions.held(Duration.ofDays(1));

  static Movement movement(Movement.Kind kind, double minutes, String encounter) {
    return new Movement(
        kind,
        "ward|1",
        null,
        encounter,
        null,
        null,
        null,
        null,
        null,
        minute(minutes),
        null,
        null,
        "adt");
  }

  private static Movement to(Movement m, String ward, String bed) {
    return new Movement(
        m.kind(),
        m.patientId(),
        null,
        m.encounter(),
        m.otherEncounter(),
        "f",
        ward,
        bed,
        null,
        m.occurred(),
        m.recorded(),
        null,
        m.feed());
  }

  private static Movement recorded(Movement m, double minutes) {
    return new Movement(
        m.kind(),
        m.patientId(),
        null,
        m.encounter(),
        m.otherEncounter(),
        m.facility(),
        m.ward(),
        m.bed(),
        null,
        m.occurred(),
        minute(minutes),
        null,
        m.feed());
  }

  /** The last word about the ward score at a minute, the same for every order of arrival. */
  private static String last(double minutes, AssessOptions options, ChartEvent... events) {
    String last = null;
    for (int seed = 0; seed < 30; seed++) {
      List<ChartEvent> order = new ArrayList<>(Arrays.asList(events));
      if (seed > 0) {
        Collections.shuffle(order, new Random(seed));
      }
      Bedside ward = new Bedside(options, new WardScore());
      order.forEach(ward::send);
      ward.end();
      String words = ward.lastWords().get("ward-score " + minute(minutes));
      assertThat(last == null || last.equals(words)).as("seed %d: %s", seed, words).isTrue();
      last = words;
    }
    return last;
  }

  private static String last(double minutes, ChartEvent... events) {
    return last(minutes, HELD, events);
  }

  private static final Panel ALL = panel(0, hr(72), temp(37), mind("A"));
  private static final Panel PULSE = panel(20, hr(72));

  @Test
  void nothingOfTheStayCountsAfterItsDischarge() {
    assertThat(last(20, ALL, PULSE)).contains("missing  ");
    assertThat(last(20, ALL, PULSE, movement(ADMIT, -5, "e1"), movement(DISCHARGE, 10, "e1")))
        .contains("missing acvpu,temp_c")
        .endsWith("null null");
    assertThat(last(20, ALL, PULSE, movement(ADMIT, -5, "e1"), movement(DEATH, 10, "e1")))
        .contains("missing acvpu,temp_c");
  }

  @Test
  void whatIsMeasuredAtTheVeryDischargeBelongsToTheStay() {
    assertThat(last(20, ALL, PULSE, movement(ADMIT, -5, "e1"), movement(DISCHARGE, 20, "e1")))
        .contains("missing  ")
        .endsWith("e1 null");
    assertThat(last(20, ALL, PULSE, movement(ADMIT, -5, "e1"), movement(DISCHARGE, 0, "e1")))
        .contains("missing acvpu,temp_c");
  }

  @Test
  void aCancelledDischargeReopensTheStay() {
    Movement discharge = movement(DISCHARGE, 10, "e1");
    Movement cancel = recorded(movement(CANCEL_DISCHARGE, 10, "e1"), 15);
    assertThat(last(20, ALL, PULSE, movement(ADMIT, -5, "e1"), discharge, cancel))
        .contains("missing  ")
        .endsWith("e1 null");
    Movement again = recorded(movement(DISCHARGE, 12, "e1"), 16);
    assertThat(last(20, ALL, PULSE, movement(ADMIT, -5, "e1"), discharge, cancel, again))
        .contains("missing acvpu,temp_c");
  }

  @Test
  void aReadmissionBeginsWithAnEmptyChartUnlessItFollowsWithinTheGap() {
    ChartEvent[] events = {
      ALL,
      PULSE,
      movement(ADMIT, -5, "e1"),
      movement(DISCHARGE, 10, "e1"),
      movement(ADMIT, 15, "e2")
    };
    assertThat(last(20, events)).contains("missing acvpu,temp_c").endsWith("e2 null");
    AssessOptions gap = HELD.withStayGap(Duration.ofMinutes(5));
    assertThat(last(20, gap, events)).contains("missing  ").endsWith("e2 null");
  }

  @Test
  void linkedStaysAreOne() {
    Panel inE1 = ALL.withStay("e1", null, null, null);
    Panel inE2 = PULSE.withStay("e2", null, null, null);
    assertThat(last(20, inE1, inE2)).contains("missing acvpu,temp_c");
    Movement link =
        new Movement(
            LINK, "ward|1", null, "e2", "e1", null, null, null, null, minute(10), null, null, null);
    assertThat(last(20, inE1, inE2, link)).contains("missing  ");
  }

  @Test
  void whatHoldsForThePatientOutlivesTheStay() {
    Panel scale = panel(1, Observation.coded(Setting.SPO2_SCALE, "2"));
    assertThat(last(20, scale, PULSE, movement(ADMIT, -5, "e1"), movement(DISCHARGE, 10, "e1")))
        .contains("score=10.0..");
  }

  @Test
  void aTransferKeepsTheChartAndTellsThePlaceAsOfEventTime() {
    ChartEvent[] events = {
      ALL,
      PULSE,
      panel(30, hr(80)),
      to(movement(ADMIT, -5, "e1"), "w1", "b1"),
      to(movement(TRANSFER, 10, "e1"), "w2", "b1"),
      to(movement(TRANSFER, 25, "e1"), "w3", "b1")
    };
    assertThat(last(0, events)).endsWith("e1 w1");
    assertThat(last(20, events)).contains("missing  ").endsWith("e1 w2");
    assertThat(last(30, events)).contains("missing  ").endsWith("e1 w3");
  }

  @Test
  void aResultOfAnotherVisitLeavesTheChartOfTheStayAlone() {
    Panel result =
        panel(10, Observation.coded(Setting.SPO2_SCALE, "2")).withStay("lab", null, null, null);
    Panel inE1 = ALL.withStay("e1", null, null, null);
    Panel later = PULSE.withStay("e1", null, null, null);
    assertThat(last(20, inE1, result, later)).contains("missing  ");
    assertThat(last(10, inE1, result, later)).contains("missing acvpu,hr,temp_c");
  }

  @Test
  void answersUnderAnotherStayAreTakenBackBeforeTheNewOnes() {
    Bedside ward = new Bedside(HELD, new WardScore());
    ward.send(ALL, movement(ADMIT, -5, "e1"));
    assertThat(ward.said)
        .extracting(RiskAssessment::encounter, RiskAssessment::status)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(null, RiskAssessment.Status.PRELIMINARY),
            org.assertj.core.groups.Tuple.tuple(null, RiskAssessment.Status.ENTERED_IN_ERROR),
            org.assertj.core.groups.Tuple.tuple("e1", RiskAssessment.Status.PRELIMINARY));
    ward.send(movement(ADMIT, -5, "e1"));
    assertThat(ward.said).hasSize(3);
  }

  private static Control scale(double minutes, double value, String author, Instant until) {
    return new Control(
        Control.Kind.SETTING,
        "ward|1",
        null,
        null,
        Setting.SPO2_SCALE.loinc(),
        value,
        author,
        "confirmed",
        minute(minutes),
        until,
        null,
        null);
  }

  @Test
  void aDecidedSettingCountsFromThenOn() {
    ChartEvent[] events = {ALL, PULSE, scale(10, 2, "doctor", null)};
    assertThat(last(0, events)).contains("score=0.0..0.0");
    assertThat(last(20, events)).contains("score=10.0..10.0");
  }

  @Test
  void aSettingThatLacksWhatItNeedsIsRefused() {
    Bedside ward = new Bedside(HELD, new WardScore());
    ward.send(
        scale(1, 3, "doctor", null),
        scale(1, 0, "doctor", null),
        scale(1, 2, null, null),
        scale(1, 2, "doctor", minute(9)),
        scale(1, 2, "doctor", null).withPatientId("ward|1"));
    assertThat(ward.rejected)
        .extracting(r -> r.code() + " " + r.field())
        .containsExactly(
            "BAD_CONTROL value", "BAD_CONTROL value", "BAD_CONTROL author", "BAD_CONTROL until");
    assertThat(ward.said).hasSize(1);
  }

  @Test
  void manyMovementsDoNotMakeTheStateGrow() {
    Bedside ward = new Bedside(AssessOptions.held(Duration.ZERO), new WardScore());
    ward.send(movement(ADMIT, -1, "e1"));
    int size = 0;
    for (int i = 0; i < 300; i++) {
      ward.send(to(movement(TRANSFER, i, "e1"), "w" + i % 10, "b"), panel(i + 0.5, hr(70)));
      ward.watermark(i + 0.7);
      size = i == 60 ? ward.state.head.length : size;
    }
    assertThat(ward.state.head.length).isLessThanOrEqualTo(size + 40);
    assertThat(ward.said.get(ward.said.size() - 1))
        .extracting(RiskAssessment::encounter, RiskAssessment::ward)
        .containsExactly("e1", "w9");
  }
}
