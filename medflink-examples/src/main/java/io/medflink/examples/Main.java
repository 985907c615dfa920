// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** Entry of the examples' jar. */
final class Main {
  private Main() {}

  /** Runs one SQL statement on an embedded cluster. */
  public static void main(String[] args) {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    tables
        .executeSql(
            "SELECT * FROM (VALUES ('Alice', 70), ('Bob', 140), ('Charlie', 80))"
                + " AS patient(name, heart_rate) WHERE heart_rate > 100")
        .print();
  }
}
