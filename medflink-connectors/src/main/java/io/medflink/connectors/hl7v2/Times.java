// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data types TS and DTM, {@code YYYYMMDDHHMM[SS[.S[S[S[S]]]]][+/-ZZZZ]}, as moments to the
 * millisecond. Minutes are needed: an hour or a date is no moment.
 *
 * <p>A time without an offset is of the feed's zone. In the hour that autumn repeats it is the one
 * of both moments that lies within the hour before its receipt (and the tolerance after it); there
 * is none where the receipt is unknown or later: {@code AMBIGUOUS_TIME}.
 */
final class Times {
  private static final byte[] NOTHING = {};
  private static final int MINUTES = 12;
  private static final int SECONDS = 14;

  private @Nullable Offsets zone;
  private @Nullable Instant received;
  private Duration tolerance = Duration.ZERO;
  private byte[] lastBytes = NOTHING;
  private Instant last = Instant.EPOCH;
  private boolean known;

  /** Eight digits, and the seconds since 1970 at 00:00 of that day. */
  private long lastDate = Bytes.eight("19700101".getBytes(StandardCharsets.US_ASCII), 0);

  private long lastDay;

  /** Begins with the times of a message. */
  void begin(Profile profile, @Nullable Instant itsReceipt) {
    ZoneId its = profile.zone();
    if (its == null) {
      zone = null;
    } else if (zone == null || !zone.areOf(its)) {
      zone = new Offsets(its);
    }
    received = itsReceipt;
    tolerance = profile.tolerance();
    known = false;
  }

  /** The moment that a field tells, null where it tells none. */
  @Nullable Instant momentOrNull(Er7Segment segment, long field) {
    if (segment.trimmed(field) == Er7Segment.NONE) {
      return null;
    }
    try {
      return moment(segment, field, "");
    } catch (BadInputException e) {
      return null;
    }
  }

  /** The moment of a field that says the same as the last one, null where it doesn't. */
  @Nullable Instant known(Er7Segment segment, long field) {
    return known
            && Bytes.equal(
                segment.bytes(), Er7Segment.start(field), Er7Segment.end(field), lastBytes)
        ? last
        : null;
  }

  /**
   * The moment that a field tells.
   *
   * @throws BadInputException {@code NO_TIME}, {@code IMPRECISE_TIME}, {@code NO_TIME_ZONE}, {@code
   *     AMBIGUOUS_TIME}, {@code NONEXISTENT_TIME}
   */
  Instant moment(Er7Segment segment, long field, String name) {
    Instant same = known(segment, field);
    if (same != null) {
      return same;
    }
    byte[] b = segment.bytes();
    int start = Er7Segment.start(field);
    int end = Er7Segment.end(field);
    long slice = segment.trimmed(segment.component(field, 1));
    int from = Er7Segment.start(slice);
    int to = Er7Segment.end(slice);
    boolean sameDay = to - from >= 8 && Bytes.eight(b, from) == lastDate;
    int digits = sameDay ? 8 + digits(b, from + 8, to) : digits(b, from, to);
    boolean ends = from + digits == to || b[from + digits] == '+' || b[from + digits] == '-';
    if (ends && (digits == 4 || digits == 6 || digits == 8 || digits == 10)) {
      throw new BadInputException(RejectCode.IMPRECISE_TIME, name);
    }
    if (digits != MINUTES && digits != SECONDS) {
      throw new BadInputException(RejectCode.NO_TIME, name);
    }
    if (to < Er7Segment.end(field)) {
      String precision = segment.text(segment.component(field, 2));
      if (precision != null && precision.length() == 1 && "YLDH".contains(precision)) {
        throw new BadInputException(RejectCode.IMPRECISE_TIME, name);
      }
    }
    Instant moment = moment(b, from, to, digits, name);
    lastBytes = lastBytes.length == end - start ? lastBytes : new byte[end - start];
    System.arraycopy(b, start, lastBytes, 0, end - start);
    last = moment;
    known = true;
    return moment;
  }

  private Instant moment(byte[] b, int from, int to, int digits, String name) {
    long seconds = localSeconds(b, from, digits);
    int at = from + digits;
    int millis = 0;
    if (at < to && b[at] == '.') {
      int decimals = digits(b, at + 1, to);
      if (decimals < 1 || decimals > 9 || digits != SECONDS) {
        throw new BadInputException(RejectCode.NO_TIME, name);
      }
      for (int i = 0; i < 3; i++) {
        millis = millis * 10 + (i < decimals ? b[at + 1 + i] - '0' : 0);
      }
      at += 1 + decimals;
    }
    if (seconds == Long.MIN_VALUE) {
      throw new BadInputException(RejectCode.NO_TIME, name);
    }
    long offset = at == to ? zoneOffset(seconds, name) : offset(b, at, to, name);
    return Instant.ofEpochMilli((seconds - offset) * 1000 + millis);
  }

  /** A date of the calendar as ISO 8601, null where there is none or only a part of one. */
  static @Nullable String date(Er7Segment segment, long field) {
    long slice = segment.trimmed(segment.component(field, 1));
    return date(segment.bytes(), Er7Segment.start(slice), Er7Segment.end(slice));
  }

  private static @Nullable String date(byte[] b, int from, int to) {
    if (digits(b, from, to) < 8) {
      return null;
    }
    int year = number(b, from, 4);
    int month = number(b, from + 4, 2);
    int day = number(b, from + 6, 2);
    if (!isDate(year, month, day)) {
      return null;
    }
    byte[] iso = {
      b[from],
      b[from + 1],
      b[from + 2],
      b[from + 3],
      '-',
      b[from + 4],
      b[from + 5],
      '-',
      b[from + 6],
      b[from + 7]
    };
    return new String(iso, StandardCharsets.US_ASCII);
  }

  private static int digits(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] >= '0' && b[i] <= '9') {
      i++;
    }
    return i - from;
  }

  private static int number(byte[] b, int from, int length) {
    int number = 0;
    for (int i = from; i < from + length; i++) {
      number = number * 10 + (b[i] - '0');
    }
    return number;
  }

  private static boolean isDate(int year, int month, int day) {
    return year >= 1
        && month >= 1
        && month <= 12
        && day >= 1
        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
  }

  /** Seconds since 1970 by the wall clock; the least number when it is no time. */
  private long localSeconds(byte[] b, int from, int digits) {
    long date = Bytes.eight(b, from);
    if (date != lastDate) {
      int year = number(b, from, 4);
      int month = number(b, from + 4, 2);
      int day = number(b, from + 6, 2);
      if (!isDate(year, month, day)) {
        return Long.MIN_VALUE;
      }
      lastDate = date;
      lastDay = daysSince1970(year, month, day) * 86_400;
    }
    int hour = number(b, from + 8, 2);
    int minute = number(b, from + 10, 2);
    int second = digits == SECONDS ? number(b, from + 12, 2) : 0;
    return hour > 23 || minute > 59 || second > 59
        ? Long.MIN_VALUE
        : lastDay + hour * 3_600L + minute * 60L + second;
  }

  /** Days from civil (Howard Hinnant): years that begin in March. */
  private static long daysSince1970(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** 00:00 UTC of a date that {@link #date} gave. */
  static Instant startOf(String date) {
    int year = Integer.parseInt(date, 0, 4, 10);
    int month = Integer.parseInt(date, 5, 7, 10);
    return Instant.ofEpochSecond(
        86_400 * daysSince1970(year, month, Integer.parseInt(date, 8, 10, 10)));
  }

  private static long offset(byte[] b, int at, int to, String name) {
    boolean form = to - at == 5 && (b[at] == '+' || b[at] == '-') && digits(b, at + 1, to) == 4;
    int hours = form ? number(b, at + 1, 2) : 0;
    int minutes = form ? number(b, at + 3, 2) : 0;
    if (!form || hours > 18 || minutes > 59) {
      throw new BadInputException(RejectCode.NO_TIME, name);
    }
    long seconds = hours * 3_600L + minutes * 60L;
    return b[at] == '-' ? -seconds : seconds;
  }

  private long zoneOffset(long seconds, String name) {
    if (zone == null) {
      throw new BadInputException(RejectCode.NO_TIME_ZONE, name);
    }
    if (zone.hasOne(seconds)) {
      return zone.offset();
    }
    List<ZoneOffset> offsets = zone.offsets(seconds);
    if (offsets.isEmpty()) {
      throw new BadInputException(RejectCode.NONEXISTENT_TIME, name);
    }
    long earlier = seconds - offsets.get(0).getTotalSeconds();
    long later = seconds - offsets.get(1).getTotalSeconds();
    boolean first = isJustBeforeReceipt(earlier);
    if (first != isJustBeforeReceipt(later)) {
      return seconds - (first ? earlier : later);
    }
    throw new BadInputException(RejectCode.AMBIGUOUS_TIME, name);
  }

  private boolean isJustBeforeReceipt(long moment) {
    return received != null
        && moment <= received.plus(tolerance).getEpochSecond()
        && moment > received.minusSeconds(3_600).getEpochSecond();
  }
}
