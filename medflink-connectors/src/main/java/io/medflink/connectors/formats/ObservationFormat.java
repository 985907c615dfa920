// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.Control;
import io.medflink.core.Decoder;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.function.SerializableFunction;

/**
 * A decoder as a format of Flink tables: a row for each observation, movement or decision, columns
 * found by their names.
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

  /** Reads tables of decisions, a row for each. */
  public static DecodingFormat<DeserializationSchema<RowData>> controls(
      Decoder decoder, OnReject onReject) {
    return new RowDecodingFormat(decoder, onReject, ControlColumn.values(), MessageHeader.NONE);
  }

  /** Writes tables of movements, a message for each row. */
  public static EncodingFormat<SerializationSchema<RowData>> movementsEncoding(
      SerializationSchema<Movement> writer) {
    return encodingFormat(
        table -> {
          MovementRows rows =
              new MovementRows(
                  columns(table, MovementColumn.values()).stream()
                      .map(MovementColumn.class::cast)
                      .toList());
          return new RowWriter<>(writer, reading(table, rows::movement));
        });
  }

  /** Writes tables of decisions, a message for each row. */
  public static EncodingFormat<SerializationSchema<RowData>> controlsEncoding(
      SerializationSchema<Control> writer) {
    return encodingFormat(
        table -> {
          ControlRows rows =
              new ControlRows(
                  columns(table, ControlColumn.values()).stream()
                      .map(ControlColumn.class::cast)
                      .toList());
          return new RowWriter<>(writer, reading(table, rows::control));
        });
  }

  /** Writes tables, a message of one panel with one observation for each row. */
  public static EncodingFormat<SerializationSchema<RowData>> encoding(
      SerializationSchema<Panel> writer) {
    return encodingFormat(table -> new RowWriter<>(writer, reading(table)));
  }

  /** Makes the writer of a table's rows. */
  private interface Writers {
    SerializationSchema<RowData> of(DataType table);
  }

  private static EncodingFormat<SerializationSchema<RowData>> encodingFormat(Writers writers) {
    return new EncodingFormat<>() {
      @Override
      public SerializationSchema<RowData> createRuntimeEncoder(
          DynamicTableSink.Context context, DataType consumedType) {
        return writers.of(consumedType);
      }

      @Override
      public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
      }
    };
  }

  /** Reads the rows of a table as panels of one observation each. */
  public static SerializableFunction<RowData, Panel> reading(DataType table) {
    ObservationRows rows =
        new ObservationRows(
            columns(table, ObservationColumn.values()).stream()
                .map(ObservationColumn.class::cast)
                .toList());
    return reading(table, rows::panel);
  }

  /** Takes the fields of rows by their declared types, on which the form of a moment depends. */
  private static <T> SerializableFunction<RowData, T> reading(
      DataType table, SerializableFunction<GenericRowData, T> rows) {
    List<LogicalType> types = table.getLogicalType().getChildren();
    RowData.FieldGetter[] getters = new RowData.FieldGetter[types.size()];
    for (int i = 0; i < getters.length; i++) {
      getters[i] = RowData.createFieldGetter(types.get(i), i);
    }
    return row -> {
      GenericRowData fields = new GenericRowData(getters.length);
      for (int i = 0; i < getters.length; i++) {
        fields.setField(i, getters[i].getFieldOrNull(row));
      }
      return rows.apply(fields);
    };
  }

  /** No lambda: Flink's connectors look at the type that the interface is of. */
  private record RowWriter<T>(SerializationSchema<T> writer, SerializableFunction<RowData, T> rows)
      implements SerializationSchema<RowData> {

    @Override
    public byte[] serialize(RowData row) {
      return writer.serialize(rows.apply(row));
    }
  }

  private static List<Column> columns(DataType table, Column[] known) {
    return RowDecodingFormat.columns(table, known, false, OnReject.FAIL);
  }
}
