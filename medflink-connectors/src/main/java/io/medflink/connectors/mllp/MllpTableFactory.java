// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.FactoryUtil.TableFactoryHelper;
import org.apache.flink.table.factories.SerializationFormatFactory;

/** {@code 'connector' = 'mllp'} in Flink SQL, with any format. */
@Internal
public final class MllpTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
  @Override
  public String factoryIdentifier() {
    return "mllp";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(MllpOptions.ADDRESS, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(MllpOptions.ofSource());
    options.addAll(MllpOptions.ofSink());
    options.removeAll(requiredOptions());
    return options;
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    var format =
        helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    return new MllpTableSource(
        settings(helper, SourceSettings::of), format, context.getPhysicalRowDataType());
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    var format =
        helper.discoverEncodingFormat(SerializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    return new MllpTableSink(
        settings(helper, SinkSettings::of), format, context.getPhysicalRowDataType());
  }

  private static <S> S settings(TableFactoryHelper helper, Function<ReadableConfig, S> of) {
    try {
      return of.apply(helper.getOptions());
    } catch (IllegalArgumentException e) {
      throw new ValidationException("Connector 'mllp': " + e.getMessage());
    }
  }
}
