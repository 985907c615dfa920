// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.ChartEvent;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.WardScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A merged patient is assessed as one, wherever in the stream the merge comes. */
final class ResolveIdentityITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  /** Patients 0 to 3, of whom 1 is really 0 and, by two merges, 3 is really 2. */
  private static final List<Panel> PANELS = Ward.panels(4, 60, 5);

  private static Movement of(Movement.Kind kind, int survivor, int retired, int seconds) {
    return new Movement(
        kind,
        "ward|" + survivor,
        "ward|" + retired,
        null,
        null,
        null,
        null,
        null,
        null,
        Ward.START.plusSeconds(seconds),
        null,
        null,
        "adt");
  }

  private static final List<Movement> MERGES =
      List.of(
          of(Movement.Kind.MERGE, 0, 1, 9_000),
          of(Movement.Kind.MERGE, 4, 3, 9_000),
          of(Movement.Kind.MERGE, 2, 4, 12_000));

  @Test
  void resultsBeforeAndAfterTheMergeGiveTheSameAssessments() throws Exception {
    List<ChartEvent> asOne = new ArrayList<>();
    for (Panel panel : PANELS) {
      int patient = Integer.parseInt(panel.patientId().substring(5));
      asOne.add(panel.withPatient("ward|" + patient / 2 * 2));
    }
    Map<String, String> expected = run(asOne, RuntimeExecutionMode.STREAMING, "hashmap", 1);
    assertThat(expected.keySet()).noneMatch(key -> key.contains("ward|1"));
    List<ChartEvent> events = new ArrayList<>(PANELS);
    events.addAll(MERGES);
    assertThat(run(events, RuntimeExecutionMode.STREAMING, "hashmap", 1)).isEqualTo(expected);
    assertThat(run(events, RuntimeExecutionMode.BATCH, "hashmap", 2)).isEqualTo(expected);
    for (int seed = 0; seed < 4; seed++) {
      Collections.shuffle(events, new Random(seed));
      String backend = seed % 2 == 0 ? "hashmap" : "rocksdb";
      assertThat(run(events, RuntimeExecutionMode.STREAMING, backend, 1 + seed % 4))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void anUnmergedRecordIsAssessedByItselfAgain() throws Exception {
    List<ChartEvent> events = new ArrayList<>(PANELS);
    Map<String, String> expected = run(events, RuntimeExecutionMode.STREAMING, "hashmap", 1);
    events.addAll(MERGES);
    events.add(of(Movement.Kind.UNMERGE, 0, 1, 10_000));
    events.add(of(Movement.Kind.UNMERGE, 4, 3, 13_000));
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(events, new Random(seed));
      assertThat(run(events, RuntimeExecutionMode.STREAMING, "hashmap", 2))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  private static Map<String, String> run(
      List<ChartEvent> events, RuntimeExecutionMode mode, String backend, int parallelism)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    WatermarkStrategy<ChartEvent> times =
        WatermarkStrategy.<ChartEvent>forBoundedOutOfOrderness(Duration.ofDays(2))
            .withTimestampAssigner((event, time) -> event.eventTime().toEpochMilli());
    var in =
        env.fromData(TypeInformation.of(ChartEvent.class), events.toArray(new ChartEvent[0]))
            .uid("events")
            .assignTimestampsAndWatermarks(times)
            .uid("watermarks");
    var said =
        ResolveIdentity.of(in, Duration.ofDays(7))
            .keyBy(ChartEvent::key)
            .process(Assess.held(Duration.ofHours(1), new WardScore()))
            .uid("assess");
    try (var results = said.executeAndCollect()) {
      Map<String, RiskAssessment> last = new TreeMap<>();
      results.forEachRemaining(
          a ->
              last.merge(
                  a.patientId() + " " + a.encounter() + " " + a.time(),
                  a,
                  (x, y) -> y.revision() > x.revision() ? y : x));
      Map<String, String> words = new TreeMap<>();
      last.forEach(
          (key, a) -> {
            if (a.status() != RiskAssessment.Status.ENTERED_IN_ERROR) {
              words.put(
                  key,
                  a.low() + ".." + a.high() + " " + String.join(",", a.missing()) + a.reason());
            }
          });
      return words;
    }
  }
}
