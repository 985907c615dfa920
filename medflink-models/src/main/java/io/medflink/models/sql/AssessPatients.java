// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.AssessCore;
import io.medflink.core.AssessOptions;
import io.medflink.core.Cleaner;
import io.medflink.core.CodeMap;
import io.medflink.core.EventTimeCore;
import io.medflink.core.Now;
import io.medflink.models.RiskModels;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code ASSESS(input => TABLE observations PARTITION BY patient_id, model => 'news2', on_time =>
 * DESCRIPTOR(ts), uid => 'ward-news2')}: cleans each row and assesses the patient's moments as
 * {@code Assess} does. Late and rejected rows are rows with a kind.
 */
@Internal
@FunctionHint(
    output =
        @DataTypeHint(
            "ROW<kind STRING, model STRING, version STRING, ts TIMESTAMP_LTZ(3), revision INT,"
                + " status STRING, low DOUBLE, high DOUBLE, level STRING, level_low STRING,"
                + " level_high STRING, missing ARRAY<STRING>, reason STRING, encounter STRING,"
                + " facility STRING, ward STRING, bed STRING, predictions MAP<STRING, ROW<low"
                + " DOUBLE, high DOUBLE>>, reject_code STRING, reject_field STRING, code STRING,"
                + " unit STRING>"))
public final class AssessPatients extends ProcessTableFunction<Row> {
  private static final long serialVersionUID = 1;

  /** What the patient's key, the head and the arguments are kept in: timers are given no others. */
  public static final class Memory {
    public byte @Nullable [] head;
    public @Nullable String patient;
    public @Nullable String model;
    public @Nullable String lateness;
    public @Nullable String mode;
  }

  private transient @Nullable Map<List<@Nullable String>, AssessCore> cores;
  private transient @Nullable ViewState state;
  private transient @Nullable Cleaner cleaner;
  private transient @Nullable ObservationRows rows;

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return AssessCall.checked(super.getTypeInference(typeFactory));
  }

  @Override
  public void open(FunctionContext context) {
    cores = new HashMap<>();
    state = new ViewState();
    cleaner = Cleaner.with(CodeMap.none());
  }

  /** One observation. */
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
      @ArgumentHint(name = "mode", isOptional = true) @Nullable String mode) {
    ObservationRows reader = reader(context);
    if (memory.patient == null) {
      memory.patient = reader.patient(input);
      memory.model = model;
      memory.lateness = lateness;
      memory.mode = mode;
    }
    var time = context.timeContext(Instant.class);
    AssessRows out = new AssessRows(this::collect);
    reader.read(
        memory.patient,
        input,
        time.time(),
        panel ->
            cleaner()
                .clean(
                    panel,
                    clean -> {
                      AssessCore core = core(memory, unsettled, history);
                      core.on(clean, now(time), out);
                      register(core, time);
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
    AssessCore core = core(memory, unsettled, history);
    core.advance(now(time), new AssessRows(this::collect));
    register(core, time);
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

  /** A core holds nothing of a patient between calls, so one for each set of arguments will do. */
  private AssessCore core(
      Memory memory, MapView<Long, byte[]> unsettled, MapView<String, byte[]> history) {
    if (cores == null || state == null || memory.model == null) {
      throw new IllegalStateException("open and a row come first");
    }
    state.current(memory, unsettled, history);
    String model = memory.model;
    AssessOptions options = AssessCall.options(memory.lateness, memory.mode);
    ViewState opened = state;
    return cores.computeIfAbsent(
        Arrays.asList(model, memory.lateness, memory.mode),
        key -> new AssessCore(List.of(RiskModels.byId(model)), options, opened));
  }

  private static Now now(TimeContext<Instant> time) {
    Instant watermark = time.currentWatermark();
    return Now.replay(watermark == null ? Long.MIN_VALUE : watermark.toEpochMilli());
  }

  private static void register(AssessCore core, TimeContext<Instant> time) {
    for (long t = core.wake(); t != EventTimeCore.NEVER; t = core.wake()) {
      time.registerOnTime(Instant.ofEpochMilli(t));
    }
  }
}
