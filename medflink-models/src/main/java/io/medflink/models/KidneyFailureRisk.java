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
import io.medflink.core.Setting;
import java.time.Duration;

/**
 * Kidney Failure Risk Equation: risk of needing dialysis or a transplant within 2 and 5 years.
 *
 * <p>Source: Tangri N et al. JAMA 2011;305:1553–9, with the baselines of Tangri N et al. JAMA
 * 2016;315:164–74. {@code risk = 1 - S^exp(lp)}; from age (a), sex, filtration rate
 * (mL/min/{1.73_m2}) and urine albumin over creatinine (mg/g), and where all of albumin (g/dL),
 * phosphate (mg/dL), bicarbonate (meq/L) and corrected calcium (mg/dL) are known, by the 8-variable
 * equation. Where only some of these are, the 4-variable one answers and the reason says so.
 *
 * <p>For adults with a filtration rate under 60, else not applicable; albumin over creatinine is
 * over 0. Whether the patient lives in North America is a setting without an assumed value: while
 * nobody made it, both are tried. Unknown inputs are sought in rates of 10–60, as in the cohort,
 * and, ours, ages 18–100 and 0.1–25000 mg/g; the reason names these ranges. Level UNKNOWN: the
 * publication has no classes.
 */
public final class KidneyFailureRisk implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "kfre",
          "2016",
          "Tangri N, Stevens LA, Griffith J, et al. A predictive model for progression of chronic"
              + " kidney disease to kidney failure. JAMA 2011;305:1553-9; Tangri N, Grams ME, Levey"
              + " AS, et al. Multinational assessment of accuracy of equations for predicting risk"
              + " of kidney failure. JAMA 2016;315:164-74",
          "2- and 5-year risk of kidney failure, adults with chronic kidney disease G3 to G5");

  private static final Duration YEAR = Duration.ofDays(366);
  private static final Input AGE = CARD.input(Derived.age("age").falling(Range.closed(18, 100)));
  private static final Input SEX =
      CARD.input(Input.of("sex", Demographic.SEX).ofPatient().rising());
  private static final Input EGFR =
      CARD.input(
          Input.of("egfr", Lab.ESTIMATED_GFR).ofPatient(YEAR).falling(Range.closedOpen(10, 60)));
  private static final Input UACR =
      CARD.input(
          Input.of("uacr_mg_g", Lab.ALBUMIN_CREATININE_RATIO)
              .ofPatient(YEAR)
              .rising(Range.closed(0.1, 25_000)));
  private static final Input NORTH_AMERICA =
      CARD.input(Input.of("north_america", Setting.KFRE_NORTH_AMERICA).ofPatient());
  private static final Input ALBUMIN =
      CARD.input(Input.of("albumin_g_dl", Lab.ALBUMIN).ofPatient(YEAR).falling().optional());
  private static final Input PHOSPHATE =
      CARD.input(Input.of("phosphate_mg_dl", Lab.PHOSPHATE).ofPatient(YEAR).rising().optional());
  private static final Input BICARBONATE =
      CARD.input(Input.of("bicarb_meq_l", Lab.BICARBONATE).ofPatient(YEAR).falling().optional());
  private static final Input CALCIUM =
      CARD.input(
          Input.of("calcium_mg_dl", Lab.CORRECTED_CALCIUM).ofPatient(YEAR).falling().optional());

  /** The logarithms of the survivals without kidney failure: S^x is exp(x ln S). */
  private static final double LN_9750 = Math.log(0.9750);

  private static final double LN_9832 = Math.log(0.9832);
  private static final double LN_9240 = Math.log(0.9240);
  private static final double LN_9365 = Math.log(0.9365);
  private static final double LN_9780 = Math.log(0.9780);
  private static final double LN_9827 = Math.log(0.9827);
  private static final double LN_9301 = Math.log(0.9301);
  private static final double LN_9245 = Math.log(0.9245);

  private static final Output RISK_5Y = CARD.output("risk_5y", "1");
  private static final Output RISK_2Y = CARD.output("risk_2y", "1");

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
    double egfr = chart.value(EGFR);
    if (egfr >= 60) {
      answer.notApplicable("filtration rate of 60 or more: the equation is for G3 to G5");
      return;
    }
    double a = age / 10 - 7.036;
    double m = chart.value(SEX) - 0.5642;
    double e = egfr / 5 - 7.222;
    double u = Math.log(chart.value(UACR)) - 5.137;
    double albumin = chart.value(ALBUMIN) - 3.997;
    double phosphate = chart.value(PHOSPHATE) - 3.916;
    double bicarbonate = chart.value(BICARBONATE) - 25.57;
    double calcium = chart.value(CALCIUM) - 9.355;
    boolean america = chart.yes(NORTH_AMERICA);
    double more = -0.3441 * albumin + 0.2604 * phosphate - 0.07354 * bicarbonate - 0.2228 * calcium;
    if (Double.isNaN(more)) {
      if (isAnyKnown(albumin, phosphate, bicarbonate, calcium)) {
        answer.note(
            "by 4 variables: not all of albumin, phosphate, bicarbonate, calcium are known");
      }
      double x =
          Math.exp(
              answer.counts(AGE, -0.2201 * a)
                  + answer.counts(SEX, 0.2467 * m)
                  + answer.counts(EGFR, -0.5567 * e)
                  + answer.counts(UACR, 0.4510 * u));
      if (answer.isExplained()) {
        answer.constant(Math.log(-(america ? LN_9240 : LN_9365)));
      }
      answer.set(RISK_2Y, 1 - Math.exp((america ? LN_9750 : LN_9832) * x));
      answer.set(RISK_5Y, 1 - Math.exp((america ? LN_9240 : LN_9365) * x));
    } else {
      double x =
          Math.exp(
              answer.counts(AGE, -0.1992 * a)
                  + answer.counts(SEX, 0.1602 * m)
                  + answer.counts(EGFR, -0.4919 * e)
                  + answer.counts(UACR, 0.3364 * u)
                  + more);
      answer.counts(ALBUMIN, -0.3441 * albumin);
      answer.counts(PHOSPHATE, 0.2604 * phosphate);
      answer.counts(BICARBONATE, -0.07354 * bicarbonate);
      answer.counts(CALCIUM, -0.2228 * calcium);
      if (answer.isExplained()) {
        answer.constant(Math.log(-(america ? LN_9301 : LN_9245)));
      }
      answer.set(RISK_2Y, 1 - Math.exp((america ? LN_9780 : LN_9827) * x));
      answer.set(RISK_5Y, 1 - Math.exp((america ? LN_9301 : LN_9245) * x));
    }
  }

  private static boolean isAnyKnown(double a, double b, double c, double d) {
    return !(Double.isNaN(a) && Double.isNaN(b) && Double.isNaN(c) && Double.isNaN(d));
  }
}
