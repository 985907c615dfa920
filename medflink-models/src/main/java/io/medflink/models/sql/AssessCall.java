// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.AssessOptions;
import io.medflink.models.RiskModels;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategy;
import org.jspecify.annotations.Nullable;

/** Checks a call of {@code ASSESS} when it is planned, so that no wrong one ever runs. */
final class AssessCall {
  private static final int INPUT = 0;
  private static final int MODEL = 1;
  private static final int LATENESS = 2;
  private static final int MODE = 3;

  private AssessCall() {}

  /** The same types, after a check of the arguments and of the input's columns. */
  static TypeInference checked(TypeInference types) {
    TypeStrategy output = types.getOutputTypeStrategy();
    return TypeInference.newBuilder()
        .staticArguments(types.getStaticArguments().orElseThrow())
        .stateTypeStrategies(types.getStateTypeStrategies())
        .outputTypeStrategy(
            call -> {
              check(call);
              return output.inferType(call);
            })
        .build();
  }

  private static void check(CallContext call) {
    try {
      RiskModels.byId(
          text(call, MODEL)
              .orElseThrow(() -> new IllegalArgumentException("model must be a literal")));
      for (int argument : new int[] {LATENESS, MODE}) {
        if (!call.isArgumentNull(argument) && !call.isArgumentLiteral(argument)) {
          throw new IllegalArgumentException("lateness and mode must be literals");
        }
      }
      options(text(call, LATENESS).orElse(null), text(call, MODE).orElse(null));
      Optional<TableSemantics> input = call.getTableSemantics(INPUT);
      if (input.isPresent()) {
        new ObservationRows(
            call.getArgumentDataTypes().get(INPUT), input.get().partitionByColumns());
      }
    } catch (IllegalArgumentException e) {
      throw new ValidationException("ASSESS: " + e.getMessage());
    }
  }

  private static Optional<String> text(CallContext call, int argument) {
    return call.isArgumentNull(argument)
        ? Optional.empty()
        : call.getArgumentValue(argument, String.class);
  }

  /**
   * The options of a call.
   *
   * @throws IllegalArgumentException for a wrong duration or mode
   */
  static AssessOptions options(@Nullable String lateness, @Nullable String mode) {
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
    return "immediate".equals(mode) ? new AssessOptions(false, duration, held.retention()) : held;
  }
}
