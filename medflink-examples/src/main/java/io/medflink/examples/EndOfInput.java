// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.AlertEvent;
import io.medflink.core.ChartEvent;
import io.medflink.core.Panel;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Tells, at the end of the input, the greatest time in it: deadlines fall due up to there. */
final class EndOfInput extends KeyedProcessFunction<Integer, ChartEvent, AlertEvent> {
  private static final long serialVersionUID = 1;

  private transient @Nullable ValueState<Long> greatest;

  @Override
  public void open(OpenContext context) {
    greatest = getRuntimeContext().getState(new ValueStateDescriptor<>("greatest", Types.LONG));
  }

  @Override
  public void processElement(ChartEvent event, Context context, Collector<AlertEvent> out)
      throws Exception {
    if (!(event instanceof Panel panel)) {
      return;
    }
    ValueState<Long> state = state();
    Long before = state.value();
    long time = panel.time().toEpochMilli();
    if (before == null || time > before) {
      state.update(time);
    }
    if (before == null) {
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<AlertEvent> out)
      throws Exception {
    Long end = state().value();
    if (end != null) {
      out.collect(AlertEvent.end(Instant.ofEpochMilli(end)));
    }
  }

  private ValueState<Long> state() {
    if (greatest == null) {
      throw new IllegalStateException("open comes first");
    }
    return greatest;
  }
}
