// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import io.medflink.models.learned.CoefficientCard;
import io.medflink.models.learned.Logistic;
import io.medflink.models.learned.Recalibrated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FitCommandTest {
  private static final String WARD =
      """
      {"format": "medflink-model-card/1", "kind": "logistic", "id": "ward-risk", "version": "1",
       "citation": "Made up for a test", "intended_use": "A test of the command",
       "intercept": 0,
       "inputs": [
         {"name": "hr", "code": "8867-4", "unit": "/min", "low": 20, "high": 250},
         {"name": "smoker", "code": "medflink:smoker", "scope": "patient", "within": "P366D"}],
       "terms": [
         {"input": "hr", "coefficient": 0, "minus": 80, "per": 10},
         {"input": "smoker", "coefficient": 0}]}
      """;

  @TempDir private Path folder;
  private Path data = Path.of("");
  private Path card = Path.of("");

  @BeforeEach
  void nameFiles() {
    data = folder.resolve("patients.csv");
    card = folder.resolve("card.json");
  }

  /** 3,000 patients whose odds are e^-0.5 times the predicted ones to the power of 0.7. */
  private void writePatients() throws Exception {
    RiskModel model = RiskModels.byId("framingham-cvd-2008");
    Questionnaire questionnaire = new Questionnaire(model);
    Random random = new Random(8);
    List<String> lines = new ArrayList<>();
    lines.add("name,age,sex,tc_mg_dl,hdl_mg_dl,sbp,bp_treated,smoker,diabetes,event");
    for (int i = 0; i < 3000; i++) {
      int age = 30 + random.nextInt(45);
      String sex = random.nextBoolean() ? "F" : "M";
      int tc = 140 + random.nextInt(150);
      int hdl = 30 + random.nextInt(60);
      int sbp = 100 + random.nextInt(80);
      boolean smoker = random.nextInt(4) == 0;
      double risk =
          questionnaire
              .assess(
                  Map.of(
                      "age",
                      age,
                      "sex",
                      sex,
                      "tc_mg_dl",
                      tc,
                      "hdl_mg_dl",
                      hdl,
                      "sbp",
                      sbp,
                      "bp_treated",
                      false,
                      "smoker",
                      smoker,
                      "diabetes",
                      false))
              .low(model.card().outputs().get(0));
      double odds = -0.5 + 0.7 * Math.log(risk / (1 - risk));
      boolean event = random.nextDouble() < 1 / (1 + Math.exp(-odds));
      lines.add(
          String.format(
              Locale.ROOT,
              "x,%d,%s,%d,%d,%d,no,%s,0,%s",
              age,
              sex,
              tc,
              hdl,
              sbp,
              smoker ? "yes" : "no",
              event ? "1" : "0"));
    }
    lines.add("x,80,F,200,50,120,no,no,0,1");
    lines.add("x,50,F,200,50,,no,no,0,1");
    lines.add("x,50,F,200,50,NA,no,no,0,0");
    lines.add("x,50,F,200,50,120,no,no,0,perhaps");
    lines.add("x,50,Q,200,50,120,no,no,0,1");
    lines.add("x,50");
    Files.write(data, lines);
  }

  @Test
  void aPublishedModelIsComparedAndACardProposedThatFits() throws Exception {
    writePatients();

    Ran ran =
        Ran.command(
            "fit",
            "--model",
            "framingham-cvd-2008",
            "--data",
            data.toString(),
            "--outcome",
            "event",
            "--card",
            card.toString(),
            "--population",
            "a made-up hospital");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isZero();
    assertThat(ran.outLines())
        .startsWith(
            "framingham-cvd-2008 2008, risk",
            "3000 rows used, 6 left out",
            "  1 another number of cells than the header",
            "  1 no answer: age outside 30 to 74 years, which the cohort does not cover",
            "  1 no answer: sex: none of F, M",
            "  2 no certain risk without sbp",
            "  1 no outcome: event is none of 0, 1, no, yes, false, true",
            "columns that are no input: name");
    assertThat(ran.out())
        .contains("Brier score", "area under the curve", "standard error")
        .contains("proposed: " + card + "; nothing uses it until somebody does");
    Recalibrated proposed = (Recalibrated) RiskModels.byId(card.toString());
    assertThat(proposed.version()).isEqualTo("2008 recalibrated local-1");
    assertThat(proposed.card().citation()).endsWith("a made-up hospital (3000 cases)");
    assertThat(proposed.recalibration().slope()).isCloseTo(0.7, within(0.15));
    assertThat(proposed.recalibration().intercept()).isCloseTo(-0.5, within(0.25));
    Ran again =
        Ran.command(
            "fit", "--model", card.toString(), "--data", data.toString(), "--outcome", "event");
    assertThat(again.outLines())
        .anyMatch(line -> line.matches(" calibration slope +\\| +1.0 \\| +1.0"))
        .anyMatch(line -> line.matches(" calibration intercept +\\| +0.0 \\| +0.0"))
        .noneMatch(line -> line.startsWith("proposed:"));
  }

  @Test
  void aLogisticCardsCoefficientsAreFittedAnewFromItsColumns() throws Exception {
    Path template = Files.writeString(folder.resolve("ward.json"), WARD);
    Random random = new Random(4);
    List<String> lines = new ArrayList<>(List.of("hr,smoker,outcome"));
    for (int i = 0; i < 5000; i++) {
      int pulse = 50 + random.nextInt(90);
      boolean smoker = random.nextBoolean();
      double odds = -1.5 + 0.4 * (pulse - 80) / 10.0 + (smoker ? 0.8 : 0);
      boolean event = random.nextDouble() < 1 / (1 + Math.exp(-odds));
      lines.add(pulse + "," + smoker + "," + event);
    }
    Files.write(data, lines);

    Ran ran =
        Ran.command(
            "fit",
            "--model",
            template.toString(),
            "--data",
            data.toString(),
            "--refit",
            "--card",
            card.toString(),
            "--population",
            "a made-up ward",
            "--card-version",
            "2");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.outLines().get(3)).startsWith(" term ").endsWith("| standard error | before");
    CoefficientCard fitted = ((Logistic) RiskModels.byId(card.toString())).coefficients();
    assertThat(fitted.version()).isEqualTo("2");
    assertThat(fitted.citation()).isEqualTo("fitted to a made-up ward (5000 cases)");
    assertThat(fitted.constant()).isCloseTo(-1.5, within(0.15));
    assertThat(fitted.terms().get(0).coefficient()).isCloseTo(0.4, within(0.05));
    assertThat(fitted.terms().get(1).coefficient()).isCloseTo(0.8, within(0.2));
  }

  @Test
  void whatCanNotBeFittedIsRefusedInOneLine() throws Exception {
    writePatients();
    assertRefused("--card needs --population", 2, "pce-2013", "--card", card.toString());
    assertRefused("news2 predicts no probability", 2, "news2");
    assertRefused("kfre predicts no probability nothing", 2, "kfre", "--output", "nothing");
    assertRefused("--refit is for a logistic card", 2, "kfre", "--refit");
    assertRefused("no column outcome; --outcome names it", 2, "pce-2013");
    // The columns of another model: nobody has a certain risk.
    assertRefused("can't fit: needs rows, as many outcomes", 1, "kfre", "--outcome", "event");
    Files.writeString(data, "age,outcome\n\"5");
    assertRefused("as CSV with a header", 1, "pce-2013");
    assertThat(card).doesNotExist();
  }

  private void assertRefused(String why, int exit, String model, String... options) {
    List<String> args =
        new ArrayList<>(List.of("fit", "--data", data.toString(), "--model", model));
    args.addAll(List.of(options));
    Ran ran = Ran.command(args.toArray(String[]::new));
    assertThat(ran.err()).contains(why);
    assertThat(ran.errLines()).hasSize(1);
    assertThat(ran.exit()).isEqualTo(exit);
  }
}
