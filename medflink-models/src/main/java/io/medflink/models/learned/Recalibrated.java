// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;

/**
 * A published model whose probability a {@link RecalibrationCard} fits to another population.
 *
 * <p>It asks for the same inputs, covers the same patients and behaves alike while something is
 * unknown: the map rises, so the ends of an interval are those of the published one. It answers
 * with that probability alone, since nothing else was fitted. Its version is the published one with
 * " recalibrated " and the card's, so that no answer passes for the publication's.
 */
public final class Recalibrated implements RiskModel {
  private static final long serialVersionUID = 1;

  private final RecalibrationCard recalibration;
  private final RiskModel published;
  private final Output from;
  private final ModelCard card;
  private final Output output;
  private final RiskLevels levels;

  /**
   * The model of a card.
   *
   * @param published the model that the card names
   * @throws IllegalArgumentException naming the field, when the card contradicts itself or was made
   *     for another model, version or kind of output
   */
  public Recalibrated(RecalibrationCard card, RiskModel published) {
    LinearPredictor.checkId(card.id());
    check(
        "model.id",
        published.id().equals(card.modelId()),
        "the model here is another: " + published.id());
    check(
        "model.version",
        published.version().equals(card.modelVersion()),
        "the model here has another: " + published.version());
    check("intercept", Double.isFinite(card.intercept()), "no finite number");
    check("slope", card.slope() > 0 && Double.isFinite(card.slope()), "not over 0");
    recalibration = card;
    this.published = published;
    from = probability(published, card.output());
    ModelCard of = published.card();
    this.card =
        ModelCard.of(
                card.id(),
                of.version() + " recalibrated " + card.version(),
                of.citation() + "; recalibrated: " + card.citation(),
                card.intendedUse() == null ? of.intendedUse() : card.intendedUse())
            .inputsOf(of);
    output = this.card.output(from.name(), "1");
    levels = new RiskLevels(card.levels());
  }

  private static void check(String field, boolean right, String otherwise) {
    LinearPredictor.check(field, right, otherwise);
  }

  /**
   * An output that is a probability.
   *
   * @param name null for the first output
   * @throws IllegalArgumentException when it is none
   */
  static Output probability(RiskModel model, @org.jspecify.annotations.Nullable String name) {
    Output found =
        model.card().outputs().stream()
            .filter(output -> name == null || output.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("output: none of " + model.id()));
    boolean probability = found.unit().equals("1") && found.codes().isEmpty();
    check("output", probability, found.name() + " of " + model.id() + " is no probability");
    return found;
  }

  /** The numbers and all that belongs to them. */
  public RecalibrationCard recalibration() {
    return recalibration;
  }

  /** The model whose probability it is. */
  public RiskModel published() {
    return published;
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    Answer before = answer.ofAnother(published);
    published.assess(chart, before);
    String reason = before.reason();
    if (!before.applicable()) {
      answer.notApplicable(reason == null ? "not covered by " + published.id() : reason);
      return;
    }
    if (reason != null) {
      answer.note(reason);
    }
    double risk = before.value(from);
    double odds = recalibration.intercept() + recalibration.slope() * Math.log(risk / (1 - risk));
    double after = 1 / (1 + Math.exp(-odds));
    answer.set(output, after);
    answer.level(levels.of(after));
  }
}
