// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Output;
import io.medflink.models.learned.CoefficientCard;
import io.medflink.models.learned.CoefficientCard.InputCard;
import io.medflink.models.learned.CoefficientCard.Kind;
import io.medflink.models.learned.CoefficientCard.Term;
import io.medflink.models.learned.Logistic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dmg.pmml.DataDictionary;
import org.dmg.pmml.DataField;
import org.dmg.pmml.DataType;
import org.dmg.pmml.Header;
import org.dmg.pmml.MiningField;
import org.dmg.pmml.MiningFunction;
import org.dmg.pmml.MiningSchema;
import org.dmg.pmml.OpType;
import org.dmg.pmml.PMML;
import org.dmg.pmml.Value;
import org.dmg.pmml.regression.NumericPredictor;
import org.dmg.pmml.regression.RegressionModel;
import org.dmg.pmml.regression.RegressionTable;
import org.jpmml.evaluator.Classification;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.ModelEvaluatorBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * What does one logistic model cost here, by hand, in PMML and in a library for machine learning?
 * The coefficients are those that Tribuo fitted, so that all four give the same risks: {@code java
 * -jar medflink-bench/target/benchmarks.jar LogisticBenchmark -prof gc}.
 *
 * <p>Each gets its input as it wants it, made beforehand: a chart, an array, a map, an example.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogisticBenchmark {
  static final int ROWS = 1_024;
  private static final String[] CODES = {
    "8867-4", "9279-1", "8480-6", "8310-5", "59408-5", "8462-4"
  };
  private static final String[] UNITS = {"/min", "/min", "mm[Hg]", "Cel", "%", "mm[Hg]"};
  private static final double[] LOW = {40, 8, 80, 34, 80, 40};
  private static final double[] HIGH = {160, 40, 200, 41, 100, 120};

  private final double[][] rows = new double[ROWS][CODES.length];
  private final Chart[] charts = new Chart[ROWS];
  private final List<Map<String, Object>> maps = new ArrayList<>();
  private final List<Example<Label>> examples = new ArrayList<>();
  private final double[] coefficients = new double[CODES.length];
  private double intercept;
  private final LinearSGDModel tribuo = fit();
  private final Logistic logistic = new Logistic(card());
  private final Answer answer = new Answer(logistic);
  private final Output risk = logistic.card().outputs().get(0);
  private final Evaluator pmml = new ModelEvaluatorBuilder(pmml()).build();

  private static String name(int input) {
    return "x" + input;
  }

  /** A value around 0, as the fit wants it. */
  private static double scaled(int input, double value) {
    return 2 * (value - LOW[input]) / (HIGH[input] - LOW[input]) - 1;
  }

  private LinearSGDModel fit() {
    Random random = new Random(1);
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("made up", labels), labels);
    String[] names = new String[CODES.length];
    for (int j = 0; j < names.length; j++) {
      names[j] = name(j);
    }
    for (int i = 0; i < ROWS; i++) {
      double[] scaled = new double[CODES.length];
      Map<String, Object> map = new HashMap<>();
      double odds = -0.5;
      for (int j = 0; j < CODES.length; j++) {
        rows[i][j] = LOW[j] + (HIGH[j] - LOW[j]) * random.nextDouble();
        scaled[j] = scaled(j, rows[i][j]);
        map.put(names[j], rows[i][j]);
        odds += (j - 2.5) * scaled[j];
      }
      boolean yes = random.nextDouble() < 1 / (1 + Math.exp(-odds));
      Example<Label> example = new ArrayExample<>(new Label(yes ? "yes" : "no"), names, scaled);
      data.add(example);
      examples.add(example);
      maps.add(map);
    }
    LinearSGDModel model = new LogisticRegressionTrainer().train(data);
    DenseMatrix weights = model.getWeightsCopy();
    int yes = model.getOutputIDInfo().getID(new Label("yes"));
    int no = model.getOutputIDInfo().getID(new Label("no"));
    intercept = weights.get(yes, CODES.length) - weights.get(no, CODES.length);
    for (int j = 0; j < CODES.length; j++) {
      int at = model.getFeatureIDMap().get(name(j)).getID();
      double perScaled = weights.get(yes, at) - weights.get(no, at);
      coefficients[j] = 2 * perScaled / (HIGH[j] - LOW[j]);
      intercept -= perScaled * (2 * LOW[j] / (HIGH[j] - LOW[j]) + 1);
    }
    return model;
  }

  private CoefficientCard card() {
    List<InputCard> inputs = new ArrayList<>();
    List<Term> terms = new ArrayList<>();
    for (int j = 0; j < CODES.length; j++) {
      inputs.add(
          new InputCard(name(j), CODES[j], UNITS[j], LOW[j], HIGH[j], "PT12H", false, false));
      terms.add(Term.of(name(j), coefficients[j]));
    }
    return new CoefficientCard(
        Kind.LOGISTIC,
        "bench",
        "1",
        "made up for a benchmark",
        "a benchmark",
        "risk",
        intercept,
        Double.NaN,
        inputs,
        terms,
        List.of());
  }

  private PMML pmml() {
    DataDictionary fields =
        new DataDictionary()
            .addDataFields(
                new DataField("y", OpType.CATEGORICAL, DataType.STRING)
                    .addValues(new Value("yes"), new Value("no")));
    MiningSchema schema =
        new MiningSchema()
            .addMiningFields(new MiningField("y").setUsageType(MiningField.UsageType.TARGET));
    RegressionTable yes = new RegressionTable(intercept).setTargetCategory("yes");
    for (int j = 0; j < CODES.length; j++) {
      fields.addDataFields(new DataField(name(j), OpType.CONTINUOUS, DataType.DOUBLE));
      schema.addMiningFields(new MiningField(name(j)));
      yes.addNumericPredictors(new NumericPredictor(name(j), coefficients[j]));
    }
    RegressionModel model =
        new RegressionModel(MiningFunction.CLASSIFICATION, schema, null)
            .setNormalizationMethod(RegressionModel.NormalizationMethod.SOFTMAX)
            .addRegressionTables(yes, new RegressionTable(0).setTargetCategory("no"));
    return new PMML("4.4", new Header(), fields).addModels(model);
  }

  /** Fills the charts. */
  @Setup
  public void fill() {
    List<Input> inputs = logistic.card().inputs();
    for (int i = 0; i < ROWS; i++) {
      charts[i] = new Chart(logistic);
      charts[i].clear(0);
      for (int j = 0; j < CODES.length; j++) {
        charts[i].set(inputs.get(j), rows[i][j]);
      }
    }
  }

  /** Six products and an exponential. */
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
    double lp = intercept;
    for (int j = 0; j < coefficients.length; j++) {
      lp += coefficients[j] * rows[row][j];
    }
    return 1 / (1 + Math.exp(-lp));
  }

  /** The same where it is made for the patient: within the ranges, as the card's model. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double byHandInRange() {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += byHandInRange(i);
    }
    return sum;
  }

  double byHandInRange(int row) {
    double lp = intercept;
    boolean inside = true;
    for (int j = 0; j < coefficients.length; j++) {
      double x = rows[row][j];
      inside &= x >= LOW[j];
      inside &= x <= HIGH[j];
      lp += coefficients[j] * x;
    }
    return inside ? 1 / (1 + Math.exp(-lp)) : Double.NaN;
  }

  /** The card's model. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double medflink() {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += medflink(i);
    }
    return sum;
  }

  double medflink(int row) {
    answer.clear();
    logistic.assess(charts[row], answer);
    return answer.value(risk);
  }

  /** The same in PMML. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double jpmml() {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += jpmml(i);
    }
    return sum;
  }

  @SuppressWarnings("unchecked")
  double jpmml(int row) {
    Classification<Object, ?> risks =
        (Classification<Object, ?>) Objects.requireNonNull(pmml.evaluate(maps.get(row)).get("y"));
    return risks.getValue("yes");
  }

  /** The fitted model itself. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double tribuo() {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += tribuo(i);
    }
    return sum;
  }

  double tribuo(int row) {
    return Objects.requireNonNull(tribuo.predict(examples.get(row)).getOutputScores().get("yes"))
        .getScore();
  }
}
