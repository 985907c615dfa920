// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.ChartEvent;
import io.medflink.core.Cleaner;
import io.medflink.core.Panel;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * A watermark after each panel with a greater time than all before, so that the same panels in the
 * same order always get the same answers: one millisecond below it, since more panels of that very
 * moment may come. A time in the future, which Clean rejects, is none; movements move nothing.
 *
 * @param <E> panels, or all events of a chart
 */
final class GreatestTime<E extends ChartEvent> implements WatermarkGenerator<E> {
  private final long behind;
  private long greatest = Long.MIN_VALUE;

  /** Watermarks that stay so far behind. */
  GreatestTime(Duration behind) {
    this.behind = behind.toMillis();
  }

  @Override
  public void onEvent(E event, long time, WatermarkOutput output) {
    if (!(event instanceof Panel panel)) {
      return;
    }
    boolean future =
        panel.received() != null && panel.time().isAfter(panel.received().plus(Cleaner.TOLERANCE));
    if (!future && time > greatest) {
      greatest = time;
      output.emitWatermark(new Watermark(time - behind - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    // Each panel has spoken for itself.
  }
}
