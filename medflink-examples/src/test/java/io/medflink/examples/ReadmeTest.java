// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.CodeMap;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.Assess;
import io.medflink.core.operators.Clean;
import io.medflink.models.News2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;

/** The project's README shows tested code, true links, every module and every reject code. */
final class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCE = Path.of("src/test/java/io/medflink/examples/ReadmeTest.java");

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String block(String language) throws IOException {
    String begin = "```" + language + "\n";
    int start = readme().indexOf(begin) + begin.length();
    return readme().substring(start, readme().indexOf("```", start));
  }

  @Test
  void theJavaCodeIsTheCodeBelow() throws IOException {
    assertThat(Files.readString(SOURCE).replace("\n    ", "\n")).contains("\n" + block("java"));
  }

  @Test
  void theSqlStandsInTheScriptThatIsRun() throws IOException {
    String script = Files.readString(Path.of("src/main/resources/sql/predict.sql"));
    for (String statement : List.of(block("sql").split("\n\n", -1))) {
      assertThat(script).contains(statement.strip());
    }
  }

  @Test
  void everyRejectCodeIsListedWithItsMend() throws IOException {
    List<String> rows =
        readme().lines().filter(line -> line.matches("\\| `[A-Z_]+` \\|.*")).toList();
    assertThat(rows).hasSameSizeAs(RejectCode.values());
    for (RejectCode code : RejectCode.values()) {
      assertThat(rows)
          .anyMatch(
              row ->
                  row.startsWith("| `" + code + "` |") && row.endsWith("| " + code.mend() + " |"));
    }
  }

  @Test
  void everyModuleIsListedAndEveryLinkLeadsSomewhere() throws IOException {
    String text = readme();
    var links = Pattern.compile("\\]\\(([^)]+)\\)").matcher(text);
    while (links.find()) {
      assertThat(ROOT.resolve(links.group(1))).exists();
    }
    try (Stream<Path> folders = Files.list(ROOT)) {
      folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.startsWith("medflink-"))
          .forEach(module -> assertThat(text).contains("[" + module + "]"));
    }
  }

  @Test
  void whatHappensWhenIsTestedWhereTheTableSays() throws IOException {
    String table = readme().substring(readme().indexOf("## What happens when"));
    var rows =
        Pattern.compile("^\\| [^|]+ \\| [^|]+ \\| \\[(\\w+)]\\(([^)]+)\\) \\|$", Pattern.MULTILINE)
            .matcher(table.substring(0, table.indexOf("\n## ", 1)))
            .results()
            .toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(25);
    for (var row : rows) {
      assertThat(ROOT.resolve(row.group(2)))
          .content()
          .containsPattern(
              "@(Test|ParameterizedTest)\\b(?:(?!\\bvoid\\b)[\\s\\S])*void "
                  + row.group(1)
                  + "\\(");
    }
    long lines =
        table
            .substring(0, table.indexOf("\n## ", 1))
            .lines()
            .filter(l -> l.startsWith("| "))
            .count();
    assertThat(lines - 1).isEqualTo(rows.size());
  }

  static DataStream<RiskAssessment> example(DataStream<Panel> panels) {
    DataStream<RiskAssessment> assessments =
        panels
            .process(new Clean(CodeMap.none()))
            .uid("clean")
            .keyBy(Panel::patientId)
            .process(Assess.held(Duration.ofMinutes(30), new News2()))
            .uid("news2");
    return assessments;
  }
}
