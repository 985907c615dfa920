// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.AssessCore;
import io.medflink.core.AssessOptions;
import io.medflink.core.EventTimeCore;
import io.medflink.core.ModelChange;
import io.medflink.core.ModelReader;
import io.medflink.core.Now;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskModel;
import io.medflink.core.operators.Books.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * {@link Assess} whose models people switch while it runs: {@code
 * panels.keyBy(Panel::patientId).connect(changes.broadcast(SwitchModels.CHANGES)).process(new
 * SwitchModels(reader, options, models)).uid("assess")}.
 *
 * <p>A {@link ModelChange} replaces the model of the same id, at each subtask when it gets there:
 * the version of each assessment says which one answered. What was answered before stays as it is
 * until its moment changes or gets its final answer. A change is kept in broadcast state, so a
 * restored job goes on with it. A bad one, or one with an id that none of the models has, changes
 * nothing and goes to {@link SideOutput#REJECTED} with what is wrong as its field.
 *
 * <p>Everything else is as in {@link Assess} without live mode, the state too: {@code head}, {@code
 * unsettled}, {@code history}; so a savepoint of one is one of the other.
 */
public final class SwitchModels
    extends KeyedBroadcastProcessFunction<String, Panel, ModelChange, RiskAssessment>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** The models that people switched to, by id: the state that the changes are broadcast to. */
  public static final MapStateDescriptor<String, String> CHANGES =
      new MapStateDescriptor<>("models", Types.STRING, Types.STRING);

  private final ModelReader reader;
  private final AssessOptions options;
  private final RiskModel[] models;
  private final Books books = new Books("assess");
  private transient @Nullable BroadcastState<String, String> changes;
  private transient @Nullable KeyedAssessState state;
  private transient @Nullable AssessCore core;

  /**
   * Begins with these models.
   *
   * @param reader makes models of the changes' texts
   */
  public SwitchModels(ModelReader reader, AssessOptions options, RiskModel... models) {
    if (models.length == 0) {
      throw new IllegalArgumentException("SwitchModels needs at least one model");
    }
    this.reader = reader;
    this.options = options;
    this.models = models.clone();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    books.initializeState(context);
    changes = context.getOperatorStateStore().getBroadcastState(CHANGES);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    books.snapshotState();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    books.open(getRuntimeContext());
    KeyedAssessState opened = new KeyedAssessState(getRuntimeContext());
    state = opened;
    if (changes != null) {
      for (Map.Entry<String, String> change : changes.immutableEntries()) {
        put(reader.read(change.getValue()));
      }
    }
    core = new AssessCore(List.of(models), options, opened);
  }

  private boolean put(RiskModel model) {
    for (int i = 0; i < models.length; i++) {
      if (models[i].id().equals(model.id())) {
        models[i] = model;
        return true;
      }
    }
    return false;
  }

  @Override
  public void processBroadcastElement(
      ModelChange change, Context context, Collector<RiskAssessment> out) throws Exception {
    String card = change.card() == null ? "" : change.card();
    RiskModel[] before = models.clone();
    try {
      RiskModel model = reader.read(card);
      if (!put(model)) {
        throw new IllegalArgumentException("id: none of " + ids());
      }
      core = new AssessCore(List.of(models), options, opened());
      context.getBroadcastState(CHANGES).put(model.id(), card);
    } catch (IllegalArgumentException e) {
      System.arraycopy(before, 0, models, 0, models.length);
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        context.output(SideOutput.REJECTED, rejected(change, e.getMessage()));
      }
    }
  }

  private List<String> ids() {
    return Arrays.stream(models).map(RiskModel::id).toList();
  }

  private static Rejected rejected(ModelChange change, @Nullable String why) {
    return new Rejected(
        Rejected.Stage.ASSESS,
        RejectCode.BAD_MODEL,
        why,
        null,
        null,
        null,
        null,
        null,
        change.decided(),
        null,
        null);
  }

  private KeyedAssessState opened() {
    if (state == null) {
      throw new IllegalStateException("open comes first");
    }
    return state;
  }

  private AssessCore current(String patientId) {
    if (core == null) {
      throw new IllegalStateException("open comes first");
    }
    opened().patientId = patientId;
    return core;
  }

  @Override
  public void processElement(Panel panel, ReadOnlyContext context, Collector<RiskAssessment> out) {
    if (!context.getCurrentKey().equals(panel.patientId())) {
      throw new IllegalStateException("SwitchModels works on keyBy(Panel::patientId) only");
    }
    books.add(Entry.IN, panel.countedObservations());
    AssessCore asked = current(panel.patientId());
    asked.on(
        panel,
        Now.replay(context.timerService().currentWatermark()),
        new AssessOutputs(books, null, context::output, out));
    setTimers(asked, context);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<RiskAssessment> out) {
    AssessCore asked = current(context.getCurrentKey());
    asked.advance(
        Now.replay(context.timerService().currentWatermark()),
        new AssessOutputs(books, null, context::output, out));
    setTimers(asked, context);
  }

  private void setTimers(AssessCore asked, ReadOnlyContext context) {
    for (long t = asked.wake(); t != EventTimeCore.NEVER; t = asked.wake()) {
      context.timerService().registerEventTimeTimer(t);
    }
  }
}
