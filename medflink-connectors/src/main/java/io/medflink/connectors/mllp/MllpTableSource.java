// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * Rows that a format makes of what is received, with the format's metadata columns and two of the
 * connector: {@code received} TIMESTAMP_LTZ(3) and {@code position} STRING.
 */
final class MllpTableSource implements ScanTableSource, SupportsReadingMetadata {
  private final SourceSettings settings;
  private final DecodingFormat<DeserializationSchema<RowData>> format;
  private final DataType physical;
  private DataType produced;
  private List<MessageRows.Column> columns = List.of();

  MllpTableSource(
      SourceSettings settings,
      DecodingFormat<DeserializationSchema<RowData>> format,
      DataType physical) {
    this.settings = settings;
    this.format = format;
    this.physical = physical;
    this.produced = physical;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return format.getChangelogMode();
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> metadata = new LinkedHashMap<>(format.listReadableMetadata());
    for (MessageRows.Column column : MessageRows.Column.values()) {
      metadata.putIfAbsent(column.key(), column.type());
    }
    return metadata;
  }

  /** The keys come in the order above: the format's first. */
  @Override
  public void applyReadableMetadata(List<String> keys, DataType producedType) {
    List<String> ofFormat =
        keys.stream().filter(format.listReadableMetadata()::containsKey).toList();
    if (!ofFormat.isEmpty()) {
      format.applyReadableMetadata(ofFormat);
    }
    List<MessageRows.Column> own = new ArrayList<>();
    for (String key : keys) {
      if (!ofFormat.contains(key)) {
        own.add(MessageRows.Column.of(key));
      }
    }
    columns = own;
    produced = producedType;
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    DeserializationSchema<RowData> rows = format.createRuntimeDecoder(context, physical);
    Emission<RowData> emission =
        columns.isEmpty()
            ? new Emission.Decoded<>(rows)
            : new MessageRows(rows, columns, context.createTypeInformation(produced));
    return SourceProvider.of(MllpSource.of(settings, emission), settings.addresses().size());
  }

  @Override
  public DynamicTableSource copy() {
    MllpTableSource copy = new MllpTableSource(settings, format, physical);
    copy.produced = produced;
    copy.columns = columns;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "MLLP on " + settings.addresses();
  }
}
