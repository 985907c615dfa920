// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Interval;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * A model of latest values as a function with its inputs as named arguments, each optional: {@code
 * news2(rr => 20e0, spo2 => 96e0, on_o2 => FALSE)}. Flink casts nothing for a function with
 * optional arguments: a number is to be DOUBLE.
 */
@Internal
public final class AskModel extends ScalarFunction {
  private static final long serialVersionUID = 1;

  private final RiskModel model;
  private transient @Nullable Questionnaire questionnaire;
  private transient @Nullable List<String> names;
  private transient @Nullable List<Column> columns;

  AskModel(RiskModel model) {
    this.model = model;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return TypeInference.newBuilder()
        .staticArguments(
            Models.byName(model).entrySet().stream()
                .map(
                    named ->
                        StaticArgument.scalar(named.getKey(), Models.type(named.getValue()), true))
                .toList())
        .outputTypeStrategy(
            TypeStrategies.explicit(
                DataTypes.ROW(
                    Column.ofFunction(model).stream()
                        .map(column -> DataTypes.FIELD(column.name(), column.type()))
                        .toList())))
        .build();
  }

  @Override
  public void open(FunctionContext context) {
    questionnaire = new Questionnaire(model);
    names = List.copyOf(Models.byName(model).keySet());
    columns = Column.ofFunction(model);
  }

  /** Answers for values in the order of the inputs' names. */
  public Row eval(@Nullable Object @Nullable ... values) {
    if (questionnaire == null || names == null || columns == null) {
      throw new IllegalStateException("open comes first");
    }
    Map<String, @Nullable Object> byName = new HashMap<>();
    for (int i = 0; values != null && i < values.length; i++) {
      byName.put(names.get(i), values[i]);
    }
    Interval interval = questionnaire.assess(byName);
    return Row.of(columns.stream().map(column -> column.of().apply(interval)).toArray());
  }
}
