// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.ChartEvent;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.PulseTrend;
import io.medflink.core.RiskAssessment;
import io.medflink.core.WardScore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

final class AssessITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private static final List<Panel> PANELS = Ward.panels(12, 60, 11);
  private static final List<Movement> MOVEMENTS = Ward.movements(20);

  @Test
  void batchEqualsStreamOnEveryBackendInEveryOrderAtEveryParallelism() throws Exception {
    Map<String, String> expected = run(PANELS, RuntimeExecutionMode.STREAMING, "hashmap", 1);
    assertThat(expected).hasSizeGreaterThan(1000);
    assertThat(expected.values()).anyMatch(words -> words.contains("readmitted"));
    assertThat(run(PANELS, RuntimeExecutionMode.BATCH, "hashmap", 2)).isEqualTo(expected);
    for (int seed = 1; seed <= 2; seed++) {
      List<Panel> shuffled = Ward.shuffled(PANELS, seed);
      assertThat(run(shuffled, RuntimeExecutionMode.BATCH, "hashmap", 1)).isEqualTo(expected);
      assertThat(run(shuffled, RuntimeExecutionMode.STREAMING, "hashmap", 2 * seed))
          .isEqualTo(expected);
      assertThat(run(shuffled, RuntimeExecutionMode.STREAMING, "rocksdb", 2)).isEqualTo(expected);
    }
  }

  private static Map<String, String> run(
      List<Panel> panels, RuntimeExecutionMode mode, String backend, int parallelism)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    WatermarkStrategy<Panel> patient =
        WatermarkStrategy.<Panel>forBoundedOutOfOrderness(Duration.ofDays(2))
            .withTimestampAssigner((panel, time) -> panel.time().toEpochMilli());
    WatermarkStrategy<Movement> patientToo =
        WatermarkStrategy.<Movement>forBoundedOutOfOrderness(Duration.ofDays(2))
            .withTimestampAssigner((movement, time) -> movement.occurred().toEpochMilli());
    var said =
        ChartEvents.union(
                env.fromData(Panel.class, panels.toArray(new Panel[0]))
                    .uid("panels")
                    .assignTimestampsAndWatermarks(patient)
                    .uid("watermarks"),
                env.fromData(Movement.class, MOVEMENTS.toArray(new Movement[0]))
                    .uid("movements")
                    .assignTimestampsAndWatermarks(patientToo)
                    .uid("movement-watermarks"))
            .keyBy(ChartEvent::key)
            .process(Assess.held(Duration.ofHours(1), new WardScore(), new PulseTrend()))
            .uid("assess");
    try (var results = said.executeAndCollect()) {
      List<RiskAssessment> all = new java.util.ArrayList<>();
      results.forEachRemaining(all::add);
      return Ward.lastWords(all);
    }
  }
}
