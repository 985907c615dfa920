// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A decoder as a format of Flink tables: a row for each observation, columns found by their names.
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

  /** Reads tables by a decoder. */
  public static DecodingFormat<DeserializationSchema<RowData>> decoding(
      Decoder decoder, OnReject onReject) {
    return new ProjectableDecodingFormat<>() {
      @Override
      public DeserializationSchema<RowData> createRuntimeDecoder(
          DynamicTableSource.Context context, DataType physicalType, int[][] projections) {
        columns(physicalType, true, onReject);
        DataType produced = Projection.of(projections).project(physicalType);
        TypeInformation<RowData> type = context.createTypeInformation(produced);
        ObservationRows rows = new ObservationRows(columns(produced, false, OnReject.FAIL));
        return new RowReader(decoder, rows, onReject, type);
      }

      @Override
      public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
      }
    };
  }

  /** Writes tables, a message of one panel with one observation for each row. */
  public static EncodingFormat<SerializationSchema<RowData>> encoding(
      SerializationSchema<Panel> writer) {
    return new EncodingFormat<>() {
      @Override
      public SerializationSchema<RowData> createRuntimeEncoder(
          DynamicTableSink.Context context, DataType consumedType) {
        return new RowWriter(
            writer, new ObservationRows(columns(consumedType, false, OnReject.FAIL)));
      }

      @Override
      public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
      }
    };
  }

  private static List<ObservationColumn> columns(DataType table, boolean read, OnReject onReject) {
    List<ObservationColumn> columns = new ArrayList<>();
    for (RowType.RowField field : ((RowType) table.getLogicalType()).getFields()) {
      ObservationColumn column = ObservationColumn.of(field.getName());
      if (column == null || !column.fits(field.getType())) {
        throw new ValidationException(
            String.format(
                "No column '%s %s' in a table of observations. Its columns are, in any order and"
                    + " number: %s.",
                field.getName(), field.getType().asSummaryString(), ObservationColumn.listing()));
      }
      boolean alwaysSet = onReject == OnReject.FAIL && column.isAlwaysSet();
      if (read && !field.getType().isNullable() && !alwaysSet) {
        throw new ValidationException(
            "Column '" + field.getName() + "' may be unknown: declare it without NOT NULL.");
      }
      columns.add(column);
    }
    if (onReject == OnReject.ROW) {
      for (ObservationColumn column : ObservationColumn.values()) {
        if (column.isReject() && !columns.contains(column)) {
          throw new ValidationException(
              "Rejects as rows need the column '" + column.sqlName() + " STRING'.");
        }
      }
    }
    return columns;
  }

  private record RowReader(
      Decoder decoder, ObservationRows rows, OnReject onReject, TypeInformation<RowData> type)
      implements DeserializationSchema<RowData> {

    @Override
    public RowData deserialize(byte[] message) {
      throw new UnsupportedOperationException("a message has any number of rows");
    }

    @Override
    public void deserialize(byte @Nullable [] message, Collector<RowData> out) {
      // Kafka hands on a record without a value as null: it is refused like an empty one.
      byte[] payload = message == null ? new byte[0] : message;
      decoder.decode(
          new Message(payload, null, null),
          Decoder.Out.of(
              panel -> {
                for (Observation observation : panel.observations()) {
                  out.collect(rows.row(panel, observation));
                }
              },
              movement -> {},
              ignored -> {},
              rejected -> out.collect(row(rejected))));
    }

    private RowData row(Rejected rejected) {
      if (onReject == OnReject.FAIL) {
        throw new BadInputException(
            rejected.code(), rejected.field(), rejected.position(), rejected.sha256());
      }
      return rows.row(rejected);
    }

    @Override
    public boolean isEndOfStream(RowData next) {
      return false;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
      return type;
    }
  }

  private record RowWriter(SerializationSchema<Panel> writer, ObservationRows rows)
      implements SerializationSchema<RowData> {

    @Override
    public byte[] serialize(RowData row) {
      return writer.serialize(rows.panel(row));
    }
  }
}
