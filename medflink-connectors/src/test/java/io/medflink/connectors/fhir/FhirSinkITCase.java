// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.medflink.connectors.formats.Certificates;
import io.medflink.core.Alert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FhirSinkITCase {
  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private static final AtomicBoolean FAIL = new AtomicBoolean();
  private static final AtomicInteger SEEN = new AtomicInteger();
  private static final AtomicInteger COMPLETED = new AtomicInteger();

  @TempDir Path folder;
  private Misbehaving server;

  @BeforeEach
  void open() throws Exception {
    FAIL.set(false);
    SEEN.set(0);
    COMPLETED.set(0);
    server = new Misbehaving();
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** Fails once, some way behind a completed checkpoint, if one comes in time. */
  private static final class FailsOnce implements MapFunction<Alert, Alert>, CheckpointListener {
    private static final long serialVersionUID = 1;
    private boolean completed;
    private int since;

    @Override
    public Alert map(Alert alert) {
      int seen = SEEN.incrementAndGet();
      since += completed ? 1 : 0;
      if ((since >= 20 || seen == 1_500) && FAIL.getAndSet(false)) {
        throw new IllegalStateException("as the test wants");
      }
      return alert;
    }

    @Override
    public void notifyCheckpointComplete(long id) {
      completed = true;
      COMPLETED.incrementAndGet();
    }
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    return configuration;
  }

  private FhirSink.Builder sink() {
    return FhirSink.to(server.url()).with(FhirOptions.ALLOW_PLAINTEXT, true);
  }

  private static StreamExecutionEnvironment job(
      Configuration configuration, FhirSink<Alert> sink, long alerts, double perSecond) {
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    env.fromSource(
            new DataGeneratorSource<>(
                Episodes::alert,
                alerts,
                RateLimiterStrategy.perSecond(perSecond),
                TypeInformation.of(Alert.class)),
            WatermarkStrategy.noWatermarks(),
            "alerts")
        .uid("alerts")
        .setParallelism(1)
        .map(new FailsOnce())
        .uid("fails")
        .setParallelism(1)
        .keyBy(Alert::patientId)
        .sinkTo(sink)
        .uid("fhir");
    return env;
  }

  private Map<String, String> steps() {
    Map<String, String> steps = new TreeMap<>();
    server.resources.forEach((id, r) -> steps.put(id, r.path("code").path("text").asText()));
    return steps;
  }

  private static Map<String, String> lastSteps() {
    Map<String, String> last = new TreeMap<>();
    for (int i = 0; i < Episodes.EPISODES; i++) {
      last.put("episode-" + i, "step " + (Episodes.STEPS - 1));
    }
    return last;
  }

  @Test
  void theServerHoldsEachEpisodesLastStepThroughFailuresOnBothSides() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    server.always =
        (request, body) -> {
          int number = requests.incrementAndGet();
          if (number % 5 == 0) {
            Misbehaving.status(number % 2 == 0 ? 503 : 429).to(request, body);
          } else if (number % 7 == 0) {
            server.carryOut(body);
            request.close(); // done, but nobody learns of it
          } else {
            server.take(request, body);
          }
        };
    FAIL.set(true);
    FhirSink<Alert> sink =
        sink()
            .with(FhirOptions.MAX_ENTRIES, 20)
            .with(FhirOptions.MAX_DELAY, Duration.ofMillis(20))
            .build(new FhirFlag());
    job(configuration(), sink, (long) Episodes.EPISODES * Episodes.STEPS, 500).execute();

    assertThat(FAIL).isFalse();
    assertThat(requests).hasValueGreaterThan(7);
    assertThat(steps()).isEqualTo(lastSteps());
    assertThat(server.bundles)
        .allSatisfy(bundle -> assertThat(bundle).doesNotHaveDuplicates().hasSizeLessThan(21));
    assertThat(server.resources.get("episode-1").path("status").asText()).isEqualTo("inactive");
  }

  @Test
  void whatWaitsIsInTheSavepoint() throws Exception {
    FhirSink<Alert> patient =
        sink().with(FhirOptions.MAX_DELAY, Duration.ofHours(1)).build(new FhirFlag());
    // Not so many that a bundle would be full, and never an end that would send what waits.
    JobClient first = job(configuration(), patient, Long.MAX_VALUE, 100).executeAsync();
    String savepoint;
    try {
      while (SEEN.get() < 2 * Episodes.EPISODES || COMPLETED.get() == 0) {
        assertThat(first.getJobStatus().get().isGloballyTerminalState()).isFalse();
      }
      savepoint = first.triggerSavepoint(folder.toString(), SavepointFormatType.CANONICAL).get();
    } finally {
      end(first);
    }
    assertThat(server.bundles).isEmpty();

    Configuration restored = configuration();
    restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    FhirSink<Alert> prompt =
        sink().with(FhirOptions.MAX_DELAY, Duration.ofMillis(10)).build(new FhirFlag());
    JobClient second = job(restored, prompt, Long.MAX_VALUE, 0.001).executeAsync();
    try {
      while (server.resources.size() < Episodes.EPISODES) {
        assertThat(second.getJobStatus().get().isGloballyTerminalState()).isFalse();
      }
      assertThat(steps()).doesNotContainValue("step 0");
    } finally {
      end(second);
    }
  }

  /** Ends a job while its server is there. */
  private static void end(JobClient job) throws Exception {
    job.cancel().get();
    assertThatThrownBy(() -> job.getJobExecutionResult().get()).hasMessageContaining("cancel");
  }

  private static TableEnvironment sql() {
    Configuration configuration = configuration();
    configuration.setString("parallelism.default", "1");
    return TableEnvironment.create(
        EnvironmentSettings.newInstance()
            .inStreamingMode()
            .withConfiguration(configuration)
            .build());
  }

  private String table(String name, String resource, String columns) {
    return "CREATE TABLE %s (%s) WITH ('connector' = 'fhir', 'resource' = '%s', 'url' = '%s', 'allow-plaintext' = 'true', 'systems.mrn' = 'urn:oid:1.2.3')"
        .formatted(name, columns, resource, server.url());
  }

  @Test
  void sqlPutsAssessmentsAlertsAndObservations() throws Exception {
    TableEnvironment sql = sql();
    sql.executeSql(
        table(
            "assessments",
            "risk-assessment",
            "patient_id STRING, ts TIMESTAMP_LTZ(9), model STRING, version STRING, status STRING,"
                + " level_low STRING, level_high STRING, missing ARRAY<STRING>, predictions"
                + " MAP<STRING, ROW<low DOUBLE, high DOUBLE>>"));
    String moment = "TO_TIMESTAMP_LTZ(1764000000000, 3)";
    sql.executeSql(
            "INSERT INTO assessments VALUES ('mrn|7', "
                + moment
                + ", 'news2', '2017', 'FINAL', 'LOW', 'HIGH', ARRAY['hr'], MAP['score', ROW(3e0,"
                + " 9e0)])")
        .await();
    sql.executeSql(
        table(
            "alerts",
            "flag",
            "id STRING, patient_id STRING, state STRING, priority STRING, level STRING,"
                + " onset TIMESTAMP_LTZ(3), ts TIMESTAMP_LTZ(3), replaces STRING"));
    sql.executeSql(
            "INSERT INTO alerts VALUES ('new', 'mrn|7', 'RAISED', 'HIGH', 'HIGH', %s, %s, 'old')"
                .formatted(moment, moment))
        .await();
    sql.executeSql(
        table(
            "observations",
            "observation",
            "patient_id STRING, ts TIMESTAMP_LTZ(3), code STRING, val DOUBLE, unit STRING"));
    sql.executeSql(
            "INSERT INTO observations VALUES ('mrn|7', %s, '8867-4', 80e0, '/min')"
                .formatted(moment))
        .await();

    List<JsonNode> put = List.copyOf(server.resources.values());
    assertThat(put)
        .extracting(r -> r.path("resourceType").asText())
        .containsExactly("RiskAssessment", "Flag", "Flag", "Observation");
    assertThat(put)
        .allMatch(
            r ->
                r.path("subject")
                    .path("identifier")
                    .path("system")
                    .asText()
                    .equals("urn:oid:1.2.3"));
    JsonNode prediction = put.get(0).path("prediction").path(0);
    assertThat(
            prediction
                .path("extension")
                .path(0)
                .path("valueRange")
                .path("high")
                .path("value")
                .asInt())
        .isEqualTo(9);
    assertThat(put.get(0).path("occurrenceDateTime").asText()).isEqualTo("2025-11-24T16:00:00Z");
    assertThat(server.resources.get("old").path("status").asText()).isEqualTo("entered-in-error");
    assertThat(server.resources.get("new").path("status").asText()).isEqualTo("active");
  }

  @Test
  void sqlPutsByHttpsWithTheHospitalsOwnAuthorityAndAClientCertificate() throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.create("fhir=dns:localhost", "ward=dns:ward.example");
    certificates.trust("servers", "fhir");
    certificates.trust("clients", "ward");
    try (Misbehaving secure = new Misbehaving(certificates.context("fhir", "clients"), true)) {
      TableEnvironment sql = sql();
      String tls =
          "'url' = '%s', 'tls.trust-store' = '%s', 'tls.key-store' = '%s', 'tls.password-file' = '%s'"
              .formatted(
                  secure.url(),
                  certificates.store("servers"),
                  certificates.store("ward"),
                  certificates.passwordFile());
      sql.executeSql(
          "CREATE TABLE o (patient_id STRING, ts TIMESTAMP_LTZ(3), code STRING, val DOUBLE) WITH"
              + (" ('connector' = 'fhir', 'resource' = 'observation', " + tls + ")"));
      sql.executeSql(
              "INSERT INTO o VALUES ('mrn|7', TO_TIMESTAMP_LTZ(1764000000000, 3), '8867-4', 80e0)")
          .await();
      assertThat(secure.resources).hasSize(1);
    }
  }

  @Test
  void anUpdateIsTheResourcesNewStateAndNothingIsEverDeleted() throws Exception {
    TableEnvironment sql = sql();
    sql.executeSql(
        table(
            "observations",
            "observation",
            "patient_id STRING, ts TIMESTAMP_LTZ(3), code STRING, val DOUBLE, PRIMARY KEY"
                + " (patient_id, ts, code) NOT ENFORCED"));
    sql.executeSql(
            "INSERT INTO observations SELECT p, TO_TIMESTAMP_LTZ(1764000000000, 3), '8867-4',"
                + " MAX(v) FROM (VALUES ('mrn|1', 1e0), ('mrn|1', 5e0), ('mrn|2', 3e0)) AS t (p, v)"
                + " GROUP BY p")
        .await();
    assertThat(server.resources.values())
        .extracting(r -> r.path("valueQuantity").path("value").asInt())
        .containsExactlyInAnyOrder(5, 3);
  }

  @Test
  void aRowOfAnotherKindFailsTheJobAndTellsNothing() {
    TableEnvironment sql = sql();
    sql.executeSql(
        table(
            "alerts",
            "flag",
            "kind STRING, id STRING, patient_id STRING, state STRING, priority STRING, level"
                + " STRING, onset TIMESTAMP_LTZ(3), ts TIMESTAMP_LTZ(3), replaces STRING, pages"
                + " BOOLEAN"));
    String moment = "TO_TIMESTAMP_LTZ(1764000000000, 3)";
    assertThatThrownBy(
            () ->
                sql.executeSql(
                        "INSERT INTO alerts VALUES ('late', 'Doe', 'mrn|Doe', 'RAISED', 'HIGH',"
                            + (" 'HIGH', " + moment + ", " + moment + ", 'old', TRUE)"))
                    .await())
        .rootCause()
        .hasMessageContaining("an element can't be written as FHIR: UNDECODABLE kind")
        .hasMessageNotContaining("Doe");
  }

  @Test
  void sqlTellsWhatIsWrong() {
    TableEnvironment sql = sql();
    sql.executeSql(table("a", "flag", "id STRING, colour BOOLEAN"));
    sql.executeSql(table("b", "flag", "id STRING"));
    sql.executeSql(table("c", "observation", "patient_id STRING").replace("http:", "ftp:"));
    assertThatThrownBy(() -> sql.executeSql("INSERT INTO a VALUES ('x', TRUE)"))
        .rootCause()
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("No column 'colour BOOLEAN'")
        .hasMessageContaining("onset TIMESTAMP_LTZ(3)");
    assertThatThrownBy(() -> sql.executeSql("INSERT INTO b VALUES ('x')"))
        .rootCause()
        .hasMessageContaining("needs the columns patient_id, state");
    assertThatThrownBy(() -> sql.executeSql("INSERT INTO c VALUES ('mrn|1')"))
        .rootCause()
        .hasMessageContaining("'url' must be: https");
    assertThatThrownBy(() -> sql.executeSql("SELECT * FROM a"))
        .isInstanceOfAny(ValidationException.class, TableException.class);
  }
}
