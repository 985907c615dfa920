// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.ChartEvent;
import io.medflink.core.Panel;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was decoded from one file after the other, and came apart as panels, movements and
 * decisions, into the order of the messages again; of one message panels come last. The number of
 * the message stands for the time until the events get their own.
 */
final class InOrder extends KeyedProcessFunction<Integer, ChartEvent, ChartEvent> {
  private static final long serialVersionUID = 1;

  private transient @Nullable MapState<Long, List<ChartEvent>> waiting;

  /** Numbers messages as they are read, in one task. */
  static <M> WatermarkStrategy<M> numbers() {
    return WatermarkStrategy.<M>forGenerator(context -> new Numbers<>())
        .withTimestampAssigner(
            context ->
                new TimestampAssigner<>() {
                  private long number;

                  @Override
                  public long extractTimestamp(M message, long before) {
                    return ++number;
                  }
                });
  }

  private static final class Numbers<M> implements WatermarkGenerator<M> {
    @Override
    public void onEvent(M message, long number, WatermarkOutput output) {
      output.emitWatermark(new Watermark(number - 1));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  @Override
  public void open(OpenContext context) {
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting", Types.LONG, Types.LIST(TypeInformation.of(ChartEvent.class))));
  }

  @Override
  public void processElement(ChartEvent event, Context context, Collector<ChartEvent> out)
      throws Exception {
    long number = context.timestamp();
    List<ChartEvent> before = waiting().get(number);
    List<ChartEvent> events = before == null ? new ArrayList<>() : new ArrayList<>(before);
    int at = events.size();
    while (!(event instanceof Panel) && at > 0 && events.get(at - 1) instanceof Panel) {
      at--;
    }
    events.add(at, event);
    waiting().put(number, events);
    context.timerService().registerEventTimeTimer(number);
  }

  @Override
  public void onTimer(long number, OnTimerContext context, Collector<ChartEvent> out)
      throws Exception {
    List<ChartEvent> events = waiting().get(number);
    if (events != null) {
      events.forEach(out::collect);
      waiting().remove(number);
    }
  }

  private MapState<Long, List<ChartEvent>> waiting() {
    if (waiting == null) {
      throw new IllegalStateException("open comes first");
    }
    return waiting;
  }
}
