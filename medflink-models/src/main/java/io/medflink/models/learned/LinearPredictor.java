// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskLevel;
import io.medflink.models.learned.CoefficientCard.InputCard;
import io.medflink.models.learned.CoefficientCard.Level;
import io.medflink.models.learned.CoefficientCard.Term;
import io.medflink.models.learned.CoefficientCard.Transform;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A card's terms over a chart, checked once and then summed up without allocating. */
final class LinearPredictor implements Serializable {
  private static final long serialVersionUID = 1;

  final ModelCard model;
  final Output output;
  private final CoefficientCard card;
  private final Input[] inputs;
  private final Range[] covered;
  private final String[] refusals;

  /** For each term its input, its word's position (NaN for none) and the input it is times. */
  private final Input[] of;

  private final double[] words;
  private final Input[] times;
  private final boolean[] multiplied;
  private final Term[] terms;

  LinearPredictor(CoefficientCard card) {
    this.card = card;
    check("id", card.id().matches("[a-z0-9]+(-[a-z0-9]+)*"), "not lower case with hyphens");
    check("output", card.output().matches("[a-z][a-z0-9_]*"), "not lower case with underscores");
    check("inputs", !card.inputs().isEmpty() && card.inputs().size() <= 64, "not 1 to 64");
    check("terms", !card.terms().isEmpty(), "empty");
    model = ModelCard.of(card.id(), card.version(), card.citation(), card.intendedUse());
    int size = card.inputs().size();
    inputs = new Input[size];
    covered = new Range[size];
    refusals = new String[size];
    Map<String, Input> byName = new HashMap<>();
    for (int i = 0; i < size; i++) {
      InputCard input = card.inputs().get(i);
      String path = "inputs[" + i + "].";
      inputs[i] = model.input(CardInput.of(input, card.terms(), path));
      covered[i] =
          input.unit() == null ? inputs[i].possible() : Range.closed(input.low(), input.high());
      refusals[i] = input.name() + " outside " + inputs[i].published() + " " + input.unit();
      check(path + "name", byName.put(input.name(), inputs[i]) == null, "twice");
    }
    output = model.output(card.output(), "1");
    terms = card.terms().toArray(new Term[0]);
    of = new Input[terms.length];
    times = new Input[terms.length];
    words = new double[terms.length];
    multiplied = new boolean[terms.length];
    for (int i = 0; i < terms.length; i++) {
      Term term = terms[i];
      String path = "terms[" + i + "].";
      of[i] = named(byName, term.input(), path + "input");
      multiplied[i] = term.times() != null;
      times[i] = term.times() == null ? of[i] : named(byName, term.times(), path + "times");
      words[i] = term.word() == null ? Double.NaN : of[i].code(term.word());
      check(path + "equals", term.word() == null || !Double.isNaN(words[i]), "no word of it");
      boolean coded = !of[i].codes().isEmpty() && !of[i].isYesNo();
      check(path + "equals", !coded || term.word() != null, "missing: the input has words");
      boolean numeric = term.transform() == Transform.IDENTITY && Double.isNaN(term.atLeast());
      check(path + "transform", of[i].codes().isEmpty() || numeric, "of no number");
      check(
          path + "times",
          !multiplied[i] || times[i].codes().isEmpty() || times[i].isYesNo(),
          "neither a number nor yes or no");
      double least = (covered(of[i]).low() - term.minus()) / term.per();
      double most = (covered(of[i]).high() - term.minus()) / term.per();
      check(
          path + "transform",
          term.transform() != Transform.LN || (least > 0 && most > 0),
          "the range has no logarithm");
    }
    for (int i = 1; i < card.levels().size(); i++) {
      boolean rises = card.levels().get(i - 1).from() < card.levels().get(i).from();
      check("levels[" + i + "].from", rises, "does not rise");
      Level before = card.levels().get(i - 1);
      boolean worse = before.level().compareTo(card.levels().get(i).level()) < 0;
      check("levels[" + i + "].level", worse, "does not rise");
    }
    check("levels[0].from", card.levels().isEmpty() || card.levels().get(0).from() == 0, "not 0");
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

  private Range covered(Input input) {
    return covered[input.index()];
  }

  /** Refuses what the model doesn't cover; whether it did. */
  boolean refuses(Chart chart, Answer answer) {
    for (int i = 0; i < inputs.length; i++) {
      if (!covered[i].contains(chart.value(inputs[i]))) {
        answer.notApplicable(refusals[i]);
        return true;
      }
    }
    return false;
  }

  /** The linear predictor; a further constant is told but not added. */
  double sum(Chart chart, Answer answer, double further) {
    double sum = card.constant();
    answer.constant(sum + further);
    for (int i = 0; i < terms.length; i++) {
      sum += answer.counts(of[i], term(i, chart));
    }
    return sum;
  }

  private double term(int i, Chart chart) {
    Term term = terms[i];
    double x = chart.value(of[i]);
    double y;
    if (term.word() != null) {
      y = x == words[i] ? 1 : 0;
    } else if (!Double.isNaN(term.atLeast())) {
      y = x >= term.atLeast() ? 1 : 0;
    } else {
      y = (x - term.minus()) / term.per();
      y =
          switch (term.transform()) {
            case IDENTITY -> y;
            case LN -> Math.log(y);
            case SQUARE -> y * y;
          };
    }
    return term.coefficient() * y * (multiplied[i] ? chart.value(times[i]) : 1);
  }

  /** Sets the risk and its level. */
  void answer(double risk, Answer answer) {
    answer.set(output, risk);
    List<Level> levels = card.levels();
    RiskLevel level = RiskLevel.UNKNOWN;
    for (int i = 0; i < levels.size(); i++) {
      level = risk >= levels.get(i).from() ? levels.get(i).level() : level;
    }
    answer.level(level);
  }

  /** Id and version; no coefficient. */
  @Override
  public String toString() {
    return card.id() + " " + card.version();
  }
}
