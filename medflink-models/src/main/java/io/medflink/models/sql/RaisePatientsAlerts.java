// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Alert;
import io.medflink.core.AlertCore;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.AlertRule;
import io.medflink.core.Control;
import io.medflink.core.EventTimeCore;
import io.medflink.core.Holds;
import io.medflink.core.Now;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code RAISE_ALERTS(input => TABLE news PARTITION BY site, model => 'news2', on_time =>
 * DESCRIPTOR(ts), uid => 'alerts')}: makes alerts of rows of assessments, movements and decisions
 * (column {@code kind}) as {@code RaiseAlerts} does, by {@code AlertRule.of} each model.
 *
 * <p>A partition is what wards and their patients lie within, so that a decision about a ward meets
 * all of them: SQL has no broadcast. Late and rejected rows are rows with a kind.
 */
@Internal
@FunctionHint(output = @DataTypeHint("ROW<" + Schemas.ALERTED + ">"))
public final class RaisePatientsAlerts extends ProcessTableFunction<Row>
    implements SpecializedFunction {
  private static final long serialVersionUID = 1;
  private static final int MODEL = 1;
  private static final int LATENESS = 2;
  private static final int ACTIONABLE = 3;

  /** The decisions about wards. */
  public static final class Memory {
    public byte @Nullable [] controls;
  }

  private final @Nullable AlertOptions options;
  private transient @Nullable AlertCore core;
  private transient @Nullable ViewAlertState state;
  private transient @Nullable AlertRows rows;

  /** Any call; planning makes it a certain one. */
  RaisePatientsAlerts() {
    this(null);
  }

  private RaisePatientsAlerts(@Nullable AlertOptions options) {
    this.options = options;
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    try {
      call.getTableSemantics(0)
          .ifPresent(
              t -> new AlertRows(call.getArgumentDataTypes().get(0), t.partitionByColumns()));
      String models = call.getArgumentValue(MODEL, String.class).orElse("");
      AlertRule[] rules =
          Arrays.stream(models.split(","))
              .map(model -> AlertRule.of(model.strip()))
              .toArray(AlertRule[]::new);
      return new RaisePatientsAlerts(
          AlertOptions.of(rules)
              .withLateness(duration(call, LATENESS, Duration.ofHours(1)))
              .withActionableWithin(duration(call, ACTIONABLE, Duration.ofHours(1))));
    } catch (IllegalArgumentException e) {
      throw new ValidationException("RAISE_ALERTS: " + e.getMessage());
    }
  }

  @SuppressWarnings("UnusedException") // it says no more than this does
  private static Duration duration(CallContext call, int argument, Duration otherwise) {
    try {
      return call.isArgumentNull(argument)
          ? otherwise
          : call.getArgumentValue(argument, String.class).map(Duration::parse).orElse(otherwise);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a duration is no ISO 8601 duration such as PT1H");
    }
  }

  @Override
  public void open(FunctionContext context) {
    if (options == null) {
      throw new IllegalStateException("planning comes first");
    }
    state = new ViewAlertState();
    core = new AlertCore(options, state);
  }

  /** One assessment, movement or decision. */
  public void eval(
      Context context,
      @StateHint Memory memory,
      @StateHint MapView<String, byte[]> patients,
      @StateHint MapView<Long, String> wakes,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "model") String model,
      @ArgumentHint(name = "lateness", isOptional = true) @Nullable String lateness,
      @ArgumentHint(name = "actionable_within", isOptional = true) @Nullable String actionable)
      throws Exception {
    var time = context.timeContext(Instant.class);
    AlertEvent event = rows(context).read(input, time.time());
    if (event == null) {
      refused(RejectCode.UNDECODABLE, "kind", time.time());
    } else if (event.control() != null && event.control().patientId() == null) {
      ward(memory, patients, event.control(), time);
    } else {
      AlertCore current = current(event.patientId(), memory, patients);
      current.on(event, now(time), new Output());
      register(current, event.patientId(), wakes, time);
    }
  }

  /** A decision about a ward: all patients of the partition are looked at. */
  private void ward(
      Memory memory, MapView<String, byte[]> patients, Control control, TimeContext<Instant> time)
      throws Exception {
    Rejected refusal = Holds.refusal(control);
    if (refusal != null) {
      refused(refusal.code(), refusal.field(), time.time());
      return;
    }
    List<Control> controls = new ArrayList<>(Holds.read(memory.controls));
    if (Holds.keep(controls, control)) {
      memory.controls = Holds.write(controls);
      List<String> present = new ArrayList<>();
      for (String key : patients.keys()) {
        if (key.startsWith("head ")) {
          present.add(key.substring("head ".length()));
        }
      }
      for (String patient : present) {
        current(patient, memory, patients).advance(now(time), new Output());
      }
    }
  }

  /** The watermark has passed a moment of interest of some patients. */
  public void onTimer(
      OnTimerContext context,
      Memory memory,
      MapView<String, byte[]> patients,
      MapView<Long, String> wakes)
      throws Exception {
    var time = context.timeContext(Instant.class);
    Instant due = time.time();
    String woken = due == null ? null : wakes.get(due.toEpochMilli());
    if (due == null || woken == null) {
      return;
    }
    wakes.remove(due.toEpochMilli());
    for (String patient : woken.split("\n", -1)) {
      AlertCore current = current(patient, memory, patients);
      current.advance(now(time), new Output());
      register(current, patient, wakes, time);
    }
  }

  private AlertRows rows(Context context) {
    if (rows == null) {
      TableSemantics input = context.tableSemanticsFor("input");
      rows = new AlertRows(input.dataType(), input.partitionByColumns());
    }
    return rows;
  }

  /** A core holds nothing of a patient between calls, so one for all patients will do. */
  private AlertCore current(String patient, Memory memory, MapView<String, byte[]> patients) {
    if (core == null || state == null) {
      throw new IllegalStateException("open comes first");
    }
    state.current(patient, patients, memory.controls);
    return core;
  }

  private static Now now(TimeContext<Instant> time) {
    Instant watermark = time.currentWatermark();
    return Now.replay(watermark == null ? Long.MIN_VALUE : watermark.toEpochMilli());
  }

  private static void register(
      AlertCore core, String patient, MapView<Long, String> wakes, TimeContext<Instant> time)
      throws Exception {
    long due = core.wake();
    if (due != EventTimeCore.NEVER) {
      String others = wakes.get(due);
      if (others == null || !Arrays.asList(others.split("\n", -1)).contains(patient)) {
        wakes.put(due, others == null ? patient : others + "\n" + patient);
      }
      time.registerOnTime(Instant.ofEpochMilli(due));
    }
  }

  private void refused(RejectCode code, @Nullable String field, @Nullable Instant time) {
    Row row = new Row(18);
    row.setField(0, "rejected");
    row.setField(12, time);
    row.setField(16, code.name());
    row.setField(17, field);
    collect(row);
  }

  private final class Output implements AlertCore.Out {
    @Override
    public void alert(Alert a) {
      collect(
          Row.of(
              "alert",
              a.id(),
              a.patientId(),
              a.encounter(),
              a.ward(),
              a.bed(),
              a.model(),
              a.event().name(),
              a.priority().name(),
              a.level().name(),
              a.historical(),
              a.onset(),
              a.time(),
              a.why(),
              a.pages(),
              a.replaces(),
              null,
              null));
    }

    @Override
    public void late(AlertEvent event) {
      Row row = new Row(18);
      row.setField(0, "late");
      row.setField(2, event.patientId());
      row.setField(12, event.assessment() == null ? null : event.assessment().time());
      collect(row);
    }

    @Override
    public void rejected(Rejected rejected) {
      refused(rejected.code(), rejected.field(), rejected.time());
    }

    @Override
    public void counted(int used, int unused, int duplicate) {}
  }
}
