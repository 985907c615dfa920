// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model about charts with gaps: it tries the candidates of each unknown input and keeps the
 * least and the greatest of each output and of the level. By the inputs' declarations ({@link
 * Unknown}) the interval is exact: nothing outside it is possible, and its ends are.
 *
 * <p>Completions that the publication does not cover are left out; when none is left there is no
 * answer, and the reason says why. One object serves one thread.
 */
public final class Completion {
  private final RiskModel model;
  private final Input[] inputs;
  private final Answer answer;

  /** What is tried for each input of which nothing is known, in the first and the second round. */
  private final double[][][] candidates;

  /** The inputs now unknown, and what is tried for each of them in this round. */
  private final Input[] gap;

  private final double[][] tries;

  private final ModelCard card;

  /** For each input those that it is never over or under. */
  private final @Nullable Input[] uppers;

  private final @Nullable Input[] lowers;

  /** The missing names and the reason's ranges, kept while the same inputs are unknown. */
  private long unknown = -1;

  private String[] names = {};
  private @Nullable String ranges;

  /** What the model said of the completions that it covers, and of those that it doesn't. */
  private @Nullable String noted;

  private @Nullable String refused;

  /**
   * A completion for a model.
   *
   * @throws IllegalArgumentException when the model declares more than 64 inputs
   */
  public Completion(RiskModel model) {
    this(model, new Answer(model));
  }

  Completion(RiskModel model, Answer answer) {
    this.model = model;
    this.answer = answer;
    card = model.card();
    inputs = card.inputs().toArray(new Input[0]);
    gap = new Input[inputs.length];
    tries = new double[inputs.length][];
    candidates = new double[2][inputs.length][];
    uppers = new Input[inputs.length];
    lowers = new Input[inputs.length];
    if (inputs.length > Long.SIZE) {
      throw new IllegalArgumentException(model.id() + " declares more than 64 inputs");
    }
    for (Input input : inputs) {
      for (int round = 0; round < 2; round++) {
        candidates[round][input.index()] = Candidates.of(input, input.published(), round == 1);
      }
      Input upper = model.card().upper(input);
      uppers[input.index()] = upper;
      if (upper != null) {
        lowers[upper.index()] = input;
      }
    }
  }

  /**
   * Writes the exact interval for a chart. The chart is as before when it returns, save that
   * settings which nobody made have their assumed value. Allocates nothing for a complete chart.
   */
  public void assess(Chart chart, Interval interval) {
    interval.clear();
    long absent = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (isUnknown(chart, inputs[i])) {
        absent |= 1L << i;
      }
    }
    absent = absent == 0 ? 0 : needed(chart, absent);
    if (absent == 0) {
      answer.clear();
      model.assess(chart, answer);
      if (answer.applicable()) {
        interval.include(answer);
      }
      interval.reason = answer.reason();
    } else {
      complete(chart, interval, absent);
    }
  }

  private boolean isUnknown(Chart chart, Input input) {
    if (input.unknown() == Unknown.SETTING && Double.isNaN(chart.value(input))) {
      chart.set(input, input.assumed());
    }
    boolean absent =
        input.history() == null
            ? Double.isNaN(chart.value(input))
            : chart.history(input).size() == 0;
    return absent && isSought(chart, input) && !card.isNeedless(input, chart);
  }

  /** An optional input is while a comparator is all that is known of it. */
  private static boolean isSought(Chart chart, Input input) {
    return input.unknown() != Unknown.OPTIONAL
        || (chart.isBounded(input)
            && input.sought() != Unknown.REQUIRED
            && input.history() == null);
  }

  /** Without those that are needless beside an optional input of which a comparator is known. */
  private long needed(Chart chart, long absent) {
    long optional = 0;
    for (int i = 0; i < inputs.length; i++) {
      if ((absent & 1L << i) != 0 && inputs[i].unknown() == Unknown.OPTIONAL) {
        optional |= 1L << i;
        double[] any = Candidates.of(inputs[i], Candidates.clear(chart.bound(inputs[i])), false);
        chart.set(inputs[i], any.length == 0 ? Double.NaN : any[0]);
      }
    }
    long needed = absent;
    for (int i = 0; optional != 0 && i < inputs.length; i++) {
      boolean other = (absent & ~optional & 1L << i) != 0;
      needed &= other && card.isNeedless(inputs[i], chart) ? ~(1L << i) : -1;
    }
    for (int i = 0; optional != 0 && i < inputs.length; i++) {
      if ((optional & 1L << i) != 0) {
        chart.set(inputs[i], Double.NaN);
      }
    }
    return needed;
  }

  private void complete(Chart chart, Interval interval, long absent) {
    remember(chart, absent);
    interval.missing = names;
    noted = null;
    refused = null;
    int gaps = 0;
    boolean monotone = false;
    for (int i = 0; i < inputs.length; i++) {
      if ((absent & 1L << i) != 0) {
        Input input = inputs[i];
        if (input.sought() == Unknown.REQUIRED || input.history() != null) {
          interval.reason = "needs " + input.name();
          return;
        }
        monotone |= isMonotone(input);
        gap[gaps++] = input;
      }
    }
    try {
      for (int round = 0; round < (monotone ? 2 : 1); round++) {
        for (int i = 0; i < gaps; i++) {
          boolean narrowed = chart.isBounded(gap[i]) || uppers[gap[i].index()] != null;
          tries[i] =
              narrowed
                  ? Candidates.of(gap[i], sought(chart, gap[i], absent), round == 1)
                  : candidates[round][gap[i].index()];
        }
        fill(chart, interval, gaps);
      }
    } finally {
      for (int i = 0; i < gaps; i++) {
        chart.set(gap[i], Double.NaN);
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
    return input.sought() == Unknown.RISING || input.sought() == Unknown.FALLING;
  }

  /** Tries what is to be tried for the first {@code gaps} gaps, in all combinations. */
  private void fill(Chart chart, Interval interval, int gaps) {
    if (gaps == 0) {
      answer.clear();
      model.assess(chart, answer);
      String reason = answer.reason();
      if (answer.applicable()) {
        interval.include(answer);
        noted = reason == null ? noted : reason;
      } else {
        refused = reason;
      }
      return;
    }
    Input input = gap[gaps - 1];
    Input lower = lowers[input.index()];
    for (double value : tries[gaps - 1]) {
      // The lower one is declared later, so it is known or was filled before.
      double tried = lower != null && chart.value(lower) > value ? chart.value(lower) : value;
      if (tried == value || chart.bound(input).contains(tried)) {
        chart.set(input, tried, chart.boundTime(input));
        fill(chart, interval, gaps - 1);
      }
    }
  }

  /** Where an unknown input is sought: not over the one that it is never over. */
  private Range sought(Chart chart, Input input, long absent) {
    Range range =
        chart.isBounded(input) ? Candidates.clear(chart.bound(input)) : chart.bound(input);
    Input upper = uppers[input.index()];
    if (upper == null) {
      return range;
    }
    double known = chart.value(upper);
    Range above =
        (absent & 1L << upper.index()) != 0 ? chart.bound(upper) : Range.closed(known, known);
    Range under = new Range(Double.NEGATIVE_INFINITY, false, above.high(), above.highIncluded());
    Range both = range.intersect(under);
    return both.isEmpty() && !chart.isBounded(input) ? input.possible().intersect(under) : both;
  }

  private void remember(Chart chart, long absent) {
    boolean bounded = false;
    for (int i = 0; i < inputs.length; i++) {
      bounded |= (absent & 1L << i) != 0 && chart.isBounded(inputs[i]);
    }
    if (absent == unknown && !bounded) {
      return;
    }
    unknown = bounded ? -1 : absent;
    TreeSet<String> sorted = new TreeSet<>();
    StringBuilder taken = new StringBuilder();
    for (int i = 0; i < inputs.length; i++) {
      if ((absent & 1L << i) != 0) {
        sorted.add(inputs[i].name());
        tell(inputs[i], chart.bound(inputs[i]), taken);
      }
    }
    names = sorted.toArray(new String[0]);
    ranges = taken.isEmpty() ? null : taken.toString();
  }

  /**
   * Names the range where it is a narrower one than what is possible at all; a bound that was sent
   * is the patient's and only mentioned.
   */
  private static void tell(Input input, Range range, StringBuilder taken) {
    boolean sent = !range.equals(input.published());
    if (input.codes().isEmpty() && (sent || !range.equals(input.possible()))) {
      taken.append(taken.isEmpty() ? "unknown taken within: " : ", ").append(input.name());
      if (sent) {
        taken.append(" as bounded by the source");
        return;
      }
      taken.append(' ').append(Range.number(range.low())).append('–');
      taken.append(Range.number(range.high()));
      taken.append(input.unit() == null ? "" : " " + input.unit());
    }
  }
}
