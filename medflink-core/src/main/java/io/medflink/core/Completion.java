// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model about charts with gaps: it tries the candidates of each unknown input and keeps the
 * least and the greatest of each output and of the level. By the inputs' declarations ({@link
 * Input.Unknown}) the interval is exact: nothing outside it is possible, and its ends are.
 *
 * <p>Completions that the publication does not cover are left out; when none is left there is no
 * answer, and the reason says why. One object serves one thread.
 */
public final class Completion {
  private final RiskModel model;
  private final List<Input> inputs;
  private final Answer answer;

  /** The reason's and the missing names' gaps, kept while the same inputs are unknown. */
  private long gaps = -1;

  private String[] names = {};
  private @Nullable String ranges;

  /** What the model said of the completions that it covers, and of those that it doesn't. */
  private @Nullable String noted;

  private @Nullable String refused;

  /** A completion for a model. */
  public Completion(RiskModel model) {
    this.model = model;
    this.inputs = model.card().inputs();
    this.answer = new Answer(model);
    if (inputs.size() > Long.SIZE) {
      throw new IllegalArgumentException(model.id() + " declares more than 64 inputs");
    }
  }

  /**
   * Writes the exact interval for a chart. The chart is as before when it returns, save that
   * settings which nobody made have their assumed value. Allocates nothing for a complete chart.
   */
  public void assess(Chart chart, Interval interval) {
    interval.clear();
    long unknown = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      if (isUnknown(chart, input)) {
        unknown |= 1L << i;
      }
    }
    if (unknown == 0) {
      answer.clear();
      model.assess(chart, answer);
      if (answer.applicable()) {
        interval.include(answer);
      }
      interval.reason = answer.reason();
    } else {
      complete(chart, interval, unknown);
    }
  }

  private static boolean isUnknown(Chart chart, Input input) {
    if (input.unknown() == Input.Unknown.SETTING && Double.isNaN(chart.value(input))) {
      chart.set(input, input.assumed());
    }
    boolean absent =
        input.history() == null
            ? Double.isNaN(chart.value(input))
            : chart.history(input).size() == 0;
    return absent && input.unknown() != Input.Unknown.OPTIONAL;
  }

  private void complete(Chart chart, Interval interval, long unknown) {
    remember(chart, unknown);
    interval.missing = names;
    List<Input> gap = new ArrayList<>();
    noted = null;
    refused = null;
    for (int i = 0; i < inputs.size(); i++) {
      if ((unknown & 1L << i) != 0) {
        Input input = inputs.get(i);
        if (input.unknown() == Input.Unknown.REQUIRED) {
          interval.reason = "needs " + input.name();
          return;
        }
        gap.add(input);
      }
    }
    for (boolean up : new boolean[] {false, true}) {
      try {
        fill(chart, interval, gap, 0, up);
      } finally {
        for (Input input : gap) {
          chart.set(input, Double.NaN);
        }
      }
      if (gap.stream().noneMatch(Completion::isMonotone)) {
        break;
      }
    }
    if (interval.applicable()) {
      interval.reason = join(noted, ranges);
    } else {
      interval.reason = refused == null ? "nothing that is possible fits the chart" : refused;
    }
  }

  private static @Nullable String join(@Nullable String a, @Nullable String b) {
    return a == null ? b : b == null ? a : a + "; " + b;
  }

  private static boolean isMonotone(Input input) {
    return input.unknown() == Input.Unknown.RISING || input.unknown() == Input.Unknown.FALLING;
  }

  /** Tries all candidates of the gaps from the i-th on; monotone ones all at their low or high. */
  private void fill(Chart chart, Interval interval, List<Input> gap, int i, boolean up) {
    if (i == gap.size()) {
      answer.clear();
      model.assess(chart, answer);
      if (answer.applicable()) {
        interval.include(answer);
        noted = answer.reason();
      } else {
        refused = answer.reason();
      }
      return;
    }
    Input input = gap.get(i);
    for (double candidate : candidates(input, chart.bound(input), up)) {
      chart.set(input, candidate);
      fill(chart, interval, gap, i + 1, up);
    }
  }

  private static double[] candidates(Input input, Range range, boolean up) {
    return switch (input.unknown()) {
      case RISING -> new double[] {up ? high(range) : low(range)};
      case FALLING -> new double[] {up ? low(range) : high(range)};
      case CORNERS -> new double[] {low(range), high(range)};
      case CODES -> codes(input, range);
      case CELLS -> cells(input, range);
      case REQUIRED, OPTIONAL, SETTING -> new double[0];
    };
  }

  private static double low(Range range) {
    return range.lowIncluded() ? range.low() : Math.nextUp(range.low());
  }

  private static double high(Range range) {
    return range.highIncluded() ? range.high() : Math.nextDown(range.high());
  }

  private static double[] codes(Input input, Range range) {
    double[] all = new double[input.codes().size()];
    Arrays.setAll(all, i -> i);
    return Arrays.stream(all).filter(range::contains).toArray();
  }

  private static double[] cells(Input input, Range range) {
    TreeSet<Double> values = new TreeSet<>();
    for (Steps table : input.cells()) {
      for (double x : table.extremes(range)) {
        values.add(x);
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void remember(Chart chart, long unknown) {
    boolean bounded = false;
    for (int i = 0; i < inputs.size(); i++) {
      bounded |= (unknown & 1L << i) != 0 && chart.isBounded(inputs.get(i));
    }
    if (unknown == gaps && !bounded) {
      return;
    }
    gaps = bounded ? -1 : unknown;
    TreeSet<String> sorted = new TreeSet<>();
    StringBuilder taken = new StringBuilder();
    for (int i = 0; i < inputs.size(); i++) {
      if ((unknown & 1L << i) == 0) {
        continue;
      }
      Input input = inputs.get(i);
      sorted.add(input.name());
      if (input.codes().isEmpty()
          && (isMonotone(input) || input.unknown() == Input.Unknown.CORNERS)) {
        Range range = chart.bound(input);
        taken.append(taken.isEmpty() ? "unknown taken within: " : ", ");
        taken.append(input.name()).append(' ').append(Range.number(range.low())).append('–');
        taken.append(Range.number(range.high()));
        taken.append(input.unit() == null ? "" : " " + input.unit());
      }
    }
    names = sorted.toArray(new String[0]);
    ranges = taken.isEmpty() ? null : taken.toString();
  }
}
