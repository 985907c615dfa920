// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.ModelDifference;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Shadow mode: a challenger runs beside the champion in one {@link Assess}, nobody sees its
 * answers, and only where they differ is told: {@code
 * assessments.keyBy(RiskAssessment::patientId).process( new CompareModels(champion, challenger,
 * tolerance, keep)).uid("shadow")}.
 *
 * <p>All assessments but the challenger's go on as they came. Differences of the last answers of
 * both about one moment go to {@link #DIFFERENCES}: of the levels, of whether there is an answer,
 * or of either end of the primary prediction by more than the tolerance; and again when a later
 * answer changes the difference or ends it.
 *
 * <p>State: {@code champion}, {@code challenger} and {@code told} by moment, until the watermark is
 * past it by {@code keep}, which is at least Assess's lateness.
 */
public final class CompareModels
    extends KeyedProcessFunction<String, RiskAssessment, RiskAssessment> {
  private static final long serialVersionUID = 1;

  /** Where the challenger answers otherwise. */
  public static final OutputTag<ModelDifference> DIFFERENCES =
      new OutputTag<>("differences", TypeInformation.of(ModelDifference.class));

  private final String champion;
  private final String challenger;
  private final double tolerance;
  private final long keep;
  private transient @Nullable MapState<Long, RiskAssessment> answers;
  private transient @Nullable MapState<Long, RiskAssessment> trials;
  private transient @Nullable MapState<Long, ModelDifference> told;

  /**
   * Compares two models by their ids.
   *
   * @param tolerance in the unit of the primary prediction, not negative
   * @param keep how long after the watermark has passed a moment its answers can still change
   */
  public CompareModels(String champion, String challenger, double tolerance, Duration keep) {
    if (champion.equals(challenger) || !(tolerance >= 0) || keep.isNegative()) {
      throw new IllegalArgumentException(
          "needs two ids, and a tolerance and a time to keep that are not negative");
    }
    this.champion = champion;
    this.challenger = challenger;
    this.tolerance = tolerance;
    this.keep = keep.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    TypeInformation<RiskAssessment> assessment = TypeInformation.of(RiskAssessment.class);
    answers =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("champion", Types.LONG, assessment));
    trials =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("challenger", Types.LONG, assessment));
    told =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "told", Types.LONG, TypeInformation.of(ModelDifference.class)));
  }

  @Override
  public void processElement(
      RiskAssessment assessment, Context context, Collector<RiskAssessment> out) throws Exception {
    boolean trial = assessment.model().equals(challenger);
    if (!trial) {
      out.collect(assessment);
    }
    if (!trial && !assessment.model().equals(champion)) {
      return;
    }
    long time = assessment.time().toEpochMilli();
    Objects.requireNonNull(trial ? trials : answers).put(time, assessment);
    context.timerService().registerEventTimeTimer(time + keep);
    RiskAssessment answer = Objects.requireNonNull(answers).get(time);
    RiskAssessment tried = Objects.requireNonNull(trials).get(time);
    if (answer != null && tried != null) {
      compare(answer, tried, time, context);
    }
  }

  private void compare(RiskAssessment answer, RiskAssessment tried, long time, Context context)
      throws Exception {
    MapState<Long, ModelDifference> state = Objects.requireNonNull(told);
    ModelDifference before = state.get(time);
    ModelDifference now = difference(answer, tried, before == null ? 1 : before.revision() + 1);
    boolean news = before == null ? !now.same() : !sameAs(before, now);
    if (news) {
      state.put(time, now);
      context.output(DIFFERENCES, now);
    }
  }

  private static boolean sameAs(ModelDifference a, ModelDifference b) {
    return (a.same() && b.same())
        || (a.same() == b.same()
            && Double.compare(a.low(), b.low()) == 0
            && Double.compare(a.high(), b.high()) == 0
            && a.levelFrom() == b.levelFrom()
            && a.levelTo() == b.levelTo()
            && Objects.equals(a.championVersion(), b.championVersion())
            && Objects.equals(a.challengerVersion(), b.challengerVersion()));
  }

  private ModelDifference difference(RiskAssessment answer, RiskAssessment tried, int revision) {
    double low = tried.low() - answer.low();
    double high = tried.high() - answer.high();
    RiskLevel from = answer.level();
    RiskLevel to = tried.level();
    boolean none = Double.isNaN(answer.low()) && Double.isNaN(tried.low());
    boolean near = Math.abs(low) <= tolerance && Math.abs(high) <= tolerance;
    return new ModelDifference(
        answer.patientId(),
        answer.encounter(),
        answer.time(),
        revision,
        champion,
        answer.version(),
        challenger,
        tried.version(),
        low,
        high,
        from,
        to,
        from == to && (none || near));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<RiskAssessment> out)
      throws Exception {
    long moment = time - keep;
    Objects.requireNonNull(answers).remove(moment);
    Objects.requireNonNull(trials).remove(moment);
    Objects.requireNonNull(told).remove(moment);
  }
}
