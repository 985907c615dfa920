// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Alert;
import io.medflink.core.EventTimeCore;
import io.medflink.core.FeedCore;
import io.medflink.core.Now;
import io.medflink.core.Panel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a whole feed falls silent: {@code panels.filter(p -> p.feed() !=
 * null).keyBy(Panel::feed).process(WatchFeeds.after(silence, lateness)).uid("watch-feeds")}. One
 * {@code FEED_LOST} a silence, {@code CLEARED} when something comes again. Sent to {@code
 * RaiseAlerts} as well ({@code AlertEvent.of}, broadcast) it holds back the silence of the feed's
 * patients; choose it shorter than what is expected of any of them, by as much as lies between two
 * panels of the feed.
 *
 * <p>Without {@link #live} only event time counts. In live mode silence is measured by the clock,
 * less the time by which the feed's newest panel came late: a feed that lags is not lost.
 *
 * <p>State: {@code feed}, keyed by feed.
 */
public final class WatchFeeds extends KeyedProcessFunction<String, Panel, Alert>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final Duration silence;
  private final Map<String, Duration> silences;
  private final Duration lateness;
  private final @Nullable LiveClock live;
  private transient @Nullable Map<Duration, FeedCore> cores;
  private transient @Nullable ValueState<byte[]> state;

  private WatchFeeds(
      Duration silence,
      Map<String, Duration> silences,
      Duration lateness,
      @Nullable LiveClock live) {
    this.silence = silence;
    this.silences = silences;
    this.lateness = lateness;
    this.live = live;
    new FeedCore(silence, lateness);
    silences.values().forEach(own -> new FeedCore(own, lateness));
  }

  /**
   * Tells of silences longer than this.
   *
   * @param silence more than zero
   * @param lateness how long after the watermark has passed it a silence can still prove wrong
   */
  public static WatchFeeds after(Duration silence, Duration lateness) {
    return new WatchFeeds(silence, Map.of(), lateness, null);
  }

  /** The same with feeds of which another silence is one, by their names. */
  public WatchFeeds withSilence(Map<String, Duration> ofFeeds) {
    return new WatchFeeds(silence, new HashMap<>(ofFeeds), lateness, live);
  }

  /**
   * Live mode: silence is also one when nothing arrives at all.
   *
   * @param patience how long after its moment a panel may take to arrive
   */
  public WatchFeeds live(Duration patience) {
    return new WatchFeeds(silence, silences, lateness, new LiveClock(patience, LiveClock.CATCH_UP));
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    if (live != null && context.isRestored()) {
      live.restored();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {}

  @Override
  public void open(OpenContext context) {
    cores = new HashMap<>();
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "feed", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(Panel panel, Context context, Collector<Alert> out) throws Exception {
    work(context, (current, now, alerts) -> current.on(panel, now, alerts), out);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Alert> out) throws Exception {
    work(
        context,
        (current, now, alerts) -> {
          current.advance(now, alerts);
          return true;
        },
        out);
  }

  private interface Work {
    boolean run(FeedCore current, Now now, Consumer<Alert> out);
  }

  private void work(Context context, Work work, Collector<Alert> out) throws Exception {
    if (cores == null || state == null) {
      throw new IllegalStateException("open comes first");
    }
    FeedCore core =
        cores.computeIfAbsent(
            silences.getOrDefault(context.getCurrentKey(), silence),
            own -> new FeedCore(own, lateness));
    long watermark = context.timerService().currentWatermark();
    long clock = context.timerService().currentProcessingTime();
    Now now = live == null ? Now.replay(watermark) : live.now(watermark, clock);
    core.load(context.getCurrentKey(), state.value());
    if (work.run(core, now, out::collect)) {
      state.update(core.save());
      long due = core.wake();
      if (due != EventTimeCore.NEVER && watermark != Long.MAX_VALUE && due > watermark) {
        context.timerService().registerEventTimeTimer(due);
      }
      if (due != EventTimeCore.NEVER && live != null && due > now.clock() - core.lag()) {
        context.timerService().registerProcessingTimeTimer(live.timer(due + core.lag()));
      }
    }
  }
}
