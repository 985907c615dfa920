// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.ChartEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Panels, movements and decisions as one stream, which {@code ResolveIdentity} and {@code Assess}
 * take: {@code ChartEvents.union(panels, movements).keyBy(ChartEvent::key)}.
 */
public final class ChartEvents {

  private ChartEvents() {}

  /** One stream of all events, in no order between streams. */
  @SafeVarargs
  public static DataStream<ChartEvent> union(
      DataStream<? extends ChartEvent> first, DataStream<? extends ChartEvent>... more) {
    DataStream<ChartEvent> all = events(first, 0);
    for (int i = 0; i < more.length; i++) {
      all = all.union(events(more[i], i + 1));
    }
    return all;
  }

  private static DataStream<ChartEvent> events(DataStream<? extends ChartEvent> stream, int at) {
    return stream
        .map(event -> (ChartEvent) event)
        .returns(TypeInformation.of(ChartEvent.class))
        .uid("chart-events-" + at)
        .name("chart events");
  }
}
