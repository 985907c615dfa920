// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.models.FraminghamHypertension2008;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code predict_hypertension(age, sex, bmi, systolic, diastolic, smoker,
 * parents_with_hypertension)}: {@link FraminghamHypertension2008} by position, 4 years ahead.
 */
@Internal
@FunctionHint(
    output =
        @DataTypeHint(
            "ROW<model STRING, low DOUBLE, high DOUBLE, level STRING, missing ARRAY<STRING>, reason"
                + " STRING>"))
public final class PredictHypertension extends ScalarFunction {
  private static final long serialVersionUID = 1;

  private transient @Nullable AskModel model;

  @Override
  public void open(FunctionContext context) {
    model = new AskModel(new FraminghamHypertension2008());
    model.open(context);
  }

  /** Pressures in mm[Hg], BMI in kg/m2, parents 0, 1 or 2; null is unknown. */
  public Row eval(
      @Nullable Double age,
      @Nullable String sex,
      @Nullable Double bmi,
      @Nullable Double systolic,
      @Nullable Double diastolic,
      @Nullable Boolean smoker,
      @Nullable Double parentsWithHypertension) {
    if (model == null) {
      throw new IllegalStateException("open comes first");
    }
    // The model declares its inputs in this order; a test holds it to that.
    return model.eval(age, sex, bmi, systolic, diastolic, smoker, parentsWithHypertension);
  }
}
