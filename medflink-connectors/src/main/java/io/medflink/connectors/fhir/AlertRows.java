// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.Alert;
import io.medflink.core.RiskLevel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** Rows with the columns of {@code RAISE_ALERTS} as Flags. */
record AlertRows(FhirColumns columns, FhirFlag format) implements FhirUpdates<RowData> {
  private static final long serialVersionUID = 1;

  static AlertRows of(DataType table, FhirFlag format) {
    Map<String, LogicalType> known = new LinkedHashMap<>();
    known.put("id", FhirColumns.TEXT);
    known.put("patient_id", FhirColumns.TEXT);
    known.put("encounter", FhirColumns.TEXT);
    known.put("model", FhirColumns.TEXT);
    known.put("feed", FhirColumns.TEXT);
    known.put("state", FhirColumns.TEXT);
    known.put("priority", FhirColumns.TEXT);
    known.put("level", FhirColumns.TEXT);
    known.put("historical", FhirColumns.TRUTH);
    known.put("onset", FhirColumns.MOMENT);
    known.put("ts", FhirColumns.MOMENT);
    known.put("reason", FhirColumns.TEXT);
    known.put("replaces", FhirColumns.TEXT);
    known.put("kind", FhirColumns.TEXT);
    // Of the table that RAISE_ALERTS fills, and without a place in the resource.
    for (String text : List.of("facility", "ward", "bed", "reject_code", "reject_field")) {
      known.put(text, FhirColumns.TEXT);
    }
    known.put("pages", FhirColumns.TRUTH);
    known.put("rowtime", FhirColumns.MOMENT);
    return new AlertRows(
        new FhirColumns(
            table,
            known,
            List.of("id", "patient_id", "state", "priority", "level", "onset", "ts", "replaces")),
        format);
  }

  @Override
  public void of(RowData row, Consumer<FhirUpdate> out) {
    columns.check(row, "kind", "alert");
    format.updates(
        new Alert(
            columns.needed(row, "id"),
            columns.text(row, "patient_id"),
            columns.text(row, "encounter"),
            null,
            null,
            null,
            columns.text(row, "model"),
            columns.text(row, "feed"),
            columns.word(row, "state", Alert.Event.class),
            columns.word(row, "priority", Alert.Priority.class),
            columns.word(row, "level", RiskLevel.class),
            columns.field(row, "historical") instanceof Boolean historical && historical,
            false,
            columns.neededMoment(row, "onset"),
            columns.neededMoment(row, "ts"),
            columns.text(row, "reason"),
            columns.text(row, "replaces"),
            null),
        out);
  }
}
