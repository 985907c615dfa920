// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.bench.NaiveNews2.Score;
import io.medflink.bench.NaiveNews2.Value;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.Assess;
import io.medflink.models.News2;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * What does a value cost on its way through {@code Assess} in a Flink job, against the operator
 * that one would write by hand ({@link NaiveNews2})? {@code java -cp
 * medflink-bench/target/benchmarks.jar io.medflink.bench.AssessPipeline [rounds] [messages]}.
 *
 * <p>10,000 patients, messages of six values five minutes apart, parallelism 1, object reuse off; a
 * watermark after each 1,000 messages. The figure is CPU time of the whole process per value after
 * two messages of each patient, all cases in one JVM in random order each round; ratios are of one
 * round, by their median and quartiles.
 */
public final class AssessPipeline {
  static final int PATIENTS = 10_000;
  static final int ROWS = 8192;
  private static final int VALUES = 6;
  private static final long INTERVAL = Duration.ofMinutes(5).toMillis();
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

  /** What is measured. */
  enum Case {
    NAIVE_HEAP,
    IMMEDIATE_HEAP,
    HELD_HEAP,
    NAIVE_ROCKSDB,
    IMMEDIATE_ROCKSDB,
    HELD_ROCKSDB;

    boolean onHeap() {
      return this == NAIVE_HEAP || this == IMMEDIATE_HEAP || this == HELD_HEAP;
    }

    Case naive() {
      return onHeap() ? NAIVE_HEAP : NAIVE_ROCKSDB;
    }
  }

  /** Process CPU time when the first message after the warm-up left the source. */
  private static volatile long started;

  private AssessPipeline() {}

  /** Rounds (9) and messages on heap (200,000; a quarter of it on RocksDB). */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    int messages = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    List<Case> cases = new ArrayList<>(List.of(Case.values()));
    if (args.length > 2) {
      cases.retainAll(Arrays.stream(args[2].split(",")).map(Case::valueOf).toList());
    }
    Map<Case, double[]> figures = new EnumMap<>(Case.class);
    cases.forEach(c -> figures.put(c, new double[rounds]));
    try (MiniCluster cluster = cluster()) {
      URI rest = cluster.getRestAddress().get();
      for (Case c : cases) {
        nanosPerValue(rest, c, c.onHeap() ? messages : messages / 4);
      }
      Random random = new Random(1);
      for (int round = 0; round < rounds; round++) {
        Collections.shuffle(cases, random);
        for (Case c : cases) {
          double nanos = nanosPerValue(rest, c, c.onHeap() ? messages : messages / 4);
          Objects.requireNonNull(figures.get(c))[round] = nanos;
        }
        System.err.printf("round %d of %d%n", round + 1, rounds);
      }
    }
    print(figures);
  }

  private static MiniCluster cluster() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    cluster.start();
    return cluster;
  }

  private static double nanosPerValue(URI rest, Case c, int messages) throws Exception {
    int warm = 2 * PATIENTS;
    StreamExecutionEnvironment env = environment(rest, c);
    if (c == c.naive()) {
      naive(env, warm + messages, warm).sinkTo(new DiscardingSink<>()).uid("sink");
    } else {
      boolean held = c == Case.HELD_HEAP || c == Case.HELD_ROCKSDB;
      medflink(env, warm + messages, warm, held).sinkTo(new DiscardingSink<>()).uid("sink");
    }
    env.execute(c.name());
    return (processCpu() - started) / (double) VALUES / messages;
  }

  static StreamExecutionEnvironment environment(URI rest, Case c) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, c.onHeap() ? "hashmap" : "rocksdb");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createRemoteEnvironment(
            rest.getHost(), rest.getPort(), configuration);
    env.setParallelism(1);
    env.getConfig().disableObjectReuse();
    return env;
  }

  /** Panels through {@code Assess}. */
  static DataStream<RiskAssessment> medflink(
      StreamExecutionEnvironment env, long messages, long warm, boolean held) {
    return sequence(env, messages)
        .map(new Panels(warm))
        .returns(Panel.class)
        .uid("panels")
        .keyBy(Panel::patientId)
        .process(held ? Assess.held(Duration.ZERO, new News2()) : Assess.immediate(new News2()))
        .uid("assess");
  }

  /** Single values through the hand-written operator. */
  static DataStream<Score> naive(StreamExecutionEnvironment env, long messages, long warm) {
    return sequence(env, messages)
        .flatMap(new Values(warm))
        .returns(Value.class)
        .uid("values")
        .keyBy(value -> value.patientId)
        .process(new NaiveNews2())
        .uid("naive");
  }

  private static DataStream<Long> sequence(StreamExecutionEnvironment env, long messages) {
    return env.fromSource(
            new NumberSequenceSource(0, messages - 1),
            WatermarkStrategy.<Long>forGenerator(context -> new EachThousand())
                .withTimestampAssigner((message, before) -> time(message)),
            "messages")
        .uid("messages");
  }

  /** All moments of one time are of one pass over the patients. */
  private static long time(long message) {
    return START + message / PATIENTS * INTERVAL + message % PATIENTS;
  }

  /** In time order; neighbours in time are not neighbours by name. */
  static String patient(long message) {
    return PATIENT[(int) (message * 7919 % PATIENTS)];
  }

  private static Observation[] observations(long message) {
    boolean withMind = message / PATIENTS % 2 == 0;
    int row = (int) (message * 31 % ROWS);
    return (withMind ? WITH_MIND : WITH_OXYGEN)[row];
  }

  private static final String[] PATIENT = new String[PATIENTS];
  private static final Observation[][] WITH_MIND = new Observation[ROWS][];
  private static final Observation[][] WITH_OXYGEN = new Observation[ROWS][];

  static {
    Vitals vitals = new Vitals(ROWS, 1);
    for (int row = 0; row < ROWS; row++) {
      WITH_MIND[row] = vitals.message(row, true);
      WITH_OXYGEN[row] = vitals.message(row, false);
    }
    Arrays.setAll(PATIENT, p -> "hospital|" + (4_000_000 + p));
  }

  private static void startAt(long message, long warm) {
    if (message == warm) {
      started = processCpu();
    }
  }

  private static long processCpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private record Panels(long warm) implements MapFunction<Long, Panel> {
    @Override
    public Panel map(Long message) {
      startAt(message, warm);
      return Panel.of(patient(message), Instant.ofEpochMilli(time(message)), observations(message));
    }
  }

  private record Values(long warm) implements FlatMapFunction<Long, Value> {
    @Override
    public void flatMap(Long message, Collector<Value> out) {
      startAt(message, warm);
      for (Observation o : observations(message)) {
        out.collect(Value.of(patient(message), time(message), o));
      }
    }
  }

  private static final class EachThousand implements WatermarkGenerator<Long> {
    @Override
    public void onEvent(Long message, long time, WatermarkOutput output) {
      if (message % 1000 == 999) {
        output.emitWatermark(new Watermark(time));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // By messages only, so that each run sets the same timers.
    }
  }

  private static void print(Map<Case, double[]> figures) {
    System.out.println("| case | CPU ns per value, min / median | naive / case [p25..p75] |");
    System.out.println("|---|---|---|");
    figures.forEach(
        (c, nanos) -> {
          double[] naive = figures.getOrDefault(c.naive(), nanos);
          double[] ratios = new double[nanos.length];
          Arrays.setAll(ratios, i -> naive[i] / nanos[i]);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.0f / %.0f | %.2f [%.2f..%.2f] |%n",
              c.name().toLowerCase(Locale.ROOT).replace('_', ' '),
              quantile(nanos, 0),
              quantile(nanos, 0.5),
              quantile(ratios, 0.5),
              quantile(ratios, 0.25),
              quantile(ratios, 0.75));
        });
  }

  private static double quantile(double[] values, double at) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(at * (sorted.length - 1))];
  }
}
