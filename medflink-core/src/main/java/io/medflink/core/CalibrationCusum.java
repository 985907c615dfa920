// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/**
 * The evidence that the odds of what happens are another multiple of the predicted odds than 1:
 * cumulative sums of the log likelihood ratio, one for more and one for fewer events.
 *
 * <p>Source: risk-adjusted CUSUM of Steiner SH, Cook RJ, Farewell VT, Treasure T. Biostatistics
 * 2000;1:441–52.
 *
 * @param more for odds of {@code oddsRatio} times those predicted, never under 0
 * @param fewer for odds of 1 / {@code oddsRatio} times those predicted, never under 0
 */
public record CalibrationCusum(double more, double fewer) {

  /** No evidence. */
  public static final CalibrationCusum NONE = new CalibrationCusum(0, 0);

  /**
   * With one more judged risk.
   *
   * @param risk predicted, from 0 to 1
   * @param happened whether it did
   * @param oddsRatio over 1, to be found
   */
  public CalibrationCusum and(double risk, boolean happened, double oddsRatio) {
    return new CalibrationCusum(
        Math.max(0, more + ratio(risk, happened, oddsRatio)),
        Math.max(0, fewer + ratio(risk, happened, 1 / oddsRatio)));
  }

  private static double ratio(double risk, boolean happened, double odds) {
    return (happened ? Math.log(odds) : 0) - Math.log(1 - risk + odds * risk);
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "CalibrationCusum";
  }
}
