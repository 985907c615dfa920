// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static io.medflink.core.Alert.Event.CLEARED;
import static io.medflink.core.Alert.Event.ESCALATED;
import static io.medflink.core.Alert.Event.FEED_LOST;
import static io.medflink.core.Alert.Event.HISTORICAL;
import static io.medflink.core.Alert.Event.RAISED;
import static io.medflink.core.Alert.Event.SIGNAL_LOST;
import static io.medflink.core.Alert.Event.SUPPRESSED;
import static io.medflink.core.Alert.Event.WITHDRAWN;
import static io.medflink.core.AlertBed.at;
import static io.medflink.core.AlertBed.control;
import static io.medflink.core.AlertBed.level;
import static io.medflink.core.AlertBed.movement;
import static io.medflink.core.AlertBed.options;
import static io.medflink.core.AlertBed.rule;
import static io.medflink.core.ExpectedSignal.device;
import static io.medflink.core.ExpectedSignal.rounds;
import static io.medflink.core.RiskLevel.HIGH;
import static io.medflink.core.RiskLevel.LOW;
import static io.medflink.core.RiskLevel.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is expected and does not come, and who is not expected to send anything. */
class AlertSignalTest {
  private static final AlertRule DEVICE =
      rule().withExpected(device("w1", null, Duration.ofMinutes(10)));

  @Test
  void aPatientWhoseObservationsStopIsToldOnceAndClearedByTheNext() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.send(level(5, LOW));
    bed.watermark(14.9);
    assertThat(bed.said).isEmpty();
    bed.watermark(15);
    bed.watermark(40);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
    assertThat(bed.last().onset()).isEqualTo(at(5));
    assertThat(bed.last().time()).isEqualTo(at(15));
    bed.send(level(50, LOW));
    assertThat(bed.events()).containsExactly(SIGNAL_LOST, CLEARED);
  }

  @Test
  void theIntervalIsThatOfTheLastLevelAndTheWard() {
    AlertRule byLevel =
        rule()
            .withExpected(
                rounds("w1", HIGH, Duration.ofMinutes(30)),
                rounds("w1", null, Duration.ofHours(4)),
                rounds("w2", null, Duration.ofHours(8)));
    AlertBed bed = new AlertBed(options(byLevel));
    bed.send(level(0, LOW));
    bed.watermark(239);
    assertThat(bed.said).isEmpty();
    bed.send(level(239.5, HIGH));
    bed.watermark(269.5);
    assertThat(bed.events()).containsExactly(RAISED, SIGNAL_LOST);
  }

  @Test
  void overdueRoundsAreALowerAlertThanADeadDevice() {
    AlertBed bed =
        new AlertBed(options(rule().withExpected(rounds(null, null, Duration.ofHours(4)))));
    bed.send(level(0, LOW));
    bed.watermark(240);
    assertThat(bed.last().priority()).isEqualTo(Alert.Priority.LOW);
    assertThat(bed.last().why()).startsWith("observations are overdue");
    bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.watermark(240);
    assertThat(bed.last().priority()).isEqualTo(Alert.Priority.MEDIUM);
    assertThat(bed.last().why()).startsWith("the device is silent");
  }

  @Test
  void anUnknownLevelIsExpectedAsSoonAsTheWorst() {
    AlertRule byLevel =
        rule()
            .withExpected(
                rounds(null, LOW, Duration.ofHours(12)),
                rounds(null, HIGH, Duration.ofMinutes(30)));
    AlertBed bed = new AlertBed(options(byLevel));
    bed.send(AlertBed.assessment(0, 1, RiskLevel.UNKNOWN, RiskLevel.UNKNOWN, 0));
    bed.watermark(30);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
  }

  @Test
  void lateNewsWithdrawsASilenceThatWasNone() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.watermark(12);
    bed.send(level(8, LOW));
    assertThat(bed.events()).containsExactly(SIGNAL_LOST, WITHDRAWN);
    bed.watermark(18);
    assertThat(bed.last().event()).isEqualTo(SIGNAL_LOST);
    assertThat(bed.last().onset()).isEqualTo(at(8));
  }

  @ParameterizedTest
  @EnumSource(
      value = Movement.Kind.class,
      names = {"DISCHARGE", "DEATH", "LEAVE"})
  void nobodyWhoLeftIsExpectedToSendAnything(Movement.Kind kind) {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.send(movement(kind, "e1", null, 5));
    bed.watermark(600);
    assertThat(bed.said).isEmpty();
  }

  @Test
  void aTransferToAnUnmonitoredWardEndsWhatIsExpectedAndKeepsTheEpisode() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, HIGH));
    bed.watermark(10);
    assertThat(bed.events()).containsExactly(RAISED, SIGNAL_LOST);
    bed.send(movement(Movement.Kind.TRANSFER, "e1", "w9", 12));
    bed.watermark(600);
    assertThat(bed.events()).containsExactly(RAISED, SIGNAL_LOST, CLEARED);
    assertThat(bed.last().id()).isEqualTo(bed.said.get(1).id());
    assertThat(bed.last().ward()).isEqualTo("w9");
  }

  @Test
  void dischargeAndDeathEndTheOpenEpisodes() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, HIGH));
    bed.send(movement(Movement.Kind.DISCHARGE, "e1", null, 5));
    assertThat(bed.events()).containsExactly(RAISED, CLEARED);
    assertThat(bed.last().why()).isEqualTo("discharge");
    bed.send(level(6, HIGH));
    assertThat(bed.events()).as("a monitor that runs on").containsExactly(RAISED, CLEARED);
  }

  @Test
  void aCancelledDischargeReopensInEveryOrder() {
    Movement discharge = movement(Movement.Kind.DISCHARGE, "e1", null, 5);
    Movement cancel = movement(Movement.Kind.CANCEL_DISCHARGE, "e1", null, 7);
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, HIGH));
    bed.send(discharge);
    bed.send(cancel);
    assertThat(bed.events()).containsExactly(RAISED, CLEARED, RAISED);
    bed.watermark(17);
    assertThat(bed.last().event()).isEqualTo(SIGNAL_LOST);
    AlertBed other = new AlertBed(options(DEVICE));
    other.send(cancel);
    other.send(discharge);
    other.send(level(0, HIGH));
    other.watermark(17);
    assertThat(other.lastWords()).isEqualTo(bed.lastWords());
  }

  @Test
  void aReturnFromLeaveIsExpectedAgainFromThenOn() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.send(movement(Movement.Kind.LEAVE, "e1", null, 5));
    bed.send(movement(Movement.Kind.RETURN, "e1", "w1", 100));
    bed.watermark(109);
    assertThat(bed.said).isEmpty();
    bed.watermark(110);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
  }

  @Test
  void aReadmissionExpectsNothingBeforeItsFirstAssessment() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.send(movement(Movement.Kind.DISCHARGE, "e1", null, 5));
    bed.send(movement(Movement.Kind.ADMIT, "e2", "w1", 30));
    bed.watermark(300);
    assertThat(bed.said).isEmpty();
  }

  @Test
  void aSuspendedSilenceIsToldWhenTheSuspensionExpires() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(control(Control.Kind.SUSPEND, null, 0, 60.0));
    bed.send(level(0, LOW));
    bed.watermark(60);
    assertThat(bed.events()).containsExactly(SUPPRESSED, SIGNAL_LOST);
  }

  private static Alert lost(double since, double told, Alert.Event event) {
    return new Alert(
        "feed-" + since,
        null,
        null,
        null,
        null,
        null,
        null,
        "monitors",
        event,
        Alert.Priority.HIGH,
        RiskLevel.UNKNOWN,
        false,
        false,
        at(since),
        at(told),
        null,
        null,
        null);
  }

  @Test
  void aLostFeedHoldsBackItsPatientsSilenceAndItsReturnClearsNothingFalsely() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.feed(lost(1, 4, FEED_LOST));
    bed.watermark(200);
    assertThat(bed.said).isEmpty();
    bed.feed(lost(1, 210, CLEARED));
    bed.watermark(219);
    assertThat(bed.said).isEmpty();
    bed.watermark(220);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
  }

  @Test
  void whoWasSilentBeforeTheFeedWasLostStaysSo() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.watermark(10);
    bed.feed(lost(30, 35, FEED_LOST));
    bed.watermark(60);
    bed.feed(lost(30, 70, CLEARED));
    bed.watermark(90);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
  }

  @Test
  void newsOfALostFeedThatComesLateWithdrawsThePatientsSilence() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.watermark(10);
    bed.feed(lost(2, 12, FEED_LOST));
    bed.watermark(11);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST, WITHDRAWN);
  }

  @Test
  void anotherFeedsLossHoldsNothingBack() {
    AlertBed bed = new AlertBed(options(DEVICE));
    Alert other = lost(1, 4, FEED_LOST);
    bed.feed(
        new Alert(
            "x",
            null,
            null,
            null,
            null,
            null,
            null,
            "laboratory",
            FEED_LOST,
            other.priority(),
            other.level(),
            false,
            false,
            other.onset(),
            other.time(),
            null,
            null,
            null));
    bed.send(level(0, LOW));
    bed.watermark(10);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
  }

  @Test
  void inLiveModeDeadlinesFallDueByTheClockWhenNothingArrives() {
    AlertBed bed = new AlertBed(AlertOptions.of(DEVICE));
    bed.set(0);
    bed.send(level(0, LOW));
    assertThat(bed.core().wakeByClock()).isEqualTo(AlertBed.ms(10));
    bed.clock(9.9);
    assertThat(bed.said).isEmpty();
    bed.clock(10);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
    assertThat(bed.last().delayed()).isFalse();
  }

  @Test
  void aFeedThatLagsAnHourIsNotSilent() {
    AlertBed bed = new AlertBed(AlertOptions.of(DEVICE));
    for (int i = 0; i < 30; i++) {
      bed.set(i + 59);
      bed.send(AlertBed.assessment(i, 1, LOW, LOW, i + 59));
      bed.clock(i + 59.5);
    }
    assertThat(bed.said).isEmpty();
    bed.clock(29 + 59 + 9.9);
    assertThat(bed.said).isEmpty();
    bed.clock(29 + 59 + 10);
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
  }

  @Test
  void inReplayNothingFallsDueBeyondTheEndOfTheInput() {
    AlertBed bed = new AlertBed(options(DEVICE));
    bed.send(level(0, LOW));
    bed.finish();
    assertThat(bed.said).isEmpty();
    bed.end = AlertBed.ms(10);
    bed.finish();
    assertThat(bed.events()).containsExactly(SIGNAL_LOST);
    assertThat(bed.core().wake()).isEqualTo(EventTimeCore.NEVER);
    assertThat(bed.core().wakeByClock()).isEqualTo(EventTimeCore.NEVER);
  }

  @Test
  void afterAnOutageOverdueDeadlinesFallDueOnceAndAreMarkedDelayed() {
    AlertRule full = DEVICE.withEscalation(3, Duration.ofMinutes(5));
    AlertBed bed = new AlertBed(AlertOptions.of(full));
    bed.set(0);
    bed.send(level(0, MEDIUM));
    bed.clock(6);
    assertThat(bed.events()).containsExactly(RAISED, ESCALATED);
    bed.restore();
    bed.clock(480);
    assertThat(bed.events().subList(2, bed.said.size()))
        .containsExactly(ESCALATED, SIGNAL_LOST, ESCALATED);
    assertThat(bed.said.subList(2, bed.said.size())).allMatch(Alert::delayed);
    bed.clock(481);
    bed.restore();
    bed.clock(482);
    assertThat(bed.said).hasSize(5);
  }

  @Test
  void afterAnOutageOnlyWhatIsStillTrueCallsSomebody() {
    AlertBed bed = new AlertBed(AlertOptions.of(DEVICE));
    bed.set(0);
    bed.send(level(0, LOW));
    bed.set(480);
    bed.send(AlertBed.assessment(5, 1, HIGH, HIGH, 480));
    bed.send(AlertBed.assessment(200, 1, LOW, LOW, 480));
    bed.send(AlertBed.assessment(470, 1, HIGH, HIGH, 480));
    assertThat(bed.pages()).extracting(Alert::event, Alert::onset).hasSize(1);
    assertThat(bed.pages().get(0).event()).isEqualTo(RAISED);
    assertThat(bed.pages().get(0).onset()).isEqualTo(at(470));
    assertThat(bed.events()).contains(HISTORICAL);
  }

  private static HandedOver merged(Movement.Kind kind, String key, boolean withdrawn) {
    Movement m = AlertBed.movement(kind, null, null, 6).withPatientId(key);
    String other = key.equals("ward|1") ? "ward|2" : "ward|1";
    return new HandedOver(m.withOtherPatientId(other), "ward|2.1", withdrawn);
  }

  @Test
  void aRetiredRecordsEpisodesAreTakenBackAndNothingIsWatchedUnderItsKey() {
    AlertBed retired = new AlertBed("ward|2", options(DEVICE));
    retired.send(level(0, HIGH));
    retired.watermark(8);
    retired.send(AlertEvent.of(merged(Movement.Kind.DELETE, "ward|2", false)));
    assertThat(retired.events()).containsExactly(RAISED, WITHDRAWN);
    retired.restore();
    retired.send(level(9, HIGH));
    retired.watermark(90);
    retired.finish();
    assertThat(retired.events()).containsExactly(RAISED, WITHDRAWN);
    assertThat(retired.head).isNotNull();
  }

  @Test
  void answersThatFollowFromAnUnmergeMayComeBeforeTheMergeIsTold() {
    AlertBed bed = new AlertBed("ward|2", options(rule()));
    bed.send(level(0, HIGH));
    bed.send(AlertBed.withdrawn(0, 2));
    bed.send(AlertBed.assessment(0, 3, HIGH, HIGH, 3));
    bed.send(AlertEvent.of(merged(Movement.Kind.DELETE, "ward|2", false)));
    assertThat(bed.lastWords()).isEmpty();
    bed.send(AlertEvent.of(merged(Movement.Kind.DELETE, "ward|2", true)));
    assertThat(bed.lastWords().values()).singleElement().asString().startsWith("RAISED");
  }

  @Test
  void theSurvivorsEpisodeNamesTheOneThatItReplacesAndKeepsItsAcknowledgement() {
    AlertBed retired = new AlertBed("ward|2", options(rule()));
    retired.send(level(0, HIGH));
    String old = retired.last().id();
    AlertBed survivor = new AlertBed("ward|1", options(rule()));
    survivor.send(AlertEvent.of(merged(Movement.Kind.MERGE, "ward|1", false)));
    survivor.restore();
    Control seen = control(Control.Kind.ACKNOWLEDGE, old, 1, null);
    survivor.send(AlertEvent.of(new HandedOver(seen, "ward|2.1", false)));
    survivor.send(level(0, HIGH));
    assertThat(survivor.events()).containsExactly(RAISED, Alert.Event.ACKNOWLEDGED);
    assertThat(survivor.said.get(0).replaces()).isEqualTo(old);
    survivor.send(level(7, LOW));
    survivor.send(level(8, HIGH));
    assertThat(survivor.last().event()).isEqualTo(RAISED);
    assertThat(survivor.last().replaces()).as("raised after the merge").isNull();
  }

  @Test
  void anUnmergeTakesBackWhatTheOtherRecordTold() {
    AlertBed bed = new AlertBed("ward|1", options(rule()));
    bed.send(level(0, HIGH));
    HandedOver linked = merged(Movement.Kind.MERGE, "ward|1", false);
    bed.send(AlertEvent.of(linked));
    Control quiet = control(Control.Kind.SUSPEND, null, 0, 60.0);
    bed.send(AlertEvent.of(new HandedOver(quiet, "ward|2.1", false)));
    assertThat(bed.last().event()).isEqualTo(SUPPRESSED);
    Movement out = AlertBed.movement(Movement.Kind.DISCHARGE, "e1", null, 2);
    bed.send(AlertEvent.of(new HandedOver(out, "ward|2.1", false)));
    assertThat(bed.lastWords().values())
        .as("ended by the other record's discharge")
        .allMatch(word -> word.startsWith("CLEARED"));
    bed.send(AlertEvent.of(new HandedOver(out, "ward|2.1", true)));
    bed.send(AlertEvent.of(new HandedOver(quiet, "ward|2.1", true)));
    bed.send(AlertEvent.of(new HandedOver(linked.event(), "ward|2.1", true)));
    assertThat(bed.lastWords().values()).singleElement().asString().startsWith("RAISED");
    assertThat(bed.in).isEqualTo(bed.used + bed.unused + bed.duplicate);
  }
}
