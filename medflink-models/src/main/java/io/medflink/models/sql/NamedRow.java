// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.ChartEvent;
import io.medflink.core.Control;
import io.medflink.core.Movement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row whose columns are found by their names; absent ones are unknown.
 *
 * @param names the columns' names in the order of the row
 * @param row the row
 */
record NamedRow(List<String> names, Row row) {

  @Nullable Object field(String name) {
    int at = names.indexOf(name);
    return at < 0 ? null : row.getField(at);
  }

  /** A text; null where it is blank. */
  @Nullable String text(String name) {
    Object value = field(name);
    return value == null || value.toString().isBlank() ? null : value.toString();
  }

  double number(String name) {
    return field(name) instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  @Nullable Instant moment(String name) {
    return (Instant) field(name);
  }

  /** The constant of a word such as {@code do-not-escalate}; null where there is none. */
  @SuppressWarnings("UnusedException") // no such word
  static <E extends Enum<E>> @Nullable E word(Class<E> type, @Nullable String word) {
    try {
      return word == null
          ? null
          : Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * The movement or decision that column {@code kind} says the row is; null when it is none, or a
   * movement of nobody.
   */
  @Nullable ChartEvent event(@Nullable String patientId, Instant time) {
    Movement.Kind movement = word(Movement.Kind.class, text("kind"));
    if (movement != null) {
      return patientId == null || patientId.isEmpty()
          ? null
          : new Movement(
              movement,
              patientId,
              text("other_patient_id"),
              text("encounter"),
              text("other_encounter"),
              text("facility"),
              text("ward"),
              text("bed"),
              text("bed_status"),
              time,
              moment("recorded"),
              moment("received"),
              text("feed"));
    }
    Control.Kind control = word(Control.Kind.class, text("kind"));
    return control == null
        ? null
        : new Control(
            control,
            patientId,
            text("facility"),
            text("ward"),
            text("target"),
            number("val"),
            Objects.requireNonNullElse(text("author"), ""),
            text("reason"),
            time,
            moment("until"),
            text("id"),
            moment("issued"));
  }
}
