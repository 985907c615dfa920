// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static io.medflink.connectors.formats.ObservationRows.moment;
import static io.medflink.connectors.formats.ObservationRows.string;

import io.medflink.core.BadInputException;
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

/** Movements and rejects as rows of the columns that a table has, and rows as movements. */
final class MovementRows implements RecordRows {
  private static final long serialVersionUID = 1;

  private final MovementColumn[] columns;

  MovementRows(List<MovementColumn> columns) {
    this.columns = columns.toArray(MovementColumn[]::new);
  }

  @Override
  public void panel(Panel panel, Consumer<RowData> out) {}

  @Override
  public void movement(Movement m, Consumer<RowData> out) {
    GenericRowData row = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      row.setField(
          i,
          switch (columns[i]) {
            case KIND -> string(Words.word(m.kind()));
            case PATIENT_ID -> string(m.patientId());
            case OTHER_PATIENT_ID -> string(m.otherPatientId());
            case ENCOUNTER -> string(m.encounter());
            case OTHER_ENCOUNTER -> string(m.otherEncounter());
            case FACILITY -> string(m.facility());
            case WARD -> string(m.ward());
            case BED -> string(m.bed());
            case BED_STATUS -> string(m.bedStatus());
            case TS -> moment(m.occurred());
            case RECORDED -> moment(m.recorded());
            case RECEIVED -> moment(m.received());
            case FEED -> string(m.feed());
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
            case FEED -> string(rejected.feed());
            case REJECT_CODE -> string(rejected.code().name());
            case REJECT_FIELD -> string(rejected.field());
            case REJECT_SHA256 -> string(rejected.sha256());
            default -> null;
          });
    }
    return row;
  }

  /**
   * A row as a movement.
   *
   * @throws BadInputException for a row without a known kind or a time
   */
  Movement movement(GenericRowData row) {
    Movement.Kind kind = Words.constant(text(row, MovementColumn.KIND), Movement.Kind.values());
    Instant occurred = time(row, MovementColumn.TS);
    if (kind == null || occurred == null) {
      throw kind == null
          ? new BadInputException(RejectCode.UNDECODABLE, "kind")
          : new BadInputException(RejectCode.NO_TIME, "ts");
    }
    return new Movement(
        kind,
        text(row, MovementColumn.PATIENT_ID),
        text(row, MovementColumn.OTHER_PATIENT_ID),
        text(row, MovementColumn.ENCOUNTER),
        text(row, MovementColumn.OTHER_ENCOUNTER),
        text(row, MovementColumn.FACILITY),
        text(row, MovementColumn.WARD),
        text(row, MovementColumn.BED),
        text(row, MovementColumn.BED_STATUS),
        occurred,
        time(row, MovementColumn.RECORDED),
        time(row, MovementColumn.RECEIVED),
        text(row, MovementColumn.FEED));
  }

  private @Nullable String text(RowData row, MovementColumn column) {
    return ObservationRows.textOrNull(row, List.of(columns).indexOf(column));
  }

  private @Nullable Instant time(GenericRowData row, MovementColumn column) {
    return ObservationRows.timeOrNull(row, List.of(columns).indexOf(column));
  }
}
