// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

/** Published formulas as one would write them for one purpose: primitives in, one number out. */
final class HandWritten {
  private HandWritten() {}

  /** The formula of a model, over its inputs in the order of {@link FormulasBenchmark}. */
  static double of(String model, double[] x) {
    return switch (model) {
      case "mews-subbe2001" -> mews(x[0], x[1], x[2], x[3], (int) x[4]);
      case "ckd-epi-2021" -> ckdEpi(x[0], x[1] == 0, x[2]);
      case "framingham-cvd-2008" ->
          framingham(x[0], x[1] == 0, x[2], x[3], x[4], x[5] == 1, x[6] == 1, x[7] == 1);
      case "kfre" -> kidneyFailure(x[0], x[1], x[2], x[3]);
      case "score2" -> score2(x[0], x[1] == 0, x[2] == 1, x[3], x[4], x[5]);
      case "findrisc" -> findrisc(x);
      case "framingham-diabetes-2007" -> diabetes(x);
      case "framingham-htn-2008" -> hypertension(x);
      case "gmi" -> 3.31 + 0.02392 * x[0];
      case "pce-2013" ->
          pooledCohort(
              Math.log(x[0]),
              x[1] == 0,
              x[2] == 1,
              Math.log(x[3]),
              Math.log(x[4]),
              Math.log(x[5]),
              x[6] == 1,
              x[7] == 1,
              x[8] == 1);
      case "shock-index" -> x[0] / x[1];
      default -> throw new IllegalArgumentException(model);
    };
  }

  private static double mews(double sbp, double hr, double rr, double temp, int avpu) {
    int s = (int) Math.floor(sbp + 0.5);
    int h = (int) Math.floor(hr + 0.5);
    int r = (int) Math.floor(rr + 0.5);
    double t = Math.floor(temp * 10 + 0.5) / 10;
    int score = s <= 70 ? 3 : s <= 80 ? 2 : s <= 100 ? 1 : s <= 199 ? 0 : 2;
    score += h <= 40 ? 2 : h <= 50 ? 1 : h <= 100 ? 0 : h <= 110 ? 1 : h <= 129 ? 2 : 3;
    score += r < 9 ? 2 : r <= 14 ? 0 : r <= 20 ? 1 : r <= 29 ? 2 : 3;
    score += t < 35 ? 2 : t < 38.5 ? 0 : 2;
    return score + (avpu <= 1 ? 0 : avpu - 1);
  }

  private static double ckdEpi(double age, boolean female, double creatinine) {
    double ratio = creatinine / (female ? 0.7 : 0.9);
    return 142
        * Math.pow(Math.min(ratio, 1), female ? -0.241 : -0.302)
        * Math.pow(Math.max(ratio, 1), -1.200)
        * Math.pow(0.9938, age)
        * (female ? 1.012 : 1);
  }

  private static double framingham(
      double age,
      boolean female,
      double cholesterol,
      double hdl,
      double sbp,
      boolean treated,
      boolean smoker,
      boolean diabetes) {
    double sum =
        female
            ? 2.32888 * Math.log(age)
                + 1.20904 * Math.log(cholesterol)
                - 0.70833 * Math.log(hdl)
                + (treated ? 2.82263 : 2.76157) * Math.log(sbp)
                + (smoker ? 0.52873 : 0)
                + (diabetes ? 0.69154 : 0)
                - 26.1931
            : 3.06117 * Math.log(age)
                + 1.12370 * Math.log(cholesterol)
                - 0.93263 * Math.log(hdl)
                + (treated ? 1.99881 : 1.93303) * Math.log(sbp)
                + (smoker ? 0.65451 : 0)
                + (diabetes ? 0.57367 : 0)
                - 23.9802;
    return 1 - Math.pow(female ? 0.95012 : 0.88936, Math.exp(sum));
  }

  private static double kidneyFailure(double age, double male, double egfr, double uacr) {
    double x =
        -0.2201 * (age / 10 - 7.036)
            + 0.2467 * (male - 0.5642)
            - 0.5567 * (egfr / 5 - 7.222)
            + 0.4510 * (Math.log(uacr) - 5.137);
    // Both horizons, as the model tells them.
    double e = Math.exp(x);
    double two = 1 - Math.pow(0.9832, e);
    return two > 2 ? two : 1 - Math.pow(0.9365, e);
  }

  private static double score2(
      double age, boolean female, boolean smoker, double sbp, double cholesterol, double hdl) {
    double a = (age - 60) / 5;
    double s = (sbp - 120) / 20;
    double t = cholesterol - 6;
    double h = (hdl - 1.3) / 0.5;
    double lp =
        female
            ? 0.4648 * a
                + (smoker ? 0.7744 - 0.1088 * a : 0)
                + (0.3131 - 0.0277 * a) * s
                + (0.1002 - 0.0226 * a) * t
                + (-0.2606 + 0.0613 * a) * h
            : 0.3742 * a
                + (smoker ? 0.6012 - 0.0755 * a : 0)
                + (0.2777 - 0.0255 * a) * s
                + (0.1458 - 0.0281 * a) * t
                + (-0.2698 + 0.0426 * a) * h;
    double hazard = lp + Math.log(-Math.log(female ? 0.9776 : 0.9605));
    return 1 - Math.exp(-Math.exp(female ? -0.7380 + 0.7019 * hazard : -0.5699 + 0.7476 * hazard));
  }

  private static double findrisc(double[] x) {
    boolean male = x[1] == 1;
    double waist = x[3];
    int score = x[0] < 45 ? 0 : x[0] < 55 ? 2 : x[0] < 65 ? 3 : 4;
    score += x[2] < 25 ? 0 : x[2] <= 30 ? 1 : 3;
    score += waist < (male ? 94 : 80) ? 0 : waist <= (male ? 102 : 88) ? 3 : 4;
    score += x[4] == 1 ? 0 : 2;
    score += x[5] == 1 ? 0 : 1;
    score += x[6] == 1 ? 2 : 0;
    score += x[7] == 1 ? 5 : 0;
    return score + (x[8] == 2 ? 5 : x[8] == 1 ? 3 : 0);
  }

  private static double diabetes(double[] x) {
    boolean male = x[1] == 1;
    double lp = -5.517;
    lp += x[0] >= 50 ? -0.018 : 0;
    lp += male ? -0.010 : 0;
    lp += x[2] == 1 ? 0.565 : 0;
    lp += x[3] >= 30 ? 0.920 : x[3] >= 25 ? 0.301 : 0;
    lp += x[4] > 130 || x[5] > 85 || x[6] == 1 ? 0.498 : 0;
    lp += x[7] < (male ? 40 : 50) ? 0.944 : 0;
    lp += x[8] >= 150 ? 0.575 : 0;
    lp += x[9] >= 100 ? 1.980 : 0;
    return 1 / (1 + Math.exp(-lp));
  }

  private static double hypertension(double[] x) {
    double lp =
        22.949536
            - 0.156412 * x[0]
            - (x[1] == 0 ? 0.202933 : 0)
            - 0.033881 * x[2]
            - 0.05933 * x[3]
            - 0.128468 * x[4]
            - (x[5] == 1 ? 0.190731 : 0)
            - 0.166121 * x[6]
            + 0.001624 * x[0] * x[4];
    return 1 - Math.exp(-Math.exp((Math.log(4) - lp) / 0.876925));
  }

  private static double pooledCohort(
      double age,
      boolean female,
      boolean black,
      double cholesterol,
      double hdl,
      double sbp,
      boolean treated,
      boolean smoker,
      boolean diabetes) {
    if (female && black) {
      double sum =
          17.114 * age
              + 0.940 * cholesterol
              + (-18.920 + 4.475 * age) * hdl
              + (treated ? 29.291 - 6.432 * age : 27.820 - 6.087 * age) * sbp
              + (smoker ? 0.691 : 0)
              + (diabetes ? 0.874 : 0);
      return 1 - Math.pow(0.9533, Math.exp(sum - 86.61));
    }
    if (female) {
      double sum =
          (-29.799 + 4.884 * age) * age
              + (13.540 - 3.114 * age) * cholesterol
              + (-13.578 + 3.149 * age) * hdl
              + (treated ? 2.019 : 1.957) * sbp
              + (smoker ? 7.574 - 1.665 * age : 0)
              + (diabetes ? 0.661 : 0);
      return 1 - Math.pow(0.9665, Math.exp(sum + 29.18));
    }
    if (black) {
      double sum =
          2.469 * age
              + 0.302 * cholesterol
              - 0.307 * hdl
              + (treated ? 1.916 : 1.809) * sbp
              + (smoker ? 0.549 : 0)
              + (diabetes ? 0.645 : 0);
      return 1 - Math.pow(0.8954, Math.exp(sum - 19.54));
    }
    double sum =
        12.344 * age
            + (11.853 - 2.664 * age) * cholesterol
            + (-7.990 + 1.769 * age) * hdl
            + (treated ? 1.797 : 1.764) * sbp
            + (smoker ? 7.837 - 1.795 * age : 0)
            + (diabetes ? 0.658 : 0);
    return 1 - Math.pow(0.9144, Math.exp(sum - 61.18));
  }
}
