// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer for a chart with or without gaps: for each output the exact interval over all
 * that is unknown. Owned and reused by the caller of {@link Completion}.
 */
public final class Interval {
  private static final String[] NOTHING = {};

  private final List<Output> outputs;
  private final double[] low;
  private final double[] high;
  private RiskLevel levelLow = RiskLevel.UNKNOWN;
  private RiskLevel levelHigh = RiskLevel.UNKNOWN;
  private boolean applicable;

  /** For each input its least and greatest contribution; empty unless the answers tell them. */
  private double[] contributionLow = {};

  private double[] contributionHigh = {};
  private double constant = Double.NaN;
  String[] missing = NOTHING;
  @Nullable String reason;

  /** An interval for a model's outputs. */
  public Interval(RiskModel model) {
    outputs = model.card().outputs();
    low = new double[outputs.size()];
    high = new double[outputs.size()];
    clear();
  }

  /** The least value of an output, NaN when there is no answer. */
  public double low(Output output) {
    return low[output.index()];
  }

  /** The greatest value of an output, NaN when there is no answer. */
  public double high(Output output) {
    return high[output.index()];
  }

  /** The least level. */
  public RiskLevel levelLow() {
    return levelLow;
  }

  /** The greatest level. */
  public RiskLevel levelHigh() {
    return levelHigh;
  }

  /** The level when both ends agree, else {@link RiskLevel#UNKNOWN}. */
  public RiskLevel level() {
    return levelLow == levelHigh ? levelLow : RiskLevel.UNKNOWN;
  }

  /** Whether some completion of the chart is covered by the publication. */
  public boolean applicable() {
    return applicable;
  }

  /** The names of the inputs that were unknown, sorted. Not to be written to. */
  public String[] missing() {
    return missing;
  }

  /** Why there is no answer, or what to know about it. */
  public @Nullable String reason() {
    return reason;
  }

  /** The predictions as they go into a {@link RiskAssessment}; empty when there is no answer. */
  public Prediction[] predictions() {
    if (!applicable) {
      return new Prediction[0];
    }
    Prediction[] predictions = new Prediction[outputs.size()];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = new Prediction(outputs.get(i).name(), low[i], high[i]);
    }
    return predictions;
  }

  /** Makes it empty, for a reason. */
  void refuse(String why) {
    clear();
    reason = why;
  }

  void clear() {
    Arrays.fill(low, Double.NaN);
    Arrays.fill(high, Double.NaN);
    levelLow = RiskLevel.UNKNOWN;
    levelHigh = RiskLevel.UNKNOWN;
    applicable = false;
    missing = NOTHING;
    reason = null;
  }

  /** An input's least contribution, NaN where none was told. */
  double contributionLow(Input input) {
    return contributionLow.length == 0 ? Double.NaN : contributionLow[input.index()];
  }

  /** An input's greatest contribution, NaN where none was told. */
  double contributionHigh(Input input) {
    return contributionHigh.length == 0 ? Double.NaN : contributionHigh[input.index()];
  }

  /** What no input contributed, NaN where it was not told or is not certain. */
  double constant() {
    return constant;
  }

  private void explain(double[] contributions, double told) {
    if (!applicable) {
      contributionLow = contributions.clone();
      contributionHigh = contributions.clone();
      constant = told;
    }
    for (int i = 0; i < contributions.length; i++) {
      contributionLow[i] = Math.min(contributionLow[i], contributions[i]);
      contributionHigh[i] = Math.max(contributionHigh[i], contributions[i]);
    }
    constant = constant == told ? constant : Double.NaN;
  }

  /** Widens the interval by one more possible answer. */
  void include(Answer answer) {
    if (answer.contributions != null) {
      explain(answer.contributions, answer.constant);
    }
    for (int i = 0; i < low.length; i++) {
      Output output = outputs.get(i);
      low[i] = applicable ? Math.min(low[i], answer.value(output)) : answer.value(output);
      double most = output.atLeast() ? low[i] : answer.high(output);
      high[i] = applicable && !output.atLeast() ? Math.max(high[i], most) : most;
    }
    RiskLevel level = answer.level();
    levelLow = !applicable || level.compareTo(levelLow) < 0 ? level : levelLow;
    levelHigh = !applicable || level.compareTo(levelHigh) > 0 ? level : levelHigh;
    applicable = true;
  }

  /** A number that is the same when the answer is, in every run and on every machine. */
  long fingerprint() {
    long hash = applicable ? 17 : 19;
    for (int i = 0; i < low.length; i++) {
      hash = mix(hash, Double.doubleToLongBits(low[i]));
      hash = mix(hash, Double.doubleToLongBits(high[i]));
    }
    hash = mix(mix(hash, levelLow.ordinal()), levelHigh.ordinal());
    for (String name : missing) {
      hash = mix(hash, name.hashCode());
    }
    return mix(hash, reason == null ? 0 : reason.hashCode());
  }

  static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }
}
