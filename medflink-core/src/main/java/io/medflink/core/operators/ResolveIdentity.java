// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.ChartEvent;
import io.medflink.core.IdentityCore;
import io.medflink.core.IdentityLinks;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.operators.Books.Entry;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is told of a merged record to its survivor: {@code ResolveIdentity.of(events,
 * Duration.ofDays(7)).keyBy(ChartEvent::key)}, before {@code Assess}.
 *
 * <p>A merge (HL7 A34, A40, A47; FHIR {@code replaces}) hands what is remembered of the retired
 * record over to the survivor, once: the values are taken back under the retired key and told again
 * under the survivor's, and what comes under the retired key later goes to the survivor at once. A
 * move (A43–A45) does so for one stay, an un-merge (A37) sets the record free again. Which record
 * belongs to whom doesn't depend on the order of arrival; see {@link IdentityLinks}.
 *
 * <p>Remembered are all events as far back as {@code memory} before the watermark, and beyond it
 * the newest value of each code. Of the survivor's moments that can't be amended any more none is
 * assessed again; their values enter its chart.
 *
 * <p>Keeps {@link Books} under {@code resolve-identity}: in = used, in observations, and beside it
 * what was handed over. State: {@code merges} (of one key: merges are few), {@code redirects},
 * {@code remembered} and {@code newest}, keyed by patient.
 */
public final class ResolveIdentity
    extends KeyedCoProcessFunction<String, ChartEvent, Movement, ChartEvent>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** The one key of all links, and of what is about no patient. */
  private static final String ALL = "";

  private final long memory;
  private final Books books = new Books("resolve-identity");
  private transient @Nullable KeyedIdentityState state;
  private transient @Nullable IdentityCore core;

  private ResolveIdentity(Duration memory) {
    if (memory.isNegative() || memory.isZero()) {
      throw new IllegalArgumentException("memory must be positive, is " + memory);
    }
    this.memory = memory.toMillis();
  }

  /**
   * The events, each under the key of the record that it belongs to.
   *
   * @param events panels, movements and decisions under the keys they came with
   * @param memory how far back before the watermark all values go over to a survivor; at least the
   *     lateness of {@code Assess}
   */
  public static SingleOutputStreamOperator<ChartEvent> of(
      DataStream<ChartEvent> events, Duration memory) {
    DataStream<Movement> redirects =
        events
            .filter(event -> event instanceof Movement m && IdentityLinks.isAbout(m))
            .uid("identity-movements")
            .map(event -> (Movement) event)
            .returns(TypeInformation.of(Movement.class))
            .uid("identity-links-in")
            .keyBy(movement -> ALL)
            .process(new FollowLinks())
            .uid("identity-links")
            .name("follow merges")
            .setParallelism(1);
    return events
        .keyBy(ChartEvent::key)
        .connect(redirects.keyBy(movement -> key(movement.otherPatientId())))
        .process(new ResolveIdentity(memory))
        .uid("resolve-identity")
        .name("resolve identity");
  }

  /** Decisions about a ward have no patient. */
  private static String key(@Nullable String patientId) {
    return patientId == null ? ALL : patientId;
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
    state = new KeyedIdentityState(getRuntimeContext());
    core = new IdentityCore(state);
  }

  @Override
  public void processElement1(ChartEvent event, Context context, Collector<ChartEvent> out)
      throws Exception {
    int counted = event instanceof Panel panel ? panel.countedObservations() : 0;
    books.add(Entry.IN, counted);
    books.add(Entry.USED, counted);
    books.add(Entry.MOVEMENTS, event instanceof Movement ? 1 : 0);
    current(context).on(event, new Outputs(out));
    if (!IdentityCore.passes(event)) {
      long time = event.eventTime().toEpochMilli();
      context.timerService().registerEventTimeTimer((Math.floorDiv(time, memory) + 2) * memory);
    }
  }

  @Override
  public void processElement2(Movement redirect, Context context, Collector<ChartEvent> out)
      throws Exception {
    current(context).redirect(redirect, new Outputs(out));
  }

  /** Keeps of what is older than the memory the newest value of each code. */
  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ChartEvent> out)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    if (watermark != Long.MAX_VALUE) { // The end of the input is not the passing of time.
      current(context).forget(watermark - memory);
    }
  }

  private IdentityCore current(Context context) {
    if (core == null || state == null) {
      throw new IllegalStateException("open comes first");
    }
    state.patientId = context.getCurrentKey();
    return core;
  }

  /** Sends the core's results on, and keeps the books. */
  private final class Outputs implements IdentityCore.Out {
    private final Collector<ChartEvent> out;

    Outputs(Collector<ChartEvent> out) {
      this.out = out;
    }

    @Override
    public void event(ChartEvent event) {
      out.collect(event);
    }

    @Override
    public void handedOver(int observations) {
      books.add(Entry.HANDED_OVER, observations);
    }
  }
}
