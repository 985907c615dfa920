// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static io.medflink.core.Bedside.hr;
import static io.medflink.core.Bedside.minute;
import static io.medflink.core.Bedside.panel;
import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Observation.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A correction replaces the value of its identity, wherever that stands, and nothing else. */
class CorrectionTest {
  private static final Observation VALUE = hr(140).withId("v1");
  private static final Observation CORRECTED = hr(90).withId("v1").withStatus(Status.CORRECTED);

  private static Bedside bed() {
    return new Bedside(AssessOptions.held(Duration.ofMinutes(30)), new WardScore());
  }

  private static void assertBooksAddUp(Bedside bed) {
    assertThat(bed.in)
        .isEqualTo(
            bed.used
                + bed.unused
                + bed.duplicate
                + bed.rejected.size()
                + bed.late.stream().mapToInt(Panel::countedObservations).sum());
  }

  @Test
  void aCorrectionToAnotherTimeMovesTheValue() {
    for (boolean before : new boolean[] {false, true}) {
      Bedside bed = bed();
      Panel original = panel(0, VALUE);
      Panel moved = panel(5, CORRECTED);
      bed.send(before ? moved : original);
      bed.restore(new WardScore());
      bed.send(before ? original : moved);
      assertThat(bed.lastWords()).containsOnlyKeys("ward-score " + minute(5));
      bed.send(panel(8, CORRECTED).withIssued(minute(20)));
      bed.send(panel(3, CORRECTED).withIssued(minute(10)));
      bed.watermark(60);
      assertThat(bed.lastWords()).as("the newest").containsOnlyKeys("ward-score " + minute(5));
      assertThat(bed.rejected).isEmpty();
      assertBooksAddUp(bed);
    }
  }

  @Test
  void aCorrectionToldAgainCountsFromWhenItWasIssuedLast() {
    Bedside bed = bed();
    bed.send(panel(5, CORRECTED).withIssued(minute(6)));
    bed.send(panel(0, VALUE).withIssued(minute(7)));
    assertThat(bed.lastWords()).containsOnlyKeys("ward-score " + minute(0));
    bed.send(panel(5, CORRECTED).withIssued(minute(8)));
    assertThat(bed.lastWords()).containsOnlyKeys("ward-score " + minute(5));
    assertThat(bed.duplicate).isOne();
    assertBooksAddUp(bed);
  }

  @Test
  void aWithdrawalFindsItsValueAtAnotherTime() {
    Bedside bed = bed().send(panel(0, VALUE));
    bed.send(panel(5, VALUE.withStatus(Status.ENTERED_IN_ERROR)));
    assertThat(bed.lastWords()).isEmpty();
    assertThat(bed.statuses(0)).endsWith(RiskAssessment.Status.ENTERED_IN_ERROR);
  }

  @Test
  void aCorrectionOfWhatNeverCameWaitsForTheLatenessAndIsRejected() {
    Bedside bed = bed().send(panel(0, hr(70).withId("v2")), panel(5, CORRECTED));
    assertThat(bed.lastWords()).containsOnlyKeys("ward-score " + minute(0));
    bed.watermark(34);
    assertThat(bed.rejected).isEmpty();
    bed.restore(new WardScore());
    bed.watermark(35);
    assertThat(bed.rejected).hasSize(1);
    Rejected rejected = bed.rejected.get(0);
    assertThat(rejected.code()).isEqualTo(RejectCode.CORRECTION_WITHOUT_ORIGINAL);
    assertThat(rejected.time()).isEqualTo(minute(5));
    assertThat(rejected.localCode()).isEqualTo(Vital.HEART_RATE.loinc());
    assertBooksAddUp(bed);
  }

  @Test
  void anIdentityOfSeveralMomentsSaysNotWhichOneIsCorrected() {
    Bedside bed = bed().send(panel(0, VALUE), panel(2, hr(130).withId("v1")), panel(5, CORRECTED));
    assertThat(bed.lastWords())
        .containsOnlyKeys("ward-score " + minute(0), "ward-score " + minute(2));
    bed.send(panel(2, CORRECTED));
    assertThat(bed.lastWords().get("ward-score " + minute(2))).contains("score=0.0");
    bed.end();
    assertThat(bed.rejected)
        .extracting(Rejected::time)
        .as("the one without a value at its own moment")
        .containsExactly(minute(5));
    assertBooksAddUp(bed);
  }

  @Test
  void withoutAnIdentityOnlyTheValueOfTheSameMomentIsMeant() {
    Bedside bed = bed().send(panel(0, hr(140)));
    bed.send(panel(5, hr(90).withStatus(Status.CORRECTED)));
    bed.send(panel(0, hr(90).withStatus(Status.CORRECTED)));
    assertThat(bed.lastWords()).containsOnlyKeys("ward-score " + minute(0));
    bed.end();
    assertThat(bed.rejected).hasSize(1);
    assertBooksAddUp(bed);
  }

  @Test
  void anOriginalThatSettledStaysReplaced() {
    Bedside bed = bed().send(panel(0, VALUE), panel(25, CORRECTED));
    bed.watermark(31);
    bed.send(panel(26, VALUE.withStatus(Status.PRELIMINARY).withId("v3")));
    bed.send(panel(25, hr(95).withId("v1").withStatus(Status.CORRECTED)).withIssued(minute(40)));
    bed.end();
    assertThat(bed.rejected).isEmpty();
    assertThat(bed.lastWords())
        .containsOnlyKeys("ward-score " + minute(25), "ward-score " + minute(26));
    assertBooksAddUp(bed);
  }
}
