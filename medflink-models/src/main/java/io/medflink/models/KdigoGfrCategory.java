// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import java.time.Duration;

/**
 * KDIGO's category of the glomerular filtration rate, G1 to G5.
 *
 * <p>Source: KDIGO 2024 Clinical Practice Guideline for CKD. Kidney Int 2024;105(4S):S117–314. G1
 * from 90, G2 60–89, G3a 45–59, G3b 30–44, G4 15–29, G5 under 15 mL/min/{1.73_m2}. Nothing is
 * rounded: a band ends where the next begins, so 59.6 is G3a.
 *
 * <p>G1 and G2 alone are no kidney disease, and all need three months. Unknown: all six. Level
 * UNKNOWN: the guideline's risk needs albuminuria too ({@link KdigoCkdHeatmap}).
 */
public final class KdigoGfrCategory implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "kdigo-gfr-category",
          "2024",
          "Kidney Disease: Improving Global Outcomes (KDIGO) CKD Work Group. KDIGO 2024 Clinical"
              + " Practice Guideline for the Evaluation and Management of Chronic Kidney Disease."
              + " Kidney Int 2024;105(4S):S117-S314",
          "Naming the stage of a filtration rate that lasts over three months; G1 and G2 alone"
              + " are no disease");

  private static final Duration YEAR = Duration.ofDays(366);
  static final Steps CATEGORIES = Steps.below(5, 15, 4, 30, 3, 45, 2, 60, 1, 90, 0);

  private static final Input EGFR =
      CARD.input(Input.of("egfr", Lab.ESTIMATED_GFR).ofPatient(YEAR).cells(CATEGORIES));

  private static final Output CATEGORY =
      CARD.coded("category", "G1", "G2", "G3a", "G3b", "G4", "G5");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    answer.set(CATEGORY, CATEGORIES.points(chart.value(EGFR)));
  }
}
