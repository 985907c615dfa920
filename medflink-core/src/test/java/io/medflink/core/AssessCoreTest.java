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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AssessCoreTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** The bytes of a head and a moment as version 1 writes them: they stand in savepoints. */
  private static final String HEAD_2 =
      "021280fbb694956701bfa9070003000f0080d30e44084c1001aa0bc0a907010401084c8003036532"
          + "00020b776172642d73636f726502a1dbae756ec464100c70756c73652d7472656e64000000000000"
          + "00000001bfa90701dfd40301ffd20e010001000180e7a8030180e7a6c28102010001036532e0d403";

  private static final String MOMENT_2 =
      "0201bfa90701c0a90703000f00c0a9071008e005c0a9075001aa0b0110d101aa0bc0a9070366313f"
          + "0265026602770262c0a90780d30e020b776172642d73636f726504ef92961a6bf0dd670c70756c73"
          + "652d7472656e6404544ab2a273c28834";

  private static final String HEAD_1 =
      "010280fbb694956701bfa9070003000f0080d30e44084c1001aa0bc0a907010401084c00020b7761"
          + "72642d73636f7265025c654cdecc726a130c70756c73652d7472656e6400000000000000000001bf"
          + "a9070001ffd20e010001000180e7a8030180e7a6c28102";

  private static final String MOMENT_1 =
      "0101bfa90701c0a90703000f00c0a9071008e005c0a9075001aa0b0110d101aa0bc0a9070366313f"
          + "0265026602770262c0a90780d30e020b776172642d73636f726504ef92961a6bf0dd670c70756c73"
          + "652d7472656e6404544ab2a273c28834";

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
    assertThat(ward.used).isZero();
    assertThat(ward.said.get(0).missing()).containsExactly("acvpu", "hr", "temp_c");
  }

  @Test
  void aRefusedValueLeavesNothingKnownUntilTheNextOne() {
    Bedside ward = held().send(panel(0, hr(72), temp(37), mind("A")));
    Observation refused = hr(5000);
    ward.send(panel(1, refused), panel(2, temp(37)), panel(3, hr(80)));
    assertThat(ward.said)
        .filteredOn(a -> a.model().equals("ward-score"))
        .extracting(a -> String.join(",", a.missing()))
        .containsExactly("", "hr", "hr", "");
    assertThat(ward.rejected).extracting(Rejected::code).containsOnly(RejectCode.IMPOSSIBLE_VALUE);
    assertThat(ward.in).isEqualTo(ward.used + ward.rejected.size());
    // A good value of the same moment counts, and so does a correction.
    ward.send(panel(1, hr(90)));
    assertThat(ward.lastWords().get("ward-score " + minute(2))).contains("missing  ");
  }

  @Test
  void whatCleanRefusedIsRefusedHereTooAndCountsInNoBooks() {
    Bedside ward = held().send(panel(0, hr(72), temp(37), mind("A")));
    Cleaner.with(CodeMap.none()).clean(panel(1, hr(5000)), ward::send, ward.rejected::add);
    assertThat(ward.rejected).hasSize(1);
    assertThat(ward.used).isEqualTo(3);
    assertThat(ward.lastWords().get("ward-score " + minute(1))).contains("missing hr ");
  }

  @Test
  void whatHoldsForLifeIsNeverLateAndOutlivesTheRetention() {
    Observation scale = Observation.coded(Setting.SPO2_SCALE, "2");
    Instant longAgo = Instant.parse("1957-03-12T00:00:00Z");
    for (AssessOptions options :
        new AssessOptions[] {AssessOptions.held(HOUR), AssessOptions.immediate()}) {
      Bedside ward = new Bedside(options, new WardScore());
      ward.send(panel(0, hr(70), temp(37), mind("A"))).watermark(90);
      ward.send(Panel.of("ward|1", longAgo, scale), panel(100, hr(70), temp(37), mind("A")));
      assertThat(ward.late).isEmpty();
      assertThat(ward.said).last().extracting("low").isEqualTo(10.0);
      Bedside first = new Bedside(options, new WardScore());
      first.send(Panel.of("ward|1", longAgo, scale)).watermark(0);
      first.send(panel(1, hr(70), temp(37), mind("A")));
      assertThat(first.said).last().extracting("low").isEqualTo(10.0);
    }
  }

  @Test
  void anAnswerUnderAnotherEncounterIsWithdrawn() {
    Bedside ward = held().send(panel(0, hr(70)));
    ward.send(panel(0, temp(37)).withStay("e1", null, null, null));
    assertThat(ward.statuses(0)).containsExactly(PRELIMINARY, ENTERED_IN_ERROR, PRELIMINARY);
    assertThat(ward.said).extracting(RiskAssessment::encounter).containsExactly(null, null, "e1");
  }

  @Test
  void anAmendmentWasReceivedWithWhatLedToIt() {
    Bedside ward =
        held().send(panel(0, hr(70), temp(37), mind("A")), panel(10, temp(37))).watermark(20);
    ward.send(panel(5, hr(140)).withReceived(minute(65)));
    assertThat(ward.said).last().extracting("time", "received").contains(minute(10), minute(65));
  }

  @Test
  void aSavepointOfHeldModeGoesOnInImmediateMode() {
    Bedside held = held().send(panel(0, hr(70)), panel(1, hr(71)), panel(2, hr(72)));
    Bedside ward = new Bedside(AssessOptions.immediate(), held.state, new WardScore());
    ward.send(panel(3, hr(140)), panel(4, hr(141))).watermark(10);
    assertThat(ward.said).last().extracting("low").isEqualTo(3.0);
    assertThat(ward.state.moments).isEmpty();
  }

  @Test
  void afterARestoreAFinalAnswerIsAmendedNotPreliminary() {
    Bedside ward = held().watermark(5).send(panel(0, hr(70)));
    ward.restore(new WardScore());
    ward.send(panel(0, temp(39)));
    assertThat(ward.statuses(0)).containsExactly(FINAL, AMENDED);
  }

  @Test
  void whatWouldMixUpPatientsOrModelsIsRefused() {
    assertThatThrownBy(
            () -> new Bedside(AssessOptions.immediate(), new WardScore(), new WardScore()))
        .hasMessageContaining("two models have one id");
    assertThatThrownBy(() -> AssessOptions.held(Duration.ofMillis(Long.MAX_VALUE)))
        .hasMessageContaining("lateness");
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
  void stateOfEveryVersionIsStillReadable() {
    Bedside ward = new Bedside(AssessOptions.held(HOUR), new WardScore(), new PulseTrend());
    ward.send(
        panel(0, hr(72), temp(36.8), mind("A")),
        panel(1, hr(72.5).withId("f1").withMethod(Observation.Method.DEVICE))
            .withIssued(minute(2))
            .withReceived(minute(3))
            .withStay("e", "f", "w", "b"),
        StayTest.movement(Movement.Kind.ADMIT, 1.5, "e2"),
        panel(2, temp(38).withComparator(Observation.Comparator.GREATER)));
    ward.watermark(1);
    String head = HexFormat.of().formatHex(ward.state.head);
    String moment = HexFormat.of().formatHex(ward.state.moments.get(minute(1).toEpochMilli()));
    assertThat(head + " " + moment).isEqualTo(HEAD_2 + " " + MOMENT_2);
    assertThat(nextAnswer(HEAD_1, MOMENT_1)).isEqualTo("3.0 missing temp_c");
    assertThat(nextAnswer(HEAD_2, MOMENT_2)).isEqualTo("3.0 missing hr,temp_c");
  }

  /** What is answered after three minutes where the patient is found unresponsive to speech. */
  private static String nextAnswer(String head, String moment) {
    Bedside later = new Bedside(AssessOptions.held(HOUR), new WardScore(), new PulseTrend());
    later.state.head = HexFormat.of().parseHex(head);
    later.state.moments.put(minute(1).toEpochMilli(), HexFormat.of().parseHex(moment));
    later.send(panel(3, mind("V")));
    RiskAssessment answer = later.said.get(0);
    return answer.low() + " missing " + String.join(",", answer.missing());
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

  @Test
  void anAnswerTellsTheFeedOfItsMomentAlsoAfterARestore() {
    Bedside ward = new Bedside(AssessOptions.held(Duration.ofHours(1)), new WardScore());
    ward.send(Bedside.panel(0, Bedside.hr(80)).withFeed("monitors"));
    ward.restore(new WardScore());
    ward.end();
    assertThat(ward.said).extracting(RiskAssessment::feed).containsOnly("monitors");
  }
}
