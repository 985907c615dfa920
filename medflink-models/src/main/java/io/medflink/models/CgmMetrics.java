// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.core.Samples;
import java.time.Duration;

/**
 * Continuous glucose monitoring over the last 14 days: shares of the readings in the consensus
 * ranges (% of those present), mean, variation and indices.
 *
 * <p>Source: Battelino T et al. Diabetes Care 2019;42:1593–603 (ranges; 14 days with 70 % of the
 * readings); Bergenstal RM et al. Diabetes Care 2018;41:2275–80 (GMI); Nathan DM et al. Diabetes
 * Care 2008;31:1473–8 (estimated A1c); Klonoff DC et al. J Diabetes Sci Technol 2023;17:1226–42
 * (glycemia risk index). Both ends of a range are in it, in mg/dL as in mmol/L: 180 mg/dL and 10.0
 * mmol/L (180.16 mg/dL) are. CV is of the sample's standard deviation. Gaps are left out, never
 * filled; under 70 % of the expected readings the reason says so. Needs two readings. Level
 * UNKNOWN: the targets depend on the person.
 */
public final class CgmMetrics implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final Duration PERIOD = Duration.ofDays(14);
  private static final double MG_DL_IN_MMOL_L = 18.016;

  /** The ends of ranges that are in, as the greater of the two units says. */
  private static final double HIGH = 10.0 * MG_DL_IN_MMOL_L + 1e-9;

  private static final double VERY_HIGH = 13.9 * MG_DL_IN_MMOL_L + 1e-9;
  private static final double PREGNANCY_HIGH = 7.8 * MG_DL_IN_MMOL_L + 1e-9;

  private final ModelCard card;
  private final Input glucose;
  private final Output inRange;
  private final Output under70;
  private final Output under54;
  private final Output over180;
  private final Output over250;
  private final Output mean;
  private final Output variation;
  private final Output gmiPercent;
  private final Output gmiIfcc;
  private final Output estimatedA1c;
  private final Output riskIndex;
  private final Output pregnancyInRange;
  private final Output over140;
  private final Output under63;
  private final Output present;
  private final double expected;

  /** A reading every 5 minutes. */
  public CgmMetrics() {
    this("cgm-metrics", Duration.ofMinutes(5));
  }

  /**
   * A sensor with another interval.
   *
   * @param id the model's id in its assessments
   * @param every how far apart its readings are
   */
  public CgmMetrics(String id, Duration every) {
    expected = (double) PERIOD.toMillis() / every.toMillis();
    card =
        ModelCard.of(
            id,
            "2019",
            "Battelino T, Danne T, Bergenstal RM, et al. Clinical targets for continuous glucose"
                + " monitoring data interpretation: recommendations from the international"
                + " consensus on time in range. Diabetes Care 2019;42:1593-603; GMI: Bergenstal RM,"
                + " et al. Diabetes Care 2018;41:2275-80; GRI: Klonoff DC, et al. J Diabetes Sci"
                + " Technol 2023;17:1226-42",
            "Summary of 14 days of continuous glucose monitoring in diabetes");
    glucose =
        card.input(
            Input.of("glucose_mg_dl", Lab.SENSOR_GLUCOSE)
                .history(PERIOD)
                .every(every)
                .alsoAs("glucose_mmol_l", "mmol/L"));
    inRange = card.output("tir_70_180", "%");
    under70 = card.output("tbr_lt70", "%");
    under54 = card.output("tbr_lt54", "%");
    over180 = card.output("tar_gt180", "%");
    over250 = card.output("tar_gt250", "%");
    mean = card.output("mean", "mg/dL");
    variation = card.output("cv_pct", "%");
    gmiPercent = card.output("gmi_pct", "%");
    gmiIfcc = card.output("gmi_mmol_mol", "mmol/mol");
    estimatedA1c = card.output("ea1c_pct", "%");
    riskIndex = card.output("gri", "{score}");
    pregnancyInRange = card.output("tir_63_140", "%");
    over140 = card.output("tar_gt140", "%");
    under63 = card.output("tbr_lt63", "%");
    present = card.output("readings_pct", "%");
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    Samples readings = chart.history(glucose);
    long since = chart.moment() - PERIOD.toMillis();
    int first = readings.size() > 0 && readings.time(0) == since ? 1 : 0;
    int size = readings.size() - first;
    if (size < 2) {
      answer.notApplicable("needs two readings of 14 days");
      return;
    }
    double sum = 0;
    for (int i = first; i < readings.size(); i++) {
      sum += readings.value(i);
    }
    double average = sum / size;
    double squares = 0;
    for (int i = first; i < readings.size(); i++) {
      double difference = readings.value(i) - average;
      squares += difference * difference;
    }
    double veryLow = under(readings, first, 54);
    double low = under(readings, first, 70);
    double high = 100 - upTo(readings, first, HIGH);
    double veryHigh = 100 - upTo(readings, first, VERY_HIGH);
    answer.set(inRange, upTo(readings, first, HIGH) - low);
    answer.set(under70, low);
    answer.set(under54, veryLow);
    answer.set(over180, high);
    answer.set(over250, veryHigh);
    answer.set(mean, average);
    answer.set(variation, 100 * Math.sqrt(squares / (size - 1)) / average);
    answer.set(gmiPercent, 3.31 + 0.02392 * average);
    answer.set(gmiIfcc, 12.71 + 4.70587 * (average / MG_DL_IN_MMOL_L));
    answer.set(estimatedA1c, (46.7 + average) / 28.7);
    double index = 3 * veryLow + 2.4 * (low - veryLow) + 1.6 * veryHigh + 0.8 * (high - veryHigh);
    answer.set(riskIndex, Math.min(100, index));
    answer.set(
        pregnancyInRange, upTo(readings, first, PREGNANCY_HIGH) - under(readings, first, 63));
    answer.set(over140, 100 - upTo(readings, first, PREGNANCY_HIGH));
    answer.set(under63, under(readings, first, 63));
    double share = Math.min(100, 100 * size / expected);
    answer.set(present, share);
    if (share < 70) {
      answer.note("under 70 % of the readings of 14 days: too few for a summary");
    }
  }

  /** Per cent of the readings under a limit. */
  private static double under(Samples readings, int first, double limit) {
    return upTo(readings, first, Math.nextDown(limit - 1e-9));
  }

  /** Per cent of the readings at most at a limit. */
  private static double upTo(Samples readings, int first, double limit) {
    int count = 0;
    for (int i = first; i < readings.size(); i++) {
      count += readings.value(i) <= limit ? 1 : 0;
    }
    return 100.0 * count / (readings.size() - first);
  }
}
