// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;

/** {@code 'format' = 'fhir-json'} in Flink SQL. */
@Internal
public final class FhirJsonFormatFactory implements DeserializationFormatFactory {

  @Override
  public String factoryIdentifier() {
    return "fhir-json";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return FhirFormat.options();
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    return FhirFormat.decoding(this, options, FhirJson::new);
  }
}
