// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.FactoryUtil.TableFactoryHelper;
import org.apache.flink.table.types.DataType;

/** {@code 'connector' = 'fhir'} in Flink SQL. */
@Internal
public final class FhirTableFactory implements DynamicTableSinkFactory {
  @Override
  public String factoryIdentifier() {
    return "fhir";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(FhirOptions.URL, FhirOptions.RESOURCE);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(FhirOptions.ofTable());
    options.removeAll(requiredOptions());
    return options;
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    try {
      ReadableConfig options = helper.getOptions();
      return new FhirTableSink(
          updates(options, context.getPhysicalRowDataType()), FhirSettings.of(options));
    } catch (IllegalArgumentException e) {
      throw new ValidationException("Connector 'fhir': " + e.getMessage());
    }
  }

  private static FhirUpdates<RowData> updates(ReadableConfig options, DataType table) {
    Map<String, String> systems = options.get(FhirOptions.SYSTEMS);
    return switch (options.get(FhirOptions.RESOURCE)) {
      case RISK_ASSESSMENT -> {
        FhirRiskAssessment format = new FhirRiskAssessment();
        for (Map.Entry<String, String> system : systems.entrySet()) {
          format = format.withSystem(system.getKey(), system.getValue());
        }
        for (String probability : options.get(FhirOptions.PROBABILITIES)) {
          int blank = probability.strip().indexOf(' ');
          if (blank < 0) {
            throw new IllegalArgumentException(
                "the option 'probabilities' must be: MODEL OUTPUT, several with ;");
          }
          String model = probability.strip().substring(0, blank);
          format = format.withProbability(model, probability.strip().substring(blank + 1).strip());
        }
        yield AssessmentRows.of(table, format);
      }
      case FLAG -> {
        FhirFlag format = new FhirFlag();
        for (Map.Entry<String, String> system : systems.entrySet()) {
          format = format.withSystem(system.getKey(), system.getValue());
        }
        yield AlertRows.of(table, format);
      }
      case OBSERVATION -> {
        FhirObservations format = new FhirObservations();
        for (Map.Entry<String, String> system : systems.entrySet()) {
          format = format.withSystem(system.getKey(), system.getValue());
        }
        yield PanelRows.of(table, format);
      }
    };
  }
}
