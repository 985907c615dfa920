// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * ISO 8601 (RFC 3339) moments as senders write them: {@code 2026-11-24T08:00:00.5+01:00}. Minutes
 * are enough; what is finer than a millisecond is cut, as the event time is in milliseconds.
 */
@Internal
public final class IsoTime {
  private static final Pattern PARTIAL = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");
  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?.{0,9}");

  private IsoTime() {}

  /**
   * The moment written so.
   *
   * @param zone the sender's zone for times that state none; null when unknown
   * @param field the field's path for the exception
   * @throws BadInputException {@code IMPRECISE_TIME} for a year, month or date; {@code
   *     NO_TIME_ZONE} without a zone; {@code AMBIGUOUS_TIME} and {@code NONEXISTENT_TIME} where the
   *     given zone's clock shows that time twice or never; {@code NO_TIME} for anything else
   */
  public static Instant moment(String text, @Nullable ZoneId zone, String field) {
    if (PARTIAL.matcher(text).matches()) {
      throw new BadInputException(RejectCode.IMPRECISE_TIME, field);
    }
    if (!MOMENT.matcher(text).matches()) {
      throw new BadInputException(RejectCode.NO_TIME, field);
    }
    Instant moment;
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(text, Instant::from, LocalDateTime::from);
      moment = parsed instanceof Instant i ? i : local((LocalDateTime) parsed, zone, field);
    } catch (DateTimeException e) {
      throw new BadInputException(RejectCode.NO_TIME, field);
    }
    return moment.truncatedTo(ChronoUnit.MILLIS);
  }

  private static Instant local(LocalDateTime time, @Nullable ZoneId zone, String field) {
    List<ZoneOffset> offsets = zone == null ? List.of() : zone.getRules().getValidOffsets(time);
    if (offsets.size() != 1) {
      throw new BadInputException(
          zone == null
              ? RejectCode.NO_TIME_ZONE
              : offsets.isEmpty() ? RejectCode.NONEXISTENT_TIME : RejectCode.AMBIGUOUS_TIME,
          field);
    }
    return time.toInstant(offsets.get(0));
  }

  /** Whether the text is a full date of the calendar. */
  public static boolean isDate(String text) {
    if (text.length() != 10) {
      return false;
    }
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
