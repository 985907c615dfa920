// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.connectors.formats.ObservationFormat.OnReject;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Rejected;
import io.medflink.core.operators.MessageDeserializationSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** A decoder as a format of tables of one kind of record. */
final class RowDecodingFormat implements ProjectableDecodingFormat<DeserializationSchema<RowData>> {
  private final Decoder decoder;
  private final OnReject onReject;
  private final Column[] known;
  private final MessageHeader header;
  private List<String> keys = List.of();

  RowDecodingFormat(Decoder decoder, OnReject onReject, Column[] known, MessageHeader header) {
    this.decoder = decoder;
    this.onReject = onReject;
    this.known = known;
    this.header = header;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    return header.columns();
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys) {
    keys = List.copyOf(metadataKeys);
  }

  @Override
  public DeserializationSchema<RowData> createRuntimeDecoder(
      DynamicTableSource.Context context, DataType physicalType, int[][] projections) {
    columns(physicalType, known, true, onReject);
    DataType produced = Projection.of(projections).project(physicalType);
    List<Column> columns = columns(produced, known, false, OnReject.FAIL);
    List<DataTypes.Field> metadata = new ArrayList<>();
    for (String key : keys) {
      DataType type = header.columns().get(key);
      if (type != null) {
        metadata.add(DataTypes.FIELD(key, type));
      }
    }
    TypeInformation<RowData> type =
        context.createTypeInformation(DataTypeUtils.appendRowFields(produced, metadata));
    return new RowReader(decoder, rows(columns), onReject, header, keys, type);
  }

  private RecordRows rows(List<Column> columns) {
    if (known[0] instanceof MovementColumn) {
      return new MovementRows(columns.stream().map(MovementColumn.class::cast).toList());
    } else if (known[0] instanceof ControlColumn) {
      return new ControlRows(columns.stream().map(ControlColumn.class::cast).toList());
    }
    return new ObservationRows(columns.stream().map(ObservationColumn.class::cast).toList());
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  /** The columns of a table; one that isn't known, or that can't be so, is an error. */
  static List<Column> columns(DataType table, Column[] known, boolean read, OnReject onReject) {
    List<Column> columns = new ArrayList<>();
    for (RowType.RowField field : ((RowType) table.getLogicalType()).getFields()) {
      Column column = null;
      for (Column candidate : known) {
        column = candidate.sqlName().equals(field.getName()) ? candidate : column;
      }
      if (column == null || !column.fits(field.getType())) {
        String records =
            known[0] instanceof MovementColumn
                ? "movements"
                : known[0] instanceof ControlColumn ? "decisions" : "observations";
        throw new ValidationException(
            String.format(
                "No column '%s %s' in a table of %s. Its columns are, in any order and"
                    + " number: %s.",
                field.getName(),
                field.getType().asSummaryString(),
                records,
                Column.listing(known)));
      }
      boolean alwaysSet = onReject == OnReject.FAIL && column.isAlwaysSet();
      if (read && !field.getType().isNullable() && !alwaysSet) {
        throw new ValidationException(
            "Column '" + field.getName() + "' may be unknown: declare it without NOT NULL.");
      }
      columns.add(column);
    }
    if (onReject == OnReject.ROW) {
      for (Column column : known) {
        if (column.isReject() && !columns.contains(column)) {
          throw new ValidationException(
              "Rejects as rows need the column '" + column.sqlName() + " STRING'.");
        }
      }
    }
    return columns;
  }

  private record RowReader(
      Decoder decoder,
      RecordRows rows,
      OnReject onReject,
      MessageHeader header,
      List<String> keys,
      TypeInformation<RowData> type)
      implements MessageDeserializationSchema<RowData> {

    @Override
    public RowData deserialize(byte[] message) {
      throw new UnsupportedOperationException("a message has any number of rows");
    }

    @Override
    public void deserialize(byte @Nullable [] message, Collector<RowData> out) {
      // Kafka hands on a record without a value as null: it is refused like an empty one.
      read(new Message(message == null ? new byte[0] : message, null, null), out);
    }

    @Override
    public void read(Message message, Collector<RowData> out) {
      if (keys.isEmpty()) {
        decode(message, out::collect);
      } else {
        for (byte[] one : header.messages(message.payload())) {
          GenericRowData told = GenericRowData.of(header.values(one, keys));
          decode(
              new Message(one, message.position(), message.received(), message.sender()),
              row -> out.collect(new JoinedRowData(RowKind.INSERT, row, told)));
        }
      }
    }

    private void decode(Message message, Consumer<RowData> out) {
      decoder.decode(
          message,
          Decoder.Out.of(
              panel -> rows.panel(panel, out),
              movement -> rows.movement(movement, out),
              control -> rows.control(control, out),
              ignored -> {},
              rejected -> out.accept(row(rejected))));
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
}
