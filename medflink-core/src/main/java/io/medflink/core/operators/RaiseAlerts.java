// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Alert;
import io.medflink.core.AlertCore;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.ChartEvent;
import io.medflink.core.EventTimeCore;
import io.medflink.core.Holds;
import io.medflink.core.Now;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.Books.Entry;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of assessments, with what people decide and where patients are:
 *
 * <pre>{@code
 * DataStream<ChartEvent> events =
 *     ResolveIdentity.of(ChartEvents.union(panels, movements, controls), Duration.ofDays(7));
 * DataStream<RiskAssessment> assessments =
 *     events.keyBy(ChartEvent::key).process(Assess.held(lateness, models)).uid("assess");
 * DataStream<Alert> alerts = RaiseAlerts.with(options).live(patience).on(assessments, events);
 * }</pre>
 *
 * <p>An alert is raised from the first assessment that reaches, preliminary or not, and corrected
 * by later ones. Controls that lack something go to {@link SideOutput#REJECTED}, assessments that
 * come too late to {@link SideOutput#LATE_NEWS}. A ward's control takes effect on the patients whom
 * it holds back within ten seconds, on others with their next news or deadline.
 *
 * <p>Without {@link #live} only event time counts (replay), up to the last watermark; the end of
 * the input is not the passing of time, so where deadlines are to fall due up to it, as always in
 * batch mode, which knows no other watermark, broadcast {@link AlertEvent#end}.
 *
 * <p>The counts are {@link Books} named {@code alerts}, in events; those that are broadcast count
 * once. State: {@code alerts} and {@code stretches}, keyed by patient, and {@link #FOR_ALL}.
 */
public final class RaiseAlerts
    extends KeyedBroadcastProcessFunction<String, AlertEvent, AlertEvent, Alert>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** The state of what is about no patient in particular; {@code broadcast} takes it. */
  public static final MapStateDescriptor<String, AlertEvent> FOR_ALL =
      new MapStateDescriptor<>("for-all", Types.STRING, TypeInformation.of(AlertEvent.class));

  private final AlertOptions options;
  private final @Nullable LiveClock live;
  private final Books books = new Books("alerts");
  private transient @Nullable AlertCore core;
  private transient @Nullable KeyedAlertState state;
  private transient @Nullable ForAll forAll;

  private RaiseAlerts(AlertOptions options, @Nullable LiveClock live) {
    this.options = options;
    this.live = live;
  }

  /** Raises alerts by options, in replay mode. */
  public static RaiseAlerts with(AlertOptions options) {
    return new RaiseAlerts(options, null);
  }

  /**
   * Live mode: deadlines fall due by the wall clock.
   *
   * @param patience how long after its moment an assessment may take to arrive
   */
  public RaiseAlerts live(Duration patience) {
    return live(patience, LiveClock.CATCH_UP);
  }

  /**
   * Live mode: deadlines fall due by the wall clock.
   *
   * @param patience how long after its moment an assessment may take to arrive
   * @param catchUp how long after a restore no deadline falls due, so that what waits in the
   *     sources is read first
   */
  public RaiseAlerts live(Duration patience, Duration catchUp) {
    return new RaiseAlerts(options, new LiveClock(patience, catchUp));
  }

  /**
   * The alerts, under the uid {@code raise-alerts}.
   *
   * @param assessments the answers of {@code Assess}
   * @param events movements and decisions, as {@code ResolveIdentity} gives them where records are
   *     merged; panels among them are left out
   * @param forAll the news of {@link WatchFeeds}, and how far a replay reaches
   */
  @SafeVarargs
  public final SingleOutputStreamOperator<Alert> on(
      DataStream<RiskAssessment> assessments,
      DataStream<ChartEvent> events,
      DataStream<AlertEvent>... forAll) {
    DataStream<AlertEvent> told =
        events
            .filter(event -> !(event instanceof Panel))
            .uid("alert-events-told")
            .map(event -> AlertEvent.of(event))
            .returns(TypeInformation.of(AlertEvent.class))
            .uid("alert-events");
    DataStream<AlertEvent> wards = told.filter(AlertEvent::isForAll).uid("alert-wards");
    for (DataStream<AlertEvent> more : forAll) {
      wards = wards.union(more);
    }
    return assessments
        .map(assessment -> AlertEvent.of(assessment))
        .returns(TypeInformation.of(AlertEvent.class))
        .uid("alert-assessments")
        .union(told.filter(event -> !event.isForAll()).uid("alert-patients"))
        .keyBy(AlertEvent::patientId)
        .connect(wards.broadcast(FOR_ALL))
        .process(this)
        .uid("raise-alerts")
        .name("raise alerts");
  }

  /** What became of the events, for tests. */
  Books books() {
    return books;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    books.initializeState(context);
    if (live != null && context.isRestored()) {
      live.restored();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    books.snapshotState();
  }

  @Override
  public void open(OpenContext context) {
    books.open(getRuntimeContext());
    KeyedAlertState opened = new KeyedAlertState(getRuntimeContext());
    state = opened;
    core = new AlertCore(options, opened);
  }

  @Override
  public void processElement(AlertEvent event, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    if (!context.getCurrentKey().equals(event.patientId()) || event.isForAll()) {
      throw new IllegalStateException(
          "RaiseAlerts works on keyBy(AlertEvent::patientId) only, and what is for all is"
              + " broadcast");
    }
    books.add(Entry.IN, 1);
    AlertCore current = current(context, context.getCurrentKey());
    Now now = now(context);
    current.on(event, now, new Outputs(context, out));
    setTimers(current, context);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Alert> out) throws Exception {
    AlertCore current = current(context, context.getCurrentKey());
    Now now = now(context);
    current.advance(now, new Outputs(context, out));
    setTimers(current, context);
  }

  @Override
  public void processBroadcastElement(AlertEvent event, Context context, Collector<Alert> out)
      throws Exception {
    boolean counts = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    if (counts) {
      books.add(Entry.IN, 1);
    }
    Rejected refusal = event.control() == null ? null : Holds.refusal(event.control());
    if (refusal != null) {
      if (counts) {
        books.reject(refusal.code());
        context.output(SideOutput.REJECTED, refusal);
      }
      return;
    }
    BroadcastState<String, AlertEvent> kept = context.getBroadcastState(FOR_ALL);
    String key = ForAll.key(event);
    AlertEvent before = kept.get(key);
    boolean news = before == null || ForAll.replaces(event, before);
    if (news) {
      kept.put(key, event);
      forAll = null;
      forget(kept, context.currentWatermark());
    }
    if (counts) {
      books.add(news ? Entry.USED : Entry.DUPLICATE, 1);
    }
  }

  private void forget(BroadcastState<String, AlertEvent> kept, long watermark) throws Exception {
    if (watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE) {
      return;
    }
    long horizon = watermark - options.lateness().toMillis();
    for (Iterator<Map.Entry<String, AlertEvent>> i = kept.iterator(); i.hasNext(); ) {
      if (ForAll.isOver(i.next().getValue(), horizon)) {
        i.remove();
      }
    }
  }

  private AlertCore current(ReadOnlyContext context, String key) throws Exception {
    if (core == null || state == null) {
      throw new IllegalStateException("open comes first");
    }
    if (forAll == null) {
      ReadOnlyBroadcastState<String, AlertEvent> kept = context.getBroadcastState(FOR_ALL);
      forAll = ForAll.of(kept.immutableEntries());
      state.forAll = forAll;
    }
    state.patientId = key;
    return core;
  }

  private Now now(ReadOnlyContext context) {
    long watermark = context.timerService().currentWatermark();
    return live == null
        ? Now.replay(watermark)
        : live.now(watermark, context.timerService().currentProcessingTime());
  }

  private void setTimers(AlertCore current, ReadOnlyContext context) {
    long due = current.wake();
    if (due != EventTimeCore.NEVER) {
      context.timerService().registerEventTimeTimer(due);
    }
    long byClock = current.wakeByClock();
    if (live != null && byClock != EventTimeCore.NEVER) {
      context.timerService().registerProcessingTimeTimer(live.timer(byClock));
    }
  }

  /** Sends the core's results where they belong, and keeps the books. */
  private final class Outputs implements AlertCore.Out {
    private final ReadOnlyContext context;
    private final Collector<Alert> out;

    Outputs(ReadOnlyContext context, Collector<Alert> out) {
      this.context = context;
      this.out = out;
    }

    @Override
    public void alert(Alert alert) {
      books.add(Entry.ALERTS, 1);
      books.add(Entry.SUPPRESSED, alert.event() == Alert.Event.SUPPRESSED ? 1 : 0);
      books.add(Entry.HISTORICAL, alert.historical() ? 1 : 0);
      out.collect(alert);
    }

    @Override
    public void late(AlertEvent event) {
      books.add(Entry.LATE, 1);
      context.output(SideOutput.LATE_NEWS, event);
    }

    @Override
    public void rejected(Rejected rejected) {
      books.reject(rejected.code());
      context.output(SideOutput.REJECTED, rejected);
    }

    @Override
    public void counted(int used, int unused, int duplicate) {
      books.add(Entry.USED, used);
      books.add(Entry.UNUSED, unused);
      books.add(Entry.DUPLICATE, duplicate);
    }
  }
}
