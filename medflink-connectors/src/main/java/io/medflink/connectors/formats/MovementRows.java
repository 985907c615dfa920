// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static io.medflink.connectors.formats.ObservationRows.moment;
import static io.medflink.connectors.formats.ObservationRows.string;

import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** Movements and rejects as rows of the columns that a table has. */
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
}
