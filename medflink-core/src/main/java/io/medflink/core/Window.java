// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.units.Conversion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The worst that an input was within its window, from all values of its types that stand at the
 * moment, settled or not.
 *
 * <p>A derived input is derived again at each time that told something, from what was the newest
 * then and not too old then; only what was measured within the window makes it count. A source
 * known by a comparator only is unknown to a derivation.
 */
final class Window implements Derivation.Sources {
  private final Timeline timeline;
  private final Types types;
  private final @Nullable Derivation derivation;
  private final @Nullable Conversion conversion;
  private final int[] positions;
  private final Ring[] past;
  private final int[] next;
  private final long length;
  private final Worst worst;

  /** What was the newest at the time looked at. */
  private final Known then;

  private long stay;
  private long now;
  private long newest;

  Window(Input input, Extreme extreme, Types types, Timeline timeline, @Nullable Conversion to) {
    this.timeline = timeline;
    this.types = types;
    derivation = input.derivation();
    conversion = to;
    positions = input.types().stream().mapToInt(types::of).toArray();
    past = new Ring[positions.length];
    Arrays.setAll(past, i -> new Ring());
    next = new int[positions.length];
    length = input.within().toMillis();
    worst = new Worst(extreme);
    then = new Known(types.size());
  }

  /** How far back it looks, in milliseconds: what stood at the window's first moment is older. */
  static long length(Input input) {
    return input.within().toMillis() * (input.derivation() == null ? 1 : 2);
  }

  /** Fills the input of a chart, or bounds it, by what was up to a moment, and since its stay. */
  void fill(Chart chart, Input input, long moment, long newStay) {
    worst.clear();
    stay = newStay;
    if (derivation == null) {
      timeline.history(
          positions[0],
          Math.max(moment - length, stay),
          moment,
          (at, value, comparator) ->
              worst.add(
                  conversion == null ? value : conversion.apply(value),
                  Known.unmark(comparator),
                  at));
    } else {
      derive(derivation, input, moment);
    }
    worst.into(chart, input);
  }

  private void derive(Derivation rule, Input input, long moment) {
    for (int i = 0; i < positions.length; i++) {
      Ring ring = past[i];
      ring.size = 0;
      next[i] = 0;
      timeline.history(
          positions[i],
          Math.max(moment - 2 * length, stay),
          moment,
          (at, value, comparator) -> ring.add(at, value, comparator, Long.MIN_VALUE));
      then.put(positions[i], Double.NaN, 0, Long.MIN_VALUE);
    }
    for (now = step(); now != Long.MAX_VALUE; now = step()) {
      for (int i = 0; i < positions.length; i++) {
        if (next[i] < past[i].size && past[i].times[next[i]] == now) {
          int at = next[i]++;
          then.put(positions[i], past[i].values[at], past[i].comparators[at], now);
        }
      }
      newest = Long.MIN_VALUE;
      double value = now < moment - length ? Double.NaN : rule.derive(this);
      if (input.possible().contains(value) && newest >= moment - length) {
        worst.add(value, null, newest);
      }
    }
  }

  /** The next time that told something. */
  private long step() {
    long time = Long.MAX_VALUE;
    for (int i = 0; i < positions.length; i++) {
      time = next[i] < past[i].size ? Math.min(time, past[i].times[next[i]]) : time;
    }
    return time;
  }

  @Override
  public double value(ObservationType type) {
    long time = time(type);
    newest = Math.max(newest, time);
    return time == Long.MIN_VALUE ? Double.NaN : then.values[types.of(type)];
  }

  @Override
  public long time(ObservationType type) {
    int at = types.of(type);
    boolean known =
        at >= 0
            && !Double.isNaN(then.values[at])
            && then.times[at] >= now - length
            && then.comparator(at) == null;
    return known ? then.times[at] : Long.MIN_VALUE;
  }

  @Override
  public long moment() {
    return now;
  }
}
