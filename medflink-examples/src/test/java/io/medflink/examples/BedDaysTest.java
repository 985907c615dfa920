// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Movement;
import io.medflink.core.Movement.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BedDaysTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Movement move(Kind kind, String patient, String ward, int hour) {
    return new Movement(
        kind,
        "mrn|" + patient,
        null,
        "v" + patient,
        null,
        null,
        ward,
        null,
        null,
        at(hour),
        null,
        null,
        null);
  }

  private static Instant at(int hour) {
    return START.plus(Duration.ofHours(hour));
  }

  @Test
  void aBedIsTakenFromTheMovementThatFillsItToTheOneThatEmptiesItOrTheEnd() {
    assertThat(
            BedDays.of(
                List.of(
                    move(Kind.DISCHARGE, "1", "W2", 36),
                    move(Kind.TRANSFER, "1", "W2", 12),
                    move(Kind.ADMIT, "1", "W1", 0),
                    move(Kind.ADMIT, "1", "W1", 0),
                    move(Kind.ADMIT, "2", "W1", 24)),
                at(48)))
        .isEqualTo(Map.of("W1", 1.5, "W2", 1.0));
  }

  @Test
  void whatWasCancelledNeverHappenedAndLeaveEmptiesTheBed() {
    assertThat(
            BedDays.of(
                List.of(
                    move(Kind.ADMIT, "1", "W1", 0),
                    move(Kind.DISCHARGE, "1", "W1", 6),
                    move(Kind.CANCEL_DISCHARGE, "1", "W1", 7),
                    move(Kind.LEAVE, "1", "W1", 12),
                    move(Kind.RETURN, "1", "W1", 36),
                    move(Kind.ADMIT, "2", "W1", 0),
                    move(Kind.CANCEL_ADMIT, "2", "W1", 1)),
                at(48)))
        .isEqualTo(Map.of("W1", 1.0));
  }
}
