// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * LACE index: risk of death or unplanned readmission within 30 days after discharge, 0 to 19.
 *
 * <p>Source: van Walraven C et al. CMAJ 2010;182:551–7. Length of stay in days: under 1 0, 1 1, 2
 * 2, 3 3, 4–6 4, 7–13 5, 14 and over 7; acute admission 3; comorbidity by LACE's own Charlson
 * weights 0 to 3 as it is, 4 and over 5; visits to an emergency department in the six months
 * before, at most 4.
 *
 * <p>Whole days, visits and points count; a part of one does not. Unknown inputs are sought in all
 * that is possible, so the interval is exact. Level HIGH at 10 and over, else LOW: the two groups
 * of Gruneir A et al. Open Med 2011;5:e104–11, with authors of the index.
 */
public final class Lace implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "lace",
          "2010",
          "van Walraven C, Dhalla IA, Bell C, et al. Derivation and validation of an index to"
              + " predict early death or unplanned readmission after discharge from hospital to the"
              + " community. CMAJ 2010;182:551-7",
          "Risk of death or unplanned readmission within 30 days of adults discharged from"
              + " medical and surgical wards");

  private static final Duration YEAR = Duration.ofDays(366);
  private static final Steps DAYS = Steps.below(0, 1, 1, 2, 2, 3, 3, 4, 4, 7, 5, 14, 7);
  private static final Steps COMORBIDITIES = Steps.below(0, 1, 1, 2, 2, 3, 3, 4, 5);
  private static final Steps VISITS = Steps.below(0, 1, 1, 2, 2, 3, 3, 4, 4);

  private static final Input LOS =
      CARD.input(Input.of("los_days", Vital.LENGTH_OF_STAY).within(YEAR).cells(DAYS));
  private static final Input ACUTE =
      CARD.input(Input.of("acute", Demographic.ACUTE_ADMISSION).within(YEAR).rising());
  private static final Input CHARLSON =
      CARD.input(Input.of("charlson", Vital.LACE_COMORBIDITY).within(YEAR).cells(COMORBIDITIES));
  private static final Input ED_VISITS =
      CARD.input(Input.of("ed_visits_6m", Vital.EMERGENCY_VISITS).within(YEAR).cells(VISITS));

  private static final Output SCORE = CARD.output("score", "{score}");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    int score =
        answer.counts(LOS, DAYS.points(chart.value(LOS)))
            + answer.counts(ACUTE, chart.yes(ACUTE) ? 3 : 0)
            + answer.counts(CHARLSON, COMORBIDITIES.points(chart.value(CHARLSON)))
            + answer.counts(ED_VISITS, VISITS.points(chart.value(ED_VISITS)));
    answer.set(SCORE, score);
    answer.level(score >= 10 ? RiskLevel.HIGH : RiskLevel.LOW);
  }
}
