// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskModel;
import java.time.Duration;

/**
 * Glucose management indicator: the HbA1c that a mean of continuously monitored glucose would
 * suggest.
 *
 * <p>Source: Bergenstal RM et al. Diabetes Care 2018;41:2275–80. {@code 3.31 + 0.02392 mean
 * (mg/dL)} in %, {@code 12.71 + 4.70587 mean (mmol/L)} in mmol/mol; 1 mmol/L is 18.016 mg/dL. Not
 * rounded: the publication prints one decimal.
 *
 * <p>The mean is over at least 10 to 14 days with 70 % of the readings, which is the user's to see
 * to. An unknown mean is sought in 40–400 mg/dL, what sensors show; the reason names the range.
 * Level UNKNOWN: the publication has no classes.
 */
public final class GlucoseManagementIndicator implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "gmi",
          "2018",
          "Bergenstal RM, Beck RW, Close KL, et al. Glucose Management Indicator (GMI): a new"
              + " term for estimating A1C from continuous glucose monitoring. Diabetes Care"
              + " 2018;41:2275-80",
          "Summary of continuous glucose monitoring in diabetes; no laboratory HbA1c");

  private static final Duration YEAR = Duration.ofDays(366);
  private static final Input MEAN =
      CARD.input(
          Input.of("mean_mg_dl", Lab.MEAN_SENSOR_GLUCOSE)
              .ofPatient(YEAR)
              .rising(Range.closed(40, 400))
              .alsoAs("mean_mmol_l", "mmol/L"));

  private static final Output PERCENT = CARD.output("gmi_pct", "%");
  private static final Output IFCC = CARD.output("gmi_mmol_mol", "mmol/mol");

  private static final double MG_DL_IN_MMOL_L = 18.016;

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double mean = chart.value(MEAN);
    answer.set(PERCENT, 3.31 + 0.02392 * mean);
    answer.set(IFCC, 12.71 + 4.70587 * (mean / MG_DL_IN_MMOL_L));
  }
}
