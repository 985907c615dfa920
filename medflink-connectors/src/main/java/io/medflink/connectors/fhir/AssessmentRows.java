// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** Rows with the columns of {@code ASSESS} as RiskAssessments. */
record AssessmentRows(FhirColumns columns, FhirRiskAssessment format)
    implements FhirUpdates<RowData> {
  private static final long serialVersionUID = 1;

  static AssessmentRows of(DataType table, FhirRiskAssessment format) {
    Map<String, LogicalType> known = new LinkedHashMap<>();
    known.put("patient_id", FhirColumns.TEXT);
    known.put("encounter", FhirColumns.TEXT);
    known.put("model", FhirColumns.TEXT);
    known.put("version", FhirColumns.TEXT);
    known.put("ts", FhirColumns.MOMENT);
    known.put("revision", FhirColumns.WHOLE);
    known.put("status", FhirColumns.TEXT);
    known.put("level_low", FhirColumns.TEXT);
    known.put("level_high", FhirColumns.TEXT);
    known.put("missing", DataTypes.ARRAY(DataTypes.STRING()).getLogicalType());
    known.put("reason", FhirColumns.TEXT);
    known.put("predictions", PREDICTIONS.getLogicalType());
    known.put("kind", FhirColumns.TEXT);
    // Of the table that ASSESS fills, and without a place in the resource.
    for (String text :
        List.of(
            "facility", "ward", "bed", "level", "reject_code", "reject_field", "code", "unit")) {
      known.put(text, FhirColumns.TEXT);
    }
    known.put("low", FhirColumns.NUMBER);
    known.put("high", FhirColumns.NUMBER);
    known.put("rowtime", FhirColumns.MOMENT);
    return new AssessmentRows(
        new FhirColumns(
            table,
            known,
            List.of("patient_id", "model", "ts", "status", "level_low", "level_high")),
        format);
  }

  private static final DataType PREDICTIONS =
      DataTypes.MAP(
          DataTypes.STRING(),
          DataTypes.ROW(
              DataTypes.FIELD("low", DataTypes.DOUBLE()),
              DataTypes.FIELD("high", DataTypes.DOUBLE())));

  @Override
  public void of(RowData row, Consumer<FhirUpdate> out) {
    columns.check(row, "kind", "assessment");
    format.updates(
        new RiskAssessment(
            columns.needed(row, "patient_id"),
            columns.text(row, "encounter"),
            null,
            null,
            null,
            columns.needed(row, "model"),
            Objects.requireNonNullElse(columns.text(row, "version"), ""),
            columns.neededMoment(row, "ts"),
            columns.field(row, "revision") instanceof Integer revision ? revision : 1,
            columns.word(row, "status", RiskAssessment.Status.class),
            predictions(row),
            columns.word(row, "level_low", RiskLevel.class),
            columns.word(row, "level_high", RiskLevel.class),
            missing(row),
            columns.text(row, "reason"),
            null,
            null),
        out);
  }

  /** In the order of the map, which is that of the model. */
  private Prediction[] predictions(RowData row) {
    List<Prediction> predictions = new ArrayList<>();
    if (columns.field(row, "predictions") instanceof MapData map) {
      ArrayData names = map.keyArray();
      ArrayData ends = map.valueArray();
      for (int i = 0; i < map.size(); i++) {
        RowData both = ends.getRow(i, 2);
        predictions.add(
            new Prediction(names.getString(i).toString(), number(both, 0), number(both, 1)));
      }
    }
    return predictions.toArray(Prediction[]::new);
  }

  private static double number(RowData ends, int end) {
    return ends.isNullAt(end) ? Double.NaN : ends.getDouble(end);
  }

  private String[] missing(RowData row) {
    List<String> missing = new ArrayList<>();
    if (columns.field(row, "missing") instanceof ArrayData names) {
      for (int i = 0; i < names.size(); i++) {
        missing.add(names.getString(i).toString());
      }
    }
    return missing.toArray(String[]::new);
  }
}
