// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.models.learned.CoefficientCard.Term;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A term of a card over a chart: primitives, since it is asked for each answer. */
final class Summand implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int PLAIN = 0;
  private static final int LOGARITHM = 1;
  private static final int SQUARE = 2;
  private static final int WORD = 3;
  private static final int AT_LEAST = 4;

  final Input input;
  private final @Nullable Input times;
  private final int kind;
  private final double coefficient;
  private final double minus;
  private final double per;

  /** A word's position, or from where a number counts. */
  private final double limit;

  Summand(Term term, Input input, @Nullable Input times) {
    this.input = input;
    this.times = times;
    minus = term.minus();
    per = term.per();
    boolean plain = false;
    if (term.word() != null) {
      kind = WORD;
      limit = input.code(term.word());
    } else if (!Double.isNaN(term.atLeast())) {
      kind = AT_LEAST;
      limit = term.atLeast();
    } else {
      kind =
          switch (term.transform()) {
            case IDENTITY -> PLAIN;
            case LN -> LOGARITHM;
            case SQUARE -> SQUARE;
          };
      limit = Double.NaN;
      plain = kind == PLAIN;
    }
    coefficient = plain ? term.coefficient() / per : term.coefficient();
  }

  /** Whether it is a multiple of its input and a constant. */
  boolean isLinear() {
    return kind == PLAIN && times == null;
  }

  /** Of a linear one, what multiplies the input. */
  double weight() {
    return coefficient;
  }

  /** Of a linear one, what is added whatever the input is. */
  double constant() {
    return -coefficient * minus;
  }

  /** What the term adds. */
  double of(Chart chart) {
    return coefficient * factor(chart);
  }

  /** What the card's coefficient is of. */
  double regressor(Chart chart) {
    return kind == PLAIN ? factor(chart) / per : factor(chart);
  }

  private double factor(Chart chart) {
    double x = chart.value(input);
    double y;
    if (kind == PLAIN) {
      y = x - minus;
    } else if (kind >= WORD) {
      y = (kind == AT_LEAST ? x >= limit : x == limit) ? 1 : 0;
    } else {
      double scaled = (x - minus) / per;
      y = kind == LOGARITHM ? Math.log(scaled) : scaled * scaled;
    }
    return times == null ? y : y * chart.value(times);
  }
}
