// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does a model cost more than its formula written by hand? Over 8,192 filled charts and the same
 * numbers in arrays: {@code java -jar medflink-bench/target/benchmarks.jar FormulasBenchmark -prof
 * gc}. The model also checks ranges, and tells levels and further outputs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FormulasBenchmark {
  static final int ROWS = 8_192;

  /** Whose formula. */
  @Param({
    "ckd-epi-2021",
    "findrisc",
    "framingham-cvd-2008",
    "framingham-diabetes-2007",
    "framingham-htn-2008",
    "gmi",
    "kfre",
    "mews-subbe2001",
    "pce-2013",
    "score2",
    "shock-index"
  })
  String formula = "";

  private RiskModel model = RiskModels.byId("gmi");
  private Chart[] charts = {};
  private double[][] rows = {};
  private Answer answer = new Answer(model);
  private Output output = model.card().outputs().get(0);

  /** The inputs by hand, each between two bounds; a whole number where the bounds are codes. */
  private record Range(String input, double low, double high) {}

  /** Fills the charts and the arrays alike. */
  @Setup
  public void fill() {
    model = RiskModels.byId(formula);
    answer = new Answer(model);
    output = model.card().outputs().get(0);
    List<Range> ranges = ranges(formula);
    Random random = new Random(1);
    charts = new Chart[ROWS];
    rows = new double[ROWS][ranges.size()];
    for (int i = 0; i < ROWS; i++) {
      charts[i] = new Chart(model);
      charts[i].clear(0);
      for (int j = 0; j < ranges.size(); j++) {
        Range range = ranges.get(j);
        double even = range.low() + (range.high() - range.low()) * random.nextDouble();
        Input input = input(range.input());
        rows[i][j] = input.codes().isEmpty() ? even : Math.rint(even);
        charts[i].set(input, rows[i][j]);
      }
    }
  }

  private static List<Range> ranges(String formula) {
    Range sex = new Range("sex", 0, 1);
    return switch (formula) {
      case "mews-subbe2001" ->
          List.of(
              new Range("sbp", 60, 220),
              new Range("hr", 35, 140),
              new Range("rr", 5, 35),
              new Range("temp_c", 34, 40),
              new Range("avpu", 0, 4));
      case "ckd-epi-2021" -> List.of(new Range("age", 18, 90), sex, new Range("scr_mg_dl", 0.3, 8));
      case "framingham-cvd-2008" ->
          List.of(
              new Range("age", 30, 74),
              sex,
              new Range("tc_mg_dl", 120, 320),
              new Range("hdl_mg_dl", 25, 95),
              new Range("sbp", 95, 190),
              new Range("bp_treated", 0, 1),
              new Range("smoker", 0, 1),
              new Range("diabetes", 0, 1));
      case "kfre" ->
          List.of(
              new Range("age", 20, 90),
              sex,
              new Range("egfr", 11, 59),
              new Range("uacr_mg_g", 1, 3000),
              new Range("north_america", 0, 0));
      case "score2" ->
          List.of(
              new Range("age", 40, 69),
              sex,
              new Range("smoker", 0, 1),
              new Range("sbp", 95, 190),
              new Range("tc_mmol_l", 3, 9),
              new Range("hdl_mmol_l", 0.6, 2.4),
              new Range("region", 0, 0));
      case "findrisc" ->
          List.of(
              new Range("age", 20, 80),
              sex,
              new Range("bmi", 18, 40),
              new Range("waist_cm", 60, 120),
              new Range("active_30min", 0, 1),
              new Range("veg_daily", 0, 1),
              new Range("bp_med", 0, 1),
              new Range("high_glucose_hist", 0, 1),
              new Range("family", 0, 2));
      case "framingham-diabetes-2007" ->
          List.of(
              new Range("age", 45, 64),
              sex,
              new Range("parental", 0, 1),
              new Range("bmi", 18, 40),
              new Range("sbp", 95, 190),
              new Range("dbp", 55, 110),
              new Range("bp_treated", 0, 1),
              new Range("hdl_mg_dl", 25, 95),
              new Range("tg_mg_dl", 50, 300),
              new Range("fpg_mg_dl", 70, 125));
      case "framingham-htn-2008" ->
          List.of(
              new Range("age", 20, 69),
              sex,
              new Range("bmi", 18, 40),
              new Range("sbp", 95, 139),
              new Range("dbp", 55, 89),
              new Range("smoker", 0, 1),
              new Range("parents_htn", 0, 2),
              new Range("years", 2, 2));
      case "gmi" -> List.of(new Range("mean_mg_dl", 60, 350));
      case "pce-2013" ->
          List.of(
              new Range("age", 40, 79),
              sex,
              new Range("race", 0, 2),
              new Range("tc_mg_dl", 131, 319),
              new Range("hdl_mg_dl", 21, 99),
              new Range("sbp", 91, 199),
              new Range("bp_treated", 0, 1),
              new Range("smoker", 0, 1),
              new Range("diabetes", 0, 1));
      case "shock-index" ->
          List.of(new Range("hr", 40, 160), new Range("sbp", 60, 200), new Range("age", 20, 90));
      default -> throw new IllegalArgumentException(formula);
    };
  }

  private Input input(String name) {
    return model.card().inputs().stream()
        .filter(
            input ->
                input.name().equals(name)
                    || input.aliases().stream().anyMatch(alias -> alias.name().equals(name)))
        .findFirst()
        .orElseThrow();
  }

  /** The formula alone. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double byHand() {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += byHand(i);
    }
    return sum;
  }

  double byHand(int row) {
    return HandWritten.of(formula, rows[row]);
  }

  /** The model. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double byModel() {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += byModel(i);
    }
    return sum;
  }

  double byModel(int row) {
    answer.clear();
    model.assess(charts[row], answer);
    return answer.value(output);
  }
}
