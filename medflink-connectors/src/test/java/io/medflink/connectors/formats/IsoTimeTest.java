// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsoTimeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T08:00:00Z,            2026-11-24T08:00:00Z",
    "2026-11-24T08:00:00+01:00,       2026-11-24T07:00:00Z",
    "2026-11-24T08:00+01:00,          2026-11-24T07:00:00Z",
    "2026-11-24T08:00:00.1239999-03:30, 2026-11-24T11:30:00.123Z",
    "1969-12-31T23:59:59.9999Z,       1969-12-31T23:59:59.999Z",
  })
  void readsAMomentWithItsZoneToTheMillisecond(String text, Instant moment) {
    assertThat(IsoTime.moment(text, null, "t")).isEqualTo(moment);
    assertThat(IsoTime.moment(text, BERLIN, "t")).isEqualTo(moment);
  }

  @ParameterizedTest
  @CsvSource({
    "2026,                       IMPRECISE_TIME",
    "2026-11,                    IMPRECISE_TIME",
    "2026-11-24,                 IMPRECISE_TIME",
    "2026-11-24T08:00:00,        NO_TIME_ZONE",
    "2026-13-24T08:00:00Z,       NO_TIME",
    "2026-02-30T08:00:00Z,       NO_TIME",
    "2026-11-24T08:00:60Z,       NO_TIME",
    "2026-11-24 08:00:00Z,       NO_TIME",
    "2026-11-24T08,              NO_TIME",
    "20261124080000,             NO_TIME",
    "+999999999-01-01T00:00:00Z, NO_TIME",
    "2026-11-24T08:00:00Zebra,   NO_TIME",
    "1763971200000,              NO_TIME",
  })
  void refusesWhatIsNotAMoment(String text, RejectCode code) {
    assertThat(refusal(text, null)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T08:00:00Z",
    "2026-11-24T08:00:00+01:30",
    "2026-11-24T08:00:00-11:00",
    "1969-12-28T23:59:59-00:30",
    "2024-02-29T00:00:00+14:00",
    "2026-01-31T00:00:00Z",
  })
  void theUsualFormIsReadAsTheCalendarHasIt(String text) {
    assertThat(IsoTime.moment(text, null, "t")).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @Test
  void usesTheSendersZoneWhereTheTimeStatesNone() {
    assertThat(IsoTime.moment("2026-11-24T08:00:00", BERLIN, "t"))
        .isEqualTo("2026-11-24T07:00:00Z");
  }

  @Test
  void refusesATimeThatTheSendersClockShowsTwiceOrNever() {
    assertThat(refusal("2026-10-25T02:30:00", BERLIN)).isEqualTo(RejectCode.AMBIGUOUS_TIME);
    assertThat(refusal("2026-03-29T02:30:00", BERLIN)).isEqualTo(RejectCode.NONEXISTENT_TIME);
  }

  @Test
  void tellsDatesOfTheCalendar() {
    assertThat(IsoTime.isDate("2024-02-29")).isTrue();
    assertThat(IsoTime.isDate("2025-02-29")).isFalse();
    assertThat(IsoTime.isDate("2025-02")).isFalse();
  }

  private static RejectCode refusal(String text, ZoneId zone) {
    return catchThrowableOfType(BadInputException.class, () -> IsoTime.moment(text, zone, "t"))
        .code();
  }
}
