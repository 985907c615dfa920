// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Derivation;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import java.time.Duration;
import java.util.List;

/**
 * KDIGO's risk of chronic kidney disease by the categories of filtration rate and albuminuria.
 *
 * <p>Source: KDIGO 2024 Clinical Practice Guideline for CKD. Kidney Int 2024;105(4S):S117–314, the
 * heat map. G1 and G2: low, moderate, high at A1, A2, A3; G3a: moderate, high, very high; G3b:
 * high, very high, very high; G4 and G5: very high.
 *
 * <p>In a stream G follows from the filtration rate as in {@link KdigoGfrCategory}, A from albumin
 * over creatinine in urine: A1 under 30, A2 30–300, A3 over 300 mg/g, no rounding; a value told by
 * a comparator leaves its category open. Unknown categories are all tried. Disease needs over three
 * months, which is the user's to see to. Level: low LOW, moderate MEDIUM, high and very high HIGH.
 */
public final class KdigoCkdHeatmap implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "kdigo-ckd-heatmap",
          "2024",
          "Kidney Disease: Improving Global Outcomes (KDIGO) CKD Work Group. KDIGO 2024 Clinical"
              + " Practice Guideline for the Evaluation and Management of Chronic Kidney Disease."
              + " Kidney Int 2024;105(4S):S117-S314",
          "Prognosis of chronic kidney disease that lasts over three months");

  private static final Duration YEAR = Duration.ofDays(366);
  private static final Steps FROM_30 = Steps.below(0, 30, 1);
  private static final Steps OVER_300 = Steps.atMost(0, 300, 1);

  private static final Input G =
      CARD.input(
          Input.derived(
                  "g",
                  List.of("G1", "G2", "G3a", "G3b", "G4", "G5"),
                  KdigoCkdHeatmap::filtration,
                  Lab.ESTIMATED_GFR)
              .ofPatient(YEAR));
  private static final Input A =
      CARD.input(
          Input.derived(
                  "a",
                  List.of("A1", "A2", "A3"),
                  KdigoCkdHeatmap::albuminuria,
                  Lab.ALBUMIN_CREATININE_RATIO)
              .ofPatient(YEAR));

  private static final Output RISK = CARD.coded("risk", "low", "moderate", "high", "very_high");

  /** How much each category of filtration adds. */
  private static final int[] STEPS = {0, 0, 1, 2, 3, 3};

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    int risk = (int) Math.min(3, STEPS[(int) chart.value(G)] + chart.value(A));
    answer.set(RISK, risk);
    answer.level(risk == 0 ? RiskLevel.LOW : risk == 1 ? RiskLevel.MEDIUM : RiskLevel.HIGH);
  }

  private static double filtration(Derivation.Sources sources) {
    double egfr = sources.value(Lab.ESTIMATED_GFR);
    return Double.isNaN(egfr) ? Double.NaN : KdigoGfrCategory.CATEGORIES.points(egfr);
  }

  private static double albuminuria(Derivation.Sources sources) {
    double ratio = sources.value(Lab.ALBUMIN_CREATININE_RATIO);
    return Double.isNaN(ratio) ? Double.NaN : FROM_30.points(ratio) + OVER_300.points(ratio);
  }
}
