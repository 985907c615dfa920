// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static io.medflink.core.Alert.Event.ACKNOWLEDGED;
import static io.medflink.core.Alert.Event.CLEARED;
import static io.medflink.core.Alert.Event.ESCALATED;
import static io.medflink.core.Alert.Event.HISTORICAL;
import static io.medflink.core.Alert.Event.RAISED;
import static io.medflink.core.Alert.Event.SUPPRESSED;
import static io.medflink.core.Alert.Event.WITHDRAWN;
import static io.medflink.core.AlertBed.assessment;
import static io.medflink.core.AlertBed.at;
import static io.medflink.core.AlertBed.control;
import static io.medflink.core.AlertBed.level;
import static io.medflink.core.AlertBed.options;
import static io.medflink.core.AlertBed.rule;
import static io.medflink.core.RiskLevel.HIGH;
import static io.medflink.core.RiskLevel.LOW;
import static io.medflink.core.RiskLevel.LOW_MEDIUM;
import static io.medflink.core.RiskLevel.MEDIUM;
import static io.medflink.core.RiskLevel.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AlertCoreTest {

  @Test
  void thresholdsUpAndDownAreApart() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(0, LOW_MEDIUM));
    bed.send(level(1, MEDIUM));
    bed.send(level(2, LOW_MEDIUM));
    bed.send(level(3, MEDIUM));
    assertThat(bed.events()).containsExactly(RAISED);
    bed.send(level(4, LOW));
    bed.send(level(5, LOW));
    assertThat(bed.events()).containsExactly(RAISED, CLEARED);
    assertThat(bed.last().onset()).isEqualTo(at(1));
    assertThat(bed.last().time()).isEqualTo(at(4));
  }

  @Test
  void aRuleCanGoByTheNumberOfThePrimaryPrediction() {
    AlertRule byNumber = rule().withValues(9, 5).withLevels(UNKNOWN, UNKNOWN);
    AlertBed bed = new AlertBed(options(byNumber));
    bed.send(level(0, LOW_MEDIUM));
    assertThat(bed.said).isEmpty();
    bed.send(level(1, MEDIUM));
    bed.send(level(2, LOW_MEDIUM));
    assertThat(bed.events()).containsExactly(RAISED);
    bed.send(level(3, LOW));
    assertThat(bed.events()).containsExactly(RAISED, CLEARED);
  }

  @Test
  void itIsRaisedOnlyWhenItHoldsForTheConfirmation() {
    AlertRule slow =
        rule().withConfirmation(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ZERO);
    AlertBed bed = new AlertBed(options(slow));
    bed.send(level(0, HIGH));
    bed.send(level(4, LOW));
    bed.send(level(6, HIGH));
    bed.watermark(10.9);
    assertThat(bed.said).isEmpty();
    bed.watermark(11);
    assertThat(bed.events()).containsExactly(RAISED);
    assertThat(bed.last().onset()).isEqualTo(at(6));
    assertThat(bed.last().time()).isEqualTo(at(11));
  }

  @Test
  void aBriefLossOfDataDoesNotResetTheConfirmation() {
    AlertRule slow =
        rule().withConfirmation(Duration.ofMinutes(5), Duration.ofHours(9), Duration.ZERO);
    AlertBed bed = new AlertBed(options(slow));
    bed.send(level(0, HIGH));
    bed.send(assessment(2, 1, UNKNOWN, UNKNOWN, 2));
    bed.send(level(5, HIGH));
    assertThat(bed.events()).containsExactly(RAISED);
  }

  @Test
  void itIsClearedOnlyWhenItIsClearForSoLong() {
    AlertRule slow = rule().withConfirmation(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10));
    AlertBed bed = new AlertBed(options(slow));
    bed.send(level(0, HIGH));
    bed.send(level(1, LOW));
    bed.send(level(9, LOW_MEDIUM));
    bed.send(level(12, LOW));
    bed.watermark(21);
    assertThat(bed.events()).containsExactly(RAISED);
    bed.watermark(22);
    assertThat(bed.events()).containsExactly(RAISED, CLEARED);
  }

  @Test
  void inTheQuietTimeTheNextEpisodeIsHeldBackUnlessItIsWorse() {
    AlertBed bed = new AlertBed(options(rule().withQuiet(Duration.ofMinutes(30))));
    bed.send(level(0, MEDIUM));
    bed.send(level(1, LOW));
    bed.send(level(2, MEDIUM));
    bed.send(level(3, LOW));
    bed.send(level(4, MEDIUM));
    assertThat(bed.events()).containsExactly(RAISED, CLEARED, SUPPRESSED, CLEARED, SUPPRESSED);
    assertThat(bed.last().why()).startsWith("quiet time");
    bed.send(level(5, HIGH));
    assertThat(bed.last().event()).isEqualTo(RAISED);
    assertThat(bed.last().priority()).isEqualTo(Alert.Priority.HIGH);
    assertThat(bed.last().onset()).isEqualTo(at(4));
  }

  @Test
  void whatStillHoldsAtTheEndOfTheQuietTimeIsRaised() {
    AlertBed bed = new AlertBed(options(rule().withQuiet(Duration.ofMinutes(30))));
    bed.send(level(0, MEDIUM));
    bed.send(level(1, LOW));
    bed.send(level(2, MEDIUM));
    bed.watermark(31);
    assertThat(bed.events()).containsExactly(RAISED, CLEARED, SUPPRESSED, RAISED);
    assertThat(bed.last().time()).isEqualTo(at(31));
  }

  @Test
  void itIsToldAgainUntilSomebodyAcknowledges() {
    AlertBed bed = new AlertBed(options(rule().withEscalation(3, Duration.ofMinutes(15))));
    bed.send(level(0, HIGH));
    bed.watermark(31);
    assertThat(bed.events()).containsExactly(RAISED, ESCALATED, ESCALATED);
    bed.send(control(Control.Kind.ACKNOWLEDGE, bed.last().id(), 32, null));
    bed.watermark(200);
    assertThat(bed.events()).containsExactly(RAISED, ESCALATED, ESCALATED, ACKNOWLEDGED);
  }

  @Test
  void itIsToldAgainNoOftenerThanItHasSteps() {
    AlertBed bed = new AlertBed(options(rule().withEscalation(2, Duration.ofMinutes(15))));
    bed.send(level(0, HIGH));
    bed.watermark(600);
    assertThat(bed.events()).containsExactly(RAISED, ESCALATED, ESCALATED);
    assertThat(bed.last().time()).isEqualTo(at(30));
  }

  @Test
  void anAcknowledgementIsOfThisEpisodeAndNeverOfTheNext() {
    AlertBed bed = new AlertBed(options(rule().withEscalation(1, Duration.ofMinutes(15))));
    bed.send(level(0, HIGH));
    String first = bed.last().id();
    bed.send(control(Control.Kind.ACKNOWLEDGE, first, 1, null));
    bed.send(level(2, LOW));
    bed.send(level(3, HIGH));
    assertThat(bed.last().id()).isNotEqualTo(first);
    bed.send(control(Control.Kind.ACKNOWLEDGE, first, 4, null));
    bed.watermark(20);
    assertThat(bed.events()).containsExactly(RAISED, ACKNOWLEDGED, CLEARED, RAISED, ESCALATED);
  }

  @Test
  void anAcknowledgementMayComeBeforeItsAlert() {
    AlertBed bed = new AlertBed(options(rule().withEscalation(1, Duration.ofMinutes(15))));
    String id = Episode.id("ward|1", AlertBed.MODEL, false, at(5).toEpochMilli());
    bed.send(control(Control.Kind.ACKNOWLEDGE, id, 6, null));
    bed.send(level(5, HIGH));
    bed.watermark(60);
    assertThat(bed.last().event()).isEqualTo(ACKNOWLEDGED);
    assertThat(bed.events()).doesNotContain(ESCALATED);
  }

  @Test
  void anAcknowledgementStaysWithTheEpisodeWhoseOnsetIsCorrected() {
    AlertBed bed = new AlertBed(options(rule().withEscalation(1, Duration.ofMinutes(15))));
    bed.send(level(5, HIGH));
    String told = bed.last().id();
    bed.send(control(Control.Kind.ACKNOWLEDGE, told, 6, null));
    bed.send(level(3, HIGH));
    bed.watermark(60);
    assertThat(bed.events()).containsExactly(RAISED, ACKNOWLEDGED, WITHDRAWN, RAISED, ACKNOWLEDGED);
    assertThat(bed.last().onset()).isEqualTo(at(3));
    assertThat(bed.pages()).hasSize(1);
  }

  @Test
  void anEarlierOnsetReplacesTheEpisodeAndCallsNobodyAgain() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(5, HIGH));
    String told = bed.last().id();
    bed.send(level(3, HIGH));
    assertThat(bed.events()).containsExactly(RAISED, WITHDRAWN, RAISED);
    assertThat(bed.last().replaces()).isEqualTo(told);
    assertThat(bed.pages()).hasSize(1);
  }

  @Test
  void whatBecomesWorseIsToldAgainThoughAcknowledged() {
    AlertBed bed = new AlertBed(options(rule().withEscalation(1, Duration.ofMinutes(15))));
    bed.send(level(0, MEDIUM));
    bed.send(control(Control.Kind.ACKNOWLEDGE, bed.last().id(), 1, null));
    bed.send(level(2, HIGH));
    assertThat(bed.events()).containsExactly(RAISED, ACKNOWLEDGED, ESCALATED);
    assertThat(bed.last().priority()).isEqualTo(Alert.Priority.HIGH);
    assertThat(bed.last().why()).startsWith("worse");
  }

  @Test
  void whatMayBeHighIsOfLowerPriorityAndSaysWhatIsUnknown() {
    AlertRule soon = rule().withConfirmation(Duration.ZERO, Duration.ofMinutes(15), Duration.ZERO);
    AlertBed bed = new AlertBed(options(soon));
    bed.send(assessment(0, 1, LOW, HIGH, 0));
    bed.watermark(14);
    assertThat(bed.said).isEmpty();
    bed.watermark(15);
    assertThat(bed.last().priority()).isEqualTo(Alert.Priority.MEDIUM);
    assertThat(bed.last().level()).isEqualTo(UNKNOWN);
    assertThat(bed.last().why()).isEqualTo("may be HIGH, unknown: spo2");
    bed.send(level(20, HIGH));
    assertThat(bed.last().event()).isEqualTo(ESCALATED);
    assertThat(bed.last().priority()).isEqualTo(Alert.Priority.HIGH);
  }

  @Test
  void absenceOfDataNeverClears() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(0, HIGH));
    bed.send(assessment(1, 1, LOW, HIGH, 1));
    bed.send(assessment(2, 1, LOW, MEDIUM, 2));
    bed.send(assessment(3, 1, UNKNOWN, UNKNOWN, 3));
    bed.watermark(50);
    assertThat(bed.events()).containsExactly(RAISED);
  }

  @Test
  void itIsWithdrawnWhenItRestedOnAValueThatWasTakenBack() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(0, HIGH));
    bed.send(AlertBed.withdrawn(0, 2));
    assertThat(bed.events()).containsExactly(RAISED, WITHDRAWN);
    assertThat(bed.said.get(0).id()).isEqualTo(bed.last().id());
    assertThat(bed.last().ward()).isEqualTo("w1");
  }

  @Test
  void itIsWithdrawnWhenTheAssessmentWasAmended() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(0, HIGH));
    bed.send(assessment(0, 2, LOW, LOW, 5));
    assertThat(bed.events()).containsExactly(RAISED, WITHDRAWN);
    bed.send(level(0, HIGH));
    assertThat(bed.events()).as("an older revision changes nothing").hasSize(2);
  }

  @Test
  void aClearingThatWasTakenBackOpensItAgain() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(0, HIGH));
    bed.send(level(1, LOW));
    bed.send(AlertBed.withdrawn(1, 2));
    assertThat(bed.events()).containsExactly(RAISED, CLEARED, RAISED);
    assertThat(bed.last().why()).contains("corrected");
  }

  @Test
  void aFinalAnswerThatSaysTheSameTellsNothing() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(0, HIGH));
    bed.send(level(1, HIGH));
    bed.send(assessment(0, 2, HIGH, HIGH, 0));
    bed.send(level(1, HIGH));
    assertThat(bed.events()).containsExactly(RAISED);
    assertThat(bed.used).isEqualTo(3);
    assertThat(bed.duplicate).isEqualTo(1);
  }

  @Test
  void oldNewsIsHistoricalAndCallsNobody() {
    AlertBed bed = new AlertBed(AlertOptions.of(rule().withEscalation(3, Duration.ofMinutes(5))));
    bed.send(assessment(0, 1, HIGH, HIGH, 61));
    bed.watermark(40);
    assertThat(bed.events()).containsExactly(HISTORICAL);
    bed.send(assessment(41, 1, HIGH, HIGH, 101));
    assertThat(bed.events()).containsExactly(HISTORICAL, RAISED);
    assertThat(bed.last().onset()).isEqualTo(at(0));
  }

  @Test
  void newsReceivedInTimeStaysActionableWhenItIsAmendedLater() {
    AlertBed bed = new AlertBed(AlertOptions.of(rule()));
    bed.send(level(0, HIGH));
    bed.send(assessment(0, 2, MEDIUM, MEDIUM, 90));
    assertThat(bed.events()).containsExactly(RAISED, RAISED);
    assertThat(bed.last().priority()).isEqualTo(Alert.Priority.MEDIUM);
    assertThat(bed.pages()).as("nobody is called again for less").hasSize(1);
    assertThat(bed.said).noneMatch(Alert::historical);
  }

  @Test
  void aYearOfArchiveRaisesNoActionableAlert() {
    AlertRule full =
        rule()
            .withEscalation(3, Duration.ofMinutes(5))
            .withExpected(ExpectedSignal.device(null, null, Duration.ofMinutes(5)));
    AlertBed bed = new AlertBed(AlertOptions.of(full));
    double now = 525_600;
    bed.set(now);
    for (int i = 0; i < 500; i++) {
      bed.send(assessment(i * 7, 1, i % 5 == 0 ? LOW : HIGH, i % 5 == 0 ? LOW : HIGH, now));
    }
    bed.clock(now + 600);
    assertThat(bed.said).isNotEmpty().allMatch(Alert::historical).noneMatch(Alert::pages);
  }

  @Test
  void theIdIsTheSameInEveryRunAndShowsNobody() {
    String id = Episode.id("ward|1", "news2", false, 1_772_366_400_000L);
    assertThat(id)
        .isEqualTo(Episode.id("ward|1", "news2", false, 1_772_366_400_000L))
        .hasSize(32)
        .matches("[0-9a-f]+")
        .isNotEqualTo(Episode.id("ward|1", "news2", true, 1_772_366_400_000L))
        .isNotEqualTo(Episode.id("ward|2", "news2", false, 1_772_366_400_000L));
  }

  @Test
  void whatIsTooLateIsCountedLate() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.watermark(120);
    bed.send(level(60, HIGH));
    bed.send(level(60.1, HIGH));
    assertThat(bed.late).hasSize(1);
    assertThat(bed.events()).containsExactly(RAISED);
    assertThat(bed.in).isEqualTo(bed.used + bed.late.size());
  }

  @Test
  void aForgottenPatientLeavesNothing() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(0, LOW));
    bed.watermark(60 * 24 * 8);
    assertThat(bed.head).isNull();
    assertThat(bed.stretches).isEmpty();
  }

  /** An acknowledged episode of w1, a transfer to w2 and one to w3 that isn't settled. */
  private static final String HEAD_1 =
      "01a401010103653101066e6f727468010377320001096d6f6e69746f727300000080fbb6949567ffffffffff"
          + "ffffffff0100000201066e6577733280a8a89495670480fbb6949567feffffffffffffffff01feffffffffff"
          + "ffffff01ffffffffffffffffff010000010080a8a89495670280a8a89495670402010b6c6576656c20484947"
          + "4880a8a894956701000103010000feffffffffffffffff01feffffffffffffffff0100c0f7cc949567010365"
          + "3101066e6f727468010377330001096d6f6e69746f727300000080d4b7989567ffffffffffffffffff010000"
          + "0201066e65777332c0aab09895670380d4b7989567c0aab0989567feffffffffffffffff01ffffffffffffff"
          + "ffff010000010080a8a89495670480a8a8949567c0aab09895670302010d6c6576656c204d454449554dc0aa"
          + "b098956701000103010000feffffffffffffffff01feffffffffffffffff01000002fc96d105020401077761"
          + "72647c310000007ff8000000000000010773697374657201076167726565640115323032362d30332d303154"
          + "31323a30303a30305a0115323032362d30332d30315431333a33303a30305a00000000c08a859c9567feffff"
          + "ffffffffffff01";

  private static final String STRETCH_1 =
      "0104c0aab098956701066e65777332010202000303402200000000000040220000000000000101c0aab09895"
          + "670103653101066e6f727468010377310103623101096d6f6e69746f727380d4b79895670101000101036531"
          + "01066e6f72746801037733000080d4b7989567";

  @Test
  void stateOfTheFirstVersionIsStillReadable() {
    AlertBed bed = new AlertBed(options(rule().withEscalation(2, Duration.ofMinutes(15))));
    bed.head = HexFormat.of().parseHex(HEAD_1);
    bed.stretches.put(5907902L, HexFormat.of().parseHex(STRETCH_1));
    bed.send(AlertBed.movement(Movement.Kind.TRANSFER, "e1", "w3", 72));
    assertThat(bed.duplicate).as("the transfer is known").isEqualTo(1);
    bed.send(level(73, LOW));
    assertThat(bed.events()).containsExactly(CLEARED);
    assertThat(bed.last().onset()).isEqualTo(at(0));
  }
}
