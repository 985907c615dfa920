// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Drift;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.PopulationStability;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Watches the distribution of a model's inputs, feed by feed, since a sensor, a unit or a code map
 * goes wrong by feed: {@code cleaned.keyBy(WatchInputs::feed).process(new WatchInputs(window,
 * references)).uid("watch-inputs")}.
 *
 * <p>For each window of event time and each reference it tells the population stability index of
 * the exact values once the watermark has passed, whether it is drift or not; nothing for fewer
 * than {@code least} values. Values for an earlier window that come after that make it tell again.
 * State: {@code counts} by code and window, two windows long.
 */
public final class WatchInputs extends KeyedProcessFunction<String, Panel, Drift> {
  private static final long serialVersionUID = 1;

  private final long window;
  private final long least;
  private final PopulationStability[] references;
  private transient @Nullable MapState<String, long[]> counts;

  /**
   * Watches by references.
   *
   * @param window how long, by event time, from 1970 on
   * @param least how many values are enough to tell
   */
  public WatchInputs(Duration window, int least, PopulationStability... references) {
    if (window.isNegative() || window.isZero() || least < 1 || references.length == 0) {
      throw new IllegalArgumentException("needs a window, a least number and a reference");
    }
    this.window = window.toMillis();
    this.least = least;
    this.references = references.clone();
  }

  /** A panel's feed, by which inputs are watched. */
  public static String feed(Panel panel) {
    return panel.feed() == null ? "" : panel.feed();
  }

  @Override
  public void open(OpenContext context) {
    counts =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "counts", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(Panel panel, Context context, Collector<Drift> out) throws Exception {
    long start = Math.floorDiv(panel.time().toEpochMilli(), window) * window;
    for (PopulationStability reference : references) {
      for (Observation o : panel.observations()) {
        boolean exact =
            reference.code().equals(o.code())
                && o.comparator() == null
                && o.status() != Observation.Status.ENTERED_IN_ERROR
                && !Double.isNaN(o.value());
        if (exact) {
          count(reference, start, o.value());
          context.timerService().registerEventTimeTimer(start + window);
          context.timerService().registerEventTimeTimer(start + 2 * window);
        }
      }
    }
  }

  private void count(PopulationStability reference, long start, double value) throws Exception {
    String key = reference.code() + "@" + start;
    long[] counted = Objects.requireNonNull(counts).get(key);
    counted = counted == null ? new long[reference.counts().length] : counted;
    counted[reference.bin(value)]++;
    counts.put(key, counted);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Drift> out) throws Exception {
    for (PopulationStability reference : references) {
      long start = time - window;
      long[] counted = Objects.requireNonNull(counts).get(reference.code() + "@" + start);
      long cases = 0;
      for (int i = 0; counted != null && i < counted.length; i++) {
        cases += counted[i];
      }
      if (counted != null && cases >= least) {
        double index = reference.index(counted);
        out.collect(
            new Drift(
                Drift.Kind.INPUT,
                context.getCurrentKey(),
                reference.code(),
                Instant.ofEpochMilli(start),
                Instant.ofEpochMilli(time),
                cases,
                index,
                PopulationStability.SHIFT,
                index > PopulationStability.SHIFT));
      }
      counts.remove(reference.code() + "@" + (start - window));
    }
  }
}
