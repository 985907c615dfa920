// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.JudgedRisk;
import io.medflink.core.ModelProposal;
import io.medflink.core.Recalibrator;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Proposes a recalibrated model after each so many judged risks: {@code judged.keyBy(r -> r.model()
 * + " " + r.version()).process(new ProposeModels(recalibrator, cases)).uid("propose-models")}.
 *
 * <p>Nothing is switched by it. Judged risks count in the order in which they come, each for one
 * proposal; of a model that is never asked again the last ones stay in state. Risks of 0 and 1 have
 * no log odds and are counted apart. State: {@code judged} and {@code span} by model and version.
 */
public final class ProposeModels extends KeyedProcessFunction<String, JudgedRisk, ModelProposal> {
  private static final long serialVersionUID = 1;

  private final Recalibrator recalibrator;
  private final int cases;
  private transient @Nullable ListState<Tuple2<Double, Boolean>> judged;

  /** The first and the last time, how many, and how many more without log odds. */
  private transient @Nullable ValueState<Tuple4<Long, Long, Integer, Long>> span;

  /**
   * Proposes.
   *
   * @param recalibrator makes the card
   * @param cases how many judged risks a proposal rests on, at least 100; it wants some 100 events
   *     (Vergouwe Y et al. J Clin Epidemiol 2005;58:475–83), so many more where they are rare
   */
  public ProposeModels(Recalibrator recalibrator, int cases) {
    if (cases < 100) {
      throw new IllegalArgumentException("needs at least 100 cases");
    }
    this.recalibrator = recalibrator;
    this.cases = cases;
  }

  @Override
  public void open(OpenContext context) {
    judged =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("judged", Types.TUPLE(Types.DOUBLE, Types.BOOLEAN)));
    span =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "span", Types.TUPLE(Types.LONG, Types.LONG, Types.INT, Types.LONG)));
  }

  @Override
  public void processElement(JudgedRisk risk, Context context, Collector<ModelProposal> out)
      throws Exception {
    ValueState<Tuple4<Long, Long, Integer, Long>> seen = Objects.requireNonNull(span);
    if (!(risk.risk() >= 0 && risk.risk() <= 1) || risk.time() == null) {
      return;
    }
    long time = risk.time().toEpochMilli();
    Tuple4<Long, Long, Integer, Long> now = seen.value();
    now = now == null ? Tuple4.of(time, time, 0, 0L) : now;
    if (risk.risk() == 0 || risk.risk() == 1) {
      seen.update(Tuple4.of(now.f0, now.f1, now.f2, now.f3 + 1));
      return;
    }
    now = Tuple4.of(Math.min(now.f0, time), Math.max(now.f1, time), now.f2 + 1, now.f3);
    Objects.requireNonNull(judged).add(Tuple2.of(risk.risk(), risk.happened()));
    if (now.f2 < cases) {
      seen.update(now);
      return;
    }
    out.collect(proposal(risk, now));
    judged.clear();
    seen.clear();
  }

  private ModelProposal proposal(JudgedRisk last, Tuple4<Long, Long, Integer, Long> seen)
      throws Exception {
    double[] risks = new double[seen.f2];
    boolean[] outcomes = new boolean[seen.f2];
    int i = 0;
    for (Tuple2<Double, Boolean> one : Objects.requireNonNull(judged).get()) {
      risks[i] = one.f0;
      outcomes[i++] = one.f1;
    }
    String card = null;
    String why = null;
    try {
      card =
          recalibrator.propose(
              String.valueOf(last.model()), String.valueOf(last.version()), risks, outcomes);
    } catch (IllegalArgumentException | ArithmeticException e) {
      why = e.getMessage();
    }
    return new ModelProposal(
        last.model(),
        last.version(),
        card,
        Instant.ofEpochMilli(seen.f0),
        Instant.ofEpochMilli(seen.f1),
        seen.f2,
        seen.f3,
        why);
  }
}
