// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.CalibrationCusum;
import io.medflink.core.Drift;
import io.medflink.core.JudgedRisk;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether what happens still agrees with what is predicted: {@code judged.keyBy(r ->
 * r.model() + " " + r.version()).process(new WatchCalibration(oddsRatio,
 * limit)).uid("watch-calibration")}.
 *
 * <p>Tells a drift when the evidence for more or for fewer events reaches the limit, and begins
 * again with none. Judged risks count in the order in which they come. A larger limit alarms later
 * and more rarely in vain: Steiner 2000 took 4.5 at an odds ratio of 2 for deaths after cardiac
 * surgery, which are rare; commoner outcomes need more. State: {@code cusum} and {@code span} by
 * model and version.
 */
public final class WatchCalibration extends KeyedProcessFunction<String, JudgedRisk, Drift> {
  private static final long serialVersionUID = 1;

  private final double oddsRatio;
  private final double limit;
  private transient @Nullable ValueState<CalibrationCusum> cusum;
  private transient @Nullable ValueState<Tuple3<Long, Long, Long>> span;

  /**
   * Watches for odds that are a multiple of those predicted, or one divided by it.
   *
   * @param oddsRatio over 1
   * @param limit positive
   */
  public WatchCalibration(double oddsRatio, double limit) {
    if (!(oddsRatio > 1) || !(limit > 0)) {
      throw new IllegalArgumentException("needs an odds ratio over 1 and a limit over 0");
    }
    this.oddsRatio = oddsRatio;
    this.limit = limit;
  }

  @Override
  public void open(OpenContext context) {
    cusum =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("cusum", TypeInformation.of(CalibrationCusum.class)));
    span =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "span", Types.TUPLE(Types.LONG, Types.LONG, Types.LONG)));
  }

  @Override
  public void processElement(JudgedRisk judged, Context context, Collector<Drift> out)
      throws Exception {
    ValueState<CalibrationCusum> evidence = Objects.requireNonNull(cusum);
    ValueState<Tuple3<Long, Long, Long>> seen = Objects.requireNonNull(span);
    if (!(judged.risk() >= 0 && judged.risk() <= 1) || judged.time() == null) {
      return;
    }
    CalibrationCusum before = evidence.value();
    CalibrationCusum now =
        (before == null ? CalibrationCusum.NONE : before)
            .and(judged.risk(), judged.happened(), oddsRatio);
    long time = judged.time().toEpochMilli();
    Tuple3<Long, Long, Long> times = seen.value();
    times =
        times == null
            ? Tuple3.of(time, time, 1L)
            : Tuple3.of(Math.min(times.f0, time), Math.max(times.f1, time), times.f2 + 1);
    boolean more = now.more() >= limit;
    if (more || now.fewer() >= limit) {
      out.collect(
          new Drift(
              more ? Drift.Kind.MORE_EVENTS : Drift.Kind.FEWER_EVENTS,
              judged.model(),
              judged.version(),
              Instant.ofEpochMilli(times.f0),
              Instant.ofEpochMilli(times.f1),
              times.f2,
              more ? now.more() : now.fewer(),
              limit,
              true));
      evidence.clear();
      seen.clear();
    } else {
      evidence.update(now);
      seen.update(times);
    }
  }
}
