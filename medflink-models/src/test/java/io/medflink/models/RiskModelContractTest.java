// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.medflink.core.Alias;
import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Completion;
import io.medflink.core.Input;
import io.medflink.core.Interval;
import io.medflink.core.ModelCard;
import io.medflink.core.ObservationType;
import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.core.Samples;
import io.medflink.core.Unknown;
import io.medflink.core.units.Units;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model of the package keeps; {@link CompletionContractTest} has the intervals. */
final class RiskModelContractTest {
  private static final Set<String> TAKEN =
      Set.of(
          "model",
          "version",
          "applicable",
          "low",
          "high",
          "level",
          "level_low",
          "level_high",
          "missing",
          "predictions",
          "reason");

  static Stream<String> models() {
    return RiskModels.all().stream().map(RiskModel::id);
  }

  @Test
  void everyModelOfThePackageIsFoundAndNoGoldenFileIsLeftOver() throws Exception {
    List<String> classes = new ArrayList<>();
    Path folder = folder(RiskModels.class, "RiskModels.class");
    try (var files = Files.list(folder)) {
      for (String file : files.map(path -> path.getFileName().toString()).toList()) {
        if (file.matches("\\w+\\.class")) {
          Class<?> type =
              Class.forName(getClass().getPackageName() + "." + file.replace(".class", ""));
          if (RiskModel.class.isAssignableFrom(type)) {
            classes.add(type.getName());
          }
        }
      }
    }
    assertThat(RiskModels.all())
        .extracting(model -> model.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(classes);
    try (var files = Files.list(folder(getClass(), "/golden/news2.csv"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".csv", "")))
          .containsExactlyInAnyOrderElementsOf(models().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesWithItsGoldenRows(String id) throws Exception {
    RiskModel model = RiskModels.byId(id);
    List<String> wrong = new ArrayList<>();
    List<VectorsFile.Row> rows =
        VectorsFile.read(folder(getClass(), "/golden/news2.csv").resolve(id + ".csv"), id);
    for (VectorsFile.Row row : rows) {
      assertThat(row.source()).as("source of row %d", row.line()).isNotBlank();
      List<String> names = ClinicalVectorsTest.disagreeing(model, row);
      if (!names.isEmpty()) {
        wrong.add(row.line() + " " + names);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("models")
  void saysWhatItIsAndInWhichUnits(String id) {
    ModelCard card = RiskModels.byId(id).card();
    assertThat(RiskModels.byId(id).card()).isSameAs(card);
    assertThat(card.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(card.version()).isNotBlank();
    assertThat(card.citation()).hasSizeGreaterThan(20);
    assertThat(card.intendedUse()).hasSizeGreaterThan(20);
    List<String> names = new ArrayList<>();
    for (Input input : card.inputs()) {
      names.add(input.name());
      input.aliases().forEach(alias -> names.add(alias.name()));
    }
    card.checklists().forEach(list -> names.add(list.name()));
    assertThat(names).isNotEmpty().doesNotHaveDuplicates().allMatch(n -> n.matches("[a-z]\\w*"));
    assertThat(card.outputs()).isNotEmpty().extracting(Output::name).doesNotHaveDuplicates();
    for (int i = 0; i < card.inputs().size(); i++) {
      Input input = card.inputs().get(i);
      assertThat(input.index()).isEqualTo(i);
      assertThat(input.name()).matches("[a-z][a-zA-Z0-9_]*");
      assertThat(input.types()).isNotEmpty();
      assertThat(input.within()).isPositive();
      assertThat(input.unit() == null).as(input.name()).isEqualTo(!input.codes().isEmpty());
      assertUnit(input.unit());
      input.aliases().forEach(alias -> assertUnit(alias.unit()));
      if (input.unit() != null && input.derivation() == null) {
        ObservationType type = input.types().get(0);
        assertThat(Units.conversion(type.unit(), input.unit(), type.analyte())).isNotNull();
      }
      boolean setting = input.unknown() == Unknown.SETTING;
      assertThat(input.possible().contains(input.assumed())).as(input.name()).isEqualTo(setting);
      assertThat(input.cells().isEmpty())
          .as(input.name())
          .isEqualTo(input.unknown() != Unknown.CELLS);
    }
    for (int i = 0; i < card.outputs().size(); i++) {
      Output output = card.outputs().get(i);
      assertThat(output.index()).isEqualTo(i);
      assertThat(output.name()).matches("[a-z][a-zA-Z0-9_]*").isNotIn(TAKEN);
      assertUnit(output.unit());
    }
  }

  private static void assertUnit(String unit) {
    if (unit != null) {
      assertThat(Units.isValid(unit)).as(unit).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void isAPureFunctionThatSurvivesSerialisation(String id) throws Exception {
    RiskModel model = RiskModels.byId(id);
    RiskModel copy = copy(model);
    assertThat(copy.card().inputs()).hasSameSizeAs(model.card().inputs());
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    Random random = new Random(1);
    List<Map<String, Object>> charts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      charts.add(named(model, Charts.complete(model, random)));
    }
    Questionnaire first = new Questionnaire(model);
    List<Map<String, Object>> answers = charts.stream().map(first::answer).toList();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      Questionnaire again = new Questionnaire(copy);
      for (int i = charts.size() - 1; i >= 0; i--) {
        assertThat(again.answer(charts.get(i))).isEqualTo(answers.get(i));
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersEveryOutputOrSaysWhyNot(String id) {
    RiskModel model = RiskModels.byId(id);
    Random random = new Random(2);
    Answer answer = new Answer(model);
    int applicable = 0;
    for (int i = 0; i < 2000; i++) {
      Chart chart = Charts.complete(model, random);
      answer.clear();
      model.assess(chart, answer);
      if (answer.applicable()) {
        applicable++;
        for (Output output : model.card().outputs()) {
          double value = answer.value(output);
          assertThat(value).as(output.name()).isFinite();
          if (output.unit().equals("1") && output.codes().isEmpty()) {
            assertThat(value).isBetween(0.0, 1.0);
          }
          if (!output.codes().isEmpty()) {
            assertThat(value).isIn((Object[]) positions(output.codes().size()));
          }
        }
      } else {
        assertThat(answer.reason()).isNotBlank();
      }
    }
    assertThat(applicable).isPositive();
  }

  private static Double[] positions(int size) {
    Double[] positions = new Double[size];
    Arrays.setAll(positions, i -> (double) i);
    return positions;
  }

  @ParameterizedTest
  @MethodSource("models")
  void allocatesNothingForACompleteChart(String id) {
    RiskModel model = RiskModels.byId(id);
    Completion completion = new Completion(model);
    Interval interval = new Interval(model);
    Random random = new Random(3);
    List<Chart> charts = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      charts.add(Charts.complete(model, random));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 50 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 6400; i++) {
        completion.assess(charts.get(i & 63), interval);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes in 6400 assessments").isZero();
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersForeignNamesAndBadValuesWithAReasonThatNeverQuotesThem(String id) {
    RiskModel model = RiskModels.byId(id);
    Questionnaire questionnaire = new Questionnaire(model);
    for (Input input : model.card().inputs()) {
      for (Object bad : List.of("Krbykch", new int[0], -987_654_321.5, Double.NaN)) {
        Map<String, Object> values = new HashMap<>();
        values.put(input.name(), bad);
        Map<String, Object> answer = questionnaire.answer(values);
        assertThat(answer).containsEntry("applicable", false).containsEntry("low", null);
        assertThat(answer.get("reason").toString())
            .startsWith(input.name() + ": ")
            .doesNotContain("Krbykch", "987", "NaN");
      }
    }
    assertThat(questionnaire.assess(Map.of("heart rate of Krbykch", 1)).reason())
        .isEqualTo("a name: no input of " + id);
  }

  @ParameterizedTest
  @MethodSource("models")
  void takesANumberInEachOfItsUnitsButNotInTwoAtOnce(String id) {
    RiskModel model = RiskModels.byId(id);
    Questionnaire questionnaire = new Questionnaire(model);
    Random random = new Random(4);
    Map<String, Object> values = named(model, Charts.complete(model, random));
    while (!questionnaire.assess(values).applicable()) {
      values = named(model, Charts.complete(model, random));
    }
    for (Input input : model.card().inputs()) {
      for (Alias alias : input.aliases()) {
        ObservationType type = input.types().get(0);
        Map<String, Object> renamed = new HashMap<>(values);
        Object value = renamed.remove(input.name());
        var back = Units.conversion(input.unit(), alias.unit(), type.analyte());
        renamed.put(
            alias.name(),
            value instanceof List<?> pairs
                ? pairs.stream()
                    .map(pair -> (List<?>) pair)
                    .map(pair -> List.of(pair.get(0), back.apply((double) pair.get(1))))
                    .toList()
                : back.apply((double) value));
        assertThat(questionnaire.assess(renamed).applicable()).isTrue();
        Map<String, Object> answer = questionnaire.answer(renamed);
        for (Output output : model.card().outputs()) {
          double expected = low(questionnaire.answer(values), output);
          assertThat(low(answer, output))
              .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
        renamed.put(input.name(), value);
        assertThat(questionnaire.assess(renamed).reason())
            .isEqualTo(input.name() + ": given twice, by two names");
        assertThat(questionnaire.assess(Map.of(alias.name(), "Krbykch")).reason())
            .startsWith(alias.name() + ": ")
            .containsAnyOf(": not a number " + input.unit(), ": neither a number nor a list");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void takesAListOfWhatIsTrueButNothingElseOfIt(String id) {
    RiskModel model = RiskModels.byId(id);
    Questionnaire questionnaire = new Questionnaire(model);
    for (ModelCard.Checklist list : model.card().checklists()) {
      Map<String, Object> values = named(model, Charts.complete(model, new Random(6)));
      List<String> checked = new ArrayList<>();
      for (Input input : list.inputs()) {
        assertThat(input.isYesNo()).as(input.name()).isTrue();
        if (values.get(input.name()).equals("true")) {
          checked.add(input.name());
        }
      }
      Map<String, Object> expected = questionnaire.answer(values);
      Map<String, Object> listed = new HashMap<>(values);
      list.inputs().forEach(input -> listed.remove(input.name()));
      listed.put(list.name(), checked);
      assertThat(questionnaire.answer(listed)).isEqualTo(expected);
      listed.put(list.name(), checked.toArray(new String[0]));
      assertThat(questionnaire.answer(listed)).isEqualTo(expected);
      listed.put(list.inputs().get(0).name(), false);
      assertThat(questionnaire.assess(listed).reason())
          .isEqualTo(list.inputs().get(0).name() + ": given twice, by two names");
      for (Object bad : List.of("Krbykch", List.of("Krbykch"), List.of(1), new Object[] {""}, 1)) {
        assertThat(questionnaire.assess(Map.of(list.name(), bad)).reason())
            .startsWith(list.name() + ": not a list of ")
            .doesNotContain("Krbykch");
      }
      Map<String, Object> unknown = new HashMap<>();
      unknown.put(list.name(), null);
      assertThat(questionnaire.assess(unknown).missing()).contains(list.inputs().get(0).name());
    }
  }

  private static double low(Map<String, Object> answer, Output output) {
    Map<?, ?> figures = (Map<?, ?>) answer.get("predictions");
    return ((Number) ((Map<?, ?>) figures.get(output.name())).get("low")).doubleValue();
  }

  private static Map<String, Object> named(RiskModel model, Chart chart) {
    Map<String, Object> values = new HashMap<>();
    for (Input input : model.card().inputs()) {
      double value = chart.value(input);
      if (input.history() != null) {
        values.put(input.name(), pairs(chart.history(input)));
      } else if (!Double.isNaN(value)) {
        values.put(input.name(), input.codes().isEmpty() ? value : input.codes().get((int) value));
      }
    }
    return values;
  }

  private static List<Object> pairs(Samples samples) {
    List<Object> pairs = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      pairs.add(List.of(samples.time(i) / 3_600_000.0, samples.value(i)));
    }
    return pairs;
  }

  private static RiskModel copy(RiskModel model) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(model);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (RiskModel) in.readObject();
    }
  }

  private static Path folder(Class<?> of, String resource) {
    return Path.of(URI.create(of.getResource(resource).toString())).getParent();
  }
}
