// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How the values of one input were distributed where a model was made: the reference of the
 * population stability index, the sum of (a - e) ln(a / e) over bins with a share of a now and e
 * then.
 *
 * <p>Source: Siddiqi N. Credit Risk Scorecards. 2006, p. 136: under 0.1 no change, 0.1 to 0.25 a
 * small one, over 0.25 a shift; it is the symmetric divergence of Jeffreys H. Proc R Soc Lond A
 * 1946;186:453–61. An empty bin counts as half a value, so that the index stays finite.
 *
 * @param code of the observations
 * @param edges the bins' bounds, rising: the last bin holds all from the last one on; a value at a
 *     bound belongs to the bin over it
 * @param counts of each bin, one more than bounds
 */
public record PopulationStability(String code, double[] edges, long[] counts)
    implements Serializable {

  /** Where a shift begins. */
  public static final double SHIFT = 0.25;

  /**
   * A reference with bins of equal counts, as far as ties allow.
   *
   * @param values of the population that the model was made of
   * @param bins at least 2
   * @throws IllegalArgumentException when there are fewer values than bins, or all are equal
   */
  public static PopulationStability of(String code, double[] values, int bins) {
    if (bins < 2 || values.length < bins) {
      throw new IllegalArgumentException("needs at least 2 bins and as many values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] edges = new double[bins - 1];
    Arrays.setAll(edges, i -> sorted[(int) ((i + 1L) * sorted.length / bins)]);
    edges = Arrays.stream(edges).distinct().filter(edge -> edge > sorted[0]).toArray();
    if (edges.length == 0) {
      throw new IllegalArgumentException("all values are equal: no bins");
    }
    PopulationStability empty = new PopulationStability(code, edges, new long[edges.length + 1]);
    for (double value : sorted) {
      empty.counts[empty.bin(value)]++;
    }
    return empty;
  }

  /** The bin of a value. */
  public int bin(double value) {
    int bin = 0;
    while (bin < edges.length && value >= edges[bin]) {
      bin++;
    }
    return bin;
  }

  /**
   * The index of other counts over the same bins.
   *
   * @throws IllegalArgumentException when there are more or fewer bins, or no values
   */
  public double index(long[] now) {
    double then = Arrays.stream(counts).sum();
    double all = Arrays.stream(now).sum();
    if (now.length != counts.length || then == 0 || all == 0) {
      throw new IllegalArgumentException("needs as many bins as the reference, and values");
    }
    double index = 0;
    for (int i = 0; i < now.length; i++) {
      double e = Math.max((double) counts[i], 0.5) / then;
      double a = Math.max((double) now[i], 0.5) / all;
      index += (a - e) * Math.log(a / e);
    }
    return index;
  }

  /** The code alone. */
  @Override
  public String toString() {
    return "PopulationStability";
  }
}
