// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RaiseAlertsITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");

  private StreamExecutionEnvironment env;
  private StreamTableEnvironment sql;

  @BeforeEach
  void load() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    env = StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1);
    sql = StreamTableEnvironment.create(env);
    sql.executeSql("LOAD MODULE medflink");
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static Row level(String patient, String ward, int minute, String level) {
    return Row.of(
        "north",
        "assessment",
        patient,
        ward,
        "news2",
        at(minute),
        "PRELIMINARY",
        level,
        level,
        null,
        null,
        null,
        null);
  }

  private static Row control(
      String kind,
      @Nullable String ward,
      @Nullable String patient,
      @Nullable String target,
      int from,
      @Nullable Integer until) {
    return Row.of(
        "north",
        kind,
        patient,
        ward,
        null,
        at(from),
        null,
        null,
        null,
        target,
        "sister",
        "drill",
        until == null ? null : at(until));
  }

  private List<Row> alerts(List<Row> rows) {
    var stream =
        env.fromData(
            rows,
            Types.ROW_NAMED(
                new String[] {
                  "site",
                  "kind",
                  "patient_id",
                  "ward",
                  "model",
                  "ts",
                  "status",
                  "level_low",
                  "level_high",
                  "target",
                  "author",
                  "reason",
                  "until"
                },
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.INSTANT,
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.INSTANT));
    sql.createTemporaryView(
        "news",
        stream,
        Schema.newBuilder()
            .column("site", "STRING")
            .column("kind", "STRING")
            .column("patient_id", "STRING")
            .column("ward", "STRING")
            .column("model", "STRING")
            .column("ts", "TIMESTAMP_LTZ(3)")
            .column("status", "STRING")
            .column("level_low", "STRING")
            .column("level_high", "STRING")
            .column("target", "STRING")
            .column("author", "STRING")
            .column("reason", "STRING")
            .column("until", "TIMESTAMP_LTZ(3)")
            .watermark("ts", "ts - INTERVAL '2' HOUR")
            .build());
    return CollectionUtil.iteratorToList(
        sql.executeSql(
                "SELECT * FROM RAISE_ALERTS(input => TABLE news PARTITION BY site, model =>"
                    + " 'news2', on_time => DESCRIPTOR(ts), uid => 'alerts')")
            .collect());
  }

  private static List<Object> states(List<Row> alerts, String patient) {
    return alerts.stream()
        .filter(row -> patient.equals(row.getField("patient_id")))
        .map(row -> row.getField("state"))
        .toList();
  }

  @Test
  void aDecisionAboutAWardMeetsItsPatientsAndNoOthers() {
    List<Row> alerts =
        alerts(
            List.of(
                control("suspend", "w1", null, null, 0, 600),
                level("mrn|1", "w1", 5, "HIGH"),
                level("mrn|2", "w2", 5, "HIGH"),
                control("resume", "w1", null, null, 6, null),
                level("mrn|1", "w1", 7, "HIGH")));
    assertThat(states(alerts, "mrn|1")).startsWith("SUPPRESSED", "RAISED");
    assertThat(states(alerts, "mrn|2")).startsWith("RAISED");
  }

  @Test
  void aDecisionThatLacksItsEndIsARejectedRow() {
    List<Row> alerts =
        alerts(
            List.of(
                control("suspend", "w1", null, null, 0, null),
                control("suspend", null, "mrn|1", null, 0, null),
                level("mrn|1", "w1", 5, "HIGH")));
    assertThat(alerts.stream().filter(row -> "rejected".equals(row.getField("kind"))))
        .extracting(row -> row.getField("reject_code"), row -> row.getField("reject_field"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("BAD_CONTROL", "until"),
            org.assertj.core.groups.Tuple.tuple("BAD_CONTROL", "until"));
    assertThat(states(alerts, "mrn|1")).contains("RAISED");
  }

  @Test
  void everyOrderOfRowsHasTheSameLastWordOnEachEpisode() {
    List<Row> rows = new ArrayList<>();
    for (int minute = 0; minute < 60; minute += 3) {
      for (int p = 0; p < 3; p++) {
        String level = (minute + p) % 4 == 0 ? "HIGH" : (minute + p) % 5 == 0 ? "MEDIUM" : "LOW";
        rows.add(level("mrn|" + p, "w" + p % 2, minute, level));
      }
    }
    rows.add(control("suspend", "w1", null, null, 10, 40));
    Map<String, Object> expected = last(alerts(rows));
    assertThat(expected).hasSizeGreaterThan(5);
    Collections.shuffle(rows, new Random(1));
    load();
    assertThat(last(alerts(rows))).isEqualTo(expected);
  }

  private static Map<String, Object> last(List<Row> alerts) {
    Map<String, Object> last = new TreeMap<>();
    for (Row row : alerts) {
      last.put(
          String.valueOf(row.getField("id")), row.getField("state") + " " + row.getField("ward"));
    }
    last.values().removeIf(state -> state.toString().startsWith("WITHDRAWN"));
    return last;
  }

  @Test
  void aPartitionByPatientIsRefused() {
    sql.executeSql("CREATE TEMPORARY VIEW news AS SELECT 'a' AS patient_id, 'assessment' AS kind");
    assertThatThrownBy(
            () ->
                sql.executeSql(
                    "SELECT * FROM RAISE_ALERTS(input => TABLE news PARTITION BY patient_id,"
                        + " model => 'news2', on_time => DESCRIPTOR(kind))"))
        .isNotNull();
  }
}
