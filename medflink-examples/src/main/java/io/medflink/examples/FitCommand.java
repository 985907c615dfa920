// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import io.medflink.models.learned.Calibration;
import io.medflink.models.learned.CoefficientCard;
import io.medflink.models.learned.Logistic;
import io.medflink.models.learned.LogisticFit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How well a model fits a hospital's own patients, and the card that would fit them better. */
@Command(
    name = "fit",
    description = {
      "Compares what a model predicts with what came of the patients in a CSV file, and proposes a"
          + " card that is recalibrated to them: the log odds by an intercept and a slope.",
      "The columns are named as the model's inputs (see `models`), and one is the outcome."
          + " Nothing is switched: the card is a file, for people to judge and to use by --model."
    })
final class FitCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "ID",
      description = "Which model, such as pce-2013, or the .json file of a model card.")
  private String model = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE.csv",
      description = "A header and one patient a row; an empty cell, NA or NULL is unknown.")
  private Path data = Path.of("");

  @Option(
      names = "--outcome",
      defaultValue = "outcome",
      paramLabel = "COLUMN",
      description = "Whether it happened: 0/1, no/yes, false/true; by default ${DEFAULT-VALUE}.")
  private String outcome = "outcome";

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "Which of the model's probabilities; by default the first.")
  private @Nullable String output;

  @Option(
      names = "--refit",
      description = "Fits the intercept and every coefficient anew; for a logistic card only.")
  private boolean refit;

  @Option(
      names = "--ridge",
      defaultValue = "0",
      paramLabel = "LAMBDA",
      description = "With --refit: the penalty on the squares of the coefficients.")
  private double ridge;

  @Option(
      names = "--card",
      paramLabel = "OUT.json",
      description = "Where the proposed card goes; by default none is written.")
  private @Nullable Path card;

  @Option(
      names = "--card-version",
      defaultValue = "local-1",
      paramLabel = "VERSION",
      description = "Of the proposed card; by default ${DEFAULT-VALUE}.")
  private String version = "local-1";

  @Option(
      names = "--population",
      paramLabel = "TEXT",
      description = "With --card: whose outcomes they are, as the card is to cite it.")
  private @Nullable String population;

  @Override
  public Integer call() throws IOException {
    if (card != null && population == null) {
      throw Failure.usage("--card needs --population: whose outcomes the card rests on");
    }
    RiskModel asked = Models.byId(model);
    Output of = probability(asked);
    JudgedRows rows = JudgedRows.read(data, asked, of, outcome);
    PrintStream out = System.out;
    said(asked, of, rows, out);
    String whose = population == null ? "the patients of this file" : population;
    String proposed;
    Calibration before = null;
    try {
      proposed =
          refit
              ? refitted(asked, rows, whose, out)
              : Calibration.of(rows.risks(), rows.outcomes())
                  .propose(asked, of.name(), version, whose);
      before = before(rows);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Failure.of("can't fit: " + e.getMessage());
    }
    compare(before, after(RiskModels.read(proposed), of, rows), out);
    if (card != null) {
      Files.writeString(card, proposed);
      out.println("proposed: " + card + "; nothing uses it until somebody does");
    }
    return 0;
  }

  private Output probability(RiskModel asked) {
    List<Output> found =
        asked.card().outputs().stream()
            .filter(o -> o.unit().equals("1") && o.codes().isEmpty())
            .filter(o -> output == null || o.name().equals(output))
            .toList();
    if (found.isEmpty()) {
      throw Failure.usage(
          asked.id() + " predicts no probability" + (output == null ? "" : " " + output));
    }
    if (refit && !(asked instanceof Logistic)) {
      throw Failure.usage(
          "--refit is for a logistic card; " + asked.id() + " is recalibrated only");
    }
    return found.get(0);
  }

  private static void said(RiskModel asked, Output of, JudgedRows rows, PrintStream out) {
    int left = rows.leftOut().values().stream().mapToInt(n -> n).sum();
    out.println(asked.id() + " " + asked.version() + ", " + of.name());
    out.println(rows.risks().length + " rows used, " + left + " left out");
    rows.leftOut().forEach((why, n) -> out.println("  " + n + " " + why));
    if (!rows.unused().isEmpty()) {
      out.println("columns that are no input: " + String.join(", ", rows.unused()));
    }
    out.println();
  }

  private String refitted(RiskModel asked, JudgedRows rows, String whose, PrintStream out) {
    Logistic logistic = (Logistic) asked;
    double[][] regressors =
        rows.values().stream()
            .map(values -> logistic.regressors(JudgedRows.chart(logistic, values)))
            .toArray(double[][]::new);
    LogisticFit fit = LogisticFit.fit(regressors, rows.outcomes(), ridge);
    TextTable table = new TextTable("term", "coefficient", "standard error", "before");
    CoefficientCard card = logistic.coefficients();
    table.add("intercept", fit.coefficients()[0], fit.standardErrors()[0], card.constant());
    for (int i = 0; i < card.terms().size(); i++) {
      CoefficientCard.Term term = card.terms().get(i);
      table.add(
          term.input() + (term.word() == null ? "" : " = " + term.word()),
          fit.coefficients()[i + 1],
          fit.standardErrors()[i + 1],
          term.coefficient());
    }
    table.print(out);
    out.println();
    String citation = "fitted to " + whose + " (" + rows.risks().length + " cases)";
    return logistic.refitted(fit, version, citation).write();
  }

  /** Null for a card whose coefficients are yet to be fitted: it predicts the same of all. */
  private static @Nullable Calibration before(JudgedRows rows) {
    boolean differ = Arrays.stream(rows.risks()).distinct().count() > 1;
    return differ ? Calibration.of(rows.risks(), rows.outcomes()) : null;
  }

  /** What the proposed model predicts of the same patients. */
  private static Calibration after(RiskModel proposed, Output of, JudgedRows rows) {
    Output output =
        proposed.card().outputs().stream()
            .filter(o -> o.name().equals(of.name()))
            .findFirst()
            .orElseThrow();
    Questionnaire questionnaire = new Questionnaire(proposed);
    double[] risks =
        rows.values().stream()
            .mapToDouble(values -> questionnaire.assess(values).low(output))
            .toArray();
    return Calibration.of(risks, rows.outcomes());
  }

  private static void compare(@Nullable Calibration before, Calibration after, PrintStream out) {
    TextTable table = new TextTable("on these rows", "before", "proposed");
    Map<String, ToDoubleFunction<Calibration>> figures = new LinkedHashMap<>();
    figures.put("events", Calibration::events);
    figures.put("events expected", Calibration::expected);
    figures.put("Brier score", Calibration::brier);
    figures.put("area under the curve", Calibration::auc);
    figures.put("calibration slope", Calibration::slope);
    figures.put("  standard error", Calibration::slopeError);
    figures.put("calibration intercept", Calibration::intercept);
    figures.put("  its standard error", Calibration::interceptError);
    figures.put("calibration in the large", Calibration::inTheLarge);
    figures.forEach(
        (name, figure) ->
            table.add(
                name,
                before == null ? null : rounded(figure.applyAsDouble(before)),
                rounded(figure.applyAsDouble(after))));
    table.print(out);
    out.println("The proposed figures are of the rows it was fitted to: try it on others.");
  }

  private static Double rounded(double figure) {
    return Math.rint(figure * 1e4) / 1e4 + 0.0; // and no -0
  }
}
