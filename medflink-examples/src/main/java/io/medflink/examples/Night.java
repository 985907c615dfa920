// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.connectors.hl7v2.Hl7v2;
import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.Alert;
import io.medflink.core.AlertRule;
import io.medflink.core.Control;
import io.medflink.core.ExpectedSignal;
import io.medflink.core.Message;
import io.medflink.core.Rejected;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One night on one ward: what was sent, what people decided, and what came of it. The job runs on a
 * real broker and cluster; in the middle of the night its worker is killed and it goes on from the
 * last checkpoint.
 *
 * @param decisions what people decided
 * @param assessments every answer, in the order given
 * @param alerts every step by the first setting
 * @param others every step by the second setting
 * @param rejected what could not be used
 * @param counts the accumulators of the job
 */
record Night(
    List<Control> decisions,
    List<RiskAssessment> assessments,
    List<Alert> alerts,
    List<Alert> others,
    List<Rejected> rejected,
    Map<String, Object> counts) {
  private static final Instant ACKNOWLEDGED = NightScript.EVENING.plus(Duration.ofMinutes(141));

  private static final String MESSAGES = "night-messages";
  private static final String DECISIONS = "night-decisions";

  /** The settings: as delivered with overdue rounds, and one that calls less. */
  static final AlertRule FIRST =
      AlertRule.of("news2")
          .withExpected(ExpectedSignal.rounds(null, null, Duration.ofMinutes(150)));

  static final AlertRule SECOND =
      FIRST
          .withLevels(RiskLevel.HIGH, RiskLevel.LOW_MEDIUM)
          .withConfirmation(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ZERO)
          .withEscalation(1, Duration.ofMinutes(30));

  /** Lives through it. */
  static Night on(Cluster cluster, String servers) throws Exception {
    StreamExecutionEnvironment env = cluster.streams();
    env.enableCheckpointing(300);
    env.configure(
        Configuration.fromMap(
            Map.of(
                RestartStrategyOptions.RESTART_STRATEGY.key(), "fixed-delay",
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS.key(), "20",
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY.key(), "200 ms")));
    Topic messages = new Topic(servers, MESSAGES);
    Topic decided = new Topic(servers, DECISIONS);
    List<NightScript.Sent> script = NightScript.messages();
    messages.write(List.of());
    decided.write(List.of());
    NightJob job =
        NightJob.of(
            read(env, servers, MESSAGES), read(env, servers, DECISIONS), decoder(), FIRST, SECOND);
    Night night =
        new Night(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new TreeMap<>());
    Path savepoints = Files.createTempDirectory("medflink-night");
    try {
      night.live(env, job, cluster, messages, decided, script, savepoints);
    } finally {
      try (Stream<Path> files = Files.walk(savepoints)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
    return night;
  }

  @SuppressWarnings("try") // closing may be interrupted, which ends the command
  private void live(
      StreamExecutionEnvironment env,
      NightJob job,
      Cluster cluster,
      Topic messages,
      Topic decided,
      List<NightScript.Sent> script,
      Path savepoints)
      throws Exception {
    try (CloseableIterator<RiskAssessment> answers = job.assessments().collectAsync();
        CloseableIterator<Alert> first = job.alerts().collectAsync();
        CloseableIterator<Alert> second = job.others().collectAsync();
        CloseableIterator<Rejected> refused = job.rejected().collectAsync()) {
      send(messages, script, Instant.MIN, ACKNOWLEDGED);
      JobClient client = env.executeAsync("night");
      Alert raised = until(first, alerts, a -> a.event() == Alert.Event.RAISED && about("3", a));
      Control acknowledged = acknowledgement(raised);
      decisions.add(acknowledged);
      decided.write(List.of(MedflinkJson.encode(acknowledged)));
      until(first, alerts, a -> a.event() == Alert.Event.ACKNOWLEDGED);
      send(messages, script, ACKNOWLEDGED, NightScript.KILL);
      Instant lastBefore = last(script, NightScript.KILL);
      until(answers, assessments, a -> !a.time().isBefore(lastBefore));
      cluster.killWorker();
      send(messages, script, NightScript.KILL, Instant.MAX);
      Instant end = last(script, Instant.MAX);
      until(answers, assessments, a -> !a.time().isBefore(end));
      client
          .stopWithSavepoint(true, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
          .get(5, TimeUnit.MINUTES);
      answers.forEachRemaining(assessments::add);
      first.forEachRemaining(alerts::add);
      second.forEachRemaining(others::add);
      refused.forEachRemaining(rejected::add);
      counts.putAll(client.getJobExecutionResult().get().getAllAccumulatorResults());
    }
  }

  private static Control acknowledgement(Alert raised) {
    return new Control(
        Control.Kind.ACKNOWLEDGE,
        raised.patientId(),
        null,
        null,
        raised.id(),
        Double.NaN,
        "sister Ines",
        null,
        ACKNOWLEDGED,
        null,
        "ack-1",
        ACKNOWLEDGED);
  }

  private static boolean about(String number, Alert alert) {
    return ("mrn|" + number).equals(alert.patientId());
  }

  private static <T> T until(CloseableIterator<T> news, List<T> kept, Predicate<T> asked) {
    while (news.hasNext()) {
      T next = news.next();
      kept.add(next);
      if (asked.test(next)) {
        return next;
      }
    }
    throw new IllegalStateException("the night ended before its time");
  }

  private static void send(Topic topic, List<NightScript.Sent> script, Instant from, Instant until)
      throws Exception {
    Map<Integer, Instant> times = new HashMap<>();
    List<byte[]> bytes = new ArrayList<>();
    for (NightScript.Sent sent : script) {
      if (!sent.received().isBefore(from) && sent.received().isBefore(until)) {
        times.put(bytes.size(), sent.received());
        bytes.add(sent.bytes());
      }
    }
    topic.write(bytes, times);
  }

  /** The latest moment of a round among what was sent before a time. */
  private static Instant last(List<NightScript.Sent> script, Instant until) {
    return script.stream()
        .filter(sent -> sent.received().isBefore(until) && sent.text().contains("ORU^R01"))
        .map(NightScript.Sent::about)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  static Hl7v2 decoder() throws IOException {
    Path file = Files.createTempFile("medflink-night", ".yaml");
    try (InputStream in =
        Objects.requireNonNull(Night.class.getResourceAsStream("/night/feeds.yaml"))) {
      Files.write(file, in.readAllBytes());
      return new Hl7v2().withFeeds(Feeds.read(file));
    } finally {
      Files.delete(file);
    }
  }

  /** A topic for as long as the job runs; a message was received when the broker's record says. */
  private static DataStream<Message> read(
      StreamExecutionEnvironment env, String servers, String topic) {
    KafkaSource<Message> source =
        KafkaSource.<Message>builder()
            .setBootstrapServers(servers)
            .setTopics(topic)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new Received())
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), topic).uid(topic);
  }

  private static final class Received implements KafkaRecordDeserializationSchema<Message> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Message> out) {
      String position = record.topic() + "-" + record.partition() + "@" + record.offset();
      out.collect(new Message(record.value(), position, Instant.ofEpochMilli(record.timestamp())));
    }

    @Override
    public TypeInformation<Message> getProducedType() {
      return TypeInformation.of(Message.class);
    }
  }
}
