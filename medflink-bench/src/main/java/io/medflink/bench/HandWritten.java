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
}
