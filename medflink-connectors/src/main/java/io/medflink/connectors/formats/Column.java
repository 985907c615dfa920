// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** A column that a table of records may have. */
interface Column {
  /** The constant's name. */
  String name();

  /** Its type in SQL. */
  String type();

  /** Whether every record has it. */
  boolean isAlwaysSet();

  default String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  default boolean isReject() {
    return name().startsWith("REJECT_");
  }

  /** Whether a table may declare the column so. */
  default boolean fits(LogicalType declared) {
    LogicalTypeRoot root = declared.getTypeRoot();
    return switch (type()) {
      case "STRING" ->
          root == LogicalTypeRoot.VARCHAR
              && LogicalTypeChecks.getLength(declared) == VarCharType.MAX_LENGTH;
      case "DOUBLE" -> root == LogicalTypeRoot.DOUBLE;
      default ->
          root == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE
              && LogicalTypeChecks.getPrecision(declared) >= 3;
    };
  }

  /** All columns as a table would declare them. */
  static String listing(Column[] columns) {
    return Arrays.stream(columns)
        .map(c -> c.sqlName() + " " + c.type())
        .collect(Collectors.joining(", "));
  }
}
