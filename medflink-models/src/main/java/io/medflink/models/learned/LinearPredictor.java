// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.models.learned.CoefficientCard.InputCard;
import io.medflink.models.learned.CoefficientCard.Term;
import io.medflink.models.learned.CoefficientCard.Transform;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A card's terms over a chart, checked once and then summed up without allocating. */
final class LinearPredictor implements Serializable {
  private static final long serialVersionUID = 1;

  final ModelCard model;
  final Output output;
  private final String name;
  private final double constant;
  private final Input[] inputs;

  /** What the model covers of each input, both ends included. */
  private final double[] lows;

  private final double[] highs;
  private final String[] refusals;
  private final Summand[] summands;

  /** The terms that are a multiple of an input, added up: one weight an input, and a constant. */
  private final double[] weights;

  private final double weightsConstant;

  /** The other terms. */
  private final Summand[] bent;

  private final RiskLevels levels;

  LinearPredictor(CoefficientCard card) {
    name = card.id() + " " + card.version();
    constant = card.constant();
    checkId(card.id());
    check("output", card.output().matches("[a-z][a-z0-9_]*"), "not lower case with underscores");
    check("inputs", !card.inputs().isEmpty() && card.inputs().size() <= 64, "not 1 to 64");
    check("terms", !card.terms().isEmpty(), "empty");
    model = ModelCard.of(card.id(), card.version(), card.citation(), card.intendedUse());
    int size = card.inputs().size();
    inputs = new Input[size];
    lows = new double[size];
    highs = new double[size];
    refusals = new String[size];
    Map<String, Input> byName = new HashMap<>();
    for (int i = 0; i < size; i++) {
      InputCard input = card.inputs().get(i);
      String path = "inputs[" + i + "].";
      inputs[i] = model.input(CardInput.of(input, card.terms(), path));
      boolean coded = input.unit() == null;
      lows[i] = coded ? 0 : input.low();
      highs[i] = coded ? inputs[i].codes().size() - 1.0 : input.high();
      refusals[i] = input.name() + " outside " + inputs[i].published() + " " + input.unit();
      check(path + "name", byName.put(input.name(), inputs[i]) == null, "twice");
    }
    output = model.output(card.output(), "1");
    summands = new Summand[card.terms().size()];
    weights = new double[size];
    double sum = constant;
    List<Summand> others = new ArrayList<>();
    for (int i = 0; i < summands.length; i++) {
      Summand summand = summand(card.terms().get(i), byName, "terms[" + i + "].");
      summands[i] = summand;
      if (summand.isLinear()) {
        weights[summand.input.index()] += summand.weight();
        sum += summand.constant();
      } else {
        others.add(summand);
      }
    }
    weightsConstant = sum;
    bent = others.toArray(new Summand[0]);
    levels = new RiskLevels(card.levels());
  }

  private Summand summand(Term term, Map<String, Input> byName, String path) {
    Input of = named(byName, term.input(), path + "input");
    Input times = term.times() == null ? null : named(byName, term.times(), path + "times");
    boolean word = term.word() == null || !Double.isNaN(of.code(term.word()));
    check(path + "equals", word, "no word of it");
    boolean coded = !of.codes().isEmpty() && !of.isYesNo();
    check(path + "equals", !coded || term.word() != null, "missing: the input has words");
    boolean numeric = term.transform() == Transform.IDENTITY && Double.isNaN(term.atLeast());
    check(path + "transform", of.codes().isEmpty() || numeric, "of no number");
    boolean number = times == null || times.codes().isEmpty() || times.isYesNo();
    check(path + "times", number, "neither a number nor yes or no");
    double least = (lows[of.index()] - term.minus()) / term.per();
    double most = (highs[of.index()] - term.minus()) / term.per();
    boolean positive = term.transform() != Transform.LN || (least > 0 && most > 0);
    check(path + "transform", positive, "the range has no logarithm");
    return new Summand(term, of, times);
  }

  static void checkId(String id) {
    check("id", id.matches("[a-z0-9]+(-[a-z0-9]+)*"), "not lower case with hyphens");
  }

  static void check(String field, boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(field + ": " + otherwise);
    }
  }

  private static Input named(Map<String, Input> inputs, String name, String field) {
    Input input = inputs.get(name);
    if (input == null) {
      throw new IllegalArgumentException(field + ": none of the inputs");
    }
    return input;
  }

  /** The linear predictor; NaN when the model doesn't cover the chart. */
  double sum(Chart chart) {
    double sum = chart.weighted(weightsConstant, weights, lows, highs);
    for (Summand summand : bent) {
      sum += summand.of(chart);
    }
    return sum;
  }

  /**
   * Answers a risk, its level and what it is made of, or says what the model doesn't cover.
   *
   * @param risk of the linear predictor, NaN where that is
   * @param further a constant that is told but is not part of the linear predictor
   */
  void answer(double risk, double further, Chart chart, Answer answer) {
    if (Double.isNaN(risk)) {
      refuse(chart, answer);
      return;
    }
    answer.set(output, risk);
    answer.level(levels.of(risk));
    if (answer.isExplained()) {
      answer.constant(constant + further);
      for (Summand summand : summands) {
        answer.counts(summand.input, summand.of(chart));
      }
    }
  }

  private void refuse(Chart chart, Answer answer) {
    for (int i = 0; i < inputs.length; i++) {
      double value = chart.value(inputs[i]);
      if (!(value >= lows[i] && value <= highs[i])) {
        answer.notApplicable(refusals[i]);
        return;
      }
    }
  }

  /** What each coefficient is of, in the order of the card's terms. */
  double[] regressors(Chart chart) {
    double[] row = new double[summands.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = summands[i].regressor(chart);
    }
    return row;
  }

  /** Id and version; no coefficient. */
  @Override
  public String toString() {
    return name;
  }
}
