// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One moment of a patient that can still change: what was read, what is known, what was said. */
final class Moment {
  final long time;

  /** The unsettled neighbours' times, {@link Head#NONE} at the ends. */
  long previous = Head.NONE;

  long next = Head.NONE;

  private final ArrayList<Reading> readings = new ArrayList<>();

  /** The readings as they stand in state: null for a new moment and once there is another one. */
  private ValuesCodec.@Nullable Written written;

  private boolean isRead;

  /** What counts for each type, once it was asked for. */
  private @Nullable Reading @Nullable [] winners;

  /** The chart at this moment. */
  Known known;

  /** The place, of the newest panel that tells one; and when the newest panel was taken in. */
  Place place = Place.UNTOLD;

  /** The sender, of several the greatest name. */
  @Nullable String feed;

  /** The stay whose values the chart holds, and since when they count. */
  @Nullable String stay;

  long since = Long.MIN_VALUE;
  long placed = Long.MIN_VALUE;
  long received = Long.MIN_VALUE;

  /** How often each model answered; negative when its last answer was that nothing is left. */
  final int[] revisions;

  /** Each model's last answer, as a number that {@link Answers} compares. */
  final long[] prints;

  Moment(long time, Known known, int models, ValuesCodec.@Nullable Written written) {
    this.time = time;
    this.written = written;
    this.known = known;
    this.revisions = new int[models];
    this.prints = new long[models];
  }

  /** What was said at this moment. */
  List<Reading> readings() {
    if (!isRead && written != null) {
      written.codec.read(written, readings);
    }
    isRead = true;
    return readings;
  }

  ValuesCodec.@Nullable Written written() {
    return written;
  }

  /** Takes a reading; false when it says nothing new. */
  boolean add(Reading reading) {
    readings();
    winners = null;
    written = null;
    for (int i = 0; i < readings.size(); i++) {
      Reading kept = readings.get(i);
      if (reading.repeats(kept)) {
        // The newer of two that say the same is kept, so that the order of arrival doesn't matter.
        boolean newer = Reading.ORDER.compare(reading, kept) > 0;
        readings.set(i, newer ? reading.with(kept.standing()) : kept);
        return false;
      }
    }
    readings.add(reading);
    return true;
  }

  /** The place and time of receipt of a panel, as far as it is the newest to tell. */
  void place(Panel panel) {
    long issued = panel.issued() == null ? Long.MIN_VALUE : panel.issued().toEpochMilli();
    if (panel.received() != null) {
      received = Math.max(received, panel.received().toEpochMilli());
    }
    if (panel.feed() != null && (feed == null || panel.feed().compareTo(feed) > 0)) {
      feed = panel.feed();
    }
    Place told = Place.of(panel);
    if (told.isTold()
        && (issued > placed || !place.isTold() || (issued == placed && told.isAfter(place)))) {
      place = told;
      placed = issued;
    }
  }

  /** Has a reading no longer; 1 where it waited for its original and was in no books yet. */
  int remove(Reading reading) {
    for (int i = 0; i < readings().size(); i++) {
      Reading kept = readings.get(i);
      if (reading.repeats(kept)) {
        readings.remove(i);
        winners = null;
        written = null;
        return kept.counted() && kept.standing() == Reading.Standing.AWAITS_ORIGINAL ? 1 : 0;
      }
    }
    return 0;
  }

  /** Changes how the readings of one value stand; what stood otherwise before. */
  List<Reading> stand(Correction of, Reading.Standing standing) {
    List<Reading> changed = new ArrayList<>();
    for (int i = 0; i < readings().size(); i++) {
      Reading reading = readings.get(i);
      if (of.isAbout(reading) && reading.standing() != standing) {
        changed.add(reading);
        readings.set(i, reading.with(standing));
        winners = null;
        written = null;
      }
    }
    return changed;
  }

  /** Whether a value was told here for the first time. */
  boolean tellsOriginal(Correction of) {
    return readings().stream().anyMatch(r -> of.isAbout(r) && !r.revises());
  }

  /** The newest revision of a value; null when nothing is said of it. */
  @Nullable Reading newest(Correction of) {
    return readings().stream().filter(of::isAbout).max(Reading.ORDER).orElse(null);
  }

  /** Forgets the place that a panel told which is another patient's. */
  void leave(Panel panel) {
    if (place.equals(Place.of(panel))) {
      place = Place.UNTOLD;
      placed = Long.MIN_VALUE;
    }
  }

  /** Whether anything was said of a type, withdrawn or not. */
  boolean tells(int type) {
    return readings().stream().anyMatch(r -> r.type() == type);
  }

  /** The reading that counts for a type: null where there is none or all were withdrawn. */
  @Nullable Reading winner(int type) {
    if (winners == null) {
      readings();
      winners = new Reading[known.size()];
      boolean rivals = false;
      for (int i = 0; i < readings.size(); i++) {
        Reading reading = readings.get(i);
        if (reading.counts()) {
          rivals |= winners[reading.type()] != null;
          winners[reading.type()] = reading;
        }
      }
      if (rivals) {
        Arrays.fill(winners, null);
      }
      for (int i = 0; i < readings.size(); i++) {
        Reading reading = readings.get(i);
        if (rivals && reading.counts()) {
          count(winners, reading);
        } else if (!rivals
            && reading.counts()
            && reading.status() == Observation.Status.ENTERED_IN_ERROR) {
          winners[reading.type()] = null;
        }
      }
    }
    return winners[type];
  }

  private void count(@Nullable Reading[] best, Reading reading) {
    Reading kept = best[reading.type()];
    if (reading.status() != Observation.Status.ENTERED_IN_ERROR
        && isNewestRevision(reading)
        && (kept == null || Reading.ORDER.compare(reading, kept) > 0)) {
      best[reading.type()] = reading;
    }
  }

  private boolean isNewestRevision(Reading reading) {
    for (int i = 0; i < readings.size(); i++) {
      Reading r = readings.get(i);
      if (r.type() == reading.type()
          && r.hasIdOf(reading)
          && Reading.ORDER.compare(r, reading) > 0) {
        return false;
      }
    }
    return true;
  }
}
