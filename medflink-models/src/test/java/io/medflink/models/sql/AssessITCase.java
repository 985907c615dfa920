// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;
import io.medflink.core.operators.Assess;
import io.medflink.models.RiskModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AssessITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
  private static final String HEART_RATE = Vital.HEART_RATE.loinc();

  private StreamExecutionEnvironment env;
  private StreamTableEnvironment sql;

  @BeforeEach
  void load() {
    env = StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
    sql = StreamTableEnvironment.create(env);
    sql.executeSql("LOAD MODULE medflink");
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static Row row(String patient, int minute, String code, Double val, String unit) {
    return Row.of(
        patient, "W1", START.plus(Duration.ofMinutes(minute)), code, val, null, unit, null, null);
  }

  /** The watermark follows the greatest time by so much; one is emitted after each row. */
  private <T> DataStream<T> timed(DataStream<T> stream, Time<T> time, Duration behind) {
    return stream.assignTimestampsAndWatermarks(
        WatermarkStrategy.<T>forGenerator(at -> new Following<>(behind.toMillis()))
            .withTimestampAssigner((element, at) -> time.of(element)));
  }

  private interface Time<T> extends java.io.Serializable {
    long of(T element);
  }

  private static final class Following<T> implements WatermarkGenerator<T> {
    private final long behind;
    private long greatest = Long.MIN_VALUE;

    Following(long behind) {
      this.behind = behind;
    }

    @Override
    public void onEvent(T event, long time, WatermarkOutput output) {
      greatest = Math.max(greatest, time);
      output.emitWatermark(new Watermark(greatest - behind));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  private void observations(Duration behind, List<Row> rows) {
    DataStream<Row> stream =
        env.fromData(
            rows,
            Types.ROW_NAMED(
                new String[] {
                  "patient_id", "ward", "ts", "code", "val", "text", "unit", "status", "id"
                },
                Types.STRING,
                Types.STRING,
                Types.INSTANT,
                Types.STRING,
                Types.DOUBLE,
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.STRING));
    sql.createTemporaryView(
        "observations",
        timed(stream, r -> ((Instant) r.getField(2)).toEpochMilli(), behind),
        Schema.newBuilder()
            .column("patient_id", "STRING")
            .column("ward", "STRING")
            .column("ts", "TIMESTAMP_LTZ(3)")
            .column("code", "STRING")
            .column("val", "DOUBLE")
            .column("text", "STRING")
            .column("unit", "STRING")
            .column("status", "STRING")
            .column("id", "STRING")
            .watermark("ts", "SOURCE_WATERMARK()")
            .build());
  }

  private static String call(String model, String more) {
    return "ASSESS(input => TABLE observations PARTITION BY patient_id, model => '"
        + model
        + "', on_time => DESCRIPTOR(ts), uid => 'assess'"
        + more
        + ")";
  }

  private List<Row> assess(String model, String more) {
    return rows("SELECT * FROM " + call(model, more));
  }

  private List<Row> rows(String query) {
    return CollectionUtil.iteratorToList(sql.executeSql(query).collect());
  }

  /** Vitals of three patients, a minute apart, several of them at one moment. */
  private static List<Row> ward(int moments) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int minute = 0; minute < moments; minute++) {
      for (String patient : List.of("H|1", "H|2", "H|3")) {
        rows.add(row(patient, minute, HEART_RATE, 40.0 + random.nextInt(120), "/min"));
        if (random.nextBoolean()) {
          rows.add(
              row(
                  patient,
                  minute,
                  Vital.RESPIRATORY_RATE.loinc(),
                  8.0 + random.nextInt(20),
                  "/min"));
        }
        if (random.nextBoolean()) {
          rows.add(
              row(
                  patient,
                  minute,
                  Vital.SYSTOLIC_PRESSURE.loinc(),
                  90.0 + random.nextInt(45),
                  "mm[Hg]"));
        }
      }
    }
    return rows;
  }

  private static Panel panel(Row row) {
    return Panel.of(
            (String) row.getField(0),
            (Instant) row.getField(2),
            Observation.of(
                (String) row.getField(3), (Double) row.getField(4), (String) row.getField(6)))
        .withStay(null, null, "W1", null);
  }

  private static String text(RiskAssessment a) {
    return String.join(
        " ",
        a.patientId(),
        a.model(),
        a.version(),
        "" + a.time(),
        "" + a.revision(),
        "" + a.status(),
        "" + a.low(),
        "" + a.high(),
        "" + a.level(),
        "" + a.levelLow(),
        "" + a.levelHigh(),
        Arrays.toString(a.missing()),
        a.reason(),
        a.ward());
  }

  private static String text(Row r) {
    return String.join(
        " ",
        (String) r.getField("patient_id"),
        (String) r.getField("model"),
        (String) r.getField("version"),
        "" + r.getField("ts"),
        "" + r.getField("revision"),
        "" + r.getField("status"),
        "" + orNaN(r.getField("low")),
        "" + orNaN(r.getField("high")),
        "" + r.getField("level"),
        "" + r.getField("level_low"),
        "" + r.getField("level_high"),
        Arrays.toString((String[]) r.getField("missing")),
        (String) r.getField("reason"),
        (String) r.getField("ward"));
  }

  private static Object orNaN(Object number) {
    return number == null ? Double.NaN : number;
  }

  @Test
  void it_answers_as_the_operator_does() throws Exception {
    List<Row> ward = ward(8);
    observations(Duration.ofMinutes(2), ward);
    RiskModel news2 = RiskModels.byId("news2");
    List<String> answers =
        assess(news2.id(), ", lateness => 'PT10M'").stream().map(AssessITCase::text).toList();
    DataStream<Panel> panels = env.fromData(ward.stream().map(AssessITCase::panel).toList());
    List<String> expected = new ArrayList<>();
    timed(panels, p -> p.time().toEpochMilli(), Duration.ofMinutes(2))
        .keyBy(Panel::patientId)
        .process(Assess.held(Duration.ofMinutes(10), news2))
        .executeAndCollect()
        .forEachRemaining(a -> expected.add(text(a)));
    assertThat(expected).isNotEmpty();
    assertThat(answers).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The last answer about each moment. */
  private static Map<String, String> last(List<Row> rows) {
    Map<String, Row> last = new TreeMap<>();
    for (Row row : rows) {
      last.merge(
          row.getField("patient_id") + " " + row.getField("ts"),
          row,
          (a, b) -> (int) a.getField("revision") > (int) b.getField("revision") ? a : b);
    }
    Map<String, String> texts = new TreeMap<>();
    last.forEach((k, r) -> texts.put(k, r.getField("low") + " " + r.getField("high")));
    return texts;
  }

  @Test
  void the_order_of_rows_does_not_matter_within_the_lateness() {
    List<Row> ward = ward(10);
    observations(Duration.ofHours(1), ward);
    Map<String, String> expected = last(assess("news2", ""));
    assertThat(expected).hasSize(30);
    Collections.shuffle(ward, new Random(1));
    sql.dropTemporaryView("observations");
    observations(Duration.ZERO, ward);
    List<Row> shuffled = assess("news2", ", lateness => 'PT1H'");
    assertThat(last(shuffled)).isEqualTo(expected);
    assertThat(shuffled.stream().map(r -> r.getField("status"))).contains("AMENDED");
  }

  @Test
  void nothing_of_a_stay_counts_after_its_discharge() {
    DataStream<Row> stream =
        env.fromData(
            List.of(
                Row.of("H|1", at(0), null, null, null, "V1", "W1", "admit"),
                Row.of("H|1", at(1), HEART_RATE, 120.0, "/min", null, null, null),
                Row.of("H|1", at(2), null, null, null, "V1", null, "discharge"),
                Row.of("H|1", at(3), "8310-5", 37.0, "Cel", null, null, null),
                Row.of("H|1", at(4), null, null, null, "V1", null, "vanish")),
            Types.ROW_NAMED(
                new String[] {
                  "patient_id", "ts", "code", "val", "unit", "encounter", "ward", "kind"
                },
                Types.STRING,
                Types.INSTANT,
                Types.STRING,
                Types.DOUBLE,
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.STRING));
    sql.createTemporaryView(
        "observations",
        timed(stream, r -> ((Instant) r.getField(1)).toEpochMilli(), Duration.ofHours(1)),
        Schema.newBuilder()
            .column("patient_id", "STRING")
            .column("ts", "TIMESTAMP_LTZ(3)")
            .column("code", "STRING")
            .column("val", "DOUBLE")
            .column("unit", "STRING")
            .column("encounter", "STRING")
            .column("ward", "STRING")
            .column("kind", "STRING")
            .watermark("ts", "SOURCE_WATERMARK()")
            .build());
    List<Row> rows = assess("mews-subbe2001", "");
    assertThat(rows)
        .filteredOn(r -> "FINAL".equals(r.getField("status")))
        .extracting(
            r -> r.getField("encounter"),
            r -> r.getField("ward"),
            r -> Arrays.asList((String[]) r.getField("missing")).contains("hr"))
        .containsExactlyInAnyOrder(tuple("V1", "W1", false), tuple(null, null, true));
    assertThat(rows)
        .filteredOn(r -> "rejected".equals(r.getField("kind")))
        .extracting(r -> r.getField("reject_code"), r -> r.getField("reject_field"))
        .containsExactly(tuple("UNDECODABLE", "kind"));
  }

  @Test
  void a_final_rows_rowtime_is_its_moment_even_when_the_watermark_jumps() {
    observations(Duration.ofDays(10), ward(5));
    assertThat(assess("news2", ""))
        .filteredOn(r -> "FINAL".equals(r.getField("status")))
        .hasSize(15)
        .allMatch(r -> r.getField("rowtime").equals(r.getField("ts")));
  }

  @Test
  void what_can_not_be_used_is_a_row_with_a_kind() {
    Row unknown = row("H|1", 6, HEART_RATE, 90.0, "/min");
    unknown.setField(7, "guessed");
    observations(
        Duration.ZERO,
        List.of(
            row("H|1", 0, HEART_RATE, 120.0, "/min"),
            row("H|1", 5, HEART_RATE, 80.0, "/min"),
            row("H|1", 1, HEART_RATE, 90.0, "/min"),
            row("H|1", 6, HEART_RATE, 90.0, "kg"),
            row("H|1", 6, HEART_RATE, 900.0, "/min"),
            row("H|1", 6, HEART_RATE, null, "/min"),
            row("H|1", 6, null, 90.0, "/min"),
            row("H|1", 6, HEART_RATE, Double.NaN, "/min"),
            row(null, 6, HEART_RATE, 90.0, "/min"),
            unknown));
    List<Row> rows = assess("threshold", "");
    assertThat(rows.stream().filter(r -> "late".equals(r.getField("kind"))))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.getField("code")).isEqualTo(HEART_RATE);
              assertThat(r.getField("ts")).isEqualTo(START.plus(Duration.ofMinutes(1)));
              assertThat(r.getField("ward")).isEqualTo("W1");
            });
    assertThat(
            rows.stream()
                .filter(r -> "rejected".equals(r.getField("kind")))
                .map(r -> (String) r.getField("reject_code")))
        .containsExactlyInAnyOrder(
            "WRONG_UNIT",
            "IMPOSSIBLE_VALUE",
            "NO_VALUE",
            "UNMAPPED_CODE",
            "NO_VALUE",
            "NO_PATIENT_ID",
            "UNKNOWN_STATUS");
  }

  @Test
  void immediate_answers_are_preliminary_only() {
    observations(Duration.ZERO, ward(3));
    assertThat(assess("threshold", ", mode => 'immediate'"))
        .isNotEmpty()
        .allMatch(r -> "PRELIMINARY".equals(r.getField("status")));
  }

  @Test
  void units_are_converted() {
    observations(Duration.ZERO, List.of(row("H|1", 0, HEART_RATE, 2.0, "/s")));
    assertThat(assess("threshold", "").get(0).getField("level")).isEqualTo("HIGH");
  }

  /** What stands after all changes: a row that nothing takes back stays. */
  private static List<Row> standing(List<Row> changes) {
    List<Row> standing = new ArrayList<>();
    for (Row row : changes) {
      boolean added = row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER;
      row.setKind(RowKind.INSERT);
      if (added) {
        standing.add(row);
      } else {
        standing.remove(row);
      }
    }
    return standing;
  }

  @Test
  void the_readmes_query_gives_the_latest_final_answer_of_each_patient() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String query = readme.substring(readme.lastIndexOf("```sql", readme.indexOf("ROW_NUMBER")) + 6);
    observations(Duration.ofMinutes(1), ward(5));
    List<Row> latest = standing(rows(query.substring(0, query.indexOf(';'))));
    assertThat(latest.stream().map(r -> r.getField("patient_id")))
        .containsExactlyInAnyOrder("H|1", "H|2", "H|3");
    assertThat(latest)
        .allMatch(r -> r.getField("ts").equals(START.plus(Duration.ofMinutes(4))))
        .allMatch(r -> (double) r.getField("low") < (double) r.getField("high"));
  }

  @Test
  void wrong_calls_are_told_when_planning() {
    observations(Duration.ZERO, ward(1));
    assertThatThrownBy(() -> assess("nothing", "")).hasStackTraceContaining("no model nothing");
    assertThatThrownBy(() -> assess("news2", ", lateness => '1 hour'"))
        .hasStackTraceContaining("no ISO 8601 duration");
    assertThatThrownBy(() -> assess("news2", ", mode => 'now'"))
        .hasStackTraceContaining("neither 'held' nor 'immediate'");
    sql.executeSql("CREATE TEMPORARY VIEW bare AS SELECT patient_id, ts, val FROM observations");
    assertThatThrownBy(
            () -> rows("SELECT * FROM " + call("news2", "").replace("observations", "bare")))
        .hasStackTraceContaining("the input needs a column code");
    sql.executeSql(
        "CREATE TEMPORARY VIEW upserts AS SELECT patient_id, code, MAX(val) AS val, MAX(ts) AS ts"
            + " FROM observations GROUP BY patient_id, code");
    assertThatThrownBy(
            () -> rows("SELECT * FROM " + call("news2", "").replace("observations", "upserts")))
        .hasStackTraceContaining("update changes");
  }
}
