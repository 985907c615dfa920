// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.AlertEvent;
import io.medflink.core.Control;
import io.medflink.core.Movement;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
    String kind = Objects.requireNonNullElse(text(row, "kind"), "");
    if (time == null) {
      return null;
    }
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "assessment" -> assessment(row, time);
      case "movement" -> movement(row, time);
      case "control" -> control(row, time);
      default -> null;
    };
  }

  private @Nullable AlertEvent assessment(Row row, Instant time) {
    String patient = text(row, "patient_id");
    String model = text(row, "model");
    RiskLevel low = word(RiskLevel.class, text(row, "level_low"));
    RiskLevel high = word(RiskLevel.class, text(row, "level_high"));
    RiskAssessment.Status status = word(RiskAssessment.Status.class, text(row, "status"));
    if (patient == null || model == null || low == null || high == null || status == null) {
      return null;
    }
    Double least = number(row, "low");
    Double greatest = number(row, "high");
    Object missing = field(row, "missing");
    Double revision = number(row, "revision");
    return AlertEvent.of(
        new RiskAssessment(
            patient,
            text(row, "encounter"),
            text(row, "facility"),
            text(row, "ward"),
            text(row, "bed"),
            model,
            "",
            time,
            revision == null ? 1 : revision.intValue(),
            status,
            least == null || greatest == null
                ? new Prediction[0]
                : new Prediction[] {new Prediction("primary", least, greatest)},
            low,
            high,
            missing instanceof String[] texts ? texts : new String[0],
            null,
            (Instant) field(row, "received"),
            text(row, "feed")));
  }

  private @Nullable AlertEvent movement(Row row, Instant time) {
    String patient = text(row, "patient_id");
    Movement.Kind kind = word(Movement.Kind.class, text(row, "movement"));
    return patient == null || kind == null
        ? null
        : AlertEvent.of(
            new Movement(
                kind,
                patient,
                null,
                text(row, "encounter"),
                null,
                text(row, "facility"),
                text(row, "ward"),
                text(row, "bed"),
                null,
                time,
                (Instant) field(row, "recorded"),
                null,
                text(row, "feed")));
  }

  private @Nullable AlertEvent control(Row row, Instant time) {
    Control.Kind kind = word(Control.Kind.class, text(row, "control"));
    Double value = number(row, "val");
    return kind == null
        ? null
        : AlertEvent.of(
            new Control(
                kind,
                text(row, "patient_id"),
                text(row, "facility"),
                text(row, "ward"),
                text(row, "target"),
                value == null ? Double.NaN : value,
                Objects.requireNonNullElse(text(row, "author"), ""),
                text(row, "reason"),
                time,
                (Instant) field(row, "until"),
                text(row, "id"),
                (Instant) field(row, "issued")));
  }

  @SuppressWarnings("UnusedException") // no such word
  private static <E extends Enum<E>> @Nullable E word(Class<E> type, @Nullable String word) {
    try {
      return word == null
          ? null
          : Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private @Nullable Object field(Row row, String name) {
    return names.contains(name) ? row.getField(name) : null;
  }

  private @Nullable String text(Row row, String name) {
    Object value = field(row, name);
    return value == null || value.toString().isBlank() ? null : value.toString();
  }

  private @Nullable Double number(Row row, String name) {
    return field(row, name) instanceof Number n ? (Double) n.doubleValue() : null;
  }
}
