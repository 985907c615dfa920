// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.ModelCard;
import io.medflink.core.RiskModel;

/**
 * A proportional hazards model from a card: risk = 1 - S^exp(lp), S the baseline survival to the
 * horizon. Ranges and unknown inputs as for {@link Logistic}.
 */
public final class Cox implements RiskModel {
  private static final long serialVersionUID = 1;

  private final CoefficientCard card;
  private final LinearPredictor predictor;
  private final double baseline;

  /**
   * The model of a card.
   *
   * @throws IllegalArgumentException naming the field, when the card contradicts itself
   */
  public Cox(CoefficientCard card) {
    LinearPredictor.check("kind", card.kind() == CoefficientCard.Kind.COX, "not cox");
    this.card = card;
    predictor = new LinearPredictor(card);
    baseline = Math.log(-Math.log(card.baselineSurvival()));
  }

  /**
   * The model of a card file's text.
   *
   * @throws IllegalArgumentException naming the field, when the file is bad
   */
  public static Cox read(String json) {
    return new Cox(CardFile.coefficients(CardFile.parse(json)));
  }

  /** The coefficients and all that belongs to them. */
  public CoefficientCard coefficients() {
    return card;
  }

  @Override
  public ModelCard card() {
    return predictor.model;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double risk = -Math.expm1(-Math.exp(predictor.sum(chart) + baseline));
    predictor.answer(risk, baseline, chart, answer);
  }
}
