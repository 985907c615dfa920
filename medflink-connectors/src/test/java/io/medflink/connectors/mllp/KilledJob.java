// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.core.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** A job in a process of its own, from the source to files written exactly once, to be killed. */
final class KilledJob {
  private KilledJob() {}

  /** Runs from the newest checkpoint in a folder, listening on a port, until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Configuration options = new Configuration();
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    options.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("chk").toUri().toString());
    options.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    newestCheckpoint(folder)
        .ifPresent(
            path -> options.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
    env.setParallelism(1);
    env.fromSource(
            MllpSource.listen("127.0.0.1:" + arguments[1])
                .with(MllpOptions.JOURNAL, folder.resolve("journal").toString())
                .build(),
            WatermarkStrategy.noWatermarks(),
            "mllp")
        .uid("mllp")
        .map(KilledJob::value)
        .uid("value")
        .sinkTo(
            FileSink.forRowFormat(
                    new org.apache.flink.core.fs.Path(folder.resolve("out").toUri()),
                    new SimpleStringEncoder<String>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build())
        .uid("files");
    env.execute();
  }

  /** OBX-5. */
  static String value(Message message) {
    String text = new String(message.payload(), StandardCharsets.UTF_8);
    String value = text.substring(text.indexOf("|ST|X||") + 7);
    return value.substring(0, value.indexOf('\r'));
  }

  private static Optional<Path> newestCheckpoint(Path folder) throws IOException {
    return files(folder.resolve("chk"))
        .filter(file -> file.endsWith("_metadata"))
        .max(Comparator.comparing(KilledJob::modified))
        .map(Path::getParent);
  }

  /** The lines of all files that are committed. */
  static List<String> output(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(folder.resolve("out")).toList()) {
      if (!file.getFileName().toString().startsWith(".")) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private static Stream<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
