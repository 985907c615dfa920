// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.CapacityModel;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.models.capacity.CapacityBalance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the module's README are those of the code, no row more or less. */
final class ReadmeTest {

  @Test
  void theTablesListEveryModelAsItsCardDoes() throws Exception {
    List<String> expected = new ArrayList<>();
    for (RiskModel model : RiskModels.all()) {
      expected.add(row(model.card()));
    }
    for (CapacityModel model : capacityModels()) {
      expected.add(row(model.card()));
    }

    List<String> rows = rows();

    assertThat(rows.stream().map(row -> row.substring(0, row.lastIndexOf(" | "))).toList())
        .containsExactlyElementsOf(expected);
    assertThat(rows).allSatisfy(row -> assertThat(licence(row)).isNotBlank());
  }

  @Test
  void theExampleAnswersWhatItSays() {
    Questionnaire news2 = new Questionnaire(RiskModels.byId("news2"));
    Map<String, Object> answer = news2.answer(Map.of("rr", 24, "spo2", 93, "hr", 112));

    assertThat(answer)
        .containsEntry("score", null)
        .containsEntry("low", 6L)
        .containsEntry("high", 17L)
        .containsEntry("level_low", "MEDIUM")
        .containsEntry("level_high", "HIGH")
        .containsEntry("missing", List.of("acvpu", "on_o2", "sbp", "temp_c"));
  }

  private static String row(ModelCard card) {
    String inputs =
        Stream.concat(
                card.inputs().stream().map(i -> told(card, i)),
                card.checklists().stream().map(list -> "or a list `" + list.name() + "`"))
            .collect(Collectors.joining(", "));
    String outputs =
        card.outputs().stream().map(ReadmeTest::told).collect(Collectors.joining(", "));
    return String.join(
        " | ",
        "| `" + card.id() + "`",
        card.intendedUse(),
        inputs.isEmpty() ? "a census" : inputs,
        outputs,
        card.citation());
  }

  private static String told(ModelCard card, Input input) {
    Input alternative = card.alternative(input);
    String unless = alternative == null ? "" : " (unless `" + alternative.name() + "`)";
    String kind =
        input.unit() != null
            ? input.unit()
            : input.isYesNo() ? "yes/no" : String.join("/", input.codes());
    String rule =
        switch (input.unknown()) {
          case OPTIONAL -> " (optional)";
          case SETTING -> " (setting, " + assumed(input) + ")";
          case REQUIRED -> " (required)";
          case RISING, FALLING, CORNERS, CELLS, CODES -> "";
        };
    String aliases =
        input.aliases().stream()
            .map(alias -> " or `" + alias.name() + "` " + alias.unit())
            .collect(Collectors.joining());
    String over = input.history() == null ? "" : " over " + input.history().toHours() + " h";
    String worst =
        input.worst() == null
            ? ""
            : (" " + input.worst() + " of " + input.within().toHours() + " h").toLowerCase(ROOT);
    return "`" + input.name() + "` " + kind + over + worst + rule + unless + aliases;
  }

  private static String assumed(Input input) {
    String word = input.codes().get((int) input.assumed());
    return input.isYesNo() ? (word.equals("true") ? "yes" : "no") : word;
  }

  private static String told(Output output) {
    String kind =
        output.codes().isEmpty()
            ? output.unit()
            : output.isYesNo() ? "yes/no" : String.join("/", output.codes());
    return "`" + output.name() + "` " + kind + (output.atLeast() ? " (at least)" : "");
  }

  private static String licence(String row) {
    return row.substring(row.lastIndexOf(" | ") + 3).replace("|", "");
  }

  /** The rows of the tables of models, whose first cell is an id. */
  private static List<String> rows() throws IOException {
    Path classes = Path.of(URI.create(ReadmeTest.class.getResource("/").toString()));
    Path readme = classes.getParent().getParent().resolve("README.md");
    try (var lines = Files.lines(readme)) {
      return lines
          .takeWhile(line -> !line.equals("## SQL"))
          .filter(line -> line.startsWith("| `"))
          .toList();
    }
  }

  private static List<CapacityModel> capacityModels() throws Exception {
    List<CapacityModel> models = new ArrayList<>();
    URI self = URI.create(CapacityBalance.class.getResource("CapacityBalance.class").toString());
    try (var files = Files.list(Path.of(self).getParent())) {
      for (String file : files.map(path -> path.getFileName().toString()).sorted().toList()) {
        String name = CapacityBalance.class.getPackageName() + "." + file.replace(".class", "");
        Class<?> type = Class.forName(name);
        if (CapacityModel.class.isAssignableFrom(type)) {
          models.add((CapacityModel) type.getConstructor().newInstance());
        }
      }
    }
    return models;
  }
}
