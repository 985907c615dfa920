// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.RiskModel;
import java.util.function.Function;

/** Models of card files of every kind: {@code logistic}, {@code cox} and {@code recalibrated}. */
public final class Cards {
  private Cards() {}

  /**
   * Reads the model of a card.
   *
   * @param json strict JSON, see the module's README
   * @param published finds the model that a recalibration names by its id
   * @throws IllegalArgumentException naming the field, when anything in it is missing, unknown,
   *     impossible or contradicts the rest, or the model is not found or of another version
   */
  public static RiskModel read(String json, Function<String, RiskModel> published) {
    CardField card = CardFile.parse(json);
    return CardFile.isRecalibration(card)
        ? CardFile.recalibration(card).model(published)
        : CardFile.coefficients(card).model();
  }
}
