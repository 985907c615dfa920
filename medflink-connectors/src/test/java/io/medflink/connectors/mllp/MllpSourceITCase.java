// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static io.medflink.connectors.mllp.Peer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MllpSourceITCase {
  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private static final AtomicBoolean FAIL = new AtomicBoolean();

  @TempDir Path folder;

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    return configuration;
  }

  /** Fails once, when the test says so. */
  private static String value(Message message) {
    if (FAIL.getAndSet(false)) {
      throw new IllegalStateException("as the test wants");
    }
    return KilledJob.value(message);
  }

  @Test
  void eachOfTwoAddressesIsDeliveredOnceThroughAFailureInModeCheckpoint() throws Exception {
    int[] ports = {Station.freePort(), Station.freePort()};
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration());
    env.setParallelism(2);
    MllpSource<Message> source =
        MllpSource.listen("127.0.0.1:" + ports[0], "localhost:" + ports[1])
            .with(MllpOptions.JOURNAL, folder.toString())
            .with(MllpOptions.ACK_MODE, AckMode.CHECKPOINT)
            .build();
    var values =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "mllp")
            .uid("mllp")
            .map(MllpSourceITCase::value)
            .uid("value");
    Set<String> delivered = new HashSet<>();
    try (CloseableIterator<String> all = values.executeAndCollect()) {
      Persistent.awaitListening(ports[0]);
      Persistent.awaitListening(ports[1]);
      for (int i = 0; i < 3; i++) {
        try (Peer one = new Peer(ports[0]);
            Peer two = new Peer(ports[1])) {
          one.send(message("" + i, "a" + i));
          two.send(message("" + i, "b" + i));
          assertThat(one.answer()).isEqualTo("AA|" + i);
          assertThat(two.answer()).isEqualTo("AA|" + i);
        }
        assertThat(delivered.add(all.next())).isTrue();
        assertThat(delivered.add(all.next())).isTrue();
      }
      FAIL.set(true);
      try (Peer one = new Peer(ports[0])) {
        one.send(message("9", "a9"));
        assertThat(one.answer()).isNull(); // the source was closed before the checkpoint
      }
      assertThat(all.next()).isEqualTo("a9");
      Persistent.awaitListening(ports[0]);
      try (Peer one = new Peer(ports[0])) {
        assertThat(one.ask(message("9", "a9"))).isEqualTo("AA|9");
        assertThat(one.ask(message("10", "a10"))).isEqualTo("AA|10");
      }
      assertThat(all.next()).isEqualTo("a10");
    }
    assertThat(delivered).containsExactlyInAnyOrder("a0", "a1", "a2", "b0", "b1", "b2");
  }

  @Test
  void sqlSendsAndReceives() throws Exception {
    int port = Station.freePort();
    TableEnvironment sql = sql();
    sql.executeSql(
        "CREATE TABLE received (message STRING, received TIMESTAMP_LTZ(3) METADATA,"
            + " `position` STRING METADATA) WITH ('connector' = 'mllp', 'format' = 'raw',"
            + (" 'address' = '127.0.0.1:" + port + "', 'journal.folder' = '" + folder + "')"));
    sql.executeSql(
        "CREATE TABLE sent (message STRING) WITH ('connector' = 'mllp', 'format' = 'raw',"
            + (" 'address' = '127.0.0.1:" + port + "')"));
    TableResult rows =
        sql.executeSql(
            "SELECT `position`, message, received > TIMESTAMP '2026-01-01 00:00:00' FROM received");
    try (CloseableIterator<Row> all = rows.collect()) {
      String first = message("1", "a").replace('\r', '\n');
      String second = message("2", "b").replace('\r', '\n');
      sql.executeSql("INSERT INTO sent VALUES ('" + first + "'), ('" + second + "')").await();
      List<Row> got = new ArrayList<>(List.of(all.next(), all.next()));
      assertThat(got)
          .containsExactlyInAnyOrder(
              Row.of("127.0.0.1:" + port + "@0", first, true),
              Row.of("127.0.0.1:" + port + "@1", second, true));
    }
    rows.getJobClient().orElseThrow().cancel().get();
  }

  @Test
  void aFormatOfOursKnowsWhenTheMessageWasReceived() throws Exception {
    int port = Station.freePort();
    TableEnvironment sql = sql();
    sql.executeSql(
        "CREATE TABLE results (val DOUBLE, received TIMESTAMP_LTZ(3), reject_code STRING,"
            + " reject_field STRING, reject_sha256 STRING, `position` STRING METADATA) WITH"
            + " ('connector' = 'mllp', 'format' = 'hl7v2', 'hl7v2.rejects' = 'row',"
            + (" 'address' = '127.0.0.1:" + port + "', 'journal.folder' = '" + folder + "')"));
    sql.executeSql(
        "CREATE TABLE sent (message STRING) WITH ('connector' = 'mllp', 'format' = 'raw',"
            + (" 'address' = '127.0.0.1:" + port + "')"));
    TableResult rows =
        sql.executeSql(
            "SELECT val, received > TIMESTAMP '2025-01-01 00:00:00', reject_code FROM results");
    try (CloseableIterator<Row> all = rows.collect()) {
      String result =
          """
          MSH|^~\\&|MON|WARD|||||ORU^R01|1|P|2.5
          PID|1||7^^^WARD
          OBX|1|NM|8867-4^^LN||80|/min^^UCUM|||||F|||20240101080000+0000
          OBX|2|NM|8867-4^^LN||90|/min^^UCUM|||||F|||99990101080000+0000
          """;
      sql.executeSql("INSERT INTO sent VALUES ('" + result + "')").await();
      assertThat(List.of(all.next(), all.next()))
          .containsExactlyInAnyOrder(Row.of(80.0, true, null), Row.of(null, null, "FUTURE_TIME"));
    }
    rows.getJobClient().orElseThrow().cancel().get();
  }

  @Test
  void sqlTellsWhatIsMissing() {
    TableEnvironment sql = sql();
    sql.executeSql(
        "CREATE TABLE received (message STRING) WITH ('connector' = 'mllp', 'format' = 'raw',"
            + " 'address' = '127.0.0.1:2575')");
    assertThatThrownBy(() -> sql.executeSql("SELECT * FROM received"))
        .rootCause()
        .hasMessageContaining("'journal.folder' is needed");
  }

  private static TableEnvironment sql() {
    Configuration configuration = configuration();
    configuration.removeConfig(PipelineOptions.AUTO_GENERATE_UIDS);
    configuration.setString("parallelism.default", "1");
    return TableEnvironment.create(
        EnvironmentSettings.newInstance()
            .inStreamingMode()
            .withConfiguration(configuration)
            .build());
  }
}
