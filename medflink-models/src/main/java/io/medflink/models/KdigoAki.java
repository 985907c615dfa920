// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Samples;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * Acute kidney injury by KDIGO, stage 0 to 3, the worse of creatinine and urine output.
 *
 * <p>Source: KDIGO Clinical Practice Guideline for Acute Kidney Injury. Kidney Int Suppl
 * 2012;2:1–138, table 2. Creatinine: a rise of 0.3 mg/dL over the lowest of 48 h, or 1.5, 2.0 and 3
 * times the lowest of 7 d (both ends included) or the baseline; 4.0 mg/dL is stage 3 once either
 * holds. Urine: under 0.5 mL/kg/h for 6 and 12 h, under 0.3 for 24 h, none for 12 h, each over the
 * shortest run of whole collections up to the newest that is so long. Renal replacement is stage 3.
 * Differences and ratios within 1e-9 of a limit are the limit.
 *
 * <p>The newest creatinine counts for 48 h, the newest collection for 12 h. Stage and {@code aki}
 * are by what is known; what is not known is told in the reason, and then stage 0 has the level
 * UNKNOWN. {@code abs48} and {@code ratio7d} are open while there is no creatinine to tell them.
 * Nothing known: no answer.
 */
public final class KdigoAki implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "kdigo-aki",
          "2012",
          "Kidney Disease: Improving Global Outcomes (KDIGO) Acute Kidney Injury Work Group. KDIGO"
              + " clinical practice guideline for acute kidney injury. Kidney Int Suppl"
              + " 2012;2:1-138",
          "Acute kidney injury and its stage; in children without the criterion by eGFR");

  private static final Duration CURRENT = Duration.ofDays(2);
  private static final Duration COLLECTION_CURRENT = Duration.ofHours(12);
  private static final long HOUR = 3_600_000;
  private static final long TWO_DAYS = 48 * HOUR;
  private static final long WEEK = 168 * HOUR;
  private static final double ROUNDING = 1e-9;
  private static final double UMOL_L = 88.4;

  private static final Input SAMPLES =
      CARD.input(
          Input.of("samples", Lab.CREATININE)
              .history(Duration.ofDays(9))
              .alsoAs("scr_mg_dl", "mg/dL")
              .alsoAs("scr_umol_l", "umol/L")
              .optional());
  private static final Input SCR =
      CARD.input(Input.of("scr", Lab.CREATININE).within(CURRENT).optional());
  private static final Input BASELINE =
      CARD.input(
          Input.of("baseline", Lab.CREATININE_BASELINE)
              .ofPatient(Duration.ofDays(366))
              .alsoAs("baseline_umol_l", "umol/L")
              .falling()
              .optional());
  private static final Input VOLUMES =
      CARD.input(
          Input.of("volumes", Vital.URINE_VOLUME_BY_WEIGHT).history(Duration.ofDays(3)).optional());
  private static final Input VOLUMES_ML =
      CARD.input(Input.of("volumes_ml", Vital.URINE_VOLUME).history(Duration.ofDays(3)).optional());
  private static final Input WEIGHT =
      CARD.input(
          Input.of("weight_kg", Vital.BODY_WEIGHT)
              .ofPatient(Duration.ofDays(30))
              .rising()
              .optional());
  private static final Input REPLACEMENT =
      CARD.input(Input.of("rrt", Vital.RENAL_REPLACEMENT).within(Duration.ofDays(1)).optional());
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output STAGE = CARD.outputCourse("stage", "{score}");
  private static final Output AKI = CARD.yesNo("aki");
  private static final Output ABS_48 = CARD.yesNoCourse("abs48");
  private static final Output RATIO_7D = CARD.yesNoCourse("ratio7d");

  private static final RiskLevel[] LEVELS = {
    RiskLevel.LOW, RiskLevel.LOW_MEDIUM, RiskLevel.MEDIUM, RiskLevel.HIGH
  };

  /** By the bits: no creatinine to compare with, no urine output, a child. */
  private static final String[] UNKNOWN = new String[8];

  static {
    for (int bits = 1; bits < UNKNOWN.length; bits++) {
      UNKNOWN[bits] =
          ((bits & 1) == 0 ? "" : "without a creatinine and one to compare it with; ")
              + ((bits & 2) == 0 ? "" : "without 6 h of urine output by weight; ")
              + ((bits & 4) == 0 ? "" : "under 18 years the criterion by eGFR is not applied; ");
      UNKNOWN[bits] = UNKNOWN[bits].substring(0, UNKNOWN[bits].length() - 2);
    }
  }

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    Samples samples = chart.history(SAMPLES);
    int newest = samples.size() - 1;
    boolean current = newest >= 0 && chart.moment() - samples.time(newest) <= TWO_DAYS;
    double now = current ? samples.value(newest) : Double.NaN;
    double scr = chart.value(SCR);
    if (isContradiction(now, scr)) {
      answer.notApplicable("scr is not the newest creatinine, in mg/dL nor in umol/L");
      return;
    }
    double rise = current ? now - least(samples, newest, TWO_DAYS) : Double.NaN;
    double ratio = current ? now / least(samples, newest, WEEK) : Double.NaN;
    double known = (Double.isNaN(scr) ? now : scr) / chart.value(BASELINE);
    ratio = Double.isNaN(known) ? ratio : Double.isNaN(ratio) ? known : Math.max(ratio, known);
    boolean compared =
        !Double.isNaN(known)
            || (current && newest > 0 && samples.time(newest) - samples.time(newest - 1) <= WEEK);
    int urine = urine(chart);
    boolean replaced = chart.value(REPLACEMENT) == 1;
    if (!current && Double.isNaN(ratio) && urine < -1 && !replaced) {
      answer.notApplicable("needs a creatinine of 48 h or urine output of 12 h by weight");
      return;
    }
    boolean rises = rise >= 0.3 - ROUNDING;
    boolean exceeds = ratio >= 1.5 - ROUNDING;
    int stage = Math.max(creatinine(rises, ratio, now), urine);
    stage = replaced ? 3 : Math.max(stage, 0);
    int gaps = (compared ? 0 : 1) | (urine < 0 ? 2 : 0);
    answer.set(STAGE, stage);
    answer.set(AKI, stage > 0);
    tell(answer, ABS_48, rises, current);
    tell(answer, RATIO_7D, exceeds, !Double.isNaN(ratio));
    answer.level(stage == 0 && gaps > 0 ? RiskLevel.UNKNOWN : LEVELS[stage]);
    gaps |= chart.value(AGE) < 18 ? 4 : 0;
    if (gaps > 0) {
      answer.note(UNKNOWN[gaps]);
    }
  }

  private static void tell(Answer answer, Output criterion, boolean met, boolean known) {
    if (known) {
      answer.set(criterion, met);
    } else {
      answer.open(criterion);
    }
  }

  /** Only its ratio to the baseline counts, so it may be in another unit; not another value. */
  private static boolean isContradiction(double now, double scr) {
    double factor = scr / now;
    return Math.abs(factor - 1) > 1e-3 && Math.abs(factor / UMOL_L - 1) > 1e-3;
  }

  private static int creatinine(boolean rises, double ratio, double now) {
    boolean injured = rises || ratio >= 1.5 - ROUNDING;
    if (ratio >= 3 - ROUNDING || (injured && now >= 4 - ROUNDING)) {
      return 3;
    }
    return ratio >= 2 - ROUNDING ? 2 : injured ? 1 : 0;
  }

  /** The least value within a time before the newest. */
  private static double least(Samples samples, int newest, long within) {
    double least = samples.value(newest);
    for (int i = newest; i >= 0 && samples.time(newest) - samples.time(i) <= within; i--) {
      least = Math.min(least, samples.value(i));
    }
    return least;
  }

  /** The stage by urine; -1 with less than 6 h of it, -2 with none of 12 h or without a weight. */
  private static int urine(Chart chart) {
    Samples byWeight = chart.history(VOLUMES);
    boolean divided = byWeight.size() > 0;
    Samples volumes = divided ? byWeight : chart.history(VOLUMES_ML);
    double kilograms = divided ? 1 : chart.value(WEIGHT);
    int newest = volumes.size() - 1;
    if (newest < 0
        || Double.isNaN(kilograms)
        || chart.moment() - volumes.time(newest) > COLLECTION_CURRENT.toMillis()) {
      return -2;
    }
    double six = rate(volumes, 6) / kilograms;
    double twelve = rate(volumes, 12) / kilograms;
    double day = rate(volumes, 24) / kilograms;
    if (day < 0.3 - ROUNDING || twelve == 0) {
      return 3;
    }
    return twelve < 0.5 - ROUNDING ? 2 : six < 0.5 - ROUNDING ? 1 : Double.isNaN(six) ? -1 : 0;
  }

  /** Per hour over the shortest run of whole collections that is so long, NaN without one. */
  private static double rate(Samples volumes, int hours) {
    int newest = volumes.size() - 1;
    double volume = 0;
    for (int i = newest; i > 0; i--) {
      volume += volumes.value(i);
      long length = volumes.time(newest) - volumes.time(i - 1);
      if (length >= hours * HOUR) {
        return volume / ((double) length / HOUR);
      }
    }
    return Double.NaN;
  }
}
