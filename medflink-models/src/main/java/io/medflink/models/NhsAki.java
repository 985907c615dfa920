// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.ReferenceInterval;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Samples;
import java.time.Duration;

/**
 * Warning stage of acute kidney injury by the NHS England algorithm, 0 (no alert) to 3.
 *
 * <p>Source: NHS England patient safety alert NHS/PSA/D/2014/010 and the Think Kidneys algorithm,
 * 2014. The newest creatinine (umol/L) over a reference value: the lowest of the 7 d before it,
 * else the median of the 365 d before it. At least 3.0 times, or 1.5 times and over 354 umol/L, or
 * in those under 18 years over 3 times the upper limit of the reference interval: 3; at least 2.0:
 * 2; at least 1.5, or over 26 umol/L more than the lowest of 48 h: 1. Without a reference value, a
 * result above its interval has the reason {@code ?AKI ?CKD}. Ratios and differences within 1e-9 of
 * a limit are the limit.
 *
 * <p>The newest result counts for 48 h. Without a reference value the level is LOW only for a
 * result known to be within its interval, else UNKNOWN.
 */
public final class NhsAki implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "nhs-aki",
          "2014",
          "NHS England. Patient safety alert: standardising the early identification of acute"
              + " kidney injury. NHS/PSA/D/2014/010, 2014; Think Kidneys. Algorithm for detecting"
              + " acute kidney injury based on serum creatinine changes with time",
          "Warning of acute kidney injury by a laboratory's creatinine results; not under renal"
              + " replacement, not in pregnancy");

  private static final Range POSITIVE = Range.open(0, Double.POSITIVE_INFINITY);
  private static final long DAY = 24 * 3_600_000L;
  private static final double ROUNDING = 1e-9;

  private static final Input SAMPLES =
      CARD.input(
          Input.of("samples_umol_l", Lab.CREATININE)
              .in("umol/L", POSITIVE)
              .history(Duration.ofDays(367))
              .alsoAs("samples", "mg/dL"));
  private static final Input UPPER_LIMIT =
      CARD.input(
          Input.of("upper_limit_umol_l", ReferenceInterval.upperLimit(Lab.CREATININE))
              .in("umol/L", POSITIVE)
              .within(Duration.ofDays(2))
              .optional());
  private static final Input ABOVE =
      CARD.input(
          Input.of("above_interval", ReferenceInterval.above(Lab.CREATININE))
              .within(Duration.ofDays(2))
              .optional());
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output SCORE = CARD.outputCourse("score", "{score}");

  private static final RiskLevel[] LEVELS = {
    RiskLevel.LOW, RiskLevel.LOW_MEDIUM, RiskLevel.MEDIUM, RiskLevel.HIGH
  };

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    Samples samples = chart.history(SAMPLES);
    int newest = samples.size() - 1;
    if (newest < 0 || chart.moment() - samples.time(newest) > 2 * DAY) {
      answer.notApplicable("needs a creatinine of 48 h");
      return;
    }
    double now = samples.value(newest);
    double limit = chart.value(UPPER_LIMIT);
    double reference = reference(samples, newest);
    if (Double.isNaN(reference)) {
      double above = chart.value(ABOVE);
      boolean high = now > limit || above == 1;
      boolean known = high || now <= limit || above == 0;
      answer.set(SCORE, 0);
      answer.level(known && !high ? RiskLevel.LOW : RiskLevel.UNKNOWN);
      if (high || !known) {
        answer.note(high ? "?AKI ?CKD" : "neither a reference value nor a reference interval");
      }
      return;
    }
    double ratio = now / reference + ROUNDING;
    boolean child = chart.value(AGE) < 18 && now > 3 * limit + ROUNDING;
    boolean rises = now - least(samples, newest, 2 * DAY) > 26 + ROUNDING;
    boolean severe = ratio >= 3 || (ratio >= 1.5 && now > 354 + ROUNDING) || child;
    int stage = severe ? 3 : ratio >= 2 ? 2 : ratio >= 1.5 || rises ? 1 : 0;
    answer.set(SCORE, stage);
    answer.level(LEVELS[stage]);
  }

  private static double reference(Samples samples, int newest) {
    double lowest = least(samples, newest, 7 * DAY);
    return lowest < Double.POSITIVE_INFINITY ? lowest : median(samples, newest);
  }

  /** The lowest within a time before the newest, infinite when there is none. */
  private static double least(Samples samples, int newest, long within) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = newest - 1; i >= 0 && samples.time(newest) - samples.time(i) <= within; i--) {
      least = Math.min(least, samples.value(i));
    }
    return least;
  }

  /** The median of the year before the newest, NaN without any; by counting, without memory. */
  private static double median(Samples samples, int newest) {
    int first = 0;
    while (first < newest && samples.time(newest) - samples.time(first) > 365 * DAY) {
      first++;
    }
    int size = newest - first;
    return size == 0
        ? Double.NaN
        : (smallest(samples, first, newest, (size - 1) / 2)
                + smallest(samples, first, newest, size / 2))
            / 2;
  }

  private static double smallest(Samples samples, int from, int to, int rank) {
    for (int i = from; i < to; i++) {
      int less = 0;
      int same = 0;
      for (int j = from; j < to; j++) {
        less += samples.value(j) < samples.value(i) ? 1 : 0;
        same += samples.value(j) == samples.value(i) ? 1 : 0;
      }
      if (less <= rank && rank < less + same) {
        return samples.value(i);
      }
    }
    return Double.NaN;
  }
}
