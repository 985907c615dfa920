// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;

/**
 * Mean arterial pressure, estimated as (systolic + 2 diastolic) / 3, and pulse pressure, systolic -
 * diastolic; all in mm[Hg].
 *
 * <p>Source of the estimate: Sesso HD et al. Hypertension 2000;36:801–7. A diastolic pressure over
 * the systolic one is an error of measurement: not applicable. An unknown pressure is sought in all
 * that is possible beside the other. No level: the publication has no limits.
 */
public final class MeanArterialPressure implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "map-pp",
          "2000",
          "Sesso HD, Stampfer MJ, Rosner B, et al. Systolic and diastolic blood pressure, pulse"
              + " pressure, and mean arterial pressure as predictors of cardiovascular disease risk"
              + " in men. Hypertension 2000;36:801-7",
          "Mean arterial and pulse pressure from a cuff's two pressures; not in place of a measured"
              + " mean");

  private static final Input SBP = CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).rising());
  private static final Input DBP =
      CARD.inputUnder(
          SBP,
          Input.of("dbp", Vital.DIASTOLIC_PRESSURE).corners(Vital.DIASTOLIC_PRESSURE.possible()));

  private static final Output MAP = CARD.output("map", "mm[Hg]");
  private static final Output PULSE_PRESSURE = CARD.output("pulse_pressure", "mm[Hg]");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double systolic = chart.value(SBP);
    double diastolic = chart.value(DBP);
    if (diastolic > systolic) {
      answer.notApplicable("diastolic over systolic pressure: one of them is wrong");
      return;
    }
    answer.set(MAP, (systolic + 2 * diastolic) / 3);
    answer.set(PULSE_PRESSURE, systolic - diastolic);
  }
}
