// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables made LIKE those of the catalog, over files of JSON, up to the alerts and back to JSON. */
final class SchemasITCase {
  private static Cluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static final String READ =
      """
      SET 'table.local-time-zone' = 'UTC';
      LOAD MODULE medflink;
      CREATE CATALOG medflink WITH ('type' = 'medflink');
      CREATE TABLE observations (WATERMARK FOR ts AS ts - INTERVAL '1' HOUR)
      WITH ('connector' = 'filesystem', 'path' = '${folder}/observations',
        'format' = 'medflink-json') LIKE medflink.schemas.observation;
      CREATE TABLE movements (WATERMARK FOR ts AS ts - INTERVAL '1' HOUR)
      WITH ('connector' = 'filesystem', 'path' = '${folder}/movements',
        'format' = 'medflink-json', 'medflink-json.records' = 'movements')
      LIKE medflink.schemas.movement;
      CREATE TABLE controls (
        since AS COALESCE(ts, TO_TIMESTAMP_LTZ(0, 3)),
        WATERMARK FOR since AS since - INTERVAL '1' HOUR)
      WITH ('connector' = 'filesystem', 'path' = '${folder}/controls',
        'format' = 'medflink-json', 'medflink-json.records' = 'controls',
        'medflink-json.rejects' = 'row')
      LIKE medflink.schemas.control;
      """;

  private static final String ASSESS =
      """
      CREATE TEMPORARY VIEW chart AS
      SELECT patient_id, CAST(NULL AS STRING) AS kind, encounter, facility, ward, bed, ts, code,
        val, unit FROM observations
      UNION ALL
      SELECT patient_id, kind, encounter, facility, ward, bed, ts, CAST(NULL AS STRING),
        CAST(NULL AS DOUBLE), CAST(NULL AS STRING) FROM movements;
      CREATE TABLE assessments WITH ('connector' = 'filesystem', 'path' = '${folder}/assessments',
        'format' = 'json') LIKE medflink.schemas.assessment;
      INSERT INTO assessments
      SELECT * FROM ASSESS(input => TABLE chart PARTITION BY patient_id, model => 'news2',
        on_time => DESCRIPTOR(ts), uid => 'assess');
      """;

  private static final String ALERT =
      """
      CREATE TABLE scores (WATERMARK FOR ts AS ts - INTERVAL '1' HOUR)
      WITH ('connector' = 'filesystem', 'path' = '${folder}/assessments', 'format' = 'json')
      LIKE medflink.schemas.assessment;
      CREATE TEMPORARY VIEW news AS
      SELECT facility, kind, patient_id, encounter, ward, bed, model, ts, revision, status,
        level_low, level_high, missing, CAST(NULL AS STRING) AS target,
        CAST(NULL AS STRING) AS author, CAST(NULL AS STRING) AS reason,
        CAST(NULL AS TIMESTAMP_LTZ(3)) AS until
      FROM scores WHERE kind = 'assessment'
      UNION ALL
      SELECT facility, kind, patient_id, CAST(NULL AS STRING), ward, CAST(NULL AS STRING),
        CAST(NULL AS STRING), since, CAST(NULL AS INT), CAST(NULL AS STRING), CAST(NULL AS STRING),
        CAST(NULL AS STRING), CAST(NULL AS ARRAY<STRING>), target, author, reason, until
      FROM controls WHERE reject_code IS NULL;
      CREATE TABLE alerts WITH ('connector' = 'filesystem', 'path' = '${folder}/alerts',
        'format' = 'json') LIKE medflink.schemas.alert;
      INSERT INTO alerts
      SELECT * FROM RAISE_ALERTS(input => TABLE news PARTITION BY facility, model => 'news2',
        on_time => DESCRIPTOR(ts), uid => 'alerts');
      CREATE TABLE rejects WITH ('connector' = 'filesystem', 'path' = '${folder}/rejects',
        'format' = 'json') LIKE medflink.schemas.reject;
      INSERT INTO rejects (code, field, ts, sha256)
      SELECT reject_code, reject_field, ts, reject_sha256 FROM controls
      WHERE reject_code IS NOT NULL;
      """;

  private void write(String table, String... lines) throws Exception {
    Files.createDirectories(folder.resolve(table));
    Files.write(folder.resolve(table).resolve("a"), List.of(lines));
  }

  private TableEnvironment run(String script) throws Exception {
    var tables = cluster.tables();
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    new SqlRun(tables, nowhere).run(script.replace("${folder}", folder.toString()), "");
    return tables;
  }

  private static List<Row> rows(TableEnvironment tables, String query) {
    return CollectionUtil.iteratorToList(tables.executeSql(query).collect());
  }

  @Test
  void observationsMovementsAndDecisionsBecomeAssessmentsAlertsAndRejects() throws Exception {
    String place = "\"facility\":\"north\",\"ward\":\"w1\",\"bed\":\"1\",";
    String observed = "\"observations\":[{\"code\":\"8867-4\",\"value\":140,\"unit\":\"/min\"}]}";
    write(
        "observations",
        "{\"patient_id\":\"mrn|1\"," + place + "\"time\":\"2026-01-01T08:00:00Z\"," + observed,
        "{\"patient_id\":\"mrn|1\"," + place + "\"time\":\"2026-01-01T08:20:00Z\"," + observed);
    write(
        "movements",
        "{\"kind\":\"admit\",\"patient_id\":\"mrn|1\",\"encounter\":\"v1\","
            + place
            + "\"occurred\":\"2026-01-01T07:00:00Z\"}");
    write(
        "controls",
        "{\"kind\":\"suspend\",\"facility\":\"north\",\"ward\":\"w1\",\"author\":\"sister\","
            + "\"reason\":\"drill\",\"from\":\"2026-01-01T07:00:00Z\","
            + "\"until\":\"2026-01-01T08:30:00Z\"}",
        "{\"kind\":\"dance\",\"from\":\"2026-01-01T07:00:00Z\"}");
    TableEnvironment tables = run(READ + ASSESS + ALERT);

    assertThat(rows(tables, "SELECT encounter, bed, missing FROM scores WHERE status = 'FINAL'"))
        .hasSize(2)
        .allMatch(row -> "v1".equals(row.getField(0)) && "1".equals(row.getField(1)))
        .allMatch(row -> ((String[]) row.getField(2)).length == 6);
    assertThat(rows(tables, "SELECT state, ward, CAST(ts AS STRING) FROM alerts"))
        .extracting(Row::toString)
        .contains("+I[SUPPRESSED, w1, 2026-01-01 08:15:00.000]");
    assertThat(rows(tables, "SELECT code, field, CHAR_LENGTH(sha256) FROM rejects"))
        .extracting(Row::toString)
        .containsExactly("+I[UNDECODABLE, kind, 64]");
  }

  @Test
  void decisionsAndMovementsThatSqlWritesReadBack() throws Exception {
    Files.createDirectories(folder.resolve("observations"));
    TableEnvironment tables =
        run(
            READ
                + """
                INSERT INTO controls (kind, patient_id, target, val, author, reason, ts, until)
                VALUES ('limit', 'mrn|1', 'news2', 7, 'doctor', 'chronic',
                  TO_TIMESTAMP_LTZ(1767254400000, 3), TO_TIMESTAMP_LTZ(1767340800000, 3));
                INSERT INTO movements (kind, patient_id, other_patient_id, ts)
                VALUES ('merge', 'mrn|1', 'mrn|2', TO_TIMESTAMP_LTZ(1767254400000, 3));
                """);
    assertThat(
            rows(
                tables,
                "SELECT kind, patient_id, ward, target, val, author, reason, ts, until, id FROM controls"))
        .extracting(Row::toString)
        .containsExactly(
            "+I[limit, mrn|1, null, news2, 7.0, doctor, chronic, 2026-01-01T08:00:00Z,"
                + " 2026-01-02T08:00:00Z, null]");
    assertThat(rows(tables, "SELECT kind, patient_id, other_patient_id FROM movements"))
        .extracting(Row::toString)
        .containsExactly("+I[merge, mrn|1, mrn|2]");
  }
}
