// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.JudgedRisk;
import io.medflink.core.Outcome;
import io.medflink.core.RiskAssessment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Joins what was predicted with what came of it: {@code
 * assessments.keyBy(RiskAssessment::patientId).connect(outcomes.keyBy(Outcome::patientId))
 * .process(new JudgeRisks(model, horizon)).uid("judge")}.
 *
 * <p>An outcome judges the model's first exact final answer within the horizon before it, once both
 * are complete by the watermark: the answer at which the prediction began. Intervals and answers
 * that were taken back judge nothing. State: {@code predicted} by moment, for the horizon, and
 * {@code awaited} outcomes until the watermark has passed them.
 */
public final class JudgeRisks
    extends KeyedCoProcessFunction<String, RiskAssessment, Outcome, JudgedRisk> {
  private static final long serialVersionUID = 1;

  private final String model;
  private final long horizon;
  private transient @Nullable MapState<Long, RiskAssessment> predicted;
  private transient @Nullable MapState<Long, Boolean> awaited;

  /** Judges one model, by its id, over its horizon. */
  public JudgeRisks(String model, Duration horizon) {
    if (horizon.isNegative() || horizon.isZero()) {
      throw new IllegalArgumentException("the horizon must be positive, is " + horizon);
    }
    this.model = model;
    this.horizon = horizon.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    predicted =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "predicted", Types.LONG, TypeInformation.of(RiskAssessment.class)));
    awaited =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("awaited", Types.LONG, Types.BOOLEAN));
  }

  @Override
  public void processElement1(RiskAssessment assessment, Context context, Collector<JudgedRisk> out)
      throws Exception {
    if (assessment.model().equals(model)
        && assessment.status() != RiskAssessment.Status.PRELIMINARY) {
      long time = assessment.time().toEpochMilli();
      Objects.requireNonNull(predicted).put(time, assessment);
      context.timerService().registerEventTimeTimer(time + horizon + 1);
    }
  }

  @Override
  public void processElement2(Outcome outcome, Context context, Collector<JudgedRisk> out)
      throws Exception {
    if (model.equals(outcome.model()) && outcome.time() != null) {
      long time = outcome.time().toEpochMilli();
      Objects.requireNonNull(awaited).put(time, outcome.happened());
      context.timerService().registerEventTimeTimer(time);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<JudgedRisk> out)
      throws Exception {
    MapState<Long, Boolean> outcomes = Objects.requireNonNull(awaited);
    Boolean happened = outcomes.get(time);
    if (happened != null) {
      judge(time, happened, out);
      outcomes.remove(time);
    }
    List<Long> over = new ArrayList<>();
    for (Long moment : Objects.requireNonNull(predicted).keys()) {
      if (moment + horizon < time) {
        over.add(moment);
      }
    }
    for (Long moment : over) {
      predicted.remove(moment);
    }
  }

  private void judge(long time, boolean happened, Collector<JudgedRisk> out) throws Exception {
    RiskAssessment first = null;
    for (Map.Entry<Long, RiskAssessment> entry : Objects.requireNonNull(predicted).entries()) {
      RiskAssessment answer = entry.getValue();
      boolean exact = answer.low() == answer.high();
      boolean within = entry.getKey() <= time && entry.getKey() >= time - horizon;
      if (exact && within && (first == null || answer.time().isBefore(first.time()))) {
        first = answer;
      }
    }
    if (first != null) {
      out.collect(
          new JudgedRisk(
              model, first.version(), Instant.ofEpochMilli(time), first.low(), happened));
    }
  }
}
