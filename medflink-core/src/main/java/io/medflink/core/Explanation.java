// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Why a model answered as it did: made on demand, never on the way of an answer.
 *
 * @param model the model's id
 * @param version the version that answered
 * @param inputs what counted, in the model's order, and what was missing
 * @param constant what no input brings, NaN where the model has no such sum; with all contributions
 *     it gives the score, the log odds of the risk, or ln(-ln(1 - risk))
 * @param narrowest the missing input that would narrow the primary prediction's interval most,
 *     whatever it turns out to be: of what it may be (its codes, a value of each band of its
 *     tables, the ends, the bends and 15 values between the ends of its range) the one that tells
 *     least leaves a narrower interval than that of any other; of equal ones the level decides,
 *     then the order of the inputs; where there is no answer, one without which there is none; null
 *     where nothing is missing
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Explanation(
    @Nullable String model,
    @Nullable String version,
    Counted[] inputs,
    double constant,
    @Nullable String narrowest) {

  /**
   * One input's part in an answer.
   *
   * @param input its name
   * @param value in its unit, a code's position or 1/0; NaN while it is missing; the newest value
   *     of a history
   * @param text a coded input's word, null for numbers
   * @param unit UCUM, null for coded inputs
   * @param time when it was measured; null while it is missing, and for a setting that nobody made
   * @param low its least contribution over all that is unknown: points, or to the linear predictor;
   *     NaN where the model has no such sum
   * @param high its greatest
   */
  public record Counted(
      @Nullable String input,
      double value,
      @Nullable String text,
      @Nullable String unit,
      @Nullable Instant time,
      double low,
      double high) {

    /** Nothing of it. */
    @Override
    public String toString() {
      return "Counted";
    }
  }

  /** Explains the answer about a chart, which is as before when it returns. */
  public static Explanation of(RiskModel model, Chart chart) {
    Interval interval = new Interval(model);
    Completion completion = new Completion(model, Answer.explained(model));
    completion.assess(chart, interval);
    List<Counted> counted = new ArrayList<>();
    for (Input input : model.card().inputs()) {
      boolean missing = List.of(interval.missing()).contains(input.name());
      double value = chart.value(input);
      // Some models have a term for an input that is not known.
      double low = interval.contributionLow(input);
      boolean absent = !Double.isNaN(low) && (low != 0 || interval.contributionHigh(input) != 0);
      if (missing || absent || !Double.isNaN(value)) {
        counted.add(counted(input, value, chart.time(input), interval));
      }
    }
    return new Explanation(
        model.id(),
        model.version(),
        counted.toArray(Counted[]::new),
        interval.constant(),
        narrowest(model, completion, chart, interval));
  }

  /** Of values that can't be used. */
  static Explanation nothing(RiskModel model) {
    return new Explanation(model.id(), model.version(), new Counted[0], Double.NaN, null);
  }

  private static Counted counted(Input input, double value, long time, Interval interval) {
    boolean known = !Double.isNaN(value);
    return new Counted(
        input.name(),
        value,
        known && !input.codes().isEmpty() ? input.codes().get((int) value) : null,
        input.unit(),
        known && time != Long.MIN_VALUE ? Instant.ofEpochMilli(time) : null,
        interval.contributionLow(input),
        interval.contributionHigh(input));
  }

  /** The one of which even the least telling value tried leaves the narrowest interval. */
  private static @Nullable String narrowest(
      RiskModel model, Completion completion, Chart chart, Interval interval) {
    Output primary = model.card().outputs().get(0);
    Interval narrowed = new Interval(model);
    String best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Input input : model.card().inputs()) {
      if (!List.of(interval.missing()).contains(input.name())) {
        continue;
      }
      if (input.sought() == Unknown.REQUIRED || input.history() != null) {
        return input.name();
      }
      double widest = 0;
      for (double value : Candidates.possible(input, chart.bound(input))) {
        chart.set(input, value);
        completion.assess(chart, narrowed);
        if (narrowed.applicable()) {
          // Of equally wide ones the level decides.
          int levels = narrowed.levelHigh().ordinal() - narrowed.levelLow().ordinal();
          double width = narrowed.high(primary) - narrowed.low(primary);
          widest = Math.max(widest, width + levels / 1e6);
        }
      }
      chart.set(input, Double.NaN);
      if (widest < least) {
        least = widest;
        best = input.name();
      }
    }
    return best;
  }

  /** How many inputs it tells of; never which nor what. */
  @Override
  public String toString() {
    return "Explanation of " + inputs.length + " inputs";
  }
}
