// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.ChartEvent;
import io.medflink.core.HandOver;
import io.medflink.core.HandedOver;
import io.medflink.core.IdentityLinks;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.operators.Books.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
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

  /** All of the patient, where a redirect names no stay. */
  private static final String ALL = "";

  private final long memory;
  private final Books books = new Books("resolve-identity");
  private transient @Nullable MapState<String, HandOver> redirects;
  private transient @Nullable MapState<Long, List<ChartEvent>> remembered;
  private transient @Nullable MapState<String, Panel> newest;

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
    redirects =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "redirects", Types.STRING, TypeInformation.of(HandOver.class)));
    remembered =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "remembered", Types.LONG, Types.LIST(TypeInformation.of(ChartEvent.class))));
    newest =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("newest", Types.STRING, TypeInformation.of(Panel.class)));
  }

  @Override
  public void processElement1(ChartEvent event, Context context, Collector<ChartEvent> out)
      throws Exception {
    int counted = event instanceof Panel panel ? panel.countedObservations() : 0;
    books.add(Entry.IN, counted);
    books.add(Entry.USED, counted);
    books.add(Entry.MOVEMENTS, event instanceof Movement ? 1 : 0);
    String key = context.getCurrentKey();
    if (key.equals(ALL) || (event instanceof Movement m && IdentityLinks.isAbout(m))) {
      out.collect(event);
      return;
    }
    remember(event, context);
    out.collect(redirect(HandOver.encounter(event), key).redirected(event));
  }

  private void remember(ChartEvent event, Context context) throws Exception {
    long time = event.eventTime().toEpochMilli();
    List<ChartEvent> events = remembered().get(time);
    events = events == null ? new ArrayList<>() : new ArrayList<>(events);
    if (!events.contains(event)) {
      events.add(event);
      remembered().put(time, events);
    }
    context.timerService().registerEventTimeTimer((Math.floorDiv(time, memory) + 2) * memory);
  }

  private HandOver redirect(@Nullable String encounter, String key) throws Exception {
    HandOver ofStay = encounter == null ? null : redirects().get(encounter);
    HandOver ofAll = ofStay == null ? redirects().get(ALL) : ofStay;
    return ofAll == null ? HandOver.none(key) : ofAll;
  }

  @Override
  public void processElement2(Movement redirect, Context context, Collector<ChartEvent> out)
      throws Exception {
    String key = context.getCurrentKey();
    String stay = redirect.encounter() == null ? ALL : redirect.encounter();
    HandOver before = redirect(redirect.encounter(), key);
    HandOver after = before.to(redirect.patientId());
    if (before.target().equals(after.target())) {
      return;
    }
    redirects().put(stay, after);
    tell(redirect, before, after, out);
    List<ChartEvent> all = new ArrayList<>();
    newest().values().forEach(all::add);
    TreeMap<Long, List<ChartEvent>> inOrder = new TreeMap<>();
    remembered().entries().forEach(entry -> inOrder.put(entry.getKey(), entry.getValue()));
    inOrder.values().forEach(all::addAll);
    for (ChartEvent event : all) {
      String encounter = HandOver.encounter(event);
      boolean concerns =
          stay.equals(ALL)
              ? encounter == null || !redirects().contains(encounter)
              : stay.equals(encounter);
      if (concerns) {
        handOver(event, before, after, out);
      }
    }
  }

  /** Tells the records that are concerned which one belongs to which from now on. */
  private static void tell(
      Movement redirect, HandOver before, HandOver after, Collector<ChartEvent> out) {
    tell(redirect, before, true, out);
    tell(redirect, after, false, out);
  }

  private static void tell(
      Movement redirect, HandOver where, boolean ends, Collector<ChartEvent> out) {
    Movement there = redirect.withPatientId(where.target());
    if (!where.target().equals(where.source())) {
      out.collect(new HandedOver(there.withEncounters(there.encounter(), null), null, ends));
      if (redirect.encounter() != null && redirect.otherEncounter() != null) {
        Movement link = there.withEncounters(redirect.otherEncounter(), redirect.encounter());
        out.collect(new HandedOver(link.withKind(Movement.Kind.LINK), where.telling(), ends));
      }
    } else if (redirect.encounter() == null) {
      out.collect(new HandedOver(there.withKind(Movement.Kind.DELETE), null, !ends));
    }
  }

  private void handOver(
      ChartEvent event, HandOver before, HandOver after, Collector<ChartEvent> out) {
    out.collect(before.withdrawn(event));
    out.collect(after.handedOver(event));
    books.add(Entry.HANDED_OVER, event instanceof Panel panel ? panel.countedObservations() : 0);
  }

  /** Keeps of what is older than the memory the newest value of each code. */
  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ChartEvent> out)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    if (watermark == Long.MAX_VALUE) {
      return; // The end of the input is not the passing of time.
    }
    List<Long> old = new ArrayList<>();
    for (Long at : remembered().keys()) {
      if (at <= watermark - memory) {
        old.add(at);
      }
    }
    for (Long at : old) {
      List<ChartEvent> events = remembered().get(at);
      for (ChartEvent event : events == null ? List.<ChartEvent>of() : events) {
        for (Panel single : HandOver.singles(event)) {
          String code = String.valueOf(single.observations()[0].code());
          Panel kept = newest().get(code);
          if (kept == null || !kept.time().isAfter(single.time())) {
            newest().put(code, single);
          }
        }
      }
      remembered().remove(at);
    }
  }

  private MapState<String, HandOver> redirects() {
    return opened(redirects);
  }

  private MapState<Long, List<ChartEvent>> remembered() {
    return opened(remembered);
  }

  private MapState<String, Panel> newest() {
    return opened(newest);
  }

  private static <T> T opened(@Nullable T state) {
    if (state == null) {
      throw new IllegalStateException("open comes first");
    }
    return state;
  }
}
