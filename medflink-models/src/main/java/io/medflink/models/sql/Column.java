// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Interval;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * One column of a model's answer.
 *
 * @param name the column's name
 * @param type its type, nullable
 * @param of reads it: a String, Double, Boolean or String[], null for what is not known
 */
record Column(String name, DataType type, Function<Interval, @Nullable Object> of) {

  /** {@code model, low, high, level, missing, reason}, and each further prediction. */
  static List<Column> ofFunction(RiskModel model) {
    List<Output> outputs = model.card().outputs();
    Output primary = outputs.get(0);
    List<Column> columns = new ArrayList<>();
    columns.add(text("model", interval -> model.id()));
    columns.add(number("low", interval -> interval.low(primary)));
    columns.add(number("high", interval -> interval.high(primary)));
    columns.add(text("level", interval -> interval.level().name()));
    columns.add(
        new Column("missing", DataTypes.ARRAY(DataTypes.STRING()), interval -> interval.missing()));
    columns.add(text("reason", Interval::reason));
    for (Output output : outputs.subList(1, outputs.size())) {
      if (output.codes().isEmpty()) {
        columns.addAll(ends(output));
      } else {
        columns.add(certain(output));
      }
    }
    return columns;
  }

  /** All that can be asked for: the above, the version, both levels, each output and its ends. */
  static List<Column> all(RiskModel model) {
    List<Column> columns = new ArrayList<>(ofFunction(model).subList(0, 6));
    columns.add(text("version", interval -> model.version()));
    columns.add(text("level_low", interval -> interval.levelLow().name()));
    columns.add(text("level_high", interval -> interval.levelHigh().name()));
    for (Output output : model.card().outputs()) {
      columns.add(certain(output));
      columns.addAll(ends(output));
    }
    return columns;
  }

  private static List<Column> ends(Output output) {
    return List.of(
        number(output.name() + "_low", interval -> interval.low(output)),
        number(output.name() + "_high", interval -> interval.high(output)));
  }

  /** The output's number, word or truth; null while it is not certain. */
  private static Column certain(Output output) {
    boolean yesNo = output.isYesNo();
    return new Column(
        output.name(),
        output.codes().isEmpty()
            ? DataTypes.DOUBLE()
            : yesNo ? DataTypes.BOOLEAN() : DataTypes.STRING(),
        interval -> {
          double value = interval.low(output);
          if (value != interval.high(output)) {
            return null;
          }
          String word = output.codes().isEmpty() ? "" : output.codes().get((int) value);
          return output.codes().isEmpty() ? (Object) value : yesNo ? Boolean.valueOf(word) : word;
        });
  }

  private static Column text(String name, Function<Interval, @Nullable String> of) {
    return new Column(name, DataTypes.STRING(), of::apply);
  }

  private static Column number(String name, Function<Interval, Double> of) {
    return new Column(
        name,
        DataTypes.DOUBLE(),
        interval -> {
          Double value = of.apply(interval);
          return value.isNaN() ? null : value;
        });
  }
}
