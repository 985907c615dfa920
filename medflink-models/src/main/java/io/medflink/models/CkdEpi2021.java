// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskModel;
import java.time.Duration;

/**
 * Glomerular filtration rate estimated from creatinine, without race (CKD-EPI 2021), in {@code
 * mL/min/{1.73_m2}}.
 *
 * <p>Source: Inker LA et al. N Engl J Med 2021;385:1737–49. {@code eGFR = 142 min(Scr/k, 1)^a
 * max(Scr/k, 1)^-1.200 0.9938^age (1.012 if a woman)}; Scr in mg/dL (umol/L is taken too), k 0.7 in
 * women and 0.9 in men, a -0.241 and -0.302.
 *
 * <p>From 18 years, else not applicable; for an IDMS-traceable assay in a steady state, not in
 * acute kidney injury. Unknown inputs are sought in ages 18–130 and, ours, creatinine 0.1–30 mg/dL;
 * the reason names these ranges. No rounding. Level UNKNOWN: the publication has no classes.
 */
public final class CkdEpi2021 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "ckd-epi-2021",
          "2021",
          "Inker LA, Eneanya ND, Coresh J, et al. New creatinine- and cystatin C-based equations"
              + " to estimate GFR without race. N Engl J Med 2021;385:1737-49",
          "Glomerular filtration rate of adults in a steady state, from creatinine by an"
              + " IDMS-traceable assay; not in acute kidney injury");

  private static final Duration YEAR = Duration.ofDays(366);
  private static final Input AGE = CARD.input(Derived.age("age").falling(Range.closed(18, 130)));
  private static final Input SEX = CARD.input(Input.of("sex", Demographic.SEX).ofPatient());
  private static final Input SCR =
      CARD.input(
          Input.of("scr_mg_dl", Lab.CREATININE)
              .ofPatient(YEAR)
              .falling(Range.closed(0.1, 30))
              .alsoAs("scr_umol_l", "umol/L"));

  private static final Output EGFR = CARD.output("egfr", "mL/min/{1.73_m2}");

  private static final double FEMALE = SEX.code("F");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 18) {
      answer.notApplicable("under 18 years: the equation is for adults");
      return;
    }
    boolean female = chart.value(SEX) == FEMALE;
    double ratio = chart.value(SCR) / (female ? 0.7 : 0.9);
    double egfr =
        142
            * Math.pow(Math.min(ratio, 1), female ? -0.241 : -0.302)
            * Math.pow(Math.max(ratio, 1), -1.2)
            * Math.pow(0.9938, age)
            * (female ? 1.012 : 1);
    answer.set(EGFR, egfr);
  }
}
