// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MedflinkJsonFormatITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = new MiniClusterExtension();

  private static final String LINE =
      "{\"patient_id\":\"mrn|1\",\"ward\":\"w\",\"time\":\"2026-11-24T08:00:00Z\",\"observations\":["
          + "{\"code\":\"8867-4\",\"value\":88.5,\"unit\":\"/min\",\"range\":{\"high\":100}},"
          + "{\"code\":\"67775-7\",\"value\":\"V\",\"status\":\"amended\",\"method\":\"manual\"},"
          + "{\"system\":\"LAB\",\"code\":\"K\",\"value\":[4]}]}\n";

  @TempDir Path folder;
  private TableEnvironment sql;

  @BeforeEach
  void start() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.setString("table.local-time-zone", "UTC");
    configuration.setString("parallelism.default", "1");
    sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration)
                .build());
  }

  @Test
  void givesARowForEachObservationAndForEachReject() throws Exception {
    Files.writeString(folder.resolve("a"), LINE + "{broken CANARY\n");
    table(
        "patient_id STRING, ward STRING, ts TIMESTAMP_LTZ(3), `system` STRING, code STRING,"
            + " val DOUBLE, text STRING, unit STRING, status STRING, `method` STRING,"
            + " range_low DOUBLE, range_high DOUBLE, reject_code STRING, reject_field STRING,"
            + " reject_sha256 STRING",
        "'medflink-json.rejects' = 'row'");
    assertThat(
            rows(
                "SELECT patient_id, ward, CAST(ts AS STRING), `system`, code, val, text, unit,"
                    + " status, `method`, range_low, range_high, reject_code, reject_field,"
                    + " CHAR_LENGTH(reject_sha256) FROM o"))
        .containsExactlyInAnyOrder(
            "+I[mrn|1, w, 2026-11-24 08:00:00.000, null, 8867-4, 88.5, null, /min, final, null,"
                + " null, 100.0, null, null, null]",
            "+I[mrn|1, w, 2026-11-24 08:00:00.000, null, 67775-7, null, V, null, corrected, manual,"
                + " null, null, null, null, null]",
            "+I[null, null, 2026-11-24 08:00:00.000, LAB, K, null, null, null, null, null, null,"
                + " null, UNDECODABLE, observations[2].value, 64]",
            "+I[null, null, null, null, null, null, null, null, null, null, null, null,"
                + " UNDECODABLE, null, 64]");
    assertThat(rows("SELECT val FROM o WHERE patient_id = 'mrn|1'"))
        .containsExactlyInAnyOrder("+I[88.5]", "+I[null]");
    assertThat(rows("SELECT COUNT(*) FROM o")).last().isEqualTo("+U[4]");
  }

  @Test
  void failsWithoutTheDataWhereRejectsAreNotRows() throws Exception {
    Files.writeString(folder.resolve("a"), "{broken CANARY\n");
    table("patient_id STRING NOT NULL, val DOUBLE", "'medflink-json.rejects' = 'fail'");
    assertThatThrownBy(() -> rows("SELECT * FROM o"))
        .satisfies(
            failure -> {
              List<String> messages = new ArrayList<>();
              for (Throwable t = failure; t != null; t = t.getCause()) {
                messages.add(t.toString());
              }
              assertThat(String.join("\n", messages)).contains("UNDECODABLE (SHA-256 ");
              assertThat(String.join("\n", messages)).doesNotContain("CANARY");
            });
  }

  @Test
  void readsBackWhatSqlWrites() throws Exception {
    table(
        "patient_id STRING, ts TIMESTAMP_LTZ(3), feed STRING, code STRING, val DOUBLE,"
            + " text STRING, unit STRING, `comparator` STRING, flag STRING",
        "'medflink-json.zone' = 'UTC'");
    sql.executeSql(
            "INSERT INTO o SELECT p, TO_TIMESTAMP_LTZ(t, 3), 'bedside', c, v, x, u, k,"
                + " CAST(NULL AS STRING) FROM (VALUES"
                + " ('mrn|1', 0, '8867-4', CAST(88.5 AS DOUBLE), CAST(NULL AS STRING), '/min', '<'),"
                + " ('mrn|2', 1000, '67775-7', CAST(NULL AS DOUBLE), 'V', CAST(NULL AS STRING),"
                + " CAST(NULL AS STRING))) AS i(p, t, c, v, x, u, k)")
        .await();
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "{\"patient_id\":\"mrn|1\",\"time\":\"1970-01-01T00:00:00Z\",\"feed\":\"bedside\","
                + "\"observations\":[{\"code\":\"8867-4\",\"value\":88.5,\"unit\":\"/min\","
                + "\"comparator\":\"<\"}]}",
            "{\"patient_id\":\"mrn|2\",\"time\":\"1970-01-01T00:00:01Z\",\"feed\":\"bedside\","
                + "\"observations\":[{\"code\":\"67775-7\",\"value\":\"V\"}]}");
    assertThat(rows("SELECT patient_id, val, text, `comparator` FROM o"))
        .containsExactlyInAnyOrder("+I[mrn|1, 88.5, null, <]", "+I[mrn|2, null, V, null]");
  }

  @Test
  void saysWhichColumnsThereAre() {
    table("patient_id STRING, heart_rate INT", "'medflink-json.rejects' = 'fail'");
    assertThatThrownBy(() -> rows("SELECT * FROM o"))
        .hasStackTraceContaining("No column 'heart_rate INT' in a table of observations")
        .hasStackTraceContaining("ts TIMESTAMP_LTZ(3)");
    table("val FLOAT", "'medflink-json.rejects' = 'fail'");
    assertThatThrownBy(() -> rows("SELECT * FROM o"))
        .hasStackTraceContaining("No column 'val FLOAT'");
    table("val DOUBLE NOT NULL", "'medflink-json.rejects' = 'fail'");
    assertThatThrownBy(() -> rows("SELECT * FROM o"))
        .hasStackTraceContaining("Column 'val' may be unknown");
    table("val DOUBLE, reject_code STRING", "'medflink-json.rejects' = 'row'");
    assertThatThrownBy(() -> rows("SELECT val FROM o"))
        .hasStackTraceContaining("Rejects as rows need the column 'reject_field STRING'");
    table("val DOUBLE", "'medflink-json.zone' = 'Mars'");
    assertThatThrownBy(() -> rows("SELECT val FROM o"))
        .hasStackTraceContaining("'medflink-json.zone' is no time zone: Mars");
  }

  private void table(String columns, String option) {
    sql.executeSql("DROP TABLE IF EXISTS o");
    sql.executeSql(
        String.format(
            "CREATE TABLE o (%s) WITH ('connector' = 'filesystem', 'path' = '%s',"
                + " 'format' = 'medflink-json', %s)",
            columns, folder.toUri(), option));
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    CloseableIterator<Row> result = sql.executeSql(query).collect();
    try {
      result.forEachRemaining(row -> rows.add(row.toString()));
    } finally {
      result.close();
    }
    return rows;
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
