// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medflink.core.CodeMap;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares settings by the alarms that each ward would have had. */
@Command(
    name = "alarms",
    description = {
      "Alarms per bed-day by ward over an archive, for one setting or several: replays it with"
          + " alerts, and counts what calls somebody, escalations too, and for how long beds were"
          + " taken by the archive's movements, up to its last value.",
      "An archive is old news by its nature: none of it is historical here."
    })
final class AlarmsCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> CALLS =
      List.of("raised", "escalated", "signal-lost", "feed-lost");

  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--model",
      required = true,
      split = ",",
      paramLabel = "ID",
      description = "Which models; see the command models.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--setting",
      paramLabel = "NAME=VALUE,…",
      description =
          "What differs from the rule as delivered: raise, clear (levels), confirm,"
              + " confirm-uncertain, clear-after, quiet, escalate, rounds (ISO 8601 durations),"
              + " steps. Once for each setting; without it the rule as delivered.")
  private List<String> settings = new ArrayList<>();

  private @Nullable Instant latest;

  @Override
  public Integer call() throws Exception {
    List<AlertSetting> asked =
        settings.isEmpty()
            ? List.of(AlertSetting.DELIVERED)
            : settings.stream().map(AlertSetting::new).toList();
    asked.forEach(setting -> models.forEach(setting::rule));
    Map<String, Double> days = bedDays();
    TextTable table = new TextTable("setting", "ward", "alarms", "bed-days", "alarms per bed-day");
    int exit = 0;
    for (AlertSetting setting : asked) {
      Path output = Files.createTempDirectory("medflink-alarms");
      try {
        exit = Math.max(exit, replay(setting, output));
        Map<String, Long> calls = calls(output.resolve("alerts.ndjson"));
        days.keySet().forEach(ward -> calls.putIfAbsent(ward, 0L));
        String name = setting.text().isBlank() ? "as delivered" : setting.text();
        calls.forEach(
            (ward, n) -> {
              Double taken = days.get(ward);
              table.add(name, ward, n, taken, taken == null ? null : (Object) (n / taken));
            });
      } finally {
        delete(output);
      }
    }
    table.print(System.out);
    return exit;
  }

  private int replay(AlertSetting setting, Path output) throws Exception {
    CodeMap map = input.codes();
    return new Replay(
            input.format(),
            input.decoder(),
            map == null ? CodeMap.none() : map,
            List.copyOf(models),
            false,
            null,
            output,
            false,
            null,
            new ReplayAlerts(List.of(), null, setting),
            null)
        .run(input.paths());
  }

  private static Map<String, Long> calls(Path alerts) throws IOException {
    Map<String, Long> calls = new TreeMap<>();
    try (Stream<String> lines = Files.lines(alerts)) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode alert = JSON.readTree(line);
        if (CALLS.contains(alert.path("state").asText()) && !alert.path("historical").asBoolean()) {
          calls.merge(alert.path("ward").asText("-"), 1L, Long::sum);
        }
      }
    }
    return calls;
  }

  private Map<String, Double> bedDays() throws IOException {
    List<Movement> movements = new ArrayList<>();
    Decoder decoder = input.decoder();
    Decoder.Out out =
        Decoder.Out.of(
            panel -> {
              boolean future =
                  panel.received() != null
                      && panel.time().isAfter(panel.received().plus(Duration.ofMinutes(5)));
              if (!future && (latest == null || panel.time().isAfter(latest))) {
                latest = panel.time();
              }
            },
            movements::add,
            ignored -> {},
            rejected -> {});
    for (String file : Inputs.find(input.format(), input.paths()).files()) {
      try (MessageLines lines = MessageLines.open(file, input.format().framing())) {
        for (Message next = lines.next(); next != null; next = lines.next()) {
          decoder.decode(next, out);
        }
      } catch (IOException e) {
        throw Failure.of("can't read " + file);
      }
    }
    Instant end =
        movements.stream()
            .map(Movement::occurred)
            .filter(occurred -> latest == null || occurred.isAfter(latest))
            .max(Comparator.naturalOrder())
            .orElse(latest == null ? Instant.EPOCH : latest);
    return BedDays.of(movements, end);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
