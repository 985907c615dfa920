// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.AssessCore;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Prediction;
import io.medflink.core.Rejected;
import io.medflink.core.RiskAssessment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Results as rows of {@code ASSESS}: one kind for each, in the order of its columns. */
final class AssessRows implements AssessCore.Out {
  private final Consumer<Row> out;

  AssessRows(Consumer<Row> out) {
    this.out = out;
  }

  @Override
  public void assessment(RiskAssessment a) {
    Map<String, Row> predictions = new LinkedHashMap<>();
    for (Prediction p : a.predictions()) {
      predictions.put(p.name(), Row.of(number(p.low()), number(p.high())));
    }
    out.accept(
        Row.of(
            "assessment",
            a.model(),
            a.version(),
            a.time(),
            a.revision(),
            a.status().name(),
            number(a.low()),
            number(a.high()),
            a.level().name(),
            a.levelLow().name(),
            a.levelHigh().name(),
            a.missing(),
            a.reason(),
            a.encounter(),
            a.facility(),
            a.ward(),
            a.bed(),
            predictions,
            null,
            null,
            null,
            null));
  }

  @Override
  public void late(Panel panel) {
    Observation o = panel.observations()[0];
    unused("late", panel, panel.time(), null, null, o.code(), o.unit());
  }

  /** What the core itself refuses, which a clean panel never holds. */
  @Override
  public void rejected(Rejected rejected) {
    unused(
        "rejected",
        null,
        rejected.time(),
        rejected.code().name(),
        rejected.field(),
        rejected.localCode(),
        rejected.localUnit());
  }

  /** A row that could not be used, with its place. */
  void rejected(Panel panel, Rejected rejected) {
    unused(
        "rejected",
        panel,
        rejected.time(),
        rejected.code().name(),
        rejected.field(),
        rejected.localCode(),
        rejected.localUnit());
  }

  @Override
  public void counted(int used, int unused, int duplicate) {}

  private void unused(
      String kind,
      @Nullable Panel panel,
      @Nullable Instant time,
      @Nullable String rejectCode,
      @Nullable String field,
      @Nullable String code,
      @Nullable String unit) {
    Row row = new Row(22);
    row.setField(0, kind);
    row.setField(3, time);
    if (panel != null) {
      row.setField(13, panel.encounter());
      row.setField(14, panel.facility());
      row.setField(15, panel.ward());
      row.setField(16, panel.bed());
    }
    row.setField(18, rejectCode);
    row.setField(19, field);
    row.setField(20, code);
    row.setField(21, unit);
    out.accept(row);
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
