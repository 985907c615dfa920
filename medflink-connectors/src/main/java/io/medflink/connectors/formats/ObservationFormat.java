// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.Decoder;
import io.medflink.core.Panel;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * A decoder as a format of Flink tables: a row for each observation or each movement, columns found
 * by their names.
 */
@Internal
public final class ObservationFormat {

  /** What becomes of a message or value that cannot be read. */
  public enum OnReject {
    /** The job fails, with code, field and digest and without the data. */
    FAIL,
    /** A row in which only what tells the reject is set. */
    ROW
  }

  private ObservationFormat() {}

  /** Reads tables of observations by a decoder. */
  public static DecodingFormat<DeserializationSchema<RowData>> decoding(
      Decoder decoder, OnReject onReject) {
    return new RowDecodingFormat(decoder, onReject, ObservationColumn.values(), MessageHeader.NONE);
  }

  /** Reads tables of observations, and the header of their messages as metadata columns. */
  public static DecodingFormat<DeserializationSchema<RowData>> decoding(
      Decoder decoder, OnReject onReject, MessageHeader header) {
    return new RowDecodingFormat(decoder, onReject, ObservationColumn.values(), header);
  }

  /** Reads tables of movements, a row for each. */
  public static DecodingFormat<DeserializationSchema<RowData>> movements(
      Decoder decoder, OnReject onReject, MessageHeader header) {
    return new RowDecodingFormat(decoder, onReject, MovementColumn.values(), header);
  }

  /** Writes tables, a message of one panel with one observation for each row. */
  public static EncodingFormat<SerializationSchema<RowData>> encoding(
      SerializationSchema<Panel> writer) {
    return new EncodingFormat<>() {
      @Override
      public SerializationSchema<RowData> createRuntimeEncoder(
          DynamicTableSink.Context context, DataType consumedType) {
        return new RowWriter(writer, new ObservationRows(columns(consumedType)));
      }

      @Override
      public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
      }
    };
  }

  private static List<ObservationColumn> columns(DataType table) {
    List<ObservationColumn> columns = new ArrayList<>();
    for (Column column :
        RowDecodingFormat.columns(table, ObservationColumn.values(), false, OnReject.FAIL)) {
      columns.add((ObservationColumn) column);
    }
    return columns;
  }

  private record RowWriter(SerializationSchema<Panel> writer, ObservationRows rows)
      implements SerializationSchema<RowData> {

    @Override
    public byte[] serialize(RowData row) {
      return writer.serialize(rows.panel(row));
    }
  }
}
