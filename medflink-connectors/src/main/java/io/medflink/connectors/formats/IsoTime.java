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

  private static final int SECONDS = 19;

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
    Instant usual = usual(text);
    if (usual != null) {
      return usual;
    }
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

  /** What most senders write, {@code 2026-11-24T08:00:00.5+01:00}; null for anything else. */
  private static @Nullable Instant usual(String t) {
    int end = SECONDS;
    int millis = 0;
    if (t.length() > SECONDS && t.charAt(SECONDS) == '.') {
      end++;
      while (end < t.length()
          && end <= SECONDS + 9
          && t.charAt(end) >= '0'
          && t.charAt(end) <= '9') {
        millis = end <= SECONDS + 3 ? millis * 10 + t.charAt(end) - '0' : millis;
        end++;
      }
      for (int i = end; i <= SECONDS + 3; i++) {
        millis *= 10;
      }
      if (end == SECONDS + 1) {
        return null;
      }
    }
    int zoned = t.length() == end + 1 && t.charAt(end) == 'Z' ? 0 : t.length() == end + 6 ? 1 : -1;
    boolean form =
        zoned >= 0
            && t.charAt(4) == '-'
            && t.charAt(7) == '-'
            && t.charAt(10) == 'T'
            && t.charAt(13) == ':'
            && t.charAt(16) == ':'
            && (zoned == 0
                || (t.charAt(end + 3) == ':' && (t.charAt(end) == '+' || t.charAt(end) == '-')));
    if (!form) {
      return null;
    }
    int year = two(t, 0) * 100 + two(t, 2);
    int month = two(t, 5);
    int day = two(t, 8);
    int hour = two(t, 11);
    int minute = two(t, 14);
    int second = two(t, 17);
    int offsetHour = zoned == 0 ? 0 : two(t, end + 1);
    int offsetMinute = zoned == 0 ? 0 : two(t, end + 4);
    // The 29th to the 31st are left to the calendar below, as is what isn't a digit.
    boolean plain =
        (two(t, 0) | two(t, 2) | month | day | hour | minute | second | offsetHour | offsetMinute)
                >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= 28
            && hour < 24
            && minute < 60
            && second < 60
            && offsetHour < 18
            && offsetMinute < 60;
    if (!plain) {
      return null;
    }
    int offset = (offsetHour * 60 + offsetMinute) * (t.charAt(end) == '-' ? -60 : 60);
    long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400;
    return Instant.ofEpochMilli(
        (seconds + hour * 3600L + minute * 60L + second - (zoned == 0 ? 0 : offset)) * 1000
            + millis);
  }

  /** The number of two digits; negative where they are none. */
  private static int two(String t, int at) {
    int tens = t.charAt(at) - '0';
    int ones = t.charAt(at + 1) - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
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
