// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Rows to send, each one message. */
record MllpTableSink(
    SinkSettings settings, EncodingFormat<SerializationSchema<RowData>> format, DataType row)
    implements DynamicTableSink {

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return format.getChangelogMode();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return SinkV2Provider.of(new MllpSink<>(settings, format.createRuntimeEncoder(context, row)));
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "MLLP to " + settings.address();
  }
}
