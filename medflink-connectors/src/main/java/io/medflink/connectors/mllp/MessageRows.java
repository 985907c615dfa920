// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.core.Message;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Rows of a format, followed by columns that the source knows of their message. */
record MessageRows(
    DeserializationSchema<RowData> format, List<Column> columns, TypeInformation<RowData> type)
    implements Emission<RowData> {
  private static final long serialVersionUID = 1;

  /** What the source knows of a message. */
  enum Column {
    /** When it was received. */
    RECEIVED(DataTypes.TIMESTAMP_LTZ(3)),
    /** Where it stands: {@code host:port@number}. */
    POSITION(DataTypes.STRING());

    private final transient DataType type;

    Column(DataType type) {
      this.type = type;
    }

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    DataType type() {
      return type;
    }

    static Column of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT));
    }

    @Nullable Object of(Message message) {
      return switch (this) {
        case RECEIVED ->
            message.received() == null ? null : TimestampData.fromInstant(message.received());
        case POSITION -> StringData.fromString(message.position());
      };
    }
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    format.open(context);
  }

  @Override
  public void emit(Message message, SourceOutput<RowData> out) throws Exception {
    GenericRowData known = new GenericRowData(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      known.setField(i, columns.get(i).of(message));
    }
    Collector<RowData> collector = Emission.collector(message, out);
    Emission.read(
        format,
        message,
        new Collector<>() {
          @Override
          public void collect(RowData row) {
            collector.collect(new JoinedRowData(row.getRowKind(), row, known));
          }

          @Override
          public void close() {}
        });
  }
}
