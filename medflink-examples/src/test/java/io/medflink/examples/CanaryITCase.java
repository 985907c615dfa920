// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.CodeMap;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.Assess;
import io.medflink.core.operators.Clean;
import io.medflink.core.operators.Decode;
import io.medflink.core.operators.EventTime;
import io.medflink.core.operators.SideOutput;
import io.medflink.models.News2;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectClusterRESTAddress;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A canary in every field of valid and broken input of a running job, and in one that fails: it is
 * found in no answer of the REST interface, no metric, no exception, no part of the job graph and
 * no file of the task managers. State lies on the heap here: checkpoints hold patient data by
 * nature.
 */
final class CanaryITCase {
  private static final String CANARY = "Kanarienvogel4711";
  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @TempDir private static Path temp;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          () ->
              new MiniClusterResourceConfiguration.Builder()
                  .setNumberSlotsPerTaskManager(2)
                  .setConfiguration(
                      REPORTER.addToConfiguration(
                          new Configuration().set(CoreOptions.TMP_DIRS, temp.toString())))
                  .build());

  @Test
  void noPatientDataIsShownAnywhere(@InjectClusterRESTAddress URI rest) throws Exception {
    StreamExecutionEnvironment env = environment();
    build(env, false);
    assertThat(serialized(env)).doesNotContain(CANARY);
    JobClient good = env.executeAsync("ward");
    good.getJobExecutionResult().get();
    StreamExecutionEnvironment failing = environment();
    build(failing, true);
    JobClient bad = failing.executeAsync("failing");
    assertThat(bad.getJobExecutionResult()).failsWithin(Duration.ofMinutes(1));

    List<String> shown = new ArrayList<>();
    for (JobClient job : List.of(good, bad)) {
      for (String path : List.of("", "/exceptions", "/plan", "/config", "/accumulators")) {
        shown.add(get(rest, "/jobs/" + job.getJobID() + path));
      }
      for (var metric : REPORTER.getMetricsByIdentifiers(job.getJobID()).entrySet()) {
        shown.add(metric.getKey() + " " + value(metric.getValue()));
      }
    }
    shown.add(get(rest, "/jobs/overview"));
    shown.add(get(rest, "/taskmanagers"));
    assertThat(String.join("\n", shown))
        .contains(
            "\"state\":\"FINISHED\"", "exceptionHistory", "medflink.clean.rejected", "on purpose")
        .doesNotContain(CANARY);
    try (var files = Files.walk(temp)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY);
      }
    }
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    return env;
  }

  private static void build(StreamExecutionEnvironment env, boolean fails) {
    var decoded =
        env.fromSequence(0, 40)
            .uid("numbers")
            .map(CanaryITCase::message)
            .returns(Message.class)
            .name("messages")
            .uid("messages")
            .process(new Decode(new MedflinkJson()))
            .name("decode")
            .uid("decode");
    var clean = decoded.process(new Clean(CodeMap.none())).name("clean").uid("clean");
    var said =
        clean
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Panel>forMonotonousTimestamps()
                    .withTimestampAssigner(new EventTime()))
            .name("watermarks")
            .uid("watermarks")
            .keyBy(Panel::patientId)
            .process(Assess.held(Duration.ZERO, new News2()))
            .name("news2")
            .uid("news2");
    decoded
        .getSideOutput(SideOutput.REJECTED)
        .sinkTo(new DiscardingSink<>())
        .name("undecodable")
        .uid("undecodable");
    clean
        .getSideOutput(SideOutput.REJECTED)
        .sinkTo(new DiscardingSink<>())
        .name("rejected")
        .uid("rejected");
    said.getSideOutput(SideOutput.LATE).sinkTo(new DiscardingSink<>()).name("late").uid("late");
    said.map(a -> checked(a, fails))
        .returns(RiskAssessment.class)
        .name("checked")
        .uid("checked")
        .sinkTo(new DiscardingSink<>())
        .name("sink")
        .uid("sink");
  }

  private static RiskAssessment checked(RiskAssessment assessment, boolean fails) {
    if (fails) {
      throw new IllegalStateException("on purpose at " + assessment);
    }
    return assessment;
  }

  /** The canary is put together at run time: a literal would stand in the job graph by itself. */
  private static Message message(long n) {
    String canary = new StringBuilder("1174legovneiranaK").reverse().toString();
    String code = n % 5 == 1 ? canary : "8867-4";
    String unit = n % 5 == 2 ? canary : "/min";
    String text =
        ("{'patient_id':'mrn|%s','encounter':'%s','facility':'%s','ward':'%s','bed':'%s',"
                + "'time':'2026-03-01T10:%02d:00Z','feed':'%s','observations':[{'system':'LN',"
                + "'code':'%s','value':%s,'unit':'%s','id':'%s','flag':'%s'}]}")
            .formatted(
                canary,
                canary,
                canary,
                canary,
                canary,
                n,
                canary,
                code,
                n % 5 == 3 ? "'" + canary + "'" : "90",
                unit,
                canary,
                canary)
            .replace('\'', '"');
    String sent = n % 5 == 4 ? text.substring(0, text.length() / 2) + canary : text;
    return new Message(sent.getBytes(StandardCharsets.UTF_8), canary + "@" + n, null);
  }

  private static String serialized(StreamExecutionEnvironment env) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(env.getStreamGraph(false).getJobGraph());
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static String get(URI rest, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(rest.resolve(path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static Object value(Metric metric) {
    return metric instanceof Gauge<?> gauge ? gauge.getValue() : "";
  }
}
