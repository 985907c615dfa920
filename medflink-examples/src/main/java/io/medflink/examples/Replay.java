// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.AssessOptions;
import io.medflink.core.ChartEvent;
import io.medflink.core.CodeMap;
import io.medflink.core.Decoder;
import io.medflink.core.Panel;
import io.medflink.core.RiskModel;
import io.medflink.core.operators.Assess;
import io.medflink.core.operators.ChartEvents;
import io.medflink.core.operators.Clean;
import io.medflink.core.operators.Decode;
import io.medflink.core.operators.EventTime;
import io.medflink.core.operators.ResolveIdentity;
import io.medflink.core.operators.SideOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.NoWatermarksGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The job of {@code replay}: files → Decode → Clean → ResolveIdentity → Assess → NDJSON, in one
 * task after the other, so that the same files give the same lines in the same order. Where records
 * are merged the last word about each moment is the same, the lines before it need not be.
 *
 * <p>In streaming mode with a lateness, a watermark follows each panel, one millisecond below the
 * greatest time read; a panel is late when it is older than that time by more than the lateness.
 * Nothing is forgotten before the end of the input.
 *
 * @param format what the files hold
 * @param decoder reads it
 * @param codes the code map
 * @param models ids
 * @param batch whether Flink runs it in batch mode
 * @param lateness null when nothing is late
 * @param output the folder for the output, null for standard output
 * @param finalOnly only each moment's last assessment, sorted
 * @param explained whose answers are explained in {@code explanations.ndjson}, null for nobody's
 * @param alerts how alerts are raised; null when none are
 * @param rejects where rejects go instead of {@code rejects.ndjson} in the output folder
 */
record Replay(
    Format format,
    Decoder decoder,
    CodeMap codes,
    List<String> models,
    boolean batch,
    @Nullable Duration lateness,
    @Nullable Path output,
    boolean finalOnly,
    @Nullable String explained,
    @Nullable ReplayAlerts alerts,
    @Nullable Path rejects) {

  /** Longer than any archive: a replay's answers never depend on what was forgotten. */
  private static final Duration RETENTION = Duration.ofDays(1_000_000);

  /** The longest that alerts take: nothing in a stay is late. */
  private static final Duration LONGEST_LATENESS = Duration.ofDays(400);

  /** Runs the job to its end, writes the books to standard error, and returns the exit code. */
  int run(List<Path> paths) throws Exception {
    RiskModel[] asked =
        models.stream().map(String::strip).distinct().map(Models::byId).toArray(RiskModel[]::new);
    Inputs inputs = Inputs.find(format, paths);
    if (inputs.files().isEmpty()) {
      throw Failure.of("no file to read: of a folder only those whose names the format has");
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration());
    env.setRuntimeMode(batch ? RuntimeExecutionMode.BATCH : RuntimeExecutionMode.STREAMING);
    build(env, inputs.files(), asked);
    inputs.skipped("replay").ifPresent(System.err::println);
    JobClient job = env.executeAsync("replay");
    Map<String, Object> counts = Progress.until(job, inputs.bytes());
    int exit = 0;
    if (counts.get(ReadMessages.UNREADABLE) instanceof List<?> unreadable) {
      for (Object file : unreadable) {
        System.err.println("medflink replay: can't read " + file);
        exit = 1;
      }
    }
    System.err.println(Totals.json(counts));
    return exit;
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return configuration;
  }

  private void build(StreamExecutionEnvironment env, List<String> files, RiskModel[] asked)
      throws IOException {
    var decoded =
        env.fromData(Types.STRING, files.toArray(String[]::new))
            .uid("files")
            .process(new ReadMessages(format.framing()))
            .uid("read")
            .assignTimestampsAndWatermarks(InOrder.numbers())
            .uid("number")
            .process(new Decode(decoder))
            .uid("decode");
    var cleaned =
        decoded.map(new CountPanels()).uid("count").process(new Clean(codes)).uid("clean");
    AssessOptions options =
        AssessOptions.held(lateness == null ? Duration.ZERO : lateness).withRetention(RETENTION);
    Assess<ChartEvent> assess = Assess.with(options, asked);
    DataStream<ChartEvent> events = events(env, decoded, cleaned);
    var assessed =
        events
            .keyBy(ChartEvent::key)
            .process(explained == null ? assess : assess.explaining(explained))
            .uid("assess");
    if (alerts == null || output != null) {
      assessed
          .sinkTo(new Ndjson<>(assessments(), new AssessmentLines(asked, finalOnly)))
          .uid("assessments");
    }
    var alerted =
        alerts == null
            ? null
            : alerts.raise(
                Arrays.stream(asked).map(RiskModel::id).toList(),
                lateness == null || lateness.compareTo(LONGEST_LATENESS) > 0
                    ? LONGEST_LATENESS
                    : lateness,
                assessed,
                events);
    if (alerted != null) {
      alerted
          .sinkTo(
              new Ndjson<>(
                  output == null ? null : writable(output.resolve("alerts.ndjson")),
                  new AlertLines(finalOnly)))
          .uid("alerts");
    }
    if (explained != null && output != null) {
      assessed
          .getSideOutput(SideOutput.EXPLAINED)
          .sinkTo(new Ndjson<>(writable(output.resolve("explanations.ndjson")), new Explanations()))
          .uid("explanations");
    }
    Path refused = rejects != null || output == null ? rejects : output.resolve("rejects.ndjson");
    if (refused != null) {
      var all =
          decoded
              .getSideOutput(SideOutput.REJECTED)
              .union(
                  cleaned.getSideOutput(SideOutput.REJECTED),
                  assessed.getSideOutput(SideOutput.REJECTED));
      (alerted == null ? all : all.union(alerted.getSideOutput(SideOutput.REJECTED)))
          .sinkTo(new Ndjson<>(writable(refused), new RejectLines()))
          .uid("rejects");
    }
  }

  /** What happened in the order read, decisions of a file before all, and merges followed. */
  private DataStream<ChartEvent> events(
      StreamExecutionEnvironment env,
      SingleOutputStreamOperator<Panel> decoded,
      DataStream<Panel> cleaned) {
    DataStream<ChartEvent> all =
        ChartEvents.union(
            cleaned,
            decoded.getSideOutput(SideOutput.MOVEMENTS),
            decoded.getSideOutput(SideOutput.CONTROLS));
    if (alerts != null && !alerts.controls().isEmpty()) {
      all =
          all.union(
              env.fromData(
                      TypeInformation.of(ChartEvent.class),
                      alerts.controls().toArray(ChartEvent[]::new))
                  .uid("decisions")
                  .assignTimestampsAndWatermarks(
                      WatermarkStrategy.<ChartEvent>noWatermarks()
                          .withTimestampAssigner((event, time) -> 0))
                  .uid("decisions-first"));
    }
    boolean waits = lateness != null;
    DataStream<ChartEvent> ordered =
        all.keyBy(event -> 0)
            .process(new InOrder())
            .uid("in-order")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<ChartEvent>forGenerator(context -> generator(waits))
                    .withTimestampAssigner(
                        (event, time) ->
                            event instanceof Panel panel
                                ? new EventTime().extractTimestamp(panel, time)
                                : event.eventTime().toEpochMilli()))
            .uid("event-time");
    // Following merges, watermarks come by two ways and not at once: what is late would be chance.
    return format == Format.MEDFLINK_JSON && waits
        ? ordered
        : ResolveIdentity.of(
            ordered, waits && lateness != null ? lateness.plusMillis(1) : RETENTION);
  }

  private static <E extends ChartEvent> WatermarkGenerator<E> generator(boolean waits) {
    return waits ? new GreatestTime<>(Duration.ZERO) : new NoWatermarksGenerator<>();
  }

  private @Nullable String assessments() throws IOException {
    return output == null ? null : writable(output.resolve("assessments.ndjson"));
  }

  /** A file in a folder that is there, made empty. */
  private static String writable(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.newOutputStream(file).close();
      return file.toString();
    } catch (IOException e) {
      throw Failure.of("can't write " + file);
    }
  }
}
