// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static io.medflink.core.Bedside.hr;
import static io.medflink.core.Bedside.mind;
import static io.medflink.core.Bedside.minute;
import static io.medflink.core.Bedside.panel;
import static io.medflink.core.Bedside.temp;
import static io.medflink.core.RiskAssessment.Status.AMENDED;
import static io.medflink.core.RiskAssessment.Status.ENTERED_IN_ERROR;
import static io.medflink.core.RiskAssessment.Status.FINAL;
import static io.medflink.core.RiskAssessment.Status.PRELIMINARY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AssessCoreTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Bedside held() {
    return new Bedside(AssessOptions.held(HOUR), new WardScore());
  }

  @Test
  void aMomentIsPreliminaryAtOnceAndFinalWhenTheWatermarkPasses() {
    Bedside ward = held().send(panel(0, hr(120), temp(37), mind("A")));
    assertThat(ward.statuses(0)).containsExactly(PRELIMINARY);
    ward.watermark(0);
    assertThat(ward.statuses(0)).containsExactly(PRELIMINARY, FINAL);
    RiskAssessment last = ward.said.get(1);
    assertThat(last.low()).isEqualTo(2);
    assertThat(last.high()).isEqualTo(2);
    assertThat(last.revision()).isEqualTo(2);
    assertThat(last.missing()).isEmpty();
  }

  @Test
  void whatIsMissingIsAnInterval() {
    Bedside ward = held().send(panel(0, hr(120)));
    RiskAssessment a = ward.said.get(0);
    assertThat(a.low()).isEqualTo(2);
    assertThat(a.high()).isEqualTo(8);
    assertThat(a.level()).isEqualTo(RiskLevel.UNKNOWN);
    assertThat(a.missing()).containsExactly("acvpu", "temp_c");
  }

  @Test
  void valuesAreCarriedToLaterMomentsUntilTheyAreTooOld() {
    Bedside ward = held().send(panel(0, hr(120), temp(37), mind("A")), panel(40, temp(37.1)));
    assertThat(ward.said.get(1).missing()).isEmpty();
    ward.send(panel(40.01, temp(37.2)));
    assertThat(ward.said.get(2).missing()).containsExactly("hr");
  }

  @Test
  void aLateValueAmendsItsMomentAndTheLaterOnesThatItChanges() {
    Bedside ward =
        held()
            .send(panel(0, hr(70), temp(37), mind("A")), panel(10, temp(37)), panel(20, hr(70)))
            .watermark(30);
    ward.said.clear();
    ward.send(panel(5, hr(140)));
    assertThat(ward.said).extracting(RiskAssessment::time).containsExactly(minute(5), minute(10));
    assertThat(ward.said).extracting(RiskAssessment::status).containsExactly(FINAL, AMENDED);
    assertThat(ward.said).extracting(RiskAssessment::low).containsExactly(3.0, 3.0);
  }

  @Test
  void aMomentWhoseValuesWereAllWithdrawnIsEnteredInError() {
    Observation wrong = hr(140).withId("f1");
    Bedside ward = held().send(panel(0, wrong)).watermark(1);
    ward.send(panel(0, wrong.withStatus(Observation.Status.ENTERED_IN_ERROR)));
    assertThat(ward.statuses(0)).containsExactly(PRELIMINARY, FINAL, ENTERED_IN_ERROR);
    assertThat(ward.said.get(2).predictions()).isEmpty();
    ward.send(panel(0, hr(80).withId("f2")));
    assertThat(ward.statuses(0)).endsWith(AMENDED);
    assertThat(ward.said).extracting(RiskAssessment::revision).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aWithdrawalThatArrivesBeforeItsValueStillWithdrawsIt() {
    Observation wrong = hr(140).withId("f1");
    Bedside ward =
        held()
            .send(panel(0, wrong.withStatus(Observation.Status.ENTERED_IN_ERROR)), panel(0, wrong));
    assertThat(ward.said).isEmpty();
    assertThat(ward.used).isEqualTo(2);
  }

  @Test
  void theSameValueAgainIsADuplicateHoweverItIsWrapped() {
    Bedside ward =
        held()
            .send(
                panel(0, hr(70).withId("f1")),
                panel(0, hr(70).withId("f1")).withIssued(minute(9)),
                panel(0, hr(70).withId("f2")));
    assertThat(ward.duplicate).isEqualTo(1);
    assertThat(ward.used).isEqualTo(2);
    assertThat(ward.statuses(0)).containsExactly(PRELIMINARY);
  }

  @Test
  void ofTwoValuesAtOneMomentTheNewerThenTheMoreTrustedOneCounts() {
    Panel device = panel(0, hr(70).withId("a").withMethod(Observation.Method.DEVICE));
    Panel nurse = panel(0, hr(120).withId("b").withMethod(Observation.Method.MANUAL));
    assertThat(held().send(device, nurse).said).last().extracting("low").isEqualTo(2.0);
    assertThat(held().send(nurse, device).said).last().extracting("low").isEqualTo(2.0);
    Panel newer = device.withIssued(minute(5));
    assertThat(held().send(nurse, newer).said).last().extracting("low").isEqualTo(0.0);
  }

  @Test
  void whatComesAfterTheLatenessIsLateAndChangesNothing() {
    Bedside ward = held().send(panel(0, hr(70))).watermark(60);
    int before = ward.said.size();
    ward.send(panel(0, hr(140)), panel(0.01, hr(140)));
    assertThat(ward.late).hasSize(1);
    assertThat(ward.said).hasSize(before + 1);
  }

  @Test
  void aComparatorIsAnIntervalAndNotAValue() {
    Bedside ward =
        held()
            .send(
                panel(
                    0,
                    hr(45).withComparator(Observation.Comparator.LESS_OR_EQUAL),
                    temp(37),
                    mind("A")));
    assertThat(ward.said.get(0).low()).isEqualTo(1);
    assertThat(ward.said.get(0).high()).isEqualTo(3);
  }

  @Test
  void aJumpIsToldAndTheValueStays() {
    Bedside ward = held().send(panel(0, hr(70), temp(37), mind("A")), panel(0.5, hr(190)));
    assertThat(ward.said.get(1).low()).isEqualTo(3);
    assertThat(ward.said.get(1).reason()).isEqualTo("jumped: hr");
    Bedside slow = held().send(panel(0, hr(70), temp(37), mind("A")), panel(5, hr(190)));
    assertThat(slow.said.get(1).reason()).isNull();
  }

  @Test
  void wrongUnitsAndImpossibleValuesAreRejectedWithoutClean() {
    Bedside ward =
        held()
            .send(
                panel(
                    0,
                    Observation.of("8310-5", 98.6, "[degF]"),
                    Observation.of("8867-4", 70, null),
                    hr(0),
                    mind("asleep"),
                    Observation.of("1234-5", 1, "1")));
    assertThat(ward.rejected)
        .extracting(Rejected::code)
        .containsExactly(
            RejectCode.WRONG_UNIT,
            RejectCode.UNMAPPED_UNIT,
            RejectCode.IMPOSSIBLE_VALUE,
            RejectCode.UNMAPPED_VALUE);
    assertThat(ward.unused).isEqualTo(1);
    assertThat(ward.said).isEmpty();
    assertThat(ward.state.isEmpty()).isTrue();
  }

  @Test
  void aSettingHoldsFromItsTimeToItsEnd() {
    Control scale2 =
        new Control(
            Control.Kind.SETTING,
            "ward|1",
            null,
            null,
            Setting.SPO2_SCALE.loinc(),
            1,
            "Dr A",
            null,
            minute(5),
            minute(15));
    Bedside ward =
        held()
            .send(
                panel(0, hr(70), temp(37), mind("A")),
                panel(10, hr(70)),
                panel(20, hr(70)),
                scale2);
    ward.end();
    assertThat(ward.lastWords().values())
        .extracting(w -> w.substring(0, w.indexOf(' ')))
        .containsExactly(
            "score=0.0..0.0",
            "score=10.0..10.0",
            "score=10.0..10.0",
            "score=0.0..0.0",
            "score=0.0..0.0");
  }

  @Test
  void immediateAnswersComeOnceAndOlderPanelsAreLate() {
    Bedside ward = new Bedside(AssessOptions.immediate(), new WardScore());
    ward.send(panel(0, hr(70)), panel(1, temp(37)), panel(0.5, hr(80)), panel(1, mind("A")));
    assertThat(ward.late).hasSize(1);
    ward.watermark(10);
    assertThat(ward.said).extracting(RiskAssessment::status).containsOnly(PRELIMINARY);
    assertThat(ward.said.get(2).low()).isZero();
    assertThat(ward.said.get(2).high()).isZero();
  }

  @Test
  void aPatientIsForgottenAfterTheRetention() {
    for (AssessOptions options :
        new AssessOptions[] {AssessOptions.held(HOUR), AssessOptions.immediate()}) {
      Bedside ward = new Bedside(options.withRetention(Duration.ofDays(2)), new WardScore());
      for (int i = 0; i < 50; i++) {
        ward.send(panel(i * 10.0, hr(70 + i))).watermark(i * 10.0 - 5);
      }
      ward.watermark(500 + 60 * 24);
      assertThat(ward.state.isEmpty()).isFalse();
      ward.watermark(500 + 60 * 25 + 2 * 60 * 24);
      assertThat(ward.state.isEmpty()).isTrue();
      assertThat(ward.timers).isEmpty();
    }
  }

  @Test
  void stateIsReadableWithOneModelMoreOrLess() {
    Bedside ward = new Bedside(AssessOptions.held(HOUR), new WardScore(), new PulseTrend());
    ward.send(panel(0, hr(70), temp(37), mind("A")), panel(1, hr(71)), panel(2, temp(39)));
    ward.restore(new PulseTrend());
    ward.send(panel(3, hr(72)));
    ward.restore(new PulseTrend(), new WardScore());
    ward.said.clear();
    ward.send(panel(4, hr(140)));
    assertThat(ward.said).hasSize(2);
    ward.watermark(4);
    assertThat(ward.lastWords())
        .containsKeys("pulse-trend " + minute(0), "ward-score " + minute(4));
  }

  @Test
  void aPanelInOrderCostsOneReadAndAtMostTwoWritesAndOneTimer() {
    Bedside ward = held();
    for (int i = 0; i < 200; i++) {
      count(ward, 1, 2, () -> {});
      int minute = i;
      count(ward, 1, 2, () -> ward.send(panel(minute, hr(60 + minute % 40), temp(37), mind("A"))));
    }
    int set = ward.timersSet;
    assertThat(set).isLessThanOrEqualTo(3);
    Bedside flowing = new Bedside(AssessOptions.held(Duration.ZERO), new WardScore());
    for (int i = 0; i < 200; i++) {
      int minute = i;
      count(flowing, 1, 2, () -> flowing.send(panel(minute, hr(60 + minute % 40), temp(37))));
      count(flowing, 2, 2, () -> flowing.watermark(minute));
    }
    assertThat(flowing.timersSet).isLessThanOrEqualTo(202);
    Bedside immediate = new Bedside(AssessOptions.immediate(), new WardScore());
    for (int i = 0; i < 200; i++) {
      int minute = i;
      count(immediate, 1, 1, () -> immediate.send(panel(minute, hr(60 + minute % 40), temp(37))));
    }
  }

  private static void count(Bedside ward, int reads, int writes, Runnable action) {
    ward.state.reads = 0;
    ward.state.writes = 0;
    action.run();
    assertThat(ward.state.reads).isLessThanOrEqualTo(reads);
    assertThat(ward.state.writes).isLessThanOrEqualTo(writes);
  }

  @Test
  void aFiringWithLatenessCostsAtMostTwoReadsAndTwoWrites() {
    Bedside ward = held();
    for (int i = 0; i < 100; i++) {
      ward.send(panel(i, hr(60 + i % 40), temp(37), mind("A")));
      if (i % 70 != 60) {
        int minute = i;
        count(ward, 2, 2, () -> ward.watermark(minute));
      } else {
        ward.watermark(i);
      }
    }
  }

  @Test
  void theHeadOfACompleteChartIsSmall() {
    Bedside ward = new Bedside(AssessOptions.held(Duration.ZERO), new WardScore());
    ward.send(panel(0, hr(72), temp(36.8), mind("A"))).watermark(1);
    assertThat(ward.state.head).isNotNull();
    assertThat(ward.state.head.length).isLessThanOrEqualTo(60);
  }

  @Test
  void liveDeadlinesFallDueByTheClockWithoutAWatermark() {
    MapAssessState state = new MapAssessState();
    AssessCore core =
        new AssessCore(java.util.List.of(new WardScore()), AssessOptions.held(HOUR), state);
    Bedside out = held();
    core.on(panel(0, hr(70)), new Now(Long.MIN_VALUE, minute(-1).toEpochMilli()), out);
    core.advance(new Now(Long.MIN_VALUE, minute(1).toEpochMilli()), out);
    core.on(panel(0, temp(38.5)), new Now(Long.MIN_VALUE, minute(2).toEpochMilli()), out);
    assertThat(out.statuses(0)).containsExactly(PRELIMINARY, FINAL, AMENDED);
  }

  @Test
  void thePlaceOfTheNewestPanelOfTheMomentComesAlong() {
    Instant issued = minute(1);
    Panel old = panel(0, hr(70)).withStay("e1", "north", "w1", "b1");
    Panel moved = panel(0, temp(37)).withStay("e1", "north", "w2", "b9").withIssued(issued);
    assertThat(held().send(old, moved).said).last().extracting("ward").isEqualTo("w2");
    assertThat(held().send(moved, old).said).last().extracting("ward").isEqualTo("w2");
  }
}
