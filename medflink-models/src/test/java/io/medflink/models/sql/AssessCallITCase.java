// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a call of {@code ASSESS} may say: keys of several columns, its time and a code map. */
class AssessCallITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String[] COLUMNS = {
    "hospital", "mrn", "ts", "system", "code", "val", "text", "local_unit", "unit"
  };

  @TempDir private Path folder;
  private StreamTableEnvironment sql;
  private StreamExecutionEnvironment env;

  @BeforeEach
  void load() {
    env = StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
    sql = StreamTableEnvironment.create(env);
    sql.executeSql("LOAD MODULE medflink");
  }

  private void observations(Row... rows) {
    TypeInformation<?>[] types = new TypeInformation<?>[COLUMNS.length];
    Arrays.fill(types, Types.STRING);
    types[1] = Types.LONG;
    types[2] = Types.INSTANT;
    types[5] = Types.DOUBLE;
    var rowType = Types.ROW_NAMED(COLUMNS, types);
    sql.createTemporaryView(
        "observations",
        env.fromData(List.of(rows), rowType),
        Schema.newBuilder()
            .column("hospital", "STRING")
            .column("mrn", "BIGINT")
            .column("ts", "TIMESTAMP_LTZ(3)")
            .column("system", "STRING")
            .column("code", "STRING")
            .column("val", "DOUBLE")
            .column("text", "STRING")
            .column("local_unit", "STRING")
            .column("unit", "STRING")
            .watermark("ts", "ts - INTERVAL '1' SECOND")
            .build());
  }

  private static Row heartRate(String hospital, Long mrn, double val) {
    return Row.of(hospital, mrn, NOON, null, "8867-4", val, null, null, "/min");
  }

  private static Row local(String code, Double val, String text, String unit) {
    return Row.of("A", 1L, NOON, "ward-7", code, val, text, unit, null);
  }

  private List<Row> assess(String partition, String more) {
    return CollectionUtil.iteratorToList(
        sql.executeSql(
                "SELECT * FROM ASSESS(input => TABLE observations PARTITION BY "
                    + partition
                    + ", on_time => DESCRIPTOR(ts), uid => 'call', "
                    + more
                    + ")")
            .collect());
  }

  private static List<Row> of(List<Row> rows, String kind) {
    return rows.stream().filter(row -> kind.equals(row.getField("kind"))).toList();
  }

  @Test
  void several_partition_columns_make_one_patient() {
    observations(heartRate("A", 1L, 120), heartRate("B", 1L, 80), heartRate("A", 11L, 80));
    List<Row> answers =
        assess("(hospital, mrn)", "model => 'threshold'").stream()
            .filter(row -> "FINAL".equals(row.getField("status")))
            .toList();
    assertThat(answers)
        .extracting(row -> row.getField("hospital") + " " + row.getField("mrn"))
        .containsExactlyInAnyOrder("A 1", "B 1", "A 11");
    assertThat(answers)
        .allMatch(
            row ->
                row.getField("low")
                    .equals("A".equals(row.getField(0)) && row.getField(1).equals(1L) ? 1.0 : 0.0));
  }

  @Test
  void a_row_without_one_of_the_partition_columns_has_no_patient() {
    observations(
        heartRate("A", null, 120),
        heartRate(null, 1L, 120),
        heartRate(" ", 1L, 120),
        heartRate("A", 1L, 120));
    List<Row> rows = assess("(hospital, mrn)", "model => 'threshold'");
    assertThat(of(rows, "rejected"))
        .hasSize(3)
        .allMatch(row -> "NO_PATIENT_ID".equals(row.getField("reject_code")));
    assertThat(of(rows, "assessment")).isNotEmpty().allMatch(row -> "A".equals(row.getField(0)));
  }

  @Test
  void a_time_without_a_zone_is_refused_with_its_column_and_the_mend() {
    observations(heartRate("A", 1L, 120));
    sql.executeSql(
        "CREATE TEMPORARY TABLE zoneless (mrn STRING, taken TIMESTAMP(3), code STRING, val DOUBLE,"
            + " WATERMARK FOR taken AS taken) WITH ('connector' = 'datagen')");
    assertThatThrownBy(
            () ->
                sql.executeSql(
                    "SELECT * FROM ASSESS(input => TABLE zoneless PARTITION BY mrn, model =>"
                        + " 'threshold', on_time => DESCRIPTOR(taken))"))
        .hasStackTraceContaining("on_time taken is TIMESTAMP_WITHOUT_TIME_ZONE")
        .hasStackTraceContaining("declare it TIMESTAMP_LTZ(3)");
  }

  private String codes(String... lines) throws IOException {
    Path file = folder.resolve("codes.csv");
    Files.writeString(
        file,
        "feed,system,code,loinc,local_unit,unit,local_value,value\n" + String.join("\n", lines));
    return ", codes => '" + file + "'";
  }

  @Test
  void a_code_map_gives_local_codes_units_and_texts_their_meaning() throws Exception {
    observations(
        local("PULSE", 120.0, null, "bpm"),
        local("AWAKE", null, "alert", null),
        local("AWAKE", null, "sulky", null),
        local("PULSE", 70.0, null, "furlong"),
        local("LUCK", 7.0, null, null));
    List<Row> rows =
        assess(
            "mrn",
            "model => 'news2'"
                + codes(",ward-7,PULSE,8867-4,bpm,/min,,", ",ward-7,AWAKE,67775-7,,,alert,A"));
    Row last =
        of(rows, "assessment").stream()
            .filter(row -> "FINAL".equals(row.getField("status")))
            .findFirst()
            .orElseThrow();
    assertThat((String[]) last.getField("missing")).isNotEmpty().doesNotContain("hr", "acvpu");
    assertThat(
            of(rows, "rejected").stream()
                .map(row -> row.getField("reject_code") + " " + row.getField("code")))
        .containsExactlyInAnyOrder(
            "UNMAPPED_VALUE AWAKE", "UNMAPPED_UNIT PULSE", "UNMAPPED_CODE LUCK");
    assertThat(of(assess("mrn", "model => 'news2'"), "rejected"))
        .hasSize(5)
        .allMatch(row -> "UNMAPPED_CODE".equals(row.getField("reject_code")));
  }

  @Test
  void a_wrong_code_map_is_told_when_planning() throws Exception {
    observations(heartRate("A", 1L, 120));
    String wrong = codes(",ward-7,PULSE,8867-5,,,,");
    assertThatThrownBy(() -> assess("mrn", "model => 'news2'" + wrong))
        .hasStackTraceContaining("line 2: loinc 8867-5 is no LOINC code");
    assertThatThrownBy(() -> assess("mrn", "model => 'news2', codes => 'nowhere.csv'"))
        .hasStackTraceContaining("can't read the code map nowhere.csv");
    assertThatThrownBy(
            () -> assess("mrn", "model => 'news2', codes => UPPER(CAST(RAND() AS STRING))"))
        .hasStackTraceContaining("codes must be a literal");
  }
}
