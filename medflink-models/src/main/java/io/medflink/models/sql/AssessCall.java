// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.AssessOptions;
import io.medflink.core.CodeMap;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategy;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@code ASSESS} asks for. It is checked when it is planned, so that no wrong one
 * ever runs.
 *
 * @param model the model
 * @param options how it is asked
 * @param codes the feed's local codes, read where the job is planned
 */
record AssessCall(RiskModel model, AssessOptions options, CodeMap codes) implements Serializable {
  private static final int INPUT = 0;
  private static final int MODEL = 1;
  private static final int LATENESS = 2;
  private static final int MODE = 3;
  private static final int CODES = 4;

  /** The same types, after a check of the arguments and of the input's columns. */
  static TypeInference checked(TypeInference types) {
    TypeStrategy output = types.getOutputTypeStrategy();
    return TypeInference.newBuilder()
        .staticArguments(types.getStaticArguments().orElseThrow())
        .stateTypeStrategies(types.getStateTypeStrategies())
        .outputTypeStrategy(
            call -> {
              of(call);
              return output.inferType(call);
            })
        .build();
  }

  /**
   * Reads a call.
   *
   * @throws ValidationException for what can never be answered
   */
  static AssessCall of(CallContext call) {
    try {
      Optional<TableSemantics> input = call.getTableSemantics(INPUT);
      if (input.isPresent()) {
        DataType type = call.getArgumentDataTypes().get(INPUT);
        new ObservationRows(type, input.get().partitionByColumns());
        checkTime(type, input.get().timeColumn());
      }
      String model = literal(call, MODEL, "model");
      if (model == null) {
        throw new IllegalArgumentException("model must be a literal");
      }
      return new AssessCall(
          RiskModels.byId(model),
          options(literal(call, LATENESS, "lateness"), literal(call, MODE, "mode")),
          codes(literal(call, CODES, "codes")));
    } catch (IllegalArgumentException e) {
      throw new ValidationException("ASSESS: " + e.getMessage());
    }
  }

  private static @Nullable String literal(CallContext call, int argument, String name) {
    if (call.isArgumentNull(argument)) {
      return null;
    }
    return call.getArgumentValue(argument, String.class)
        .orElseThrow(() -> new IllegalArgumentException(name + " must be a literal"));
  }

  /** A time without a zone is nobody's moment: which one it means depends on who reads it. */
  private static void checkTime(DataType input, int column) {
    if (column < 0) {
      return; // Flink itself asks for on_time.
    }
    LogicalType declared = DataType.getFieldDataTypes(input).get(column).getLogicalType();
    if (!declared.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
      String name = DataType.getFieldNames(input).get(column);
      throw new IllegalArgumentException(
          "on_time "
              + name
              + " is "
              + declared.getTypeRoot().name()
              + ", so no moment: declare it TIMESTAMP_LTZ(3), with the watermark on it (from a"
              + " TIMESTAMP column t in the session's zone: a computed column CAST(t AS"
              + " TIMESTAMP_LTZ(3)))");
    }
  }

  @SuppressWarnings("UnusedException") // it says no more than this does
  private static CodeMap codes(@Nullable String path) {
    if (path == null) {
      return CodeMap.none();
    }
    try {
      return CodeMap.read(Path.of(path));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("can't use the code map " + path + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalArgumentException("can't read the code map " + path);
    }
  }

  /** The options of a call. */
  private static AssessOptions options(@Nullable String lateness, @Nullable String mode) {
    Duration duration;
    try {
      duration = lateness == null ? Duration.ZERO : Duration.parse(lateness);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("lateness is no ISO 8601 duration such as PT1H");
    }
    if (mode != null && !mode.equals("held") && !mode.equals("immediate")) {
      throw new IllegalArgumentException("mode is neither 'held' nor 'immediate'");
    }
    AssessOptions held = AssessOptions.held(duration);
    return "immediate".equals(mode)
        ? new AssessOptions(false, duration, held.retention(), held.stayGap())
        : held;
  }
}
