// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Completion;
import io.medflink.core.Input;
import io.medflink.core.Interval;
import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import io.medflink.models.VectorsFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A hospital's own intercept and slope on every published probability. */
final class RecalibratedTest {
  private static final double INTERCEPT = -0.3;
  private static final double SLOPE = 0.8;

  private static final String CARD =
      """
      {"format": "medflink-model-card/1", "kind": "recalibrated", "id": "framingham-cvd-2008",
       "version": "elsewhere-1", "citation": "2,000 made-up patients of a test",
       "model": {"id": "framingham-cvd-2008", "version": "2008"},
       "output": "risk", "intercept": -0.3, "slope": 0.8,
       "levels": [{"from": 0, "level": "LOW"}, {"from": 0.1, "level": "HIGH"}]}
      """;

  /** Every probability that a model of the package answers: its id and its name. */
  static Stream<List<String>> probabilities() {
    return RiskModels.all().stream()
        .flatMap(
            model ->
                model.card().outputs().stream()
                    .filter(output -> output.unit().equals("1") && output.codes().isEmpty())
                    .map(output -> List.of(model.id(), output.name())));
  }

  private static Recalibrated recalibrated(RiskModel model, String output) {
    return new Recalibrated(
        new RecalibrationCard(
            model.id(),
            "1",
            "a test",
            null,
            model.id(),
            model.version(),
            null,
            output,
            INTERCEPT,
            SLOPE,
            List.of()),
        model);
  }

  private static double mapped(double risk) {
    return 1 / (1 + Math.exp(-(INTERCEPT + SLOPE * Math.log(risk / (1 - risk)))));
  }

  @ParameterizedTest
  @MethodSource("probabilities")
  void everyPublishedProbabilityHasItsIntervalsEndsMapped(List<String> probability)
      throws Exception {
    RiskModel model = RiskModels.byId(probability.get(0));
    Output published =
        model.card().outputs().stream()
            .filter(o -> o.name().equals(probability.get(1)))
            .findFirst()
            .orElseThrow();
    Recalibrated recalibrated = recalibrated(model, published.name());
    Output output = recalibrated.card().outputs().get(0);
    Questionnaire before = new Questionnaire(model);
    Questionnaire after = new Questionnaire(recalibrated);
    Random random = new Random(5);
    int answered = 0;
    for (Map<String, Object> values : rows(model.id())) {
      for (int gaps = 0; gaps < 4; gaps++) {
        Interval was = before.assess(values);
        Interval is = after.assess(values);
        assertThat(is.applicable()).isEqualTo(was.applicable());
        assertThat(is.missing()).isEqualTo(was.missing());
        assertThat(is.reason()).isEqualTo(was.reason());
        if (was.applicable()) {
          answered++;
          assertThat(is.low(output)).isCloseTo(mapped(was.low(published)), within(1e-12));
          assertThat(is.high(output)).isCloseTo(mapped(was.high(published)), within(1e-12));
          assertThat(is.level()).isEqualTo(RiskLevel.UNKNOWN);
        }
        if (!values.isEmpty()) {
          values.remove(values.keySet().stream().toList().get(random.nextInt(values.size())));
        }
      }
    }
    assertThat(answered).isGreaterThan(10);
    assertThat(recalibrated.version()).isEqualTo(model.version() + " recalibrated 1");
    assertThat(recalibrated.card().citation()).startsWith(model.card().citation());
  }

  /** The inputs of a model's golden rows. */
  private static List<Map<String, Object>> rows(String id) throws Exception {
    Path golden =
        Path.of(
            URI.create(RecalibratedTest.class.getResource("/golden/" + id + ".csv").toString()));
    return VectorsFile.read(golden, id).stream()
        .map(row -> values(row.input()))
        .map(HashMap::new)
        .<Map<String, Object>>map(values -> values)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> values(JsonNode input) {
    return new JsonMapper().convertValue(input, Map.class);
  }

  @Test
  void aCardIsReadTellsWhatItIsAndIsWrittenAsItWas(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("cvd.json"), CARD);

    RiskModel model = RiskModels.byId(file.toString());

    assertThat(model.id()).isEqualTo("framingham-cvd-2008");
    assertThat(model.version()).isEqualTo("2008 recalibrated elsewhere-1");
    assertThat(model.card().intendedUse())
        .isEqualTo(RiskModels.byId("framingham-cvd-2008").card().intendedUse());
    Map<String, Object> patient =
        Map.of(
            "age",
            61,
            "sex",
            "F",
            "tc_mg_dl",
            180,
            "hdl_mg_dl",
            47,
            "sbp",
            124,
            "bp_treated",
            false,
            "smoker",
            true,
            "diabetes",
            false);
    // D'Agostino 2008, case 1: 10.48 %; ln(0.1048 / 0.8952) = -2.1449, × 0.8 - 0.3 = -2.0159.
    var answer = new Questionnaire(model).answer(patient);
    assertThat((double) answer.get("risk")).isCloseTo(0.1176, within(1e-3));
    assertThat(answer).containsEntry("level", "HIGH");
    String written = ((Recalibrated) model).recalibration().write();
    assertThat(((Recalibrated) RiskModels.read(written)).recalibration())
        .isEqualTo(((Recalibrated) model).recalibration());
    assertThat(new Questionnaire(copy(model)).answer(patient)).isEqualTo(answer);
  }

  private static RiskModel copy(RiskModel model) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(model);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (RiskModel) in.readObject();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"slope\": 0.8'|'\"slope\": -0.8'|'slope: not over 0'",
        "'\"slope\": 0.8'|'\"slope\": 0'|'slope: not over 0'",
        "'\"slope\": 0.8'|'\"slope\": \"x\"'|'slope: no finite number'",
        "'\"slope\": 0.8,'|''|'slope: missing'",
        "'\"version\": \"2008\"'|'\"version\": \"2007\"'|'model.version: the model here has"
            + " another: 2008'",
        "'{\"id\": \"framingham-cvd-2008\"'|'{\"id\": \"nothing\"'|'no model nothing; there'",
        "'{\"id\": \"framingham-cvd-2008\"'|'{\"id\": \"x.json\"'|'model.id: a file; put its card"
            + " there itself'",
        "'\"output\": \"risk\"'|'\"output\": \"score\"'|'output: none of framingham-cvd-2008'",
        "'\"from\": 0.1'|'\"from\": 0'|'levels[1].from: does not rise'",
        "'\"kind\": \"recalibrated\"'|'\"kind\": \"logistic\"'|'an unknown field; there are'",
        "'\"citation\"'|'\"quotation\"'|'an unknown field; there are'",
        "'card/1'|'card/2'|'format: not medflink-model-card/1'",
        "'ted\", \"id\": \"framingham-cvd-2008\",'|'ted\", \"id\": \"A B\",'|'id: not lower case with hyphens'"
      })
  void aBadCardIsRefusedByItsField(String right, String wrong, String message) {
    assertThat(CARD).contains(right);
    assertThatThrownBy(() -> RiskModels.read(CARD.replace(right, wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void onlyAProbabilityIsRecalibrated() {
    RiskModel news = RiskModels.byId("news2");
    assertThatThrownBy(() -> recalibrated(news, "score"))
        .hasMessage("output: score of news2 is no probability");
    assertThatThrownBy(() -> recalibrated(news, "risk"))
        .hasMessage("output: risk of news2 is no probability");
  }

  @Test
  void aProposalFitsThePopulationAndSoDoesOneOfTheProposed() {
    RiskModel published = RiskModels.byId("framingham-cvd-2008");
    RiskModel model = published;
    Random random = new Random(21);
    for (int round = 0; round < 2; round++) {
      Sample sample = sample(published, model, random, -0.7, 0.6);
      Calibration before = sample.calibration(model);
      model = RiskModels.read(before.propose(model, "hospital-" + round, "a made-up hospital"));
      Calibration after = sample.calibration(model);

      assertThat(after.slope()).isCloseTo(1, within(1e-6));
      assertThat(after.intercept()).isCloseTo(0, within(1e-6));
      assertThat(after.auc()).isCloseTo(before.auc(), within(1e-12));
      assertThat(after.brier()).isLessThanOrEqualTo(before.brier());
      assertThat(model.id()).isEqualTo("framingham-cvd-2008");
      assertThat(model.version()).isEqualTo("2008 recalibrated hospital-" + round);
      assertThat(Math.abs(before.slope() - (round == 0 ? 0.6 : 1)))
          .isLessThan(4 * before.slopeError());
    }
    RecalibrationCard last = ((Recalibrated) model).recalibration();
    assertThat(last.slope()).isCloseTo(0.6, within(0.1));
    assertThat(last.intercept()).isCloseTo(-0.7, within(0.2));
  }

  @Test
  void aCoxCardIsRecalibratedWithoutBeingFoundByItsId() {
    RiskModel cox = Cox.read(CoefficientCardTest.KFRE);
    Sample sample = sample(cox, cox, new Random(3), 0.4, 1.2);
    RiskModel proposed =
        RiskModels.read(sample.calibration(cox).propose(cox, "2", "a made-up hospital"));

    assertThat(sample.calibration(proposed).slope()).isCloseTo(1, within(1e-6));
    assertThat(proposed.version()).isEqualTo("2016 recalibrated 2");
    assertThat(((Recalibrated) proposed).recalibration().levels()).hasSize(3);
  }

  @Test
  void risksThatRankThePatientsTheWrongWayGetNoProposal() {
    RiskModel model = RiskModels.byId("pce-2013");
    Calibration wrong = sample(model, model, new Random(4), 0, -1).calibration(model);
    assertThatThrownBy(() -> wrong.propose(model, "1", "a made-up hospital"))
        .hasMessageStartingWith("slope: not over 0");
  }

  /** Complete charts and what came of them. */
  private record Sample(List<Chart> charts, boolean[] outcomes) {
    Calibration calibration(RiskModel model) {
      double[] risks = charts.stream().mapToDouble(chart -> risk(model, chart)).toArray();
      return Calibration.of(risks, outcomes);
    }
  }

  /** Outcomes whose log odds are a line of those that a model predicts. */
  private static Sample sample(
      RiskModel truth, RiskModel asked, Random random, double intercept, double slope) {
    int n = 4000;
    boolean[] outcomes = new boolean[n];
    List<Chart> charts =
        Stream.generate(() -> chart(asked, random))
            .filter(chart -> !Double.isNaN(risk(truth, chart)))
            .limit(n)
            .toList();
    for (int i = 0; i < n; i++) {
      double risk = risk(truth, charts.get(i));
      double odds = intercept + slope * Math.log(risk / (1 - risk));
      outcomes[i] = random.nextDouble() < 1 / (1 + Math.exp(-odds));
    }
    return new Sample(charts, outcomes);
  }

  private static Chart chart(RiskModel model, Random random) {
    Chart chart = new Chart(model);
    chart.clear(0);
    for (Input input : model.card().inputs()) {
      double low = Math.max(input.published().low(), 20);
      double high = Math.min(input.published().high(), 300);
      double value = low + (high - low) * random.nextDouble();
      boolean disease = input.name().equals("cvd");
      int codes = input.codes().size();
      chart.set(input, disease ? 0 : codes == 0 ? value : random.nextInt(codes));
    }
    return chart;
  }

  private static double risk(RiskModel model, Chart chart) {
    Answer answer = new Answer(model);
    model.assess(chart, answer);
    double risk = answer.value(model.card().outputs().get(0));
    return risk > 0 && risk < 1 ? risk : Double.NaN;
  }

  @Test
  void anAnswerCostsNothing() {
    RiskModel model = RiskModels.read(CARD);
    Chart chart = sample(model, model, new Random(9), 0, 1).charts().get(0);
    Completion completion = new Completion(model);
    Interval interval = new Interval(model);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < 1000; i++) {
        completion.assess(chart, interval);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    assertThat(least).isLessThan(1000);
  }
}
