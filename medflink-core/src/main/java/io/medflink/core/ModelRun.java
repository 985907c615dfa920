// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.units.Conversion;
import io.medflink.core.units.Units;
import org.jspecify.annotations.Nullable;

/** Asks one model about what is known of a patient at a moment. */
final class ModelRun implements Derivation.Sources {
  final RiskModel model;
  final boolean hasHistory;
  private final Types types;
  private final Timeline timeline;
  private final Input[] inputs;
  private final @Nullable Conversion[] conversions;
  private final boolean[] declared;

  /** For each input the positions of its types and how far back it looks, in milliseconds. */
  private final int[][] positions;

  private final long[] within;

  /** For each input of which the worst counts. */
  private final @Nullable Window[] windows;

  private final Chart chart;
  private final Completion completion;
  private final Interval interval;

  /** What the current input may draw on. */
  private Known known;

  private long moment;
  private long since;
  private long newest;

  ModelRun(RiskModel model, Types types, Timeline timeline) {
    this.model = model;
    this.timeline = timeline;
    this.types = types;
    inputs = model.card().inputs().toArray(new Input[0]);
    conversions = new Conversion[inputs.length];
    declared = new boolean[types.size()];
    positions = new int[inputs.length][];
    within = new long[inputs.length];
    windows = new Window[inputs.length];
    boolean history = false;
    for (int i = 0; i < conversions.length; i++) {
      Input input = inputs[i];
      history |= input.history() != null || input.worst() != null;
      conversions[i] = conversion(model, input);
      if (input.worst() != null) {
        windows[i] = new Window(input, input.worst(), types, timeline, conversions[i]);
      }
      positions[i] = input.types().stream().mapToInt(types::of).toArray();
      within[i] = input.within().toMillis();
      for (int at : positions[i]) {
        declared[at] = true;
      }
    }
    hasHistory = history;
    chart = new Chart(model);
    completion = new Completion(model);
    interval = new Interval(model);
    known = new Known(types.size());
  }

  private static @Nullable Conversion conversion(RiskModel model, Input input) {
    String from = input.types().get(0).unit();
    String to = input.unit();
    if (input.derivation() != null || from == null || to == null) {
      return null;
    }
    Conversion conversion = Units.conversion(from, to, input.types().get(0).analyte());
    if (conversion == null) {
      throw new IllegalArgumentException(
          model.id() + " wants " + input.name() + " in " + to + ", but its type is in " + from);
    }
    return conversion;
  }

  boolean declares(int type) {
    return declared[type];
  }

  /**
   * The model's answer; the interval is overwritten by the next call.
   *
   * @param stay since when values of the stay count
   */
  Interval assess(Known nowKnown, long time, long stay) {
    known = nowKnown.read();
    moment = time;
    chart.clear(time);
    StringBuilder jumps = null;
    for (int i = 0; i < conversions.length; i++) {
      Input input = inputs[i];
      since = time - within[i];
      boolean ofStay = input.scope() == Input.Scope.ENCOUNTER;
      since = ofStay && since < stay ? stay : since;
      Window window = windows[i];
      if (window != null) {
        window.fill(chart, input, time, ofStay ? stay : Long.MIN_VALUE);
      } else if (input.derivation() == null) {
        fill(input, positions[i][0], conversions[i]);
      } else {
        newest = Long.MIN_VALUE;
        double value = input.derivation().derive(this);
        chart.set(input, input.possible().contains(value) ? value : Double.NaN, newest);
      }
      for (int at : positions[i]) {
        if (known.jumped(at) && known.times[at] >= since) {
          jumps = jumps == null ? new StringBuilder("jumped: ") : jumps.append(", ");
          jumps.append(input.name());
        }
      }
    }
    completion.assess(chart, interval);
    if (jumps != null) {
      interval.reason = interval.reason == null ? jumps.toString() : interval.reason + "; " + jumps;
    }
    return interval;
  }

  /** Why the last answer is as it is. */
  Explanation explanation() {
    return Explanation.of(model, chart);
  }

  private void fill(Input input, int type, @Nullable Conversion conversion) {
    if (input.history() != null) {
      Samples samples = chart.history(input);
      timeline.history(
          type,
          since,
          moment,
          (at, v, comparator) -> {
            if (comparator == 0) {
              samples.add(at, convert(conversion, v));
            }
          });
    }
    double value = known.values[type];
    if (Double.isNaN(value) || known.times[type] < since) {
      return;
    }
    double converted = convert(conversion, value);
    Observation.Comparator comparator = known.comparator(type);
    if (comparator == null) {
      chart.set(input, converted, known.times[type]);
    } else {
      chart.bound(input, range(comparator, converted), known.times[type]);
    }
  }

  private static double convert(@Nullable Conversion conversion, double value) {
    return conversion == null ? value : conversion.apply(value);
  }

  private static Range range(Observation.Comparator comparator, double bound) {
    return switch (comparator) {
      case LESS -> Range.open(Double.NEGATIVE_INFINITY, bound);
      case LESS_OR_EQUAL -> Range.openClosed(Double.NEGATIVE_INFINITY, bound);
      case GREATER_OR_EQUAL -> Range.closedOpen(bound, Double.POSITIVE_INFINITY);
      case GREATER -> Range.open(bound, Double.POSITIVE_INFINITY);
    };
  }

  @Override
  public double value(ObservationType type) {
    long time = time(type);
    newest = Math.max(newest, time);
    return time == Long.MIN_VALUE ? Double.NaN : known.values[types.of(type)];
  }

  @Override
  public long time(ObservationType type) {
    int at = types.of(type);
    boolean told =
        at >= 0
            && known.times[at] >= since
            && known.comparator(at) == null
            && !Double.isNaN(known.values[at]);
    return told ? known.times[at] : Long.MIN_VALUE;
  }

  @Override
  public long moment() {
    return moment;
  }

  /** How far back the model looks at a type's values, in milliseconds; -1 when it doesn't. */
  long history(int type) {
    long longest = -1;
    for (Input input : inputs) {
      if (input.history() != null && types.of(input.types().get(0)) == type) {
        longest = Math.max(longest, input.history().toMillis());
      }
      if (input.worst() != null && input.types().stream().anyMatch(t -> types.of(t) == type)) {
        longest = Math.max(longest, Window.length(input));
      }
    }
    return longest;
  }
}
