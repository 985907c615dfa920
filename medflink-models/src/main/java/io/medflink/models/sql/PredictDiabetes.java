// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.models.DiabetesRisk;
import io.medflink.models.DiabetesRisk.Result;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** {@code predict_diabetes(age, glucose, pressure[, glucose_unit, pressure_unit])}. */
@Internal
@FunctionHint(
    output =
        @DataTypeHint(
            "ROW<model STRING, low DOUBLE, high DOUBLE, level STRING, missing ARRAY<STRING>, reason"
                + " STRING, figure STRING>"))
public final class PredictDiabetes extends ScalarFunction {
  private static final long serialVersionUID = 1;

  private transient @Nullable DiabetesRisk risk;

  @Override
  public void open(FunctionContext context) {
    risk = new DiabetesRisk();
  }

  /** Glucose in mmol/L, diastolic pressure in mm[Hg]. */
  public Row eval(@Nullable Double age, @Nullable Double glucose, @Nullable Double pressure) {
    return row(risk().assess(age, glucose, pressure));
  }

  /** Glucose and pressure in stated units. */
  public Row eval(
      @Nullable Double age,
      @Nullable Double glucose,
      @Nullable Double pressure,
      @Nullable String glucoseUnit,
      @Nullable String pressureUnit) {
    return row(risk().assess(age, glucose, pressure, glucoseUnit, pressureUnit));
  }

  private DiabetesRisk risk() {
    if (risk == null) {
      throw new IllegalStateException("open comes first");
    }
    return risk;
  }

  private static Row row(Result result) {
    return Row.of(
        result.model(),
        Double.isNaN(result.low()) ? null : result.low(),
        Double.isNaN(result.high()) ? null : result.high(),
        result.level().name(),
        result.missing().toArray(String[]::new),
        result.reason(),
        result.figure());
  }
}
