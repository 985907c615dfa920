// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static io.medflink.core.Alert.Event.ACKNOWLEDGED;
import static io.medflink.core.Alert.Event.CLEARED;
import static io.medflink.core.Alert.Event.ESCALATED;
import static io.medflink.core.Alert.Event.RAISED;
import static io.medflink.core.Alert.Event.SUPPRESSED;
import static io.medflink.core.AlertBed.at;
import static io.medflink.core.AlertBed.control;
import static io.medflink.core.AlertBed.level;
import static io.medflink.core.AlertBed.limit;
import static io.medflink.core.AlertBed.options;
import static io.medflink.core.AlertBed.rule;
import static io.medflink.core.AlertBed.ward;
import static io.medflink.core.Control.Kind.ACKNOWLEDGE;
import static io.medflink.core.Control.Kind.DO_NOT_ESCALATE;
import static io.medflink.core.Control.Kind.LIMIT;
import static io.medflink.core.Control.Kind.RESUME;
import static io.medflink.core.Control.Kind.SETTING;
import static io.medflink.core.Control.Kind.SUSPEND;
import static io.medflink.core.RiskLevel.HIGH;
import static io.medflink.core.RiskLevel.LOW;
import static io.medflink.core.RiskLevel.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people decide: suspensions, limits, do-not-escalate. */
class AlertHoldsTest {
  private static final AlertRule TOLD_AGAIN = rule().withEscalation(3, Duration.ofMinutes(15));

  @Test
  void aSuspendedAlertIsToldAsSuppressedAndRaisedWhenTheSuspensionExpires() {
    AlertBed bed = new AlertBed(options(TOLD_AGAIN));
    bed.send(control(SUSPEND, null, 0, 60.0));
    bed.send(level(5, HIGH));
    bed.watermark(59);
    assertThat(bed.events()).containsExactly(SUPPRESSED);
    assertThat(bed.last().why()).isEqualTo("suspended: level HIGH");
    bed.watermark(60);
    assertThat(bed.events()).containsExactly(SUPPRESSED, RAISED);
    assertThat(bed.last().time()).isEqualTo(at(60));
    bed.watermark(75);
    assertThat(bed.last().event()).isEqualTo(ESCALATED);
  }

  @Test
  void whatNoLongerHoldsIsNotRaisedWhenTheSuspensionExpires() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(control(SUSPEND, null, 0, 60.0));
    bed.send(level(5, HIGH));
    bed.send(level(30, LOW));
    bed.watermark(90);
    assertThat(bed.events()).containsExactly(SUPPRESSED, CLEARED);
  }

  @Test
  void whatWasAcknowledgedBeforeIsNotRaisedAgain() {
    AlertBed bed = new AlertBed(options(TOLD_AGAIN));
    bed.send(level(0, HIGH));
    bed.send(control(ACKNOWLEDGE, bed.last().id(), 1, null));
    bed.send(control(SUSPEND, null, 2, 60.0));
    bed.watermark(300);
    assertThat(bed.events()).containsExactly(RAISED, ACKNOWLEDGED);
  }

  @Test
  void whatWasRaisedIsNotToldAgainWhileSuspendedButAfterwards() {
    AlertBed bed = new AlertBed(options(TOLD_AGAIN));
    bed.send(level(0, HIGH));
    bed.send(control(SUSPEND, null, 10, 60.0));
    bed.watermark(61);
    assertThat(bed.events()).containsExactly(RAISED, SUPPRESSED, RAISED);
  }

  @Test
  void aSuspensionEndsWhenSomebodyResumes() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(control(SUSPEND, null, 0, 600.0));
    bed.send(level(5, HIGH));
    bed.send(control(RESUME, null, 30, null));
    bed.watermark(31);
    assertThat(bed.events()).containsExactly(SUPPRESSED, RAISED);
    assertThat(bed.last().time()).isEqualTo(at(30));
  }

  @Test
  void aSuspensionOfAnotherModelHoldsNothingBack() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(control(SUSPEND, "qsofa", 0, 600.0));
    bed.send(level(5, HIGH));
    assertThat(bed.events()).containsExactly(RAISED);
  }

  @Test
  void aSuspensionThatComesLateIsToldAsACorrection() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(level(5, HIGH));
    bed.send(control(SUSPEND, null, 0, 600.0));
    assertThat(bed.events()).containsExactly(RAISED, SUPPRESSED);
  }

  @Test
  void aWardsSuspensionHoldsForItsPatientsOnly() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.ward(ward(SUSPEND, "w2", 0, 600.0));
    bed.send(level(5, HIGH));
    assertThat(bed.events()).containsExactly(RAISED);
    AlertBed held = new AlertBed(options(rule()));
    held.ward(ward(SUSPEND, "w1", 0, 600.0));
    held.send(level(5, HIGH));
    assertThat(held.events()).containsExactly(SUPPRESSED);
    held.ward(ward(RESUME, "w1", 30, null));
    held.watermark(30);
    assertThat(held.events()).containsExactly(SUPPRESSED, RAISED);
  }

  @Test
  void aPatientInASuspendedWardIsLookedAtEveryTenSeconds() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.ward(ward(SUSPEND, "w1", 0, 600.0));
    bed.send(level(5, HIGH));
    assertThat(bed.core().wake()).isEqualTo(AlertBed.ms(5) + 10_000);
  }

  @Test
  void alertsWithinALimitAreSuppressedUntilItIsReached() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(limit(12, 0, 60));
    bed.send(level(5, MEDIUM));
    assertThat(bed.events()).containsExactly(SUPPRESSED);
    assertThat(bed.last().why()).startsWith("within the limit set");
    bed.send(level(6, HIGH));
    assertThat(bed.events()).containsExactly(SUPPRESSED, RAISED);
  }

  @Test
  void whatStillHoldsIsRaisedWhenTheLimitExpires() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(limit(12, 0, 60));
    bed.send(level(5, MEDIUM));
    bed.watermark(60);
    assertThat(bed.events()).containsExactly(SUPPRESSED, RAISED);
  }

  @Test
  void aLowerLimitRaisesWhatTheRuleWouldNot() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(limit(3, 0, 60));
    bed.send(level(5, LOW));
    assertThat(bed.events()).containsExactly(RAISED);
  }

  @Test
  void doNotEscalateRaisesButHoldsBackWhatWouldBeToldAgain() {
    AlertBed bed = new AlertBed(options(TOLD_AGAIN));
    bed.send(control(DO_NOT_ESCALATE, null, 0, 100.0));
    bed.send(level(5, HIGH));
    bed.watermark(99);
    assertThat(bed.events()).containsExactly(RAISED, SUPPRESSED);
    assertThat(bed.last().why()).startsWith("do not escalate");
    bed.watermark(100);
    assertThat(bed.events()).containsExactly(RAISED, SUPPRESSED, ESCALATED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Control.Kind.class,
      names = {"SUSPEND", "LIMIT", "DO_NOT_ESCALATE"})
  void whatHoldsAlertsBackNeedsAnAuthorAReasonAndAnEnd(Control.Kind kind) {
    AlertBed bed = new AlertBed(options(rule()));
    Control whole =
        new Control(kind, "ward|1", null, null, "news2", 9, "a", "b", at(0), at(9), null, null);
    bed.send(with(whole, null, "b", at(9)));
    bed.send(with(whole, "a", " ", at(9)));
    bed.send(with(whole, "a", "b", null));
    bed.send(with(whole, "a", "b", at(0)));
    assertThat(bed.rejected)
        .extracting(Rejected::field)
        .isEqualTo(List.of("author", "reason", "until", "until"));
    assertThat(bed.rejected).extracting(Rejected::code).containsOnly(RejectCode.BAD_CONTROL);
    bed.send(whole);
    bed.send(whole);
    assertThat(bed.rejected).hasSize(4);
    assertThat(bed.used).isEqualTo(1);
    assertThat(bed.duplicate).isEqualTo(1);
  }

  private static Control with(Control c, String author, String reason, java.time.Instant until) {
    return new Control(
        c.kind(),
        c.patientId(),
        null,
        null,
        c.target(),
        c.value(),
        author,
        reason,
        c.from(),
        until,
        null,
        null);
  }

  @Test
  void anAcknowledgementNeedsItsAlertAndASettingIsNotOurs() {
    AlertBed bed = new AlertBed(options(rule()));
    bed.send(control(ACKNOWLEDGE, null, 0, null));
    assertThat(bed.rejected).extracting(Rejected::field).containsExactly("target");
    bed.send(control(SETTING, "medflink:spo2-scale", 0, null));
    assertThat(bed.unused).isEqualTo(1);
  }

  @Test
  void aNewerDecisionWithTheSameIdReplacesTheOlder() {
    AlertBed bed = new AlertBed(options(rule()));
    Control first = control(SUSPEND, null, 0, 600.0);
    bed.send(revised(first, at(600), 1));
    bed.send(level(5, HIGH));
    bed.send(revised(first, at(10), 2));
    bed.send(revised(first, at(900), 1));
    bed.watermark(11);
    assertThat(bed.events()).containsExactly(SUPPRESSED, RAISED);
    assertThat(bed.last().time()).isEqualTo(at(10));
    assertThat(LIMIT).isNotEqualTo(SUSPEND);
  }

  private static Control revised(Control c, java.time.Instant until, double issued) {
    return new Control(
        c.kind(),
        c.patientId(),
        null,
        null,
        c.target(),
        c.value(),
        c.author(),
        c.reason(),
        c.from(),
        until,
        "decision 7",
        at(issued));
  }
}
