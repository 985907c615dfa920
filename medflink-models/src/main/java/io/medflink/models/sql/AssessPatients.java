// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.AssessCore;
import io.medflink.core.ChartEvent;
import io.medflink.core.Cleaner;
import io.medflink.core.EventTimeCore;
import io.medflink.core.Now;
import java.time.Instant;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code ASSESS(input => TABLE observations PARTITION BY patient_id, model => 'news2', on_time =>
 * DESCRIPTOR(ts), uid => 'ward-news2')}: cleans each row and assesses the patient's moments as
 * {@code Assess} does. Late and rejected rows are rows with a kind.
 */
@Internal
@FunctionHint(output = @DataTypeHint("ROW<" + Schemas.ASSESSED + ">"))
public final class AssessPatients extends ProcessTableFunction<Row> implements SpecializedFunction {
  private static final long serialVersionUID = 1;

  /** What the head and the patient's key are kept in. */
  public static final class Memory {
    public byte @Nullable [] head;
    public @Nullable String patient;
  }

  private final @Nullable AssessCall call;
  private transient @Nullable AssessCore core;
  private transient @Nullable ViewState state;
  private transient @Nullable Cleaner cleaner;
  private transient @Nullable ObservationRows rows;

  /** Any call; planning makes it a certain one. */
  AssessPatients() {
    this(null);
  }

  private AssessPatients(@Nullable AssessCall call) {
    this.call = call;
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    return new AssessPatients(AssessCall.of(context.getCallContext()));
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return AssessCall.checked(super.getTypeInference(typeFactory));
  }

  @Override
  public void open(FunctionContext context) {
    if (call == null) {
      throw new IllegalStateException("planning comes first");
    }
    state = new ViewState();
    core = new AssessCore(List.of(call.model()), call.options(), state);
    cleaner = Cleaner.with(call.codes());
  }

  /** One observation, movement or decision. */
  public void eval(
      Context context,
      @StateHint Memory memory,
      @StateHint MapView<Long, byte[]> unsettled,
      @StateHint MapView<String, byte[]> history,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "model") String model,
      @ArgumentHint(name = "lateness", isOptional = true) @Nullable String lateness,
      @ArgumentHint(name = "mode", isOptional = true) @Nullable String mode,
      @ArgumentHint(name = "codes", isOptional = true) @Nullable String codes) {
    ObservationRows reader = reader(context);
    if (memory.patient == null) {
      memory.patient = reader.patient(input);
    }
    var time = context.timeContext(Instant.class);
    AssessRows out = new AssessRows(this::collect);
    ChartEvent event = reader.event(memory.patient, input, time.time());
    if (event != null) {
      AssessCore current = core(memory, unsettled, history);
      current.on(event, now(time), out);
      register(current, time);
      return;
    }
    reader.read(
        memory.patient,
        input,
        time.time(),
        panel ->
            cleaner()
                .clean(
                    panel,
                    clean -> {
                      AssessCore current = core(memory, unsettled, history);
                      current.on(clean, now(time), out);
                      register(current, time);
                    },
                    rejected -> out.rejected(panel, rejected)),
        out::rejected);
    forget(context, memory);
  }

  /** The watermark has passed a moment of interest. */
  public void onTimer(
      OnTimerContext context,
      Memory memory,
      MapView<Long, byte[]> unsettled,
      MapView<String, byte[]> history) {
    if (memory.head == null) {
      return; // The patient was forgotten by an earlier timer of the same watermark.
    }
    var time = context.timeContext(Instant.class);
    AssessCore current = core(memory, unsettled, history);
    current.advance(due(time), new AssessRows(this::collect));
    register(current, time);
    forget(context, memory);
  }

  /** Keeps nothing of a patient of whom the core keeps nothing. */
  private static void forget(Context context, Memory memory) {
    if (memory.head == null) {
      context.clearAllState();
    }
  }

  private ObservationRows reader(Context context) {
    if (rows == null) {
      TableSemantics input = context.tableSemanticsFor("input");
      rows = new ObservationRows(input.dataType(), input.partitionByColumns());
    }
    return rows;
  }

  private Cleaner cleaner() {
    if (cleaner == null) {
      throw new IllegalStateException("open comes first");
    }
    return cleaner;
  }

  /** A core holds nothing of a patient between calls, so one for all patients will do. */
  private AssessCore core(
      Memory memory, MapView<Long, byte[]> unsettled, MapView<String, byte[]> history) {
    if (core == null || state == null) {
      throw new IllegalStateException("open comes first");
    }
    state.current(memory, unsettled, history);
    return core;
  }

  private static Now now(TimeContext<Instant> time) {
    Instant watermark = time.currentWatermark();
    return Now.replay(watermark == null ? Long.MIN_VALUE : watermark.toEpochMilli());
  }

  /** Moment by moment, though the watermark may be past several: rows bear the timer's rowtime. */
  private static Now due(TimeContext<Instant> time) {
    Instant timer = time.time();
    Now now = now(time);
    return timer == null ? now : Now.replay(Math.min(now.watermark(), timer.toEpochMilli()));
  }

  private static void register(AssessCore core, TimeContext<Instant> time) {
    for (long t = core.wake(); t != EventTimeCore.NEVER; t = core.wake()) {
      time.registerOnTime(Instant.ofEpochMilli(t));
    }
  }
}
