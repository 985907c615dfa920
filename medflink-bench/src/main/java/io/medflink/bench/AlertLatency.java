// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.AlertRule;
import io.medflink.core.ExpectedSignal;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Vital;
import io.medflink.core.operators.Assess;
import io.medflink.core.operators.RaiseAlerts;
import io.medflink.core.operators.WatchFeeds;
import io.medflink.models.News2;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How long does it take from the receipt of a value to the alert, at 2,400 values/s from 400
 * patients, with one feed that sends nothing and one that lags an hour, in live mode on RocksDB?
 * {@code java -cp medflink-bench/target/benchmarks.jar io.medflink.bench.AlertLatency [seconds]}.
 *
 * <p>Every panel of six values makes an alert of its own likely: levels change every few panels and
 * nothing is quiet. The figure is the wall time from {@code received} to the alert's arrival at the
 * sink, of alerts that rest on news.
 */
public final class AlertLatency {
  private static final int PATIENTS = 400;
  private static final int PANELS_PER_SECOND = 400;
  private static final Duration LAG = Duration.ofHours(1);

  private AlertLatency() {}

  /** Seconds (30). */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    env.enableCheckpointing(5_000);
    long each = (long) seconds * PANELS_PER_SECOND / 2;
    DataStream<Panel> panels =
        feed(env, "monitors", each, Duration.ZERO)
            .union(feed(env, "archive", each, LAG), feed(env, "silent", 1, Duration.ZERO));
    AlertRule rule =
        AlertRule.of(new News2().id())
            .withQuiet(Duration.ZERO)
            .withExpected(ExpectedSignal.device(null, null, Duration.ofMinutes(5)));
    AlertOptions options =
        AlertOptions.of(rule).withLateness(LAG.multipliedBy(2)).withActionableWithin(null);
    DataStream<Alert> lost =
        panels
            .keyBy(Panel::feed)
            .process(WatchFeeds.after(Duration.ofSeconds(5), LAG).live(Duration.ofSeconds(2)));
    DataStream<Alert> alerts =
        panels
            .keyBy(Panel::patientId)
            .process(Assess.held(LAG.multipliedBy(2), new News2()))
            .map(AlertEvent::of)
            .keyBy(AlertEvent::patientId)
            .connect(lost.map(AlertEvent::of).broadcast(RaiseAlerts.FOR_ALL))
            .process(RaiseAlerts.with(options).live(Duration.ofSeconds(2)));
    List<Long> latencies = new ArrayList<>();
    long others = 0;
    try (var results = alerts.union(lost).map(new Arrival()).executeAndCollect()) {
      while (results.hasNext()) {
        long latency = results.next();
        if (latency >= 0) {
          latencies.add(latency);
        } else {
          others++;
        }
      }
    }
    // The first seconds are the job's start.
    List<Long> steady = new ArrayList<>(latencies.subList(latencies.size() / 4, latencies.size()));
    Collections.sort(steady);
    System.out.printf(
        "%d alerts, ms from receipt: median %d, p99 %d, greatest %d; %d other steps%n",
        steady.size(),
        steady.get(steady.size() / 2),
        steady.get(steady.size() * 99 / 100),
        steady.get(steady.size() - 1),
        others);
  }

  private static DataStream<Panel> feed(
      StreamExecutionEnvironment env, String feed, long count, Duration lag) {
    return env.fromSource(
            new NumberSequenceSource(0, count - 1), WatermarkStrategy.noWatermarks(), feed)
        .map(new Paced(feed, lag.toMillis()))
        .returns(Panel.class)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Panel>forBoundedOutOfOrderness(Duration.ofSeconds(2))
                .withTimestampAssigner((panel, before) -> panel.time().toEpochMilli())
                .withIdleness(Duration.ofSeconds(2)));
  }

  /** Panels at the rate of a feed. */
  private static final class Paced implements MapFunction<Long, Panel> {
    private static final long serialVersionUID = 1;

    private final String feed;
    private final long lag;
    private transient long started;

    Paced(String feed, long lag) {
      this.feed = feed;
      this.lag = lag;
    }

    @Override
    public Panel map(Long n) {
      if (started == 0) {
        started = System.nanoTime();
      }
      long due = started + n * 2_000_000_000L / PANELS_PER_SECOND;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      return panel(feed, n, Duration.ofMillis(lag));
    }
  }

  private static Panel panel(String feed, long n, Duration lag) {
    Instant now = Instant.now();
    boolean high = n / (PATIENTS / 2) % 2 == 0;
    return Panel.of(
            feed + "|" + n % (PATIENTS / 2),
            now.minus(lag),
            Observation.of(Vital.RESPIRATORY_RATE, high ? 26 : 16),
            Observation.of(Vital.OXYGEN_SATURATION, high ? 90 : 97),
            Observation.of(Vital.SYSTOLIC_PRESSURE, high ? 95 : 120),
            Observation.of(Vital.HEART_RATE, high ? 135 : 70),
            Observation.of(Vital.BODY_TEMPERATURE, 37),
            Observation.coded(Vital.CONSCIOUSNESS, "A"))
        .withFeed(feed)
        .withReceived(now);
  }

  /** The time from receipt to arrival; -1 of a step that news does not raise. */
  private static final class Arrival implements MapFunction<Alert, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public Long map(Alert alert) {
      boolean news = alert.event() == Alert.Event.RAISED || alert.event() == Alert.Event.ESCALATED;
      return news && alert.received() != null
          ? System.currentTimeMillis() - alert.received().toEpochMilli()
          : -1;
    }
  }
}
