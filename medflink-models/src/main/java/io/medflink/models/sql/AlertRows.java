// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.AlertEvent;
import io.medflink.core.ChartEvent;
import io.medflink.core.Control;
import io.medflink.core.Movement;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.time.Instant;
import java.util.List;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Reads rows of assessments, movements and decisions by the names of their columns. */
final class AlertRows {
  private final List<String> names;

  /**
   * Rows of a type.
   *
   * @throws IllegalArgumentException for a missing column
   */
  AlertRows(DataType type, int[] keys) {
    names = DataType.getFieldNames(type);
    for (String name : List.of("kind", "patient_id")) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("the input needs a column " + name);
      }
    }
    if (keys.length == 0 || (keys.length == 1 && names.get(keys[0]).equals("patient_id"))) {
      throw new IllegalArgumentException(
          "the input needs PARTITION BY what wards and patients lie within, such as the site");
    }
  }

  /** The event of a row; null when it is none. */
  @Nullable AlertEvent read(Row row, @Nullable Instant time) {
    NamedRow named = new NamedRow(names, row);
    if (time == null) {
      return null;
    }
    if ("assessment".equals(named.text("kind"))) {
      return assessment(named, time);
    }
    ChartEvent event = named.event(named.text("patient_id"), time);
    return event instanceof Movement movement
        ? AlertEvent.of(movement)
        : event instanceof Control control ? AlertEvent.of(control) : null;
  }

  private static @Nullable AlertEvent assessment(NamedRow row, Instant time) {
    String patient = row.text("patient_id");
    String model = row.text("model");
    RiskLevel low = NamedRow.word(RiskLevel.class, row.text("level_low"));
    RiskLevel high = NamedRow.word(RiskLevel.class, row.text("level_high"));
    RiskAssessment.Status status = NamedRow.word(RiskAssessment.Status.class, row.text("status"));
    if (patient == null || model == null || low == null || high == null || status == null) {
      return null;
    }
    double least = row.number("low");
    double greatest = row.number("high");
    double revision = row.number("revision");
    return AlertEvent.of(
        new RiskAssessment(
            patient,
            row.text("encounter"),
            row.text("facility"),
            row.text("ward"),
            row.text("bed"),
            model,
            "",
            time,
            Double.isNaN(revision) ? 1 : (int) revision,
            status,
            Double.isNaN(least) || Double.isNaN(greatest)
                ? new Prediction[0]
                : new Prediction[] {new Prediction("primary", least, greatest)},
            low,
            high,
            row.field("missing") instanceof String[] texts ? texts : new String[0],
            null,
            row.moment("received"),
            row.text("feed")));
  }
}
