// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * A logistic regression, fitted by iteratively reweighted least squares.
 *
 * <p>With a ridge penalty λ the intercept is not penalised, and the standard errors are those of
 * the penalised estimate, (X'WX + λ)^-1 X'WX (X'WX + λ)^-1. Source: McCullagh P, Nelder JA.
 * Generalized Linear Models, 2nd ed. 1989, 2.5 and 4.4; ridge: le Cessie S, van Houwelingen JC.
 * Appl Stat 1992;41:191–201.
 *
 * @param coefficients the intercept and one for each column
 * @param standardErrors of them
 * @param iterations how many steps it took
 * @param logLikelihood of the data, without the penalty
 */
public record LogisticFit(
    double[] coefficients, double[] standardErrors, int iterations, double logLikelihood) {
  private static final int MOST_ITERATIONS = 50;
  private static final double CONVERGED = 1e-10;

  /**
   * Fits.
   *
   * @param rows what each case's columns are, without a column for the intercept
   * @param outcomes whether it happened
   * @param ridge the penalty λ on the squares of all coefficients but the intercept, 0 for none
   * @throws IllegalArgumentException when there are no rows, the rows differ in length or are not
   *     finite, or only one outcome occurs
   * @throws ArithmeticException when it doesn't converge or the columns depend on each other, as
   *     where they separate the outcomes: then a ridge helps
   */
  public static LogisticFit fit(double[][] rows, boolean[] outcomes, double ridge) {
    return fit(rows, outcomes, new double[rows.length], ridge);
  }

  /** As {@link #fit(double[][], boolean[], double)}, with a known part of each log odds. */
  static LogisticFit fit(double[][] rows, boolean[] outcomes, double[] offsets, double ridge) {
    check(rows, outcomes, ridge);
    int n = rows.length;
    int k = rows[0].length + 1;
    double[] beta = new double[k];
    double before = Double.NEGATIVE_INFINITY;
    for (int iteration = 1; iteration <= MOST_ITERATIONS; iteration++) {
      RealMatrix information = new Array2DRowRealMatrix(k, k);
      RealVector score = new ArrayRealVector(k);
      double likelihood = 0;
      for (int i = 0; i < n; i++) {
        double lp = offsets[i] + lp(beta, rows[i]);
        double p = 1 / (1 + Math.exp(-lp));
        likelihood += outcomes[i] ? -Math.log1p(Math.exp(-lp)) : -Math.log1p(Math.exp(lp));
        double residual = (outcomes[i] ? 1 : 0) - p;
        for (int a = 0; a < k; a++) {
          double x = a == 0 ? 1 : rows[i][a - 1];
          score.addToEntry(a, residual * x);
          for (int b = 0; b <= a; b++) {
            information.addToEntry(a, b, p * (1 - p) * x * (b == 0 ? 1 : rows[i][b - 1]));
          }
        }
      }
      double penalised = likelihood;
      for (int a = 0; a < k; a++) {
        for (int b = 0; b < a; b++) {
          information.setEntry(b, a, information.getEntry(a, b));
        }
        if (a > 0) {
          score.addToEntry(a, -ridge * beta[a]);
          penalised -= ridge * beta[a] * beta[a] / 2;
        }
      }
      RealMatrix inverse = inverse(information, ridge);
      if (Math.abs(penalised - before) < CONVERGED * (Math.abs(penalised) + CONVERGED)) {
        RealMatrix covariance = inverse.multiply(information).multiply(inverse);
        double[] errors = new double[k];
        Arrays.setAll(errors, a -> Math.sqrt(covariance.getEntry(a, a)));
        return new LogisticFit(beta, errors, iteration, likelihood);
      }
      before = penalised;
      double[] step = inverse.operate(score).toArray();
      for (int a = 0; a < k; a++) {
        beta[a] += step[a];
      }
    }
    throw new ArithmeticException("no convergence in " + MOST_ITERATIONS + " iterations");
  }

  private static RealMatrix inverse(RealMatrix information, double ridge) {
    RealMatrix penalised = information.copy();
    for (int a = 1; a < penalised.getRowDimension(); a++) {
      penalised.addToEntry(a, a, ridge);
    }
    try {
      return new CholeskyDecomposition(penalised, 1e-9, 1e-12).getSolver().getInverse();
    } catch (NonPositiveDefiniteMatrixException e) {
      throw new ArithmeticException("the columns depend on each other or separate the outcomes");
    }
  }

  private static void check(double[][] rows, boolean[] outcomes, double ridge) {
    if (rows.length == 0 || rows.length != outcomes.length || !(ridge >= 0)) {
      throw new IllegalArgumentException(
          "needs rows, as many outcomes, and a ridge that is not negative");
    }
    boolean first = outcomes[0];
    boolean both = false;
    for (int i = 0; i < rows.length; i++) {
      both |= outcomes[i] != first;
      if (rows[i].length != rows[0].length || !Arrays.stream(rows[i]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("row " + i + " has another length or no finite number");
      }
    }
    if (!both) {
      throw new IllegalArgumentException("only one outcome occurs: nothing to fit");
    }
  }

  private static double lp(double[] beta, double[] row) {
    double sum = beta[0];
    for (int i = 0; i < row.length; i++) {
      sum += beta[i + 1] * row[i];
    }
    return sum;
  }

  /** The log odds of a case. */
  public double logOdds(double[] row) {
    return lp(coefficients, row);
  }

  /** The probability of a case. */
  public double probability(double[] row) {
    return 1 / (1 + Math.exp(-logOdds(row)));
  }

  /** How many coefficients there are; none of the numbers. */
  @Override
  public String toString() {
    return "LogisticFit of " + coefficients.length + " coefficients";
  }
}
