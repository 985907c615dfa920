// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.core.Samples;
import io.medflink.core.Vital;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where one value of a patient is going: its slope, its change from the patient's own baseline, and
 * whether it drifts.
 *
 * <ul>
 *   <li>{@code slope} per hour over the window: the median slope of all pairs (Theil H. Proc K Ned
 *       Akad Wet 1950;53:386–92; Sen PK. J Am Stat Assoc 1968;63:1379–89);
 *   <li>{@code change}: the newest value less the median of the 24 h before the window, and {@code
 *       deviation}: that in robust standard units, 1.4826 times the median absolute deviation there
 *       (Hampel FR. J Am Stat Assoc 1974;69:383–93), at least the resolution of the value;
 *   <li>{@code cusum_up} and {@code cusum_down}: two-sided cumulative sums of the window's values
 *       in these units, allowance 0.5, from 0 at its start (Page ES. Biometrika 1954;41:100–15);
 *       {@code drift} when the greater is over 5 now.
 * </ul>
 *
 * <p>Window, allowance and limit are conventions of process control, not of medicine; neighbouring
 * values of a monitor resemble each other, so that it signals more often than for independent ones.
 * Needs 3 values in the window and 6 before it; of more than 256 in the window the newest count for
 * the slope. Level UNKNOWN: no statement about illness. Constant memory: medians are found by
 * bisection.
 */
public final class Trend implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final Duration WINDOW = Duration.ofHours(4);
  private static final Duration BASELINE = Duration.ofDays(1);
  private static final int MOST = 256;
  private static final double ALLOWANCE = 0.5;
  private static final double LIMIT = 5;
  private static final double HOUR = 3_600_000;

  private final ModelCard card;
  private final Input input;
  private final Output slope;
  private final Output change;
  private final Output deviation;
  private final Output up;
  private final Output down;
  private final Output drift;
  private final long window;
  private final double resolution;

  /** What a median is taken of. */
  private enum Of {
    VALUES,
    DEVIATIONS,
    SLOPES
  }

  /** Of the heart rate over 4 hours, with a resolution of 1 /min. */
  public Trend() {
    this("trend", Input.of("hr", Vital.HEART_RATE), WINDOW, 1);
  }

  /** The trends of other vitals by their ids, null for other ids. */
  static @Nullable Trend byId(String id) {
    WatchedVital vital = id.startsWith("trend-") ? WatchedVital.of(id.substring(6)) : null;
    return vital == null || vital == WatchedVital.HEART_RATE
        ? null
        : new Trend(id, vital.input(), WINDOW, vital.resolution);
  }

  /**
   * Of a value.
   *
   * @param id the model's id in its assessments, such as {@code trend-respiratory-rate}
   * @param input a numeric input, such as {@code Input.of("rr", Vital.RESPIRATORY_RATE)}
   * @param window what counts as now
   * @param resolution the least difference that the value can show, over 0, in the input's unit
   */
  public Trend(String id, Input input, Duration window, double resolution) {
    this.window = window.toMillis();
    this.resolution = resolution;
    card =
        ModelCard.of(
            id,
            "1",
            "Theil H. Proc K Ned Akad Wet 1950;53:386-92 and Sen PK. J Am Stat Assoc"
                + " 1968;63:1379-89 (slope); Hampel FR. J Am Stat Assoc 1974;69:383-93 (robust"
                + " standard units); Page ES. Biometrika 1954;41:100-15 (cumulative sums)",
            "Watching where one value of a patient is going; no statement about illness");
    this.input = card.input(input.history(window.plus(BASELINE)));
    // A difference of temperatures is in kelvin: UCUM has no compound of Cel.
    String unit = String.valueOf(input.unit()).replace("Cel", "K");
    slope = card.output("slope", unit + "/h");
    change = card.output("change", unit);
    deviation = card.output("deviation", "{standard_unit}");
    up = card.output("cusum_up", "{standard_unit}");
    down = card.output("cusum_down", "{standard_unit}");
    drift = card.coded("drift", "none", "falling", "rising");
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    Samples values = chart.history(input);
    int size = values.size();
    int start = size;
    while (start > 0 && values.time(start - 1) > chart.moment() - window) {
      start--;
    }
    if (size - start < 3 || start < 6) {
      answer.notApplicable("needs 3 values in the window and 6 in the 24 h before it");
      return;
    }
    double centre = median(Of.VALUES, values, 0, start, 0);
    double spread = 1.4826 * median(Of.DEVIATIONS, values, 0, start, centre);
    double unit = Math.max(spread, resolution);
    double high = 0;
    double low = 0;
    for (int i = start; i < size; i++) {
      double units = (values.value(i) - centre) / unit;
      high = Math.max(0, high + units - ALLOWANCE);
      low = Math.max(0, low - units - ALLOWANCE);
    }
    answer.set(slope, median(Of.SLOPES, values, Math.max(start, size - MOST), size, 0));
    answer.set(change, values.value(size - 1) - centre);
    answer.set(deviation, (values.value(size - 1) - centre) / unit);
    answer.set(up, high);
    answer.set(down, low);
    answer.set(drift, Math.max(high, low) <= LIMIT + 1e-9 ? 0 : low > high ? 1 : 2);
  }

  private static double median(Of of, Samples values, int from, int to, double centre) {
    long n = (long) to - from;
    long count = of == Of.SLOPES ? n * (n - 1) / 2 : n;
    return (smallest(of, values, from, to, centre, (count - 1) / 2)
            + smallest(of, values, from, to, centre, count / 2))
        / 2;
  }

  /** The number with so many smaller ones, by bisection of all doubles in their order. */
  private static double smallest(
      Of of, Samples values, int from, int to, double centre, long rank) {
    long low = key(Double.NEGATIVE_INFINITY);
    long high = key(Double.POSITIVE_INFINITY);
    while (low < high) {
      long middle = (low & high) + ((low ^ high) >> 1);
      if (upTo(of, values, from, to, centre, number(middle)) > rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return number(low) + 0.0;
  }

  private static long upTo(Of of, Samples values, int from, int to, double centre, double limit) {
    long count = 0;
    for (int i = from; i < to; i++) {
      double value = values.value(i);
      if (of == Of.SLOPES) {
        for (int j = from; j < i; j++) {
          double hours = (values.time(i) - values.time(j)) / HOUR;
          count += (value - values.value(j)) / hours <= limit ? 1 : 0;
        }
      } else {
        double number = of == Of.VALUES ? value : Math.abs(value - centre);
        count += number <= limit ? 1 : 0;
      }
    }
    return count;
  }

  /** A whole number in the order of the doubles; its own inverse on the bits. */
  private static long key(double number) {
    long bits = Double.doubleToRawLongBits(number);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static double number(long key) {
    return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
  }
}
