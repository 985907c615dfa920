// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import java.util.List;

/**
 * The part of one patient's record that a model asked for, as known at one moment: primitives only,
 * NaN = absent.
 *
 * <p>Owned by whoever fills it ({@code Assess}, a SQL function, a test) and reused; a model only
 * reads it.
 */
public final class Chart {
  private final Range[] published;
  private final double[] values;
  private final Range[] bounds;
  private final boolean[] bounded;

  /** When a bound was measured. */
  private final long[] boundTimes;

  private final long[] times;
  private final Samples[] samples;
  private long moment = Long.MIN_VALUE;

  /** An empty chart for a model. */
  public Chart(RiskModel model) {
    List<Input> inputs = model.card().inputs();
    published = inputs.stream().map(Input::published).toArray(Range[]::new);
    values = new double[inputs.size()];
    bounds = new Range[inputs.size()];
    bounded = new boolean[inputs.size()];
    boundTimes = new long[inputs.size()];
    times = new long[inputs.size()];
    samples = new Samples[inputs.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = new Samples();
    }
    clear(Long.MIN_VALUE);
  }

  /** Makes it empty, at another moment (milliseconds since 1970-01-01T00:00Z). */
  public void clear(long newMoment) {
    moment = newMoment;
    Arrays.fill(values, Double.NaN);
    Arrays.fill(times, Long.MIN_VALUE);
    Arrays.fill(bounded, false);
    Arrays.fill(boundTimes, Long.MIN_VALUE);
    System.arraycopy(published, 0, bounds, 0, bounds.length);
    for (Samples s : samples) {
      s.clear();
    }
  }

  /** The input's value in its unit, a code's position or 1/0 for yes/no; NaN = absent. */
  public double value(Input input) {
    return values[input.index()];
  }

  /**
   * A constant and the sum of weights times values, one for each input in the order declared; NaN
   * where a value is outside its limits, which are included, or absent.
   */
  public double weighted(double constant, double[] weights, double[] lows, double[] highs) {
    double sum = constant;
    boolean inside = true;
    for (int i = 0; i < weights.length; i++) {
      double x = values[i];
      inside &= x >= lows[i];
      inside &= x <= highs[i];
      sum += weights[i] * x;
    }
    return inside ? sum : Double.NaN;
  }

  /** Whether a yes-or-no input is yes; not to be asked while it is absent. */
  public boolean yes(Input input) {
    return values[input.index()] == 1;
  }

  /**
   * When the value was measured, or the range in which it is tried; {@link Long#MIN_VALUE} while it
   * is absent or tried without one.
   */
  public long time(Input input) {
    return times[input.index()];
  }

  /** All values of an input with history up to the moment, the oldest first. */
  public Samples history(Input input) {
    return samples[input.index()];
  }

  /** The moment assessed, in milliseconds since 1970-01-01T00:00Z. */
  public long moment() {
    return moment;
  }

  /** Sets a value in the input's unit, measured at a time. NaN makes it absent. */
  public void set(Input input, double value, long time) {
    values[input.index()] = value;
    times[input.index()] = Double.isNaN(value) ? Long.MIN_VALUE : time;
  }

  /**
   * Appends a value to an input with history, in the input's unit; times must rise. It becomes the
   * input's value.
   */
  public void add(Input input, double value, long time) {
    samples[input.index()].add(time, value);
    set(input, value, time);
  }

  /** Sets a value measured at the moment. NaN makes it absent. */
  public void set(Input input, double value) {
    set(input, value, moment);
  }

  /**
   * Says that an absent value is known to lie in a range, such as {@code < 15}. Where the published
   * range has no part in it, the possible one has: the model itself says whether it applies there.
   * Measured at the moment.
   */
  public void bound(Input input, Range range) {
    bound(input, range, moment);
  }

  /** As {@link #bound(Input, Range)}, measured at a time. */
  public void bound(Input input, Range range, long time) {
    Range covered = input.published().intersect(range);
    bounds[input.index()] = covered.isEmpty() ? input.possible().intersect(range) : covered;
    bounded[input.index()] = true;
    boundTimes[input.index()] = time;
  }

  /** Where an absent value is to be sought. */
  Range bound(Input input) {
    return bounds[input.index()];
  }

  /** When it was measured that it lies in a range; {@link Long#MIN_VALUE} where nothing was. */
  long boundTime(Input input) {
    return boundTimes[input.index()];
  }

  /** Whether an absent value is at least known to lie in a range. */
  boolean isBounded(Input input) {
    return bounded[input.index()];
  }
}
