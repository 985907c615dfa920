// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BooksITCase {
  private static final long COUNT = 2_000_000;

  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  @Test
  void theResultOfAJobThatFailedOnceHasTheExactTotals() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    env.enableCheckpointing(10);
    Counting.FAILS.set(true);
    env.fromSequence(1, COUNT)
        .process(new Counting())
        .uid("counting")
        .sinkTo(new DiscardingSink<>());

    JobExecutionResult result = env.execute();

    assertThat(Counting.FAILS).isFalse();
    assertThat(result.<Long>getAccumulatorResult("medflink.counting.in")).isEqualTo(COUNT);
    assertThat(result.<Long>getAccumulatorResult("medflink.counting.used")).isEqualTo(COUNT / 2);
    assertThat(result.<Long>getAccumulatorResult("medflink.counting.rejected"))
        .isEqualTo(COUNT / 2);
    assertThat(result.<Long>getAccumulatorResult("medflink.counting.rejected.NO_VALUE"))
        .isEqualTo(COUNT / 2);
  }

  @Test
  void metricsShowTheEntriesAndTheRejectsByCode() throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    env.fromSequence(1, 9).process(new Counting()).uid("counting").sinkTo(new DiscardingSink<>());

    JobExecutionResult result = env.execute();

    assertThat(gauge(result, "medflink.counting.in")).isEqualTo(9L);
    assertThat(gauge(result, "medflink.counting.used")).isEqualTo(5L);
    assertThat(gauge(result, "medflink.counting.code.NO_VALUE.rejected")).isEqualTo(4L);
    assertThat(gauge(result, "medflink.counting.code.NO_TIME.rejected")).isEqualTo(0L);
  }

  private static Object gauge(JobExecutionResult result, String name) {
    return REPORTER.getMetricsByIdentifiers(result.getJobID()).entrySet().stream()
        .filter(metric -> metric.getKey().endsWith("." + name))
        .map(metric -> ((Gauge<?>) metric.getValue()).getValue())
        .findFirst()
        .orElseThrow();
  }
}
