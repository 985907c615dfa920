// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.models.learned.CoefficientCard.Kind;
import io.medflink.models.learned.CoefficientCard.Term;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well predicted risks agree with what happened.
 *
 * <p>Sources: Brier GW. Mon Weather Rev 1950;78:1–3; area under the curve as the share of pairs in
 * the right order: Hanley JA, McNeil BJ. Radiology 1982;143:29–36; calibration: Cox DR. Biometrika
 * 1958;45:562–5, and Steyerberg EW. Clinical Prediction Models, 2nd ed. 2019, chapter 15.
 *
 * @param cases how many
 * @param events how many of them happened
 * @param expected the sum of the predicted risks
 * @param brier the mean squared difference; less is better
 * @param auc the area under the receiver operating characteristic curve; ties count half
 * @param slope of the outcome's log odds on the predicted; 1 is right, less: too extreme
 * @param slopeError its standard error
 * @param intercept of the same regression
 * @param interceptError its standard error
 * @param inTheLarge the intercept with the slope held at 1; 0 is right, more: too low
 */
public record Calibration(
    int cases,
    int events,
    double expected,
    double brier,
    double auc,
    double slope,
    double slopeError,
    double intercept,
    double interceptError,
    double inTheLarge) {

  /**
   * Compares.
   *
   * @param risks predicted, over 0 and under 1
   * @param outcomes whether it happened
   * @throws IllegalArgumentException when the lists differ in length, a risk is not over 0 and
   *     under 1, or only one outcome occurs
   * @throws ArithmeticException when all risks are equal or separate the outcomes
   */
  public static Calibration of(double[] risks, boolean[] outcomes) {
    if (risks.length != outcomes.length) {
      throw new IllegalArgumentException("as many outcomes as risks");
    }
    double[][] odds = new double[risks.length][1];
    double[] offsets = new double[risks.length];
    double brier = 0;
    int events = 0;
    for (int i = 0; i < risks.length; i++) {
      if (!(risks[i] > 0 && risks[i] < 1)) {
        throw new IllegalArgumentException("risk " + i + " is not over 0 and under 1");
      }
      offsets[i] = Math.log(risks[i] / (1 - risks[i]));
      odds[i][0] = offsets[i];
      double difference = risks[i] - (outcomes[i] ? 1 : 0);
      brier += difference * difference;
      events += outcomes[i] ? 1 : 0;
    }
    LogisticFit line = LogisticFit.fit(odds, outcomes, 0);
    LogisticFit level = LogisticFit.fit(new double[risks.length][0], outcomes, offsets, 0);
    return new Calibration(
        risks.length,
        events,
        Arrays.stream(risks).sum(),
        brier / risks.length,
        auc(risks, outcomes),
        line.coefficients()[1],
        line.standardErrors()[1],
        line.coefficients()[0],
        line.standardErrors()[0],
        level.coefficients()[0]);
  }

  /** By ranks; tied risks have their middle rank. */
  private static double auc(double[] risks, boolean[] outcomes) {
    Integer[] order = new Integer[risks.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> risks[i]));
    double ranks = 0;
    double events = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && risks[order[to]] == risks[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks += outcomes[order[i]] ? (from + 1 + to) / 2.0 : 0;
        events += outcomes[order[i]] ? 1 : 0;
      }
      from = to;
    }
    return (ranks - events * (events + 1) / 2) / (events * (order.length - events));
  }

  /**
   * Proposes a card with this intercept and slope applied to a model's first output. Nobody uses it
   * until somebody decides so.
   *
   * @param model whose risks were compared
   * @param version the new version
   * @param population whose outcomes they were, for the citation
   * @return the text of a card: of the same kind for a logistic card, whose coefficients take them
   *     in; else a {@link RecalibrationCard}
   * @throws IllegalArgumentException when the output is no probability, or the slope is not over 0:
   *     then the risks don't rank these patients, and no line through them helps
   */
  public String propose(RiskModel model, String version, String population) {
    return propose(model, null, version, population);
  }

  /**
   * As {@link #propose(RiskModel, String, String)}, for one of several outputs.
   *
   * @param output its name, null for the first
   */
  public String propose(
      RiskModel model, @Nullable String output, String version, String population) {
    if (!(slope > 0)) {
      throw new IllegalArgumentException("slope: not over 0, the risks do not rank these patients");
    }
    Output of = Recalibrated.probability(model, output);
    String citation = "recalibrated to " + population + " (" + cases + " cases)";
    if (model instanceof Logistic logistic) {
      return proposed(logistic.coefficients(), version, citation).write();
    }
    if (model instanceof Recalibrated before) {
      RecalibrationCard card = before.recalibration();
      return new RecalibrationCard(
              card.id(),
              version,
              citation,
              card.intendedUse(),
              card.modelId(),
              card.modelVersion(),
              card.coefficients(),
              card.output(),
              intercept + slope * card.intercept(),
              slope * card.slope(),
              card.levels())
          .write();
    }
    CoefficientCard own = model instanceof Cox cox ? cox.coefficients() : null;
    return new RecalibrationCard(
            model.id(),
            version,
            citation,
            null,
            model.id(),
            model.version(),
            own,
            of.name(),
            intercept,
            slope,
            own == null ? List.of() : own.levels())
        .write();
  }

  private CoefficientCard proposed(CoefficientCard card, String version, String citation) {
    return new CoefficientCard(
        Kind.LOGISTIC,
        card.id(),
        version,
        card.citation() + "; " + citation,
        card.intendedUse(),
        card.output(),
        intercept + slope * card.constant(),
        card.baselineSurvival(),
        card.inputs(),
        card.terms().stream().map(this::scaled).toList(),
        card.levels());
  }

  private Term scaled(Term term) {
    return term.withCoefficient(slope * term.coefficient());
  }
}
