// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RaiseAlertsITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @Test
  void batchEqualsStreamOnEveryBackendInEveryOrder() throws Exception {
    List<AlertEvent> events = new ArrayList<>(AlertWard.events(8, 5));
    events.add(AlertEvent.end(Instant.ofEpochMilli(AlertWard.END)));
    Map<String, String> expected = run(events, RuntimeExecutionMode.STREAMING, "hashmap", 1);
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(run(events, RuntimeExecutionMode.BATCH, "hashmap", 2)).isEqualTo(expected);
    Collections.shuffle(events, new Random(1));
    assertThat(run(events, RuntimeExecutionMode.STREAMING, "rocksdb", 2)).isEqualTo(expected);
    assertThat(run(events, RuntimeExecutionMode.BATCH, "hashmap", 1)).isEqualTo(expected);
  }

  private static Map<String, String> run(
      List<AlertEvent> events, RuntimeExecutionMode mode, String backend, int parallelism)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    var all =
        env.fromData(AlertEvent.class, events.toArray(new AlertEvent[0]))
            .uid("events")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<AlertEvent>forBoundedOutOfOrderness(Duration.ofHours(9))
                    .withTimestampAssigner((event, time) -> AlertWard.time(event)))
            .uid("watermarks");
    var alerts =
        all.filter(event -> !event.isForAll())
            .uid("patients")
            .keyBy(AlertEvent::patientId)
            .connect(all.filter(AlertEvent::isForAll).uid("for-all").broadcast(RaiseAlerts.FOR_ALL))
            .process(RaiseAlerts.with(AlertWard.OPTIONS))
            .uid("raise-alerts");
    try (var results = alerts.executeAndCollect()) {
      List<Alert> said = new ArrayList<>();
      results.forEachRemaining(said::add);
      return AlertWard.lastWords(said);
    }
  }
}
