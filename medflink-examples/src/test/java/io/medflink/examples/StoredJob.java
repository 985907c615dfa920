// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Census;
import io.medflink.core.Message;
import io.medflink.core.RiskAssessment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** A scenario's job whose savepoint is stored: how it is fed before and after, and what it says. */
enum StoredJob {
  MONITOR,
  PREDICT,
  OPTIMIZE,
  SQL;

  /** Messages before the savepoint: the first ones tell all, the later ones a single value. */
  static final int BEFORE = 60;

  private static final int COMPLETE = 6;
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final BlockingQueue<String> SAID = new LinkedBlockingQueue<>();

  /** The folder of the stored savepoint. */
  String folder() {
    return "src/test/resources/savepoints/v1/" + name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Starts the job, from a savepoint or afresh, and feeds it with the messages [from, to). */
  JobClient start(@Nullable String savepoint, int from, int to) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    SAID.clear();
    if (this == SQL) {
      return StoredSql.start(configuration, Path.of(folder()).resolve("plan.json"), from, to);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    DataStream<Integer> numbers =
        env.fromSequence(0, Long.MAX_VALUE).uid("numbers").flatMap(new Feed(from, to)).uid("feed");
    said(numbers)
        .map(StoredJob::say)
        .returns(String.class)
        .uid("said")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    return env.executeAsync(name());
  }

  private DataStream<String> said(DataStream<Integer> numbers) {
    if (this == OPTIMIZE) {
      DataStream<Census> wards = numbers.map(StoredJob::census).returns(Census.class).uid("census");
      return Optimize.build(wards)
          .map(advice -> advice.ward() + " " + advice.figure("sustainable_census"))
          .returns(String.class)
          .uid("words");
    }
    DataStream<Message> messages = numbers.map(this::message).returns(Message.class).uid("message");
    return (this == MONITOR ? Monitor.build(messages) : Predict.build(messages))
        .map(StoredJob::words)
        .returns(String.class)
        .uid("words");
  }

  /** Waits until the job has said so much, and gives it. */
  static List<String> said(JobClient job, int count) throws Exception {
    List<String> said = new ArrayList<>();
    while (said.size() < count) {
      String next = SAID.poll(1, TimeUnit.SECONDS);
      if (next != null) {
        said.add(next);
      } else if (job.getJobStatus().get().isTerminalState()) {
        job.getJobExecutionResult().get();
      }
    }
    return said;
  }

  static String say(String words) {
    SAID.add(words);
    return words;
  }

  private static String words(RiskAssessment a) {
    return a.model() + " " + a.time() + " " + String.join(",", a.missing());
  }

  private static Census census(int n) {
    return new Census("north", "w" + n, START, 20, 20, 0, 0, 0, 10, 10, 2, null, null, null, null);
  }

  private Message message(int n) {
    String all =
        this == MONITOR
            ? "{'code':'9279-1','value':16,'unit':'/min'},{'code':'59408-5','value':97,'unit':'%'},"
                + "{'code':'8480-6','value':120,'unit':'mm[Hg]'},{'code':'67775-7','value':'A'},"
                + "{'code':'8310-5','value':37.1,'unit':'Cel'},"
                + "{'code':'3151-8','value':0,'unit':'L/min'},"
            : "{'code':'21112-8','value':'1970-05-17'},{'code':'46098-0','value':'F'},"
                + "{'code':'39156-5','value':27.5,'unit':'kg/m2'},"
                + "{'code':'1558-6','value':105,'unit':'mg/dL'},";
    String one =
        this == MONITOR
            ? "{'code':'8867-4','value':80,'unit':'/min'}"
            : "{'code':'8462-4','value':80,'unit':'mm[Hg]'}";
    String line =
        "{'patient_id':'mrn|%d','time':'%s','observations':[%s%s]}"
            .formatted(n % 3, START.plusSeconds(30L * n), n < COMPLETE ? all : "", one)
            .replace('\'', '"');
    return new Message(line.getBytes(StandardCharsets.UTF_8), "feed:" + n, null);
  }
}
