// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.CodeMap;
import io.medflink.core.Control;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays files through Decode, Clean and Assess; see {@link Replay}. */
@Command(
    name = "replay",
    description = {
      "Runs files through Decode, Clean and Assess as a Flink job; assessments come out as NDJSON.",
      "The last line on standard error is the books, as one JSON object. Exit code 0 when the input"
          + " was read to its end, 1 when something could not be read, 2 for wrong usage."
    })
final class ReplayCommand implements Callable<Integer> {

  /** How Flink runs the job. */
  enum Mode {
    STREAMING,
    BATCH;

    @Override
    public String toString() {
      return this == BATCH ? "batch" : "streaming";
    }
  }

  /** Far beyond any archive, and far from where milliseconds overflow. */
  private static final Duration LONGEST = Duration.ofDays(100_000);

  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--model",
      required = true,
      split = ",",
      paramLabel = "ID",
      description = "Which models; see the command models.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--mode",
      defaultValue = "streaming",
      paramLabel = "MODE",
      description = "${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.")
  private Mode mode = Mode.STREAMING;

  @Option(
      names = "--lateness",
      paramLabel = "PT1H",
      description =
          "What is older than the greatest time read by more than this is late. Without it nothing"
              + " is late; batch ignores it.")
  private @Nullable Duration lateness;

  @Option(
      names = "--output",
      defaultValue = "-",
      paramLabel = "DIR|-",
      description =
          "Where assessments.ndjson and rejects.ndjson go; - (the default) is standard output, for"
              + " the assessments.")
  private String output = "-";

  @Option(
      names = "--final-only",
      description =
          "Only the last assessment of each patient, encounter, model and time, sorted, without"
              + " those entered in error.")
  private boolean finalOnly;

  @Option(
      names = "--explain",
      paramLabel = "PATIENT",
      description =
          "Why each answer about this patient (authority|identifier) is as it is goes to"
              + " explanations.ndjson in the output folder.")
  private @Nullable String explain;

  @Option(
      names = "--alerts",
      description =
          "Raises alerts of the assessments: to alerts.ndjson in the output folder, or instead of"
              + " the assessments to standard output. With --final-only the last word on each"
              + " episode.")
  private boolean alerts;

  @Option(
      names = "--control",
      paramLabel = "FILE",
      description = "With --alerts: what people decided, as lines of JSON.")
  private @Nullable Path control;

  @Option(
      names = "--actionable-within",
      paramLabel = "PT1H",
      description =
          "With --alerts: news that was older when it was received is historical. Without it none"
              + " is.")
  private @Nullable Duration actionableWithin;

  @Option(
      names = "--setting",
      defaultValue = "",
      paramLabel = "NAME=VALUE,…",
      description = "With --alerts: what differs from the rule as delivered; see alarms.")
  private String setting = "";

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "Where what can't be used goes instead.")
  private @Nullable Path rejects;

  @Override
  public Integer call() throws Exception {
    if (lateness != null && (lateness.isNegative() || lateness.compareTo(LONGEST) > 0)) {
      throw Failure.usage("--lateness must be between PT0S and " + LONGEST);
    }
    if (!alerts && (control != null || actionableWithin != null || !setting.isEmpty())) {
      throw Failure.usage("--control, --actionable-within and --setting need --alerts");
    }
    if (actionableWithin != null
        && (actionableWithin.isNegative()
            || actionableWithin.isZero()
            || actionableWithin.compareTo(Duration.ofDays(400)) > 0)) {
      throw Failure.usage("--actionable-within must be between PT0.001S and P400D");
    }
    if (explain != null && output.equals("-")) {
      throw Failure.usage("--explain needs --output DIR");
    }
    CodeMap map = input.codes();
    return new Replay(
            input.format(),
            input.decoder(),
            map == null ? CodeMap.none() : map,
            List.copyOf(models),
            mode == Mode.BATCH,
            lateness,
            output.equals("-") ? null : Path.of(output),
            finalOnly,
            explain,
            alerts
                ? new ReplayAlerts(decisions(), actionableWithin, new AlertSetting(setting))
                : null,
            rejects)
        .run(input.paths());
  }

  private List<Control> decisions() {
    return control == null ? List.of() : ControlFile.read(control);
  }
}
