// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medflink.core.Input;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the rows of a vectors file that belong to implemented models. */
final class ClinicalVectorsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  @Test
  void everyReferenceVectorOfAnImplementedModelAgrees() throws IOException {
    Outcome outcome = run(VectorsFile.locate("medflink.clinical.vectors", "clinical/vectors.csv"));

    System.out.println(outcome.line());
    assertThat(outcome.disagreements()).isEmpty();
  }

  @Test
  void aWrongFigureAnUnknownNameAndARefusedRowDisagree() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("vectors.csv"),
            """
            model,input,expected,tolerance,source
            threshold,"{""hr"": 101}","{""above"": true}",0,agrees
            threshold,"{""hr"": 100}","{""above"": true}",0,wrong figure
            threshold,"{""hr"": 101, ""pulse"": 1}","{""above"": true}",0,unknown input
            threshold,"{""hr"": 101}","{""over"": true}",0,unknown output
            threshold,"{""hr"": 300}","{""applicable"": false}",0,agrees
            threshold,"{""hr"": 300, ""pulse"": 1}","{""applicable"": false}",0,unknown input
            threshold,"{""hr"": 299}","{""applicable"": false}",0,applies
            unheard_of,{},{},0,no such model
            """);

    Outcome outcome = run(file);

    assertThat(outcome.line())
        .isEqualTo("clinical vectors: 7 rows, 2 agree, 5 disagree, 1 of models not implemented");
    assertThat(outcome.disagreements())
        .containsExactly(
            "3 threshold [above]",
            "4 threshold [above]",
            "5 threshold [over]",
            "7 threshold [applicable]",
            "8 threshold [applicable]");
  }

  private record Outcome(int rows, List<String> disagreements, int others) {
    String line() {
      return "clinical vectors: %d rows, %d agree, %d disagree, %d of models not implemented"
          .formatted(rows, rows - disagreements.size(), disagreements.size(), others);
    }
  }

  private static Outcome run(Path file) throws IOException {
    Map<String, RiskModel> models = new TreeMap<>();
    RiskModels.all().forEach(model -> models.put(model.id().replace('-', '_'), model));
    List<String> disagreements = new ArrayList<>();
    int rows = 0;
    int others = 0;
    for (VectorsFile.Row row : VectorsFile.read(file)) {
      RiskModel model = models.get(row.model().replaceFirst("^(kdigo_aki)_.*", "$1"));
      if (model == null) {
        others++;
        continue;
      }
      rows++;
      List<String> wrong = disagreeing(model, row);
      if (!wrong.isEmpty()) {
        disagreements.add(row.line() + " " + row.model() + " " + wrong);
      }
    }
    return new Outcome(rows, disagreements, others);
  }

  /** The names of the outputs that differ; all of them where an input has an unknown name. */
  static List<String> disagreeing(RiskModel model, VectorsFile.Row row) {
    var answer = answer(model, row);
    TreeSet<String> known = new TreeSet<>();
    for (Input input : model.card().inputs()) {
      known.add(input.name());
      input.aliases().forEach(alias -> known.add(alias.name()));
    }
    model.card().checklists().forEach(list -> known.add(list.name()));
    boolean foreign =
        row.input().properties().stream().anyMatch(input -> !known.contains(input.getKey()));
    return row.expected().properties().stream()
        .filter(
            expected ->
                foreign
                    || !VectorsFile.agrees(
                        expected.getValue(), answer.path(expected.getKey()), row.tolerance()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static JsonNode answer(RiskModel model, VectorsFile.Row row) {
    Map<String, Object> values =
        JSON.convertValue(row.input(), new TypeReference<Map<String, Object>>() {});
    return JSON.valueToTree(new Questionnaire(model).answer(values));
  }
}
