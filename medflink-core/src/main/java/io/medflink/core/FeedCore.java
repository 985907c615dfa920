// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The event-time core of {@code WatchFeeds}: tells when nothing came from a whole feed for so long,
 * and when something came again. Of each part of that time the first and last moment heard of are
 * kept, so every silence is exact, whatever the order of arrival within the lateness.
 */
@Internal
public final class FeedCore {
  /** How many parts the silence is divided into. */
  private static final int PARTS = 8;

  private static final long SECOND = 1000;

  private static final long NEVER = Episode.NEVER;

  private final Duration silence;
  private final long part;
  private final long lateness;

  private final TreeMap<Long, long[]> heard = new TreeMap<>();

  /** The silences told, each with its end; NEVER while it lasts. */
  private final TreeMap<Long, Long> told = new TreeMap<>();

  private long lag;
  private String feed = "";

  /** A core that tells of a silence longer than this. */
  public FeedCore(Duration silence, Duration lateness) {
    AlertRule.check("silence", silence, false);
    AlertRule.check("lateness", lateness, true);
    this.silence = silence;
    this.part = Math.max(1, silence.toMillis() / PARTS);
    this.lateness = lateness.toMillis();
  }

  /** Makes a feed current; null bytes for one that was never heard of. */
  public void load(String currentFeed, byte @Nullable [] bytes) {
    feed = currentFeed;
    heard.clear();
    told.clear();
    lag = 0;
    if (bytes == null) {
      return;
    }
    AlertWire in = new AlertWire();
    in.begin(bytes);
    lag = in.number();
    for (long n = in.number(); n > 0; n--) {
      heard.put(in.number(), new long[] {in.number(), in.number()});
    }
    for (long n = in.number(); n > 0; n--) {
      told.put(in.number(), in.number());
    }
  }

  /** The current feed's state. */
  public byte[] save() {
    AlertWire out = new AlertWire();
    out.begin();
    out.number(lag);
    out.number(heard.size());
    heard.forEach(
        (number, ends) -> {
          out.number(number);
          out.number(ends[0]);
          out.number(ends[1]);
        });
    out.number(told.size());
    told.forEach(
        (since, until) -> {
          out.number(since);
          out.number(until);
        });
    return out.written();
  }

  /**
   * Takes a panel of the current feed.
   *
   * @return whether it told anything new
   */
  public boolean on(Panel panel, Now now, Consumer<Alert> out) {
    long time = panel.time().toEpochMilli();
    if (isSettled(time, now)) {
      return false;
    }
    long[] ends = heard.get(Math.floorDiv(time, part));
    boolean newest = heard.isEmpty() || time > newest();
    if (ends != null && ends[0] <= time && time <= ends[1]) {
      return false;
    }
    long received = panel.received() == null ? time : panel.received().toEpochMilli();
    lag = newest ? Math.max(0, received - time) : lag;
    if (ends == null) {
      heard.put(Math.floorDiv(time, part), new long[] {time, time});
    } else {
      ends[0] = Math.min(ends[0], time);
      ends[1] = Math.max(ends[1], time);
    }
    advance(now, out);
    return true;
  }

  private boolean isSettled(long time, Now now) {
    boolean known = now.watermark() != Long.MIN_VALUE && now.watermark() != Long.MAX_VALUE;
    return known && time + lateness <= now.watermark();
  }

  private long newest() {
    return heard.lastEntry().getValue()[1];
  }

  /** Tells what is due. */
  public void advance(Now now, Consumer<Alert> out) {
    if (heard.isEmpty()) {
      return;
    }
    Map<Long, Long> silences = silences(deadline(now));
    boolean live = now.clock() != Long.MIN_VALUE;
    long first = heard.firstEntry().getValue()[0];
    told.keySet()
        .removeIf(
            since -> {
              boolean wrong = since >= first && !silences.containsKey(since);
              if (wrong) {
                out.accept(alert(Alert.Event.WITHDRAWN, since, since, false));
              }
              return wrong;
            });
    for (Map.Entry<Long, Long> s : silences.entrySet()) {
      Long before = told.put(s.getKey(), s.getValue());
      boolean over = s.getValue() != NEVER;
      if (before == null) {
        long due = s.getKey() + silence.toMillis();
        out.accept(alert(Alert.Event.FEED_LOST, s.getKey(), due, live && over));
      }
      if (over && !s.getValue().equals(before)) {
        boolean unknown = before == null && live;
        out.accept(alert(Alert.Event.CLEARED, s.getKey(), s.getValue(), unknown));
      }
    }
    forget(now);
  }

  private void forget(Now now) {
    while (heard.size() > 1 && isSettled(heard.firstEntry().getValue()[1], now)) {
      heard.pollFirstEntry();
    }
    long first = heard.firstEntry().getValue()[0];
    told.entrySet().removeIf(s -> s.getKey() < first && s.getValue() != NEVER);
  }

  private Map<Long, Long> silences(long deadline) {
    TreeMap<Long, Long> silences = new TreeMap<>();
    long before = heard.firstEntry().getValue()[1];
    for (long[] ends : heard.values()) {
      if (ends[0] - before > silence.toMillis()) {
        silences.put(before, ends[0]);
      }
      before = ends[1];
    }
    if (before + silence.toMillis() <= deadline) {
      silences.put(before, NEVER);
    }
    return silences;
  }

  private long deadline(Now now) {
    if (now.clock() != Long.MIN_VALUE) {
      return now.clock() < Long.MIN_VALUE / 2 ? Long.MIN_VALUE : now.clock() - lag;
    }
    return now.watermark() == Long.MAX_VALUE ? Long.MIN_VALUE : now.watermark();
  }

  /** When the current feed's silence falls due, to the next whole second. */
  public long wake() {
    return heard.isEmpty()
        ? EventTimeCore.NEVER
        : -Math.floorDiv(-(newest() + silence.toMillis()), SECOND) * SECOND;
  }

  /** By how much later than it happened the current feed's newest panel came. */
  public long lag() {
    return lag;
  }

  private Alert alert(Alert.Event event, long since, long time, boolean historical) {
    return new Alert(
        Episode.id("", feed, true, since),
        null,
        null,
        null,
        null,
        null,
        null,
        feed,
        event,
        Alert.Priority.HIGH,
        RiskLevel.UNKNOWN,
        historical,
        false,
        Instant.ofEpochMilli(since),
        Instant.ofEpochMilli(time),
        "nothing came from the feed within " + silence,
        null,
        null);
  }
}
