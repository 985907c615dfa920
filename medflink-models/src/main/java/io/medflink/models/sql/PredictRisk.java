// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Interval;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.PredictFunction;
import org.jspecify.annotations.Nullable;

/** {@code ML_PREDICT} by a model of latest values; Flink neither checks nor casts what it gets. */
@Internal
public final class PredictRisk extends PredictFunction {
  private static final long serialVersionUID = 1;

  private final RiskModel model;
  private final ArrayList<String> inputs = new ArrayList<>();
  private final ArrayList<String> outputs = new ArrayList<>();
  private transient @Nullable Questionnaire questionnaire;
  private transient @Nullable List<Column> columns;

  PredictRisk(RiskModel model, List<String> inputs, List<Column> outputs) {
    this.model = model;
    this.inputs.addAll(inputs);
    outputs.forEach(output -> this.outputs.add(output.name()));
  }

  @Override
  public void open(FunctionContext context) {
    questionnaire = new Questionnaire(model);
    List<Column> all = Column.all(model);
    columns =
        outputs.stream()
            .map(name -> all.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow())
            .toList();
  }

  @Override
  public Collection<RowData> predict(RowData row) {
    if (questionnaire == null || columns == null) {
      throw new IllegalStateException("open comes first");
    }
    GenericRowData arguments = (GenericRowData) row;
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(inputs.get(i), external(arguments.getField(i)));
    }
    Interval interval = questionnaire.assess(values);
    GenericRowData answer = new GenericRowData(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      answer.setField(i, internal(columns.get(i).of().apply(interval)));
    }
    return List.of(answer);
  }

  private static @Nullable Object external(@Nullable Object value) {
    return value instanceof DecimalData decimal
        ? decimal.toBigDecimal()
        : value instanceof StringData text ? text.toString() : value;
  }

  private static @Nullable Object internal(@Nullable Object value) {
    if (value instanceof String[] texts) {
      return new GenericArrayData(Arrays.stream(texts).map(StringData::fromString).toArray());
    }
    return value instanceof String text ? StringData.fromString(text) : value;
  }
}
