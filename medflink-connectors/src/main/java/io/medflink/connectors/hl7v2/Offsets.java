// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/** A zone's offsets by the wall clock; the one between two changes is looked up once. */
final class Offsets {
  private final ZoneId zone;
  private long from;
  private long to;
  private int offset;

  Offsets(ZoneId zone) {
    this.zone = zone;
  }

  boolean areOf(ZoneId other) {
    return zone.equals(other);
  }

  /** All that a time may have, in seconds since 1970 by the wall clock: none, one or two. */
  List<ZoneOffset> offsets(long seconds) {
    return zone.getRules().getValidOffsets(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
  }

  /** Whether there is just one, which {@link #offset} then tells. */
  boolean hasOne(long seconds) {
    if (seconds >= from && seconds < to) {
      return true;
    }
    List<ZoneOffset> all = offsets(seconds);
    if (all.size() == 1) {
      keep(seconds, all.get(0).getTotalSeconds());
    }
    return all.size() == 1;
  }

  int offset() {
    return offset;
  }

  private void keep(long seconds, int found) {
    offset = found;
    Instant moment = Instant.ofEpochSecond(seconds - found);
    ZoneOffsetTransition before = zone.getRules().previousTransition(moment.plusSeconds(1));
    ZoneOffsetTransition after = zone.getRules().nextTransition(moment);
    from =
        before == null
            ? Long.MIN_VALUE
            : before.toEpochSecond()
                + Math.max(
                    before.getOffsetBefore().getTotalSeconds(),
                    before.getOffsetAfter().getTotalSeconds());
    to =
        after == null
            ? Long.MAX_VALUE
            : after.toEpochSecond()
                + Math.min(
                    after.getOffsetBefore().getTotalSeconds(),
                    after.getOffsetAfter().getTotalSeconds());
  }
}
