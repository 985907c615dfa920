// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.AssessCore;
import io.medflink.core.AssessOptions;
import io.medflink.core.ChartEvent;
import io.medflink.core.EventTimeCore;
import io.medflink.core.Now;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskModel;
import io.medflink.core.operators.Books.Entry;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each patient's chart and asks models about it: {@code
 * panels.keyBy(Panel::patientId).process(Assess.held(lateness, models)).uid("assess")}.
 *
 * <p>Where movements come too, as {@link ChartEvents}, vital signs live in their stay: none counts
 * after the discharge or death that closed it, and stay and place as of event time come along on
 * each answer. Without movements a value counts for moments of its own stay, as far as panels tell
 * stays.
 *
 * <p>A moment is answered at once (preliminary), when the watermark has passed it (final), and
 * again when late, corrected or withdrawn values within the lateness change the answer (amended,
 * entered in error). Immediate answers are preliminary and never amended. Panels that come too late
 * go to {@link SideOutput#LATE}, observations that can't be used to {@link SideOutput#REJECTED};
 * {@code Clean} belongs before it. The counts are {@link Books} named {@code assess}.
 *
 * <p>Without {@link #live} only event time counts (replay): deadlines fall due by the watermark, up
 * to the end of the input. In live mode they also fall due by the wall clock, so that a moment gets
 * its final answer even when every source falls silent.
 *
 * <p>State: {@code head} and {@code unsettled} and {@code history}, keyed by patient; see {@link
 * AssessCore}.
 *
 * @param <E> {@link Panel}, or {@link ChartEvent} where movements come too
 */
public final class Assess<E extends ChartEvent>
    extends KeyedProcessFunction<String, E, RiskAssessment> implements CheckpointedFunction {
  private static final long serialVersionUID = 1;
  private static final long REPLAY = -1;

  private final RiskModel[] models;
  private final AssessOptions options;
  private final long patience;
  private final @Nullable String explained;
  private final Books books = new Books("assess");
  private transient @Nullable AssessCore core;
  private transient @Nullable KeyedAssessState state;

  private Assess(
      RiskModel[] models, AssessOptions options, long patience, @Nullable String explained) {
    if (models.length == 0) {
      throw new IllegalArgumentException("Assess needs at least one model");
    }
    this.models = models.clone();
    this.options = options;
    this.patience = patience;
    this.explained = explained;
  }

  /** Answers with options. */
  public static <E extends ChartEvent> Assess<E> with(AssessOptions options, RiskModel... models) {
    return new Assess<>(models, options, REPLAY, null);
  }

  /** Preliminary at once, final at the watermark, amended within the lateness after it. */
  public static <E extends ChartEvent> Assess<E> held(Duration lateness, RiskModel... models) {
    return with(AssessOptions.held(lateness), models);
  }

  /** At once and only once; a panel older than the patient's newest is late. */
  public static <E extends ChartEvent> Assess<E> immediate(RiskModel... models) {
    return with(AssessOptions.immediate(), models);
  }

  /**
   * Live mode: a moment is also answered finally when the wall clock is past it by so much.
   *
   * @param patience how long values of a moment may take to arrive
   */
  public static <E extends ChartEvent> Assess<E> live(
      AssessOptions options, Duration patience, RiskModel... models) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative, is " + patience);
    }
    return new Assess<>(models, options, patience.toMillis(), null);
  }

  /** Also says why the answers about a patient are as they are: {@link SideOutput#EXPLAINED}. */
  public Assess<E> explaining(String patientId) {
    return new Assess<>(models, options, patience, patientId);
  }

  /** What became of the observations, for tests. */
  Books books() {
    return books;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    books.initializeState(context);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    books.snapshotState();
  }

  @Override
  public void open(OpenContext context) {
    books.open(getRuntimeContext());
    KeyedAssessState opened = new KeyedAssessState(getRuntimeContext());
    state = opened;
    core = new AssessCore(List.of(models), options, opened);
  }

  @Override
  public void processElement(E event, Context context, Collector<RiskAssessment> out) {
    if (!context.getCurrentKey().equals(event.key())) {
      throw new IllegalStateException("Assess works on keyBy(ChartEvent::key) only");
    }
    if (event.key().isEmpty()) {
      if (event instanceof Panel) {
        throw new IllegalStateException("a panel has no patient: Clean belongs before Assess");
      }
      return; // A decision about a ward changes no chart.
    }
    if (event instanceof Panel panel) {
      books.add(Entry.IN, panel.countedObservations());
    } else {
      books.add(Entry.MOVEMENTS, 1);
    }
    current(context)
        .on(event, now(context), new AssessOutputs(books, explained, context::output, out));
    setTimers(context);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<RiskAssessment> out) {
    Now now = now(context);
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      now = new Now(now.watermark(), Math.max(now.clock(), time - patience));
    }
    current(context).advance(now, new AssessOutputs(books, explained, context::output, out));
    setTimers(context);
  }

  private AssessCore current(Context context) {
    if (core == null || state == null) {
      throw new IllegalStateException("open comes first");
    }
    state.patientId = context.getCurrentKey();
    return core;
  }

  private Now now(Context context) {
    long watermark = context.timerService().currentWatermark();
    return patience == REPLAY
        ? Now.replay(watermark)
        : new Now(watermark, context.timerService().currentProcessingTime() - patience);
  }

  private void setTimers(Context context) {
    AssessCore asked = current(context);
    for (long t = asked.wake(); t != EventTimeCore.NEVER; t = asked.wake()) {
      context.timerService().registerEventTimeTimer(t);
      if (patience != REPLAY) {
        context.timerService().registerProcessingTimeTimer(t + patience);
      }
    }
  }
}
