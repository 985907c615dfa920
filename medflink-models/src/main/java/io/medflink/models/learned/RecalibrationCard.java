// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.RiskModel;
import io.medflink.models.learned.CoefficientCard.Level;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A published risk fitted to another population by an intercept and a slope: the log odds are
 * {@code intercept + slope × published log odds}. What a model card file of the kind {@code
 * recalibrated} says.
 *
 * <p>Source: Cox DR. Biometrika 1958;45:562–5; logistic recalibration of Steyerberg EW. Clinical
 * Prediction Models, 2nd ed. 2019, chapter 20.
 *
 * @param id lower case with hyphens; the published model's own where it takes its place
 * @param version of this recalibration, another one for each change of a number
 * @param citation whose outcomes the intercept and the slope are from
 * @param intendedUse for whom and for what; null for what the published model says
 * @param modelId the model that is recalibrated
 * @param modelVersion the version of it that the numbers belong to
 * @param coefficients the model itself where it is a card's, null where it is looked up by its id
 * @param output which of its probabilities; null for its first output
 * @param intercept of the log odds
 * @param slope over 0, so that no two patients change places
 * @param levels the risks from which each level holds, rising; empty where there are none, since
 *     the published ones belong to the published risk
 */
public record RecalibrationCard(
    String id,
    String version,
    String citation,
    @Nullable String intendedUse,
    String modelId,
    String modelVersion,
    @Nullable CoefficientCard coefficients,
    @Nullable String output,
    double intercept,
    double slope,
    List<Level> levels)
    implements Serializable {

  /** The card as a file. */
  public String write() {
    return CardFile.write(this);
  }

  /**
   * The model of this card.
   *
   * @param published finds a model by its id
   * @throws IllegalArgumentException naming the field, when the card contradicts itself or what is
   *     found is not the model and version that it was made for
   */
  public RiskModel model(Function<String, RiskModel> published) {
    RiskModel model = coefficients == null ? published.apply(modelId) : coefficients.model();
    return new Recalibrated(this, model);
  }
}
