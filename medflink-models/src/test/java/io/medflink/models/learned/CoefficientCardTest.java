// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Completion;
import io.medflink.core.Explanation;
import io.medflink.core.Interval;
import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models from cards: the same figures as the publication's own code, and no bad card accepted. */
final class CoefficientCardTest {

  /** Tangri 2016, four variables, outside North America, five years. */
  static final String KFRE =
      """
      {"format": "medflink-model-card/1", "kind": "cox", "id": "kfre-4", "version": "2016",
       "citation": "Tangri N, et al. JAMA 2016;315:164-74", "intended_use": "A test of the loader",
       "output": "risk_5y", "mean": 2.45597514, "baseline_survival": 0.9365,
       "inputs": [
         {"name": "age", "code": "age", "unit": "a", "low": 18, "high": 100, "scope": "patient",
          "within": "P54900D"},
         {"name": "sex", "code": "46098-0", "scope": "patient", "within": "P54900D"},
         {"name": "egfr", "code": "98979-8", "unit": "mL/min/{1.73_m2}", "low": 10, "high": 59.9},
         {"name": "uacr", "code": "9318-7", "unit": "mg/g", "low": 0.1, "high": 25000}],
       "terms": [
         {"input": "age", "coefficient": -0.2201, "minus": 70.36, "per": 10},
         {"input": "sex", "equals": "M", "coefficient": 0.2467},
         {"input": "egfr", "coefficient": -0.5567, "minus": 36.11, "per": 5},
         {"input": "uacr", "coefficient": 0.4510, "transform": "ln"}],
       "levels": [{"from": 0, "level": "LOW"}, {"from": 0.05, "level": "MEDIUM"},
                  {"from": 0.15, "level": "HIGH"}]}
      """;

  static final String LOGISTIC =
      """
      {"format": "medflink-model-card/1", "kind": "logistic", "id": "ward-risk", "version": "1",
       "citation": "Made up for a test, no publication", "intended_use": "A test of the loader",
       "intercept": -4.2,
       "inputs": [
         {"name": "hr", "code": "8867-4", "unit": "/min", "low": 20, "high": 250},
         {"name": "glucose", "code": "2345-7", "unit": "mmol/L", "low": 1, "high": 40},
         {"name": "smoker", "code": "medflink:smoker", "scope": "patient", "within": "P366D"},
         {"name": "sbp", "code": "8480-6", "unit": "mm[Hg]", "low": 50, "high": 250}],
       "terms": [
         {"input": "hr", "coefficient": 0.02},
         {"input": "glucose", "coefficient": 0.6, "at_least": 11.1},
         {"input": "glucose", "coefficient": -0.05},
         {"input": "smoker", "coefficient": 0.4},
         {"input": "sbp", "coefficient": -0.004, "times": "smoker"}]}
      """;

  @Test
  void aCoxCardAnswersAsTheKidneyFailureEquationDoes() {
    Questionnaire own = new Questionnaire(RiskModels.byId("kfre"));
    Questionnaire card = new Questionnaire(Cox.read(KFRE));
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      double age = 18 + random.nextInt(82);
      double egfr = 10 + random.nextInt(49);
      double uacr = Math.exp(random.nextDouble() * 9);
      String sex = random.nextBoolean() ? "F" : "M";
      Map<String, Object> answer =
          card.answer(Map.of("age", age, "sex", sex, "egfr", egfr, "uacr", uacr));
      Map<String, Object> known =
          own.answer(
              Map.of(
                  "age", age, "sex", sex, "egfr", egfr, "uacr_mg_g", uacr, "north_america", false));

      double expected = (double) known.get("risk_5y");
      assertThat((double) answer.get("risk_5y")).isCloseTo(expected, within(1e-6));
      assertThat(answer.get("level"))
          .isEqualTo(expected < 0.05 ? "LOW" : expected < 0.15 ? "MEDIUM" : "HIGH");
    }
  }

  @Test
  void aLogisticCardAnswersWhatItsTermsSay() {
    Map<String, Object> answer =
        new Questionnaire(Logistic.read(LOGISTIC))
            .answer(Map.of("hr", 90, "glucose", 12, "smoker", true, "sbp", 120));

    double lp = -4.2 + 0.02 * 90 + 0.6 - 0.05 * 12 + 0.4 - 0.004 * 120;
    assertThat((double) answer.get("risk")).isCloseTo(1 / (1 + Math.exp(-lp)), within(1e-12));
    assertThat(answer).containsEntry("level", "UNKNOWN").containsEntry("version", "1");
    assertThat(
            new Questionnaire(Logistic.read(LOGISTIC))
                .answer(Map.of("hr", 10, "glucose", 12, "smoker", true, "sbp", 120)))
        .containsEntry("applicable", false)
        .containsEntry("reason", "hr outside 20 <= x <= 250 /min");
  }

  @Test
  void whatIsUnknownMakesTheExactInterval() {
    for (RiskModel model : List.of(Logistic.read(LOGISTIC), Cox.read(KFRE))) {
      Output risk = model.card().outputs().get(0);
      Random random = new Random(2);
      Interval interval = new Interval(model);
      Interval complete = new Interval(model);
      for (int i = 0; i < 300; i++) {
        Chart chart = chart(model, random);
        int gap = random.nextInt(model.card().inputs().size());
        Chart open = new Chart(model);
        open.clear(0);
        for (int j = 0; j < model.card().inputs().size(); j++) {
          var input = model.card().inputs().get(j);
          open.set(input, j == gap || random.nextInt(3) == 0 ? Double.NaN : chart.value(input));
        }
        new Completion(model).assess(open, interval);
        new Completion(model).assess(chart, complete);

        assertThat(complete.low(risk)).isBetween(interval.low(risk), interval.high(risk));
        assertThat(interval.missing()).isNotEmpty();
      }
    }
  }

  private static Chart chart(RiskModel model, Random random) {
    Chart chart = new Chart(model);
    chart.clear(0);
    for (var input : model.card().inputs()) {
      double low = input.published().low();
      double value = low + (input.published().high() - low) * random.nextDouble();
      chart.set(input, input.codes().isEmpty() ? value : Math.rint(value));
    }
    return chart;
  }

  @Test
  void itAllocatesNothingAndItsTermsAddUp() {
    RiskModel model = Logistic.read(LOGISTIC);
    Chart chart = chart(model, new Random(3));
    Answer answer = new Answer(model);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 50 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 5000; i++) {
        answer.clear();
        model.assess(chart, answer);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();

    Explanation why = Explanation.of(model, chart);
    double sum = why.constant();
    for (Explanation.Counted counted : why.inputs()) {
      sum += counted.low();
    }
    assertThat(1 / (1 + Math.exp(-sum)))
        .isCloseTo(answer.value(model.card().outputs().get(0)), within(1e-12));
  }

  @Test
  void aCardSurvivesBeingWrittenAndRead() {
    for (String json : List.of(KFRE, LOGISTIC)) {
      CoefficientCard card = CoefficientCard.read(json);

      assertThat(CoefficientCard.read(card.write())).isEqualTo(card);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\": \"medflink-model-card/1\" | \"format\": \"2\" | format: not medflink",
        "\"kind\": \"logistic\" | \"kind\": \"forest\" | kind: none of [LOGISTIC, COX]",
        "\"kind\": \"logistic\" | \"kind\": \"cox\" | intercept: not of this kind of model",
        "\"intercept\": -4.2 | \"intercept\": \"-4.2\" | intercept: no finite number",
        "\"intercept\": -4.2, | `` | intercept: missing",
        "\"version\": \"1\" | \"version\": \"\" | version: no text",
        "\"version\": \"1\" | \"version\": \"1\", \"SECRET\": 1 | an unknown field; there are format",
        "\"version\": \"1\" | \"version\": \"1\", \"version\": \"2\" | line 1: not strict JSON",
        "\"id\": \"ward-risk\" | \"id\": \"Ward Risk\" | id: not lower case",
        "\"code\": \"8867-4\" | \"code\": \"8867-5\" | inputs[0].code: no known observation",
        "\"unit\": \"/min\" | \"unit\": \"kg\" | inputs[0].unit: /min is not convertible",
        "\"unit\": \"mmol/L\" | \"unit\": \"furlong\" | inputs[1].unit: no UCUM unit",
        "\"low\": 20, \"high\": 250 | \"low\": 20, \"high\": 20 | inputs[0].high: not over low",
        "\"low\": 20, \"high\": 250 | \"low\": -1, \"high\": 250 | inputs[0].low: low or high imposs",
        "\"low\": 20, | `` | inputs[0].low: missing",
        "\"within\": \"P366D\" | \"within\": \"a year\" | inputs[2].within: no ISO 8601 duration",
        "\"scope\": \"patient\" | \"scope\": \"ward\" | inputs[2].scope: neither encounter nor",
        "\"name\": \"glucose\" | \"name\": \"hr\" | inputs[1].name: twice",
        "\"input\": \"hr\" | \"input\": \"pulse\" | terms[0].input: none of the inputs",
        "\"times\": \"smoker\" | \"times\": \"smoke\" | terms[4].times: none of the inputs",
        "\"coefficient\": 0.02 | \"coefficient\": 1e999 | terms[0].coefficient: no finite number",
        "\"coefficient\": 0.4 | \"coefficient\": 0.4, \"equals\": \"a lot\" | terms[3].equals: no word",
        "\"coefficient\": 0.02 | \"coefficient\": 0.02, \"per\": 0 | terms[0].per: 0",
        "\"coefficient\": 0.02 | \"coefficient\": 0.02, \"minus\": 50, \"transform\": \"ln\" | terms[0].transform: the range has no"
      })
  void aBadCardIsRefusedByTheNameOfTheField(String right, String wrong, String message) {
    String json = LOGISTIC.replaceFirst(Pattern.quote(right), wrong);
    assertThat(json).isNotEqualTo(LOGISTIC);

    assertThatThrownBy(() -> CoefficientCard.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("SECRET")
        .hasNoCause();
  }

  @Test
  void levelsMustBeginAtNothingAndRise() {
    assertThatThrownBy(() -> Cox.read(KFRE.replace("\"from\": 0.15", "\"from\": 0.01")))
        .hasMessage("levels[2].from: does not rise");
    assertThatThrownBy(() -> Cox.read(KFRE.replace("\"HIGH\"", "\"LOW\"")))
        .hasMessage("levels[2].level: does not rise");
    assertThatThrownBy(() -> Cox.read(KFRE.replace("0.9365", "1.5")))
        .hasMessage("baseline_survival: not between 0 and 1");
    assertThatThrownBy(() -> Logistic.read(KFRE)).hasMessage("kind: not logistic");
  }

  @Test
  void aSquareMayHideItsExtremeSoThereIsNoAnswerWithoutIt() {
    String json =
        LOGISTIC.replace(
            "{\"input\": \"hr\", \"coefficient\": 0.02}",
            "{\"input\": \"hr\", \"coefficient\": 0.001, \"minus\": 80, \"transform\": \"square\"}");
    Map<String, Object> values = new HashMap<>(Map.of("glucose", 5, "smoker", 1, "sbp", 120));

    assertThat(new Questionnaire(Logistic.read(json)).answer(values))
        .containsEntry("applicable", false)
        .containsEntry("reason", "needs hr");
  }
}
