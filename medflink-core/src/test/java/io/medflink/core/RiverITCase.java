// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.operators.Assess;
import io.medflink.core.operators.RaiseAlerts;
import io.medflink.core.operators.ResolveIdentity;
import java.time.Duration;
import java.time.Instant;
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
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With merges, corrections, movements, decisions and duplicates in any order, the last word on each
 * moment and each episode is what the whole history comes to. Each seed is an order of its own:
 * {@code -Driver.seeds=1700} for more than 10,000 of them.
 */
final class RiverITCase {
  private static final int SEEDS = Integer.getInteger("river.seeds", 24);

  /** As many in one job as the collected answers fit into the sinks' memory. */
  private static final int AT_ONCE = 40;

  private static final Duration LATENESS = Duration.ofDays(2);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  @ParameterizedTest
  @CsvSource({
    "0, STREAMING, hashmap, 1",
    "1, STREAMING, hashmap, 2",
    "2, STREAMING, hashmap, 4",
    "3, STREAMING, rocksdb, 1",
    "4, STREAMING, rocksdb, 4",
    "5, BATCH, hashmap, 2"
  })
  void everyOrderGivesWhatTheWholeHistorySays(
      int part, RuntimeExecutionMode mode, String backend, int parallelism) throws Exception {
    for (int first = part * SEEDS; first < (part + 1) * SEEDS; first += AT_ONCE) {
      check(first, Math.min(first + AT_ONCE, (part + 1) * SEEDS), mode, backend, parallelism);
    }
  }

  private static void check(
      int first, int end, RuntimeExecutionMode mode, String backend, int parallelism)
      throws Exception {
    List<ChartEvent> events = new ArrayList<>();
    Map<String, String> assessments = new TreeMap<>();
    Map<String, String> alerts = new TreeMap<>();
    for (int seed = first; seed < end; seed++) {
      River river = new River(seed);
      events.addAll(river.events);
      assessments.putAll(river.assessments);
      alerts.putAll(river.alerts);
    }
    assertThat(alerts).hasSizeGreaterThan(end - first);
    events.add(River.PAGER_OFF);
    Collections.shuffle(events, new Random(first));
    Said said = run(events, mode, backend, parallelism);
    assertThat(differences(said.assessments, assessments)).isEmpty();
    assertThat(differences(said.alerts, alerts)).isEmpty();
  }

  private record Said(Map<String, String> assessments, Map<String, String> alerts) {}

  private static List<String> differences(Map<String, String> said, Map<String, String> expected) {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (key, word) -> {
          if (!word.equals(said.get(key))) {
            differences.add(key + " expected " + word + " but was " + said.get(key));
          }
        });
    said.forEach(
        (key, word) -> {
          if (!expected.containsKey(key)) {
            differences.add(key + " was not expected: " + word);
          }
        });
    return differences;
  }

  private static Said run(
      List<ChartEvent> events, RuntimeExecutionMode mode, String backend, int parallelism)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    var in =
        env.fromData(TypeInformation.of(ChartEvent.class), events.toArray(new ChartEvent[0]))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<ChartEvent>forMonotonousTimestamps()
                    .withTimestampAssigner((event, time) -> event.eventTime().toEpochMilli()));
    var end =
        env.fromData(
            TypeInformation.of(AlertEvent.class),
            AlertEvent.end(Instant.ofEpochMilli(AlertBed.ms(River.MINUTES))));
    var resolved = ResolveIdentity.of(in, Duration.ofDays(7));
    var assessments =
        resolved.keyBy(ChartEvent::key).process(Assess.held(LATENESS, AssessOrderTest.MODELS));
    var alerts = RaiseAlerts.with(River.ALERTS).on(assessments, resolved, end);
    CloseableIterator<RiskAssessment> said = assessments.collectAsync();
    CloseableIterator<Alert> raised = alerts.collectAsync();
    env.execute();
    return new Said(last(said), lastAlerts(raised));
  }

  private static Map<String, String> last(CloseableIterator<RiskAssessment> said) {
    Map<String, RiskAssessment> last = new TreeMap<>();
    said.forEachRemaining(
        a ->
            last.merge(
                a.patientId() + " " + a.model() + " " + a.time(),
                a,
                (x, y) -> y.revision() > x.revision() ? y : x));
    Map<String, String> words = new TreeMap<>();
    last.forEach(
        (key, a) -> {
          if (a.status() != RiskAssessment.Status.ENTERED_IN_ERROR) {
            words.put(key, Bedside.content(a));
          }
        });
    return words;
  }

  private static Map<String, String> lastAlerts(CloseableIterator<Alert> raised) {
    Map<String, String> words = new TreeMap<>();
    raised.forEachRemaining(
        a -> words.put(a.id(), a.event() + " " + a.priority() + " since " + a.onset()));
    words.values().removeIf(word -> word.startsWith("WITHDRAWN"));
    return words;
  }
}
