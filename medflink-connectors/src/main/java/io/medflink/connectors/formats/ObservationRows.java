// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.BadInputException;
import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.jspecify.annotations.Nullable;

/** Observations and rejects as rows of the columns that a table has, and rows as panels. */
final class ObservationRows implements RecordRows {
  private static final long serialVersionUID = 1;
  private static final String[] NO_IDENTIFIERS = {};

  private final ObservationColumn[] columns;

  ObservationRows(List<ObservationColumn> columns) {
    this.columns = columns.toArray(ObservationColumn[]::new);
  }

  @Override
  public void panel(Panel panel, Consumer<RowData> out) {
    for (Observation observation : panel.observations()) {
      out.accept(row(panel, observation));
    }
  }

  @Override
  public void movement(Movement movement, Consumer<RowData> out) {}

  private RowData row(Panel panel, Observation observation) {
    ObservationFields o = ObservationFields.of(observation);
    GenericRowData row = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      row.setField(
          i,
          switch (columns[i]) {
            case PATIENT_ID -> string(panel.patientId());
            case ENCOUNTER -> string(panel.encounter());
            case FACILITY -> string(panel.facility());
            case WARD -> string(panel.ward());
            case BED -> string(panel.bed());
            case TS -> moment(panel.time());
            case ISSUED -> moment(panel.issued());
            case RECEIVED -> moment(panel.received());
            case FEED -> string(panel.feed());
            case SYSTEM -> string(o.system);
            case CODE -> string(o.code);
            case VAL -> number(o.value);
            case TEXT -> string(o.text);
            case UNIT -> string(o.unit);
            case LOCAL_UNIT -> string(o.localUnit);
            case LOCAL_VALUE -> string(o.localText);
            case STATUS -> string(Words.word(o.status));
            case ID -> string(o.id);
            case COMPARATOR -> string(o.comparator == null ? null : o.comparator.symbol());
            case RANGE_LOW -> number(o.rangeLow);
            case RANGE_HIGH -> number(o.rangeHigh);
            case FLAG -> string(o.flag);
            case METHOD -> string(o.method == null ? null : Words.word(o.method));
            case REJECT_CODE, REJECT_FIELD, REJECT_SHA256 -> null;
          });
    }
    return row;
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
            case SYSTEM -> string(rejected.localSystem());
            case CODE -> string(rejected.localCode());
            case LOCAL_UNIT -> string(rejected.localUnit());
            case REJECT_CODE -> string(rejected.code().name());
            case REJECT_FIELD -> string(rejected.field());
            case REJECT_SHA256 -> string(rejected.sha256());
            default -> null;
          });
    }
    return row;
  }

  /**
   * A row as a panel of one observation.
   *
   * @throws BadInputException naming the column that holds no word of its list or what is no
   *     observation, such as a reject
   */
  Panel panel(GenericRowData row) {
    ObservationFields o = new ObservationFields();
    PanelFields p = new PanelFields();
    for (int i = 0; i < columns.length; i++) {
      if (row.isNullAt(i)) {
        continue;
      }
      String name = columns[i].sqlName();
      switch (columns[i]) {
        case PATIENT_ID -> p.patientId = text(row, i);
        case ENCOUNTER -> p.encounter = text(row, i);
        case FACILITY -> p.facility = text(row, i);
        case WARD -> p.ward = text(row, i);
        case BED -> p.bed = text(row, i);
        case TS -> p.time = timeOrNull(row, i);
        case ISSUED -> p.issued = timeOrNull(row, i);
        case RECEIVED -> p.received = timeOrNull(row, i);
        case FEED -> p.feed = text(row, i);
        case SYSTEM -> o.system = text(row, i);
        case CODE -> o.code = text(row, i);
        case VAL -> o.value = row.getDouble(i);
        case TEXT -> o.text = text(row, i);
        case UNIT -> o.unit = text(row, i);
        case LOCAL_UNIT -> o.localUnit = text(row, i);
        case LOCAL_VALUE -> o.localText = text(row, i);
        case STATUS -> o.status = Words.status(text(row, i), name);
        case ID -> o.id = text(row, i);
        case COMPARATOR -> o.comparator = Words.comparator(text(row, i), name);
        case RANGE_LOW -> o.rangeLow = row.getDouble(i);
        case RANGE_HIGH -> o.rangeHigh = row.getDouble(i);
        case FLAG -> o.flag = text(row, i);
        case METHOD -> o.method = Words.method(text(row, i), name);
        case REJECT_CODE, REJECT_FIELD, REJECT_SHA256 ->
            throw new BadInputException(RejectCode.UNDECODABLE, name);
      }
    }
    if (!Double.isNaN(o.value) && o.text != null) {
      throw new BadInputException(RejectCode.NO_VALUE, "val and text");
    }
    return p.panel(o.settleSystem().observation());
  }

  /** The panel's own columns while they are read. */
  private static final class PanelFields {
    private @Nullable String patientId;
    private @Nullable String encounter;
    private @Nullable String facility;
    private @Nullable String ward;
    private @Nullable String bed;
    private @Nullable Instant time;
    private @Nullable Instant issued;
    private @Nullable Instant received;
    private @Nullable String feed;

    Panel panel(Observation observation) {
      if (patientId == null) {
        throw new BadInputException(RejectCode.NO_PATIENT_ID, "patient_id");
      }
      if (time == null) {
        throw new BadInputException(RejectCode.NO_TIME, "ts");
      }
      Observation[] observations = {observation};
      return new Panel(
          patientId,
          encounter,
          facility,
          ward,
          bed,
          time,
          issued,
          received,
          feed,
          NO_IDENTIFIERS,
          observations);
    }
  }

  private static String text(RowData row, int i) {
    return row.getString(i).toString();
  }

  static @Nullable StringData string(@Nullable String text) {
    return StringData.fromString(text);
  }

  static @Nullable TimestampData moment(@Nullable Instant moment) {
    return moment == null ? null : TimestampData.fromInstant(moment);
  }

  /** A column's text; null where the table lacks the column (-1) or the row the value. */
  static @Nullable String textOrNull(RowData row, int at) {
    return at < 0 || row.isNullAt(at) ? null : text(row, at);
  }

  /** A column's moment, as {@link #textOrNull}, cut to milliseconds as all formats do. */
  static @Nullable Instant timeOrNull(GenericRowData row, int at) {
    TimestampData moment = at < 0 ? null : (TimestampData) row.getField(at);
    return moment == null ? null : Instant.ofEpochMilli(moment.getMillisecond());
  }

  private static @Nullable Double number(double number) {
    return Double.isNaN(number) ? null : number;
  }
}
