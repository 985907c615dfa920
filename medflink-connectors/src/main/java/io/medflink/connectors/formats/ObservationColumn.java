// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/** A column that a table of observations may have, in the order of the documentation. */
enum ObservationColumn {
  PATIENT_ID("STRING"),
  ENCOUNTER("STRING"),
  FACILITY("STRING"),
  WARD("STRING"),
  BED("STRING"),
  TS("TIMESTAMP_LTZ(3)"),
  ISSUED("TIMESTAMP_LTZ(3)"),
  RECEIVED("TIMESTAMP_LTZ(3)"),
  FEED("STRING"),
  SYSTEM("STRING"),
  CODE("STRING"),
  VAL("DOUBLE"),
  TEXT("STRING"),
  UNIT("STRING"),
  LOCAL_UNIT("STRING"),
  LOCAL_VALUE("STRING"),
  STATUS("STRING"),
  ID("STRING"),
  COMPARATOR("STRING"),
  RANGE_LOW("DOUBLE"),
  RANGE_HIGH("DOUBLE"),
  FLAG("STRING"),
  METHOD("STRING"),
  REJECT_CODE("STRING"),
  REJECT_FIELD("STRING"),
  REJECT_SHA256("STRING");

  private final String type;

  ObservationColumn(String type) {
    this.type = type;
  }

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isReject() {
    return name().startsWith("REJECT_");
  }

  /** Whether every observation has it. */
  boolean isAlwaysSet() {
    return this == PATIENT_ID || this == TS || this == STATUS;
  }

  /** Whether a table may declare the column so. */
  boolean fits(LogicalType declared) {
    LogicalTypeRoot root = declared.getTypeRoot();
    return switch (type) {
      case "STRING" ->
          root == LogicalTypeRoot.VARCHAR
              && LogicalTypeChecks.getLength(declared) == VarCharType.MAX_LENGTH;
      case "DOUBLE" -> root == LogicalTypeRoot.DOUBLE;
      default ->
          root == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE
              && LogicalTypeChecks.getPrecision(declared) >= 3;
    };
  }

  static @Nullable ObservationColumn of(String sqlName) {
    for (ObservationColumn column : values()) {
      if (column.sqlName().equals(sqlName)) {
        return column;
      }
    }
    return null;
  }

  /** All columns as a table would declare them. */
  static String listing() {
    return Arrays.stream(values())
        .map(c -> c.sqlName() + " " + c.type)
        .collect(Collectors.joining(", "));
  }
}
