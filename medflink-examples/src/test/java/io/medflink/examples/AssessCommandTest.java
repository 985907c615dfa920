// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class AssessCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void aCompleteLineGivesFiguresWordsAndLevel() throws IOException {
    String line =
        assess(
                "news2",
                "{\"acvpu\":\"A\",\"hr\":111,\"on_o2\":false,\"rr\":16,\"sbp\":120,\"spo2\":98,"
                    + "\"spo2_scale\":1,\"temp_c\":36.8,\"age\":50}")
            .get(0);

    assertThat(line)
        .startsWith(
            "{\"model\":\"news2\",\"version\":\"2017\",\"applicable\":true,\"score\":2,"
                + "\"risk\":\"low\",\"low\":2,\"high\":2,\"level\":\"LOW\"")
        .contains("\"missing\":[]")
        .contains(
            "\"predictions\":{\"score\":{\"low\":2,\"high\":2},\"risk\":{\"low\":\"low\",\"high\":\"low\"}}");
  }

  @Test
  void whatIsUnknownMakesAnIntervalAndIsNamedSorted() throws IOException {
    JsonNode line = JSON.readTree(assess("news2", "{\"hr\":111,\"rr\":16,\"sbp\":null}").get(0));

    assertThat(line.get("score").isNull()).isTrue();
    assertThat(line.get("low").intValue()).isEqualTo(2);
    assertThat(line.get("high").intValue()).isEqualTo(16);
    assertThat(line.get("level").textValue()).isEqualTo("UNKNOWN");
    assertThat(line.get("missing").toString())
        .isEqualTo("[\"acvpu\",\"on_o2\",\"sbp\",\"spo2\",\"temp_c\"]");
  }

  @Test
  void explainedItNamesPointsAndWhatWouldNarrowIt() throws IOException {
    JsonNode line =
        JSON.readTree(
            assess(
                    "news2",
                    "{\"rr\":24,\"spo2\":96,\"hr\":70,\"acvpu\":\"A\",\"sbp\":120}",
                    "--explain")
                .get(0));

    assertThat(line.at("/explained/counted/0").toString())
        .isEqualTo("{\"input\":\"rr\",\"value\":24.0,\"unit\":\"/min\",\"low\":2.0,\"high\":2.0}");
    assertThat(line.at("/explained/counted/6").toString())
        .isEqualTo("{\"input\":\"temp_c\",\"value\":null,\"low\":0.0,\"high\":3.0}");
    assertThat(line.at("/explained/narrowest").textValue()).isEqualTo("temp_c");
    assertThat(assess("news2", "{\"rr\":24}").get(0)).doesNotContain("explained");
  }

  @Test
  void aModelCardIsAModelAndABadOneIsRefusedByItsField(@TempDir Path folder) throws IOException {
    String card =
        """
        {"format": "medflink-model-card/1", "kind": "logistic", "id": "ward-risk", "version": "7",
         "citation": "Made up for this test", "intended_use": "None", "intercept": -3,
         "inputs": [{"name": "hr", "code": "8867-4", "unit": "/min", "low": 20, "high": 250}],
         "terms": [{"input": "hr", "coefficient": 0.03}]}
        """;
    Path good = Files.writeString(folder.resolve("good.json"), card);
    Path bad = Files.writeString(folder.resolve("bad.json"), card.replace("0.03", "\"much\""));

    JsonNode line = JSON.readTree(assess(good.toString(), "{\"hr\":100}").get(0));

    assertThat(line.get("risk").doubleValue()).isEqualTo(0.5);
    assertThat(line.get("version").textValue()).isEqualTo("7");
    assertThatThrownBy(() -> Models.byId(bad.toString()))
        .hasMessageContaining("bad.json: terms[0].coefficient: no finite number");
  }

  @Test
  void eachLineIsAnsweredInItsPlaceAndABadOneByItsReason() throws IOException {
    List<String> lines =
        assess(
            "threshold",
            "{\"hr\":101}\r\n\n"
                + "{\"hr\":1,\"hr\":2}\n"
                + "[7]\n"
                + "{\"pulse\":\"SECRET\"}\n"
                + "{\"hr\":\"SECRET\"}\n"
                + "{\"hr\":"
                + "9".repeat(AssessCommand.LONGEST)
                + "}\n{\"hr\":100}{}\n{\"hr\":100}");

    assertThat(lines).hasSize(8);
    assertThat(lines.get(0)).contains("\"above\":true");
    assertThat(lines.get(7)).contains("\"above\":false");
    assertThat(lines.get(1)).contains("\"applicable\":false").contains("not JSON");
    assertThat(lines.get(2)).contains("not a JSON object");
    assertThat(lines.get(3)).contains("pulse: no input of threshold");
    assertThat(lines.get(4)).contains("hr: not a number");
    assertThat(lines.get(5)).contains("longer than");
    assertThat(lines.get(6)).contains("not JSON");
    assertThat(String.join("", lines)).doesNotContain("SECRET");
  }

  @Test
  void everyReferenceVectorOfAnImplementedModelAgrees() throws IOException {
    Map<String, List<String[]>> rows = new LinkedHashMap<>();
    try (var in = Files.newBufferedReader(ProjectFolder.shared("clinical/vectors.csv"));
        var values =
            new CsvMapper()
                .readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .<String[]>readValues(in)) {
      values.next();
      values.forEachRemaining(
          row -> rows.computeIfAbsent(row[0], name -> new ArrayList<>()).add(row));
    }
    int compared = 0;
    for (RiskModel model : RiskModels.all()) {
      List<String[]> own = rows.getOrDefault(model.id().replace('-', '_'), List.of());
      List<String> lines =
          assess(
              model.id().replace('-', '_'),
              String.join("\n", own.stream().map(row -> row[1]).toList()));
      assertThat(lines).hasSameSizeAs(own);
      for (int i = 0; i < own.size(); i++) {
        JsonNode line = JSON.readTree(lines.get(i));
        for (var expected : JSON.readTree(own.get(i)[2]).properties()) {
          String row = model.id() + " " + own.get(i)[1] + " " + expected.getKey();
          JsonNode actual = line.path(expected.getKey());
          if (expected.getValue().isNumber()) {
            double slack = Math.max(Double.parseDouble(own.get(i)[3]), 1e-9);
            assertThat(actual.isNumber()).as(row).isTrue();
            assertThat(actual.doubleValue())
                .as(row)
                .isCloseTo(expected.getValue().doubleValue(), Offset.offset(slack));
          } else {
            assertThat(actual).as(row).isEqualTo(expected.getValue());
          }
          compared++;
        }
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void startsWithoutAnyClassOfFlink() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                "io.medflink.examples.Main",
                "assess",
                "--model",
                "news2")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().write("{\"hr\":111}\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(out).contains("\"model\":\"news2\"").contains("io.medflink.core.Questionnaire");
    assertThat(out.lines().filter(line -> line.contains("org.apache.flink"))).isEmpty();
  }

  private static List<String> assess(String model, String lines, String... options)
      throws IOException {
    AssessCommand command = new AssessCommand();
    new CommandLine(command)
        .parseArgs(
            Stream.concat(Stream.of("--model", model), Stream.of(options)).toArray(String[]::new));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    command.assess(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), out);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
