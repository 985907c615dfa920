// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.ChartEvent;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of observations by the names of their columns, absent ones as unknown. A row with a
 * {@code kind} is a movement or decision instead.
 */
final class ObservationRows {
  private static final List<String> TEXTS =
      List.of(
          "kind",
          "other_patient_id",
          "other_encounter",
          "bed_status",
          "target",
          "author",
          "reason",
          "encounter",
          "facility",
          "ward",
          "bed",
          "feed",
          "system",
          "code",
          "text",
          "unit",
          "local_unit",
          "local_value",
          "status",
          "id",
          "comparator",
          "flag",
          "method");
  private static final List<String> NUMBERS = List.of("val", "range_low", "range_high");
  private static final List<String> TIMES = List.of("issued", "received", "recorded", "until");

  private final List<String> names;
  private final int[] keys;

  /**
   * Rows of a type.
   *
   * @throws IllegalArgumentException for a missing column and one of a wrong type
   */
  ObservationRows(DataType type, int[] keys) {
    this.keys = keys.clone();
    names = DataType.getFieldNames(type);
    if (keys.length == 0) {
      throw new IllegalArgumentException("the input needs PARTITION BY the patient");
    }
    if (!names.contains("code")) {
      throw new IllegalArgumentException("the input needs a column code");
    }
    if (!names.contains("val") && !names.contains("text")) {
      throw new IllegalArgumentException("the input needs a column val or text");
    }
    List<DataType> types = DataType.getFieldDataTypes(type);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      var declared = types.get(i).getLogicalType();
      if ((TEXTS.contains(name) && !declared.is(LogicalTypeFamily.CHARACTER_STRING))
          || (NUMBERS.contains(name) && !declared.is(LogicalTypeFamily.NUMERIC))
          || (TIMES.contains(name)
              && !declared.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE))) {
        throw new IllegalArgumentException(
            "column "
                + name
                + " must be "
                + (TEXTS.contains(name)
                    ? "STRING"
                    : NUMBERS.contains(name) ? "a number" : "TIMESTAMP_LTZ"));
      }
    }
  }

  /** The patient's key: the columns' texts, joined by a bar; empty where one of them is. */
  String patient(Row row) {
    StringBuilder key = new StringBuilder();
    for (int column : keys) {
      Object part = row.getField(column);
      if (part == null || part.toString().isBlank()) {
        return "";
      }
      key.append(key.isEmpty() ? "" : "|").append(part);
    }
    return key.toString();
  }

  /** The movement or decision that a row tells; null for a row of an observation. */
  @Nullable ChartEvent event(@Nullable String patient, Row row, @Nullable Instant time) {
    boolean anybodys = patient != null && !patient.isEmpty();
    return time == null || !anybodys ? null : new NamedRow(names, row).event(patient, time);
  }

  /** Reads one row as a panel of one observation, or says why it is none. */
  void read(
      @Nullable String patient,
      Row row,
      @Nullable Instant time,
      Consumer<Panel> panels,
      BiConsumer<Panel, Rejected> rejects) {
    Panel panel =
        new Panel(
            patient == null ? "" : patient,
            text(row, "encounter"),
            text(row, "facility"),
            text(row, "ward"),
            text(row, "bed"),
            time == null ? Instant.MIN : time,
            (Instant) field(row, "issued"),
            (Instant) field(row, "received"),
            text(row, "feed"),
            new String[0],
            new Observation[0]);
    Observation.Status status = status(text(row, "status"));
    String sign = text(row, "comparator");
    Observation.Comparator comparator = Observation.Comparator.of(sign);
    String word = text(row, "method");
    Observation.Method method = method(word);
    if (text(row, "kind") != null) {
      boolean nobodys = patient == null || patient.isEmpty();
      RejectCode why = nobodys ? RejectCode.NO_PATIENT_ID : RejectCode.UNDECODABLE;
      rejects.accept(panel, rejected(row, time, why, nobodys ? "patient_id" : "kind"));
    } else if (status == null) {
      rejects.accept(panel, rejected(row, time, RejectCode.UNKNOWN_STATUS, "status"));
    } else if (sign != null && comparator == null) {
      rejects.accept(panel, rejected(row, time, RejectCode.UNDECODABLE, "comparator"));
    } else if (word != null && method == null) {
      rejects.accept(panel, rejected(row, time, RejectCode.UNDECODABLE, "method"));
    } else {
      panels.accept(panel.withObservations(observation(row, status, comparator, method)));
    }
  }

  /** As {@code medflink-json} tells canonical from local: no system is LOINC's. */
  private Observation observation(
      Row row,
      Observation.Status status,
      Observation.@Nullable Comparator comparator,
      Observation.@Nullable Method method) {
    String system = text(row, "system");
    String code = text(row, "code");
    String text = text(row, "text");
    String localText = text(row, "local_value");
    boolean canonical =
        code != null && (system == null || isLoinc(system) || code.startsWith("medflink:"));
    return new Observation(
        canonical ? code : null,
        number(row, "val"),
        canonical ? text : null,
        text(row, "unit"),
        status,
        canonical || system == null || system.isEmpty() ? null : system,
        canonical ? null : code,
        text(row, "local_unit"),
        canonical || text == null ? localText : text,
        text(row, "id"),
        comparator,
        number(row, "range_low"),
        number(row, "range_high"),
        text(row, "flag"),
        method,
        0);
  }

  private static boolean isLoinc(String system) {
    return system.equals("http://loinc.org")
        || system.equals("LN")
        || system.equals("urn:oid:2.16.840.1.113883.6.1");
  }

  private Rejected rejected(Row row, @Nullable Instant time, RejectCode code, String field) {
    return new Rejected(
        Rejected.Stage.DECODE,
        code,
        field,
        text(row, "feed"),
        text(row, "system"),
        text(row, "code"),
        text(row, "unit"),
        null,
        time,
        null,
        null);
  }

  private static Observation.@Nullable Status status(@Nullable String word) {
    if (word == null) {
      return Observation.Status.FINAL;
    }
    return switch (word) {
      case "preliminary" -> Observation.Status.PRELIMINARY;
      case "final" -> Observation.Status.FINAL;
      case "corrected", "amended" -> Observation.Status.CORRECTED;
      case "entered-in-error" -> Observation.Status.ENTERED_IN_ERROR;
      default -> null;
    };
  }

  private static Observation.@Nullable Method method(@Nullable String word) {
    return Arrays.stream(Observation.Method.values())
        .filter(m -> m.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Object field(Row row, String name) {
    int at = names.indexOf(name);
    return at < 0 ? null : row.getField(at);
  }

  private @Nullable String text(Row row, String name) {
    return (String) field(row, name);
  }

  private double number(Row row, String name) {
    return field(row, name) instanceof Number n ? n.doubleValue() : Double.NaN;
  }
}
