// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Public data sets by the documented recipes, from their own files to answers: the scripts convert
 * them to medflink-json, {@code replay} assesses, and a plain count judges.
 */
class RealDataITCase {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long HOUR = 3_600_000;

  @TempDir private Path folder;

  private static Path script(String name) {
    return ProjectFolder.root().resolve("medflink-examples/src/main/resources/sql").resolve(name);
  }

  /** The files that a script wrote: their names are the connector's own, so each is named. */
  private List<String> panels(String script, String name, Path file) throws IOException {
    Path panels = folder.resolve("panels");
    Ran ran =
        Ran.command(
            "sql",
            "--set",
            name + "=" + file,
            "--set",
            "panels=" + panels,
            script(script).toString());
    assertThat(ran.exit()).as(ran.err()).isZero();
    try (Stream<Path> files = Files.list(panels)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private record Replayed(List<JsonNode> answers, JsonNode books) {}

  private Replayed replay(List<String> files, String... args) throws IOException {
    Path output = folder.resolve("answers");
    List<String> all = new ArrayList<>(List.of("replay", "--final-only", "--output", "" + output));
    all.addAll(List.of(args));
    all.addAll(files);
    Ran ran = Ran.command(all.toArray(String[]::new));
    assertThat(ran.exit()).as(ran.err()).isZero();
    try (Stream<String> lines = Files.lines(output.resolve("assessments.ndjson"))) {
      List<String> err = ran.errLines();
      return new Replayed(
          lines.map(RealDataITCase::tree).toList(), JSON.readTree(err.get(err.size() - 1)));
    }
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long time(JsonNode answer) {
    return Instant.parse(answer.get("time").textValue()).toEpochMilli();
  }

  @Test
  void creatinineOfTheMimicDemoHasTheStagesOfAPlainCount() throws IOException {
    Path file = ProjectFolder.shared("data/mimic-iv-demo/hosp/labevents.csv.gz");
    Replayed replayed =
        replay(
            panels("mimic-labs.sql", "labevents", file),
            "--format",
            "medflink-json",
            "--codes",
            script("mimic-labs.csv").toString(),
            "--model",
            "kdigo-aki");
    Map<String, NavigableMap<Long, Double>> results = creatinine(file);
    int count = results.values().stream().mapToInt(Map::size).sum();

    int[] stages = new int[4];
    for (JsonNode answer : replayed.answers()) {
      NavigableMap<Long, Double> known = results.get(answer.get("patient_id").textValue());
      long now = time(answer);
      assertThat(known).containsKey(now);
      int stage = stage(known, now);
      assertThat(answer.at("/predictions/stage/low").intValue())
          .as(answer.get("time").textValue())
          .isEqualTo(stage);
      stages[stage]++;
    }

    System.out.printf(
        "MIMIC demo by replay: %d patients, %d moments with creatinine, stages %s; books %s%n",
        results.size(), count, Arrays.toString(stages), replayed.books());
    assertThat(replayed.answers()).hasSize(count);
    assertThat(stages).doesNotContain(0);
    assertThat(replayed.books().get("rejected").intValue()).isZero();
  }

  /** By patient and time taken; of two of one time the one made known last. */
  private static Map<String, NavigableMap<Long, Double>> creatinine(Path file) throws IOException {
    Map<String, NavigableMap<Long, Double>> values = new TreeMap<>();
    Map<String, String> known = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1); // what stands in quotes comes after these
        boolean creatinine = cells[4].equals("50912") || cells[4].equals("52546");
        if (creatinine && !cells[9].isEmpty()) {
          String patient = "mimic|" + cells[1];
          long time = Instant.parse(cells[6].replace(' ', 'T') + "Z").toEpochMilli();
          String key = patient + " " + time;
          if (known.getOrDefault(key, "").compareTo(cells[7]) <= 0) {
            known.put(key, cells[7]);
            values
                .computeIfAbsent(patient, id -> new TreeMap<>())
                .put(time, Double.parseDouble(cells[9]));
          }
        }
      }
    }
    return values;
  }

  /** KDIGO 2012 by creatinine alone, as its table says it. */
  private static int stage(NavigableMap<Long, Double> values, long time) {
    double now = values.get(time);
    double ratio = 0;
    boolean rises = false;
    for (Map.Entry<Long, Double> earlier : values.headMap(time, true).entrySet()) {
      long ago = time - earlier.getKey();
      rises |= ago <= 48 * HOUR && now - earlier.getValue() >= 0.3 - 1e-9;
      ratio = ago <= 168 * HOUR ? Math.max(ratio, now / earlier.getValue() + 1e-9) : ratio;
    }
    boolean injury = rises || ratio >= 1.5;
    return ratio >= 3 || (injury && now >= 4) ? 3 : ratio >= 2 ? 2 : injury ? 1 : 0;
  }

  @Test
  void sensorsHaveTheTimeInRangeOfAPlainCount() throws IOException {
    Path all = ProjectFolder.shared("data/timeseries/cgm/example_data_hall.csv");
    List<String> lines = Files.readAllLines(all);
    String first = lines.get(1).split(",", -1)[0];
    String last = lines.get(lines.size() - 1).split(",", -1)[0];
    Path file =
        Files.write(
            folder.resolve("readings.csv"),
            lines.stream()
                .filter(
                    line ->
                        line.matches("id,.*") || line.startsWith(first) || line.startsWith(last))
                .toList());
    Map<String, NavigableMap<Long, Double>> readings = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split(",", -1);
      if (!cells[0].equals("id")) {
        readings
            .computeIfAbsent("cgm|" + cells[0], id -> new TreeMap<>())
            .put(
                Instant.parse(cells[1].replace(' ', 'T') + "Z").toEpochMilli(),
                Double.parseDouble(cells[2]));
      }
    }

    Replayed replayed =
        replay(
            panels("cgm.sql", "readings", file),
            "--format",
            "medflink-json",
            "--model",
            "cgm-metrics");

    int count = readings.values().stream().mapToInt(Map::size).sum();
    assertThat(replayed.answers()).hasSize(count);
    for (JsonNode answer : replayed.answers()) {
      long now = time(answer);
      double[] seen =
          readings
              .get(answer.get("patient_id").textValue())
              .subMap(now - 14 * 24 * HOUR, false, now, true)
              .values()
              .stream()
              .mapToDouble(value -> value)
              .toArray();
      if (seen.length < 2) {
        assertThat(answer.get("reason").textValue()).isEqualTo("needs two readings of 14 days");
        continue;
      }
      double inRange = 100.0 * Arrays.stream(seen).filter(g -> g >= 70 && g <= 180).count();
      assertThat(answer.at("/predictions/tir_70_180/low").doubleValue())
          .isCloseTo(inRange / seen.length, within(1e-9));
    }
    System.out.printf("CGM by replay: %d sensors, %d answers agree%n", readings.size(), count);
  }

  @Test
  void patientsOfSyntheaHaveRisksOfDiseaseWithinTheirBounds() throws IOException {
    Replayed replayed =
        replay(
            List.of(ProjectFolder.shared("data/fhir/synthea-bundles").toString()),
            "--format",
            "fhir-json",
            "--model",
            "prevent-2023,ada-risk-test,framingham-diabetes-2007,framingham-cvd-2008");

    Map<String, int[]> counts = new TreeMap<>();
    for (JsonNode answer : replayed.answers()) {
      int[] count = counts.computeIfAbsent(answer.get("model").textValue(), id -> new int[2]);
      count[0]++;
      JsonNode low = answer.get("low");
      if (low.isNumber()) {
        count[1]++;
        double most = answer.get("model").textValue().equals("ada-risk-test") ? 10 : 1;
        assertThat(low.doubleValue()).isBetween(0.0, answer.get("high").doubleValue());
        assertThat(answer.get("high").doubleValue()).isLessThanOrEqualTo(most);
      }
    }
    counts.forEach(
        (model, count) ->
            System.out.printf(
                "Synthea by replay: %s %d answers, %d with a figure%n", model, count[0], count[1]));
    assertThat(counts.keySet())
        .contains("prevent-2023", "ada-risk-test", "framingham-diabetes-2007");
    assertThat(counts.values()).allMatch(count -> count[1] > 0);
  }
}
