// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.ModelCard;
import io.medflink.core.RiskModel;
import io.medflink.models.learned.CoefficientCard.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * A logistic model from a card: risk = 1 / (1 + exp(-lp)).
 *
 * <p>Values outside the card's ranges are not covered; unknown ones are sought in them. An input
 * that is squared, or by two transforms at once, may have its extreme inside: no answer without it.
 */
public final class Logistic implements RiskModel {
  private static final long serialVersionUID = 1;

  private final CoefficientCard card;
  private final LinearPredictor predictor;

  /**
   * The model of a card.
   *
   * @throws IllegalArgumentException naming the field, when the card contradicts itself
   */
  public Logistic(CoefficientCard card) {
    LinearPredictor.check("kind", card.kind() == CoefficientCard.Kind.LOGISTIC, "not logistic");
    this.card = card;
    predictor = new LinearPredictor(card);
  }

  /**
   * The model of a card file's text.
   *
   * @throws IllegalArgumentException naming the field, when the file is bad
   */
  public static Logistic read(String json) {
    return new Logistic(CardFile.coefficients(CardFile.parse(json)));
  }

  /** The coefficients and all that belongs to them. */
  public CoefficientCard coefficients() {
    return card;
  }

  /**
   * What the coefficients are of in a chart, in the order of the card's terms: a row to fit them
   * by.
   *
   * @param chart complete and within what the model covers
   */
  public double[] regressors(Chart chart) {
    return predictor.regressors(chart);
  }

  /**
   * The same card with an intercept and coefficients that were fitted to another population.
   *
   * @param fit to the {@link #regressors} of its patients
   * @param version the new version
   * @param citation whose outcomes they were
   */
  public CoefficientCard refitted(LogisticFit fit, String version, String citation) {
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < card.terms().size(); i++) {
      terms.add(card.terms().get(i).withCoefficient(fit.coefficients()[i + 1]));
    }
    return new CoefficientCard(
        card.kind(),
        card.id(),
        version,
        citation,
        card.intendedUse(),
        card.output(),
        fit.coefficients()[0],
        card.baselineSurvival(),
        card.inputs(),
        terms,
        card.levels());
  }

  @Override
  public ModelCard card() {
    return predictor.model;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    predictor.answer(1 / (1 + Math.exp(-predictor.sum(chart))), 0, chart, answer);
  }
}
