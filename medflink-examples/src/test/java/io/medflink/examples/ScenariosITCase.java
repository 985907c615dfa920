// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medflink.connectors.json.MedflinkJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios and their scripts, on a real broker. */
final class ScenariosITCase {
  private static Broker broker;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start();
    cluster = Cluster.start();
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
    broker.close();
  }

  private interface Work {
    void run(PrintStream out) throws Exception;
  }

  private static List<String> printed(Work work) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    work.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static List<String> script(String name) throws Exception {
    try (var in =
        Objects.requireNonNull(ScenariosITCase.class.getResourceAsStream("/sql/" + name))) {
      return sql(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static List<String> sql(String script) throws Exception {
    return printed(out -> new SqlRun(cluster.tables(), out).run(script, broker.bootstrapServers()));
  }

  @Test
  void monitorFindsBobAndEachPatientsLatestScoreWithItsInterval() throws Exception {
    List<String> lines = script("monitor.sql");

    assertThat(lines).contains(" Bob  |        140 | high");
    assertThat(lines).noneMatch(line -> line.startsWith(" Charlie |"));
    assertThat(lines.stream().filter(line -> line.startsWith(" mrn|")).toList())
        .hasSize(3)
        .anyMatch(line -> line.matches(" mrn.Alice .*\\| +0.0 \\| +0.0 \\| LOW +\\| \\[]"))
        .anyMatch(
            line -> line.matches(" mrn.Bob .*T09:00:00Z.*\\| 5.0 \\| 19.0 \\| UNKNOWN .*acvpu.*"))
        .anyMatch(line -> line.matches(" mrn.Charlie .*\\| +1.0 \\| +1.0 \\| LOW +\\| \\[]"));
  }

  @Test
  void theWardBoardShowsTheUncertainWhereTheirWorstCasePutsThem() throws Exception {
    List<String> lines =
        script("ward-board.sql").stream().filter(line -> line.contains("mrn|")).toList();

    assertThat(lines)
        .hasSize(3)
        .anyMatch(line -> line.matches(".*mrn.Cem .*\\| +0.0 \\| +1\\d.0 \\| LOW .*HIGH .*acvpu.*"))
        .anyMatch(line -> line.matches(".*mrn.Ben .*HIGH .*HIGH .*\\[]"))
        .anyMatch(line -> line.matches(".*mrn.Ada .*LOW .*LOW .*\\[]"));
  }

  @Test
  void theMappingGapsAreCountedWithTheRowOfTheMapToComplete() throws Exception {
    assertThat(script("mapping-gaps.sql"))
        .anyMatch(line -> line.matches(" UNMAPPED_CODE +\\| +2 \\| ,,HF,,bpm,,, *"))
        .anyMatch(line -> line.matches(" UNMAPPED_UNIT +\\| +1 \\| ,,8867-4,,per minute,,, *"));
  }

  @Test
  void theAlarmBurdenIsToldByWardOverAnArchive() throws Exception {
    assertThat(script("alarm-burden.sql").stream().filter(line -> line.startsWith(" W")))
        .containsExactlyInAnyOrder(
            " W1   |      4 |     2.75 |               1.45",
            " W2   |      8 |     2.50 |               3.20",
            " W3   |      0 |     2.00 |               0.00");
  }

  @Test
  void predictAnswersAllFourPatientsByTheModelThatCoversThem() throws Exception {
    List<String> lines = script("predict.sql");

    assertThat(lines)
        .anyMatch(line -> line.startsWith(" Alice   | (ada-risk-test, 3.0, 10.0, UNKNOWN"))
        .anyMatch(line -> line.startsWith(" Bob     | (ada-risk-test, 3.0, 10.0, UNKNOWN"))
        .anyMatch(line -> line.startsWith(" Charlie | (NULL, NULL, NULL, HIGH"))
        .anyMatch(line -> line.startsWith(" Dora    | (framingham-diabetes-2007, 0.02752, 0.4868"))
        .anyMatch(line -> line.startsWith(" Dora    | (framingham-htn-2008, 0.0"))
        .anyMatch(line -> line.startsWith(" Alice   | (framingham-htn-2008, NULL, NULL, UNKNOWN"));
  }

  @Test
  void optimizeSaysWhatThreeHospitalsCarryAndNeed() throws Exception {
    List<String> lines = script("optimize.sql");

    assertThat(lines)
        .anyMatch(line -> line.startsWith(" HospitalA | (5.285, 5.285, 300.0, 1, -19, BEDS"))
        .anyMatch(line -> line.startsWith(" HospitalB | (9.044, 9.044, 450.0, 1, -29, BEDS"))
        .anyMatch(line -> line.startsWith(" HospitalC | (13.00, 13.00, 600.0, 1, -39, BEDS"))
        .anyMatch(line -> line.startsWith(" HospitalA | (9.0, 15, 1, 5, -19"))
        .anyMatch(line -> line.startsWith(" HospitalC | (NULL") && line.contains("unknown"));
  }

  /** Each line of the demo's timeline without what is between words. */
  @Test
  void oneNightOnOneWardIsToldWithItsReasonsItsBooksAndItsAlarms(@TempDir Path files)
      throws Exception {
    Night night = Night.on(cluster, broker.bootstrapServers());
    List<String> lines =
        printed(out -> new NightTimeline(night).print(out)).stream()
            .map(line -> line.strip().replaceAll("\\s+", " "))
            .toList();

    assertThat(lines)
        .containsSubsequence(
            "20:15 bed 2 Ben temperature and consciousness not taken",
            "20:15 bed 2 Ben = NEWS2 4 to 10, LOW to HIGH; not known: consciousness, temperature",
            "20:25 bed 2 Ben = NEWS2 4, LOW",
            "21:15 bed 3 Cem = NEWS2 9, HIGH",
            "21:15 bed 3 Cem ! call, high priority: level HIGH",
            "21:21 bed 3 Cem sister Ines has seen it",
            "21:21 bed 3 Cem - acknowledged: nobody is called again",
            "22:15 bed 4 Dora = NEWS2 6, MEDIUM",
            "22:15 bed 4 Dora ! call, medium priority: level MEDIUM",
            "22:27 bed 4 Dora corrected: 14 breaths, 124 mm[Hg]",
            "22:27 bed 4 Dora = NEWS2 0, LOW",
            "22:27 bed 4 Dora - the alarm of 22:15 is withdrawn",
            "22:45 bed 3 Cem - over: clear",
            "22:50 bed 5 Emil ! call, high priority: level HIGH",
            "23:00 bed 5 Emil wrong patient: taken out",
            "23:00 bed 5 Emil = no NEWS2: all values of this moment were withdrawn",
            "23:00 bed 5 Emil - the alarm of 22:50 is withdrawn",
            "23:30 bed 2 Ben - over: heard of again",
            "23:45 ! call, high priority: the monitor is silent",
            "00:20 - the monitor is back",
            "02:30s bed 1 Ada 02:30 the first time",
            "02:30s bed 1 Ada = NEWS2 0, LOW",
            "02:30w bed 1 Ada 02:30 the second time, an hour later",
            "02:30w bed 1 Ada = NEWS2 0, LOW",
            "03:10 the process is killed, and goes on from its last checkpoint",
            "03:30 bed 7 Gül his name is Gül: the record X9 becomes his",
            "04:30 bed 1 Ada goes home early; nobody measures her any more",
            "06:05 bed 1 Ada = NEWS2 1 to 18, LOW to HIGH; not known: consciousness, oxygen,"
                + " breathing, blood pressure, saturation, temperature",
            "refused: AMBIGUOUS_TIME (have the sender state the zone's offset)");
    assertThat(lines)
        .contains(
            "22:55 bed 2 Ben ! call, low priority: observations are overdue, expected within 2 1/2 hours")
        .noneMatch(line -> line.matches("(04:[345]|05:).* bed 1 Ada .*call.*"))
        .noneMatch(line -> line.matches("21:.* bed 3 Cem ! call again.*"))
        .noneMatch(line -> line.matches(".*bed 6 .*overdue.*"))
        .noneMatch(line -> line.matches(".*bed 7 .*call.*"))
        .doesNotHaveDuplicates()
        .anyMatch(
            line ->
                line.matches("books: 1590 observations = 1583 used \\+ 0 unused \\+ 7 rejected.*"))
        .anyMatch(line -> line.matches("quieter: .* \\| 3.729 \\| 1.*"));
    assertThat(NightTimeline.pages(night.others())).isLessThan(NightTimeline.pages(night.alerts()));
    assertThat(NightPicture.of(night))
        .startsWith("<svg ")
        .contains("killed and restored", ">4\u201310<")
        .doesNotContain("NaN", "null");
    ArchivedNight archive = ArchivedNight.write(files, night.decisions());
    Map<String, String> live =
        ArchivedNight.lastWords(night.assessments(), night.alerts(), night.others());
    for (RuntimeExecutionMode mode :
        List.of(RuntimeExecutionMode.STREAMING, RuntimeExecutionMode.BATCH)) {
      assertThat(archive.lastWords(mode)).as("files, %s", mode).containsExactlyEntriesOf(live);
    }
  }

  @Test
  void statementSetsExplainAndShowAreUnderstood() throws Exception {
    List<String> lines =
        sql(
            """
            SET 'parallelism.default' = '1';
            CREATE TEMPORARY TABLE a (x INT) WITH ('connector' = 'blackhole');
            BEGIN STATEMENT SET;
            INSERT INTO a VALUES (1);
            INSERT INTO a VALUES (2);
            END;
            EXPLAIN SELECT * FROM (VALUES (1));
            SHOW TABLES;
            SELECT COUNT(*) AS n FROM (VALUES (1), (2), (3)) AS v(x);
            """);

    assertThat(lines).contains("== Abstract Syntax Tree ==", "a", " n", " 3");
    assertThat(lines.stream().filter(line -> line.matches(" [12]"))).isEmpty();
  }

  /** The last answer about each moment, by patient, encounter, model and time. */
  private static Map<String, String> lastAnswers(Iterable<Row> rows) {
    Map<String, Row> last = new TreeMap<>();
    for (Row row : rows) {
      last.merge(
          "%s %s %s %s"
              .formatted(
                  row.getField("patient_id"),
                  row.getField("encounter"),
                  row.getField("model"),
                  row.getField("ts")),
          row,
          (a, b) -> (int) a.getField("revision") > (int) b.getField("revision") ? a : b);
    }
    last.values().removeIf(row -> "ENTERED_IN_ERROR".equals(row.getField("status")));
    Map<String, String> answers = new TreeMap<>();
    last.forEach(
        (key, row) ->
            answers.put(
                key,
                "%s %s %s %s %s"
                    .formatted(
                        row.getField("low"),
                        row.getField("high"),
                        row.getField("level"),
                        Arrays.toString((Object[]) row.getField("missing")),
                        row.getField("reason"))));
    return answers;
  }

  private static String answer(JsonNode line) {
    List<String> missing = new ArrayList<>();
    line.get("missing").forEach(name -> missing.add(name.textValue()));
    return "%s %s %s %s %s"
        .formatted(
            number(line.get("low")),
            number(line.get("high")),
            line.get("level").textValue(),
            missing,
            line.path("reason").textValue());
  }

  private static @Nullable Double number(JsonNode number) {
    return number.isNull() ? null : number.doubleValue();
  }

  @Test
  void filesAsABoundedStreamOfRowsAnswerAsABatchOfPanels(@TempDir Path folder) throws Exception {
    Set<String> some = Set.of("demo|01", "demo|04", "demo|08");
    List<String> lines =
        SyntheticWard.panels(7).stream()
            .filter(panel -> some.contains(panel.patientId()))
            .map(panel -> new String(MedflinkJson.encode(panel), StandardCharsets.UTF_8))
            .toList();
    Path file = Files.write(folder.resolve("ward.ndjson"), lines);
    Ran.command(
        "replay",
        "--format",
        "medflink-json",
        "--mode",
        "batch",
        "--final-only",
        "--model",
        "news2,framingham-htn-2008",
        "--output",
        folder.resolve("out").toString(),
        file.toString());
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("out/assessments.ndjson"))) {
      JsonNode json = new JsonMapper().readTree(line);
      expected.put(
          "%s %s %s %s"
              .formatted(
                  json.get("patient_id").textValue(),
                  json.path("encounter").textValue(),
                  json.get("model").textValue(),
                  json.get("time").textValue()),
          answer(json));
    }

    StreamTableEnvironment tables = cluster.tables();
    tables.executeSql("LOAD MODULE medflink");
    tables.executeSql(
        """
        CREATE TABLE observations (
          patient_id STRING, encounter STRING, facility STRING, ward STRING, bed STRING, feed STRING,
          ts TIMESTAMP_LTZ(3), issued TIMESTAMP_LTZ(3), received TIMESTAMP_LTZ(3),
          `system` STRING, code STRING, val DOUBLE, text STRING, unit STRING, local_unit STRING,
          local_value STRING, status STRING, id STRING, comparator STRING, `method` STRING,
          WATERMARK FOR ts AS ts - INTERVAL '99' DAY)
        WITH ('connector' = 'filesystem', 'format' = 'medflink-json', 'path' = '%s')
        """
            .formatted(file));
    String call =
        "SELECT * FROM ASSESS(input => TABLE observations PARTITION BY patient_id, model => '%s',"
            + " on_time => DESCRIPTOR(ts), uid => '%s') WHERE kind = 'assessment'";
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> answers =
        tables
            .executeSql(
                call.formatted("news2", "a")
                    + " UNION ALL "
                    + call.formatted("framingham-htn-2008", "b"))
            .collect()) {
      answers.forEachRemaining(rows::add);
    }

    assertThat(expected).hasSizeGreaterThan(200);
    assertThat(lastAnswers(rows)).isEqualTo(expected);
  }

  @Test
  void aWrongStatementIsNamedByItsLineAndARunningJobsMessageIsNotShown() {
    assertThatThrownBy(() -> sql("SET 'a' = 'b';\nSELECT nonsense FROM nowhere;"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> sql("SELECT CAST(x AS INT) FROM (VALUES ('CANARY'), ('1')) AS v(x);"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("line 1: the job failed: ")
        .hasMessageNotContaining("CANARY");
  }

  @Test
  void theDemosScenariosShowWhoDeterioratesAndTheBooksAddUp() throws Exception {
    Scenarios filled = new Scenarios(cluster, broker.bootstrapServers(), System.out);
    filled.fillObservations(7);
    filled.fillCensuses();
    List<String> lines =
        printed(
            out -> {
              Scenarios scenarios = new Scenarios(cluster, broker.bootstrapServers(), out);
              out.println(
                  scenarios.monitor(
                      Scenarios.OBSERVATIONS, SyntheticWard.START, SyntheticWard.HOURS));
              out.println(scenarios.predict(Scenarios.OBSERVATIONS));
              out.println(scenarios.optimize(Scenarios.CENSUSES));
            });

    assertThat(lines)
        .contains("24 patients watched: 6 deteriorated to a HIGH NEWS2, 3 of them recovered")
        .anyMatch(line -> line.matches("48 risks asked for: .*"))
        .contains("3 wards advised: 1 short of beds");
    List<String> books = lines.stream().filter(line -> line.startsWith(" books: ")).toList();
    assertThat(books).hasSize(2);
    for (String line : books) {
      String sum = line.substring(0, line.indexOf(';'));
      List<Long> n =
          Pattern.compile("\\d+")
              .matcher(sum)
              .results()
              .map(match -> Long.valueOf(match.group()))
              .toList();
      assertThat(n.get(0)).isEqualTo(n.stream().skip(1).mapToLong(Long::longValue).sum());
      assertThat(line).contains("IMPOSSIBLE_VALUE");
    }
    assertThat(books.get(0)).doesNotContain(" 0 amended");
  }

  @Test
  void theCommandsReadABrokerOfOnesOwn() throws Exception {
    new Topic(broker.bootstrapServers(), "own")
        .write(SyntheticWard.panels(8).stream().map(MedflinkJson::encode).toList());

    Ran ran =
        Ran.command("monitor", "--bootstrap-servers", broker.bootstrapServers(), "--topic", "own");

    assertThat(ran.exit()).isZero();
    assertThat(ran.outLines()).anyMatch(line -> line.startsWith("24 patients watched: "));
  }

  @Test
  void theSyntheticWardIsTheSameForTheSameSeed() {
    assertThat(SyntheticWard.panels(7)).isEqualTo(SyntheticWard.panels(7));
    assertThat(SyntheticWard.panels(8)).isNotEqualTo(SyntheticWard.panels(7));
  }
}
