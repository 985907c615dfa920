// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Input;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * {@code CREATE MODEL m INPUT (rr DOUBLE, …) OUTPUT (low DOUBLE, …) WITH ('provider'='medflink',
 * 'model'='news2')}: the columns of INPUT are the model's inputs by name, any of them; those of
 * OUTPUT are of {@link Column#all}, any of them.
 */
@Internal
public final class RiskModelProviderFactory implements ModelProviderFactory {
  private static final ConfigOption<String> MODEL =
      ConfigOptions.key("model").stringType().noDefaultValue();

  /** Not looked at: Flink's documentation gives it with every model. */
  private static final ConfigOption<String> TASK =
      ConfigOptions.key("task").stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return "medflink";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(MODEL);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(TASK);
  }

  @Override
  public ModelProvider createModelProvider(Context context) {
    var helper = FactoryUtil.createModelProviderFactoryHelper(this, context);
    helper.validate();
    RiskModel model;
    try {
      model = RiskModels.byId(helper.getOptions().get(MODEL));
    } catch (IllegalArgumentException e) {
      throw new ValidationException("CREATE MODEL: " + e.getMessage());
    }
    if (!Models.isOfLatestValues(model)) {
      throw new ValidationException(
          "CREATE MODEL: "
              + model.id()
              + " looks at a history, which no row holds: ask it by ASSESS(input => TABLE …)");
    }
    List<String> inputs = inputs(model, context.getCatalogModel().getResolvedInputSchema());
    List<Column> outputs = outputs(model, context.getCatalogModel().getResolvedOutputSchema());
    return new Provider(new PredictRisk(model, inputs, outputs));
  }

  private record Provider(PredictRisk function) implements PredictRuntimeProvider {
    @Override
    public PredictFunction createPredictFunction(ModelProvider.Context context) {
      return function;
    }

    @Override
    public ModelProvider copy() {
      return this;
    }
  }

  private static List<String> inputs(RiskModel model, ResolvedSchema schema) {
    Map<String, Input> names = Models.byName(model);
    List<String> inputs = new ArrayList<>();
    for (var declared : schema.getColumns()) {
      Input input = names.get(declared.getName());
      if (input == null) {
        throw new ValidationException(
            "CREATE MODEL: no input "
                + declared.getName()
                + " of "
                + model.id()
                + "; there are "
                + String.join(", ", names.keySet()));
      }
      LogicalType type = declared.getDataType().getLogicalType();
      boolean fits =
          input.isYesNo()
              ? type.is(LogicalTypeRoot.BOOLEAN)
              : input.codes().isEmpty()
                  ? type.is(LogicalTypeFamily.NUMERIC)
                  : type.is(LogicalTypeFamily.CHARACTER_STRING);
      if (!fits) {
        throw wrong("input", declared.getName(), type, Models.type(input).getLogicalType());
      }
      inputs.add(declared.getName());
    }
    return inputs;
  }

  private static List<Column> outputs(RiskModel model, ResolvedSchema schema) {
    List<Column> all = Column.all(model);
    List<Column> outputs = new ArrayList<>();
    for (var declared : schema.getColumns()) {
      Column column =
          all.stream()
              .filter(c -> c.name().equals(declared.getName()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ValidationException(
                          "CREATE MODEL: no output "
                              + declared.getName()
                              + " of "
                              + model.id()
                              + "; there are "
                              + all.stream().map(Column::name).collect(Collectors.joining(", "))));
      LogicalType type = declared.getDataType().getLogicalType();
      LogicalType wanted = column.type().getLogicalType();
      // Every output but the names can be unknown.
      if (!type.copy(true).equals(wanted) || !type.isNullable()) {
        throw wrong("output", declared.getName(), type, wanted);
      }
      outputs.add(column);
    }
    return outputs;
  }

  private static ValidationException wrong(
      String kind, String name, LogicalType declared, LogicalType wanted) {
    return new ValidationException(
        "CREATE MODEL: "
            + kind
            + " "
            + name
            + " is declared "
            + declared.asSummaryString()
            + ", is to be "
            + wanted.asSummaryString());
  }
}
