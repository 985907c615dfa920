// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Cleaner;
import io.medflink.core.Panel;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.jspecify.annotations.Nullable;

/**
 * A panel's event time for Flink: {@code WatermarkStrategy.…withTimestampAssigner(new
 * EventTime())}. One wrong clock would carry the watermark into the future and make everybody else
 * late, so a time beyond {@code received} + tolerance counts as that moment here; {@link Clean}
 * then rejects the panel. The panel's own time is never changed.
 */
public final class EventTime implements SerializableTimestampAssigner<Panel> {
  private static final long serialVersionUID = 1;

  private final Duration tolerance;

  /** With the tolerance of {@link Cleaner#TOLERANCE}. */
  public EventTime() {
    this(Cleaner.TOLERANCE);
  }

  /** With the tolerance that {@link Clean} has. */
  public EventTime(Duration tolerance) {
    this.tolerance = tolerance;
  }

  /** Milliseconds since 1970-01-01T00:00Z; what the record had before where there is no moment. */
  @Override
  public long extractTimestamp(Panel panel, long recordTimestamp) {
    @Nullable Instant time = panel.time();
    if (time == null) {
      return recordTimestamp;
    }
    try {
      long millis = time.toEpochMilli();
      return panel.received() == null
          ? millis
          : Math.min(millis, panel.received().toEpochMilli() + tolerance.toMillis());
    } catch (ArithmeticException e) {
      return recordTimestamp;
    }
  }
}
