// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static io.medflink.connectors.formats.ObservationRows.moment;
import static io.medflink.connectors.formats.ObservationRows.string;

import io.medflink.core.BadInputException;
import io.medflink.core.Control;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** Decisions and rejects as rows of the columns that a table has, and rows as decisions. */
final class ControlRows implements RecordRows {
  private static final long serialVersionUID = 1;

  private final ControlColumn[] columns;

  ControlRows(List<ControlColumn> columns) {
    this.columns = columns.toArray(ControlColumn[]::new);
  }

  @Override
  public void panel(Panel panel, Consumer<RowData> out) {}

  @Override
  public void movement(Movement movement, Consumer<RowData> out) {}

  @Override
  public void control(Control c, Consumer<RowData> out) {
    GenericRowData row = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      row.setField(
          i,
          switch (columns[i]) {
            case KIND -> string(Words.word(c.kind()));
            case PATIENT_ID -> string(c.patientId());
            case FACILITY -> string(c.facility());
            case WARD -> string(c.ward());
            case TARGET -> string(c.target());
            case VAL -> Double.isNaN(c.value()) ? null : (Double) c.value();
            case AUTHOR -> string(c.author());
            case REASON -> string(c.reason());
            case TS -> moment(c.from());
            case UNTIL -> moment(c.until());
            case ID -> string(c.id());
            case ISSUED -> moment(c.issued());
            case REJECT_CODE, REJECT_FIELD, REJECT_SHA256 -> null;
          });
    }
    out.accept(row);
  }

  @Override
  public RowData row(Rejected rejected) {
    GenericRowData row = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      row.setField(
          i,
          switch (columns[i]) {
            case TS -> moment(rejected.time());
            case REJECT_CODE -> string(rejected.code().name());
            case REJECT_FIELD -> string(rejected.field());
            case REJECT_SHA256 -> string(rejected.sha256());
            default -> null;
          });
    }
    return row;
  }

  /**
   * A row as a decision.
   *
   * @throws BadInputException for a row without a known kind or a time
   */
  Control control(GenericRowData row) {
    Control.Kind kind = Words.constant(text(row, ControlColumn.KIND), Control.Kind.values());
    Instant from = time(row, ControlColumn.TS);
    String author = text(row, ControlColumn.AUTHOR);
    int value = at(ControlColumn.VAL);
    if (kind == null || from == null) {
      throw kind == null
          ? new BadInputException(RejectCode.UNDECODABLE, "kind")
          : new BadInputException(RejectCode.NO_TIME, "ts");
    }
    return new Control(
        kind,
        text(row, ControlColumn.PATIENT_ID),
        text(row, ControlColumn.FACILITY),
        text(row, ControlColumn.WARD),
        text(row, ControlColumn.TARGET),
        value < 0 || row.isNullAt(value) ? Double.NaN : row.getDouble(value),
        author == null ? "" : author,
        text(row, ControlColumn.REASON),
        from,
        time(row, ControlColumn.UNTIL),
        text(row, ControlColumn.ID),
        time(row, ControlColumn.ISSUED));
  }

  private int at(ControlColumn column) {
    return List.of(columns).indexOf(column);
  }

  private @Nullable String text(RowData row, ControlColumn column) {
    return ObservationRows.textOrNull(row, at(column));
  }

  private @Nullable Instant time(GenericRowData row, ControlColumn column) {
    return ObservationRows.timeOrNull(row, at(column));
  }
}
