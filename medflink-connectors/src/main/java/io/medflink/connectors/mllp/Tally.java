// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * What happened since the task began, counted by many threads. received = accepted + duplicate +
 * acknowledgment + refused.
 */
final class Tally {
  /** What is counted, by the name of its metric. */
  enum Event {
    /** Frames. */
    RECEIVED,
    /** Messages that are new and in the journal. */
    ACCEPTED,
    /** Messages that had been accepted before: acknowledged again, not delivered again. */
    DUPLICATE,
    /** Messages that are acknowledgments, which nothing waits for here. */
    ACKNOWLEDGMENT,
    /** Messages that were refused, also counted by {@link Refusal}. */
    REFUSED,
    /** Messages that were acknowledged in mode RECEIVED and could not be written. */
    LOST,
    /** Frames that never ended. */
    TRUNCATED,
    /** Bytes outside frames. */
    STRAY_BYTES,
    /** Connections that were refused: too many, no TLS, or a certificate that is not allowed. */
    CONNECTIONS_REFUSED,
    /** Connections that were closed for being slow or idle. */
    TIMED_OUT,
    /** Files or answers that could not be written, and other faults of input and output. */
    FAILURES
  }

  private final Map<Event, Counter> events = new EnumMap<>(Event.class);
  private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);

  Tally(MetricGroup group) {
    for (Event event : Event.values()) {
      events.put(event, group.counter(name(event), new ThreadSafeSimpleCounter()));
    }
    for (Refusal refusal : Refusal.values()) {
      MetricGroup code = group.addGroup("code", refusal.name());
      refusals.put(refusal, code.counter("refused", new ThreadSafeSimpleCounter()));
    }
  }

  private static String name(Event event) {
    StringBuilder name = new StringBuilder();
    for (String word : event.name().split("_", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      name.append(
          name.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
    }
    return name.toString();
  }

  void count(Event event) {
    count(event, 1);
  }

  void count(Event event, long number) {
    Counter counter = events.get(event);
    if (counter != null) {
      counter.inc(number);
    }
  }

  void count(Refusal refusal) {
    count(Event.REFUSED);
    Counter counter = refusals.get(refusal);
    if (counter != null) {
      counter.inc();
    }
  }

  long of(Event event) {
    Counter counter = events.get(event);
    return counter == null ? 0 : counter.getCount();
  }

  long of(Refusal refusal) {
    Counter counter = refusals.get(refusal);
    return counter == null ? 0 : counter.getCount();
  }
}
