// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of each type that the models ask for, as known at one moment. Dense arrays in
 * the order of the core's types; what is absent is NaN.
 */
final class Known {
  private static final int COMPARATOR = 7;
  private static final int JUMP = 8;
  private static final double[] NO_VALUES = {};
  private static final long[] NO_TIMES = {};
  private static final byte[] NO_MARKS = {};

  double[] values;
  long[] times;

  /** The comparator's position + 1 in the low bits, and {@link #JUMP}. */
  byte[] marks;

  private final int size;

  /** As it stands in state, while nothing was changed. */
  private ValuesCodec.@Nullable Written written;

  /** A chart of which nothing is known. */
  Known(int types) {
    this(new double[types], new long[types], new byte[types], types);
    Arrays.fill(values, Double.NaN);
  }

  /** A chart from state, which is read when it is looked at for the first time. */
  Known(int types, ValuesCodec.Written written) {
    this(NO_VALUES, NO_TIMES, NO_MARKS, types);
    this.written = written;
  }

  private Known(double[] values, long[] times, byte[] marks, int size) {
    this.values = values;
    this.times = times;
    this.marks = marks;
    this.size = size;
  }

  int size() {
    return size;
  }

  /** Itself, read. */
  Known read() {
    if (values.length < size) {
      Known read = copy();
      values = read.values;
      times = read.times;
      marks = read.marks;
    }
    return this;
  }

  /** As it stands in state, relative to a time; null when it has to be written anew. */
  ValuesCodec.@Nullable Written written(long time) {
    return written != null && written.time == time ? written : null;
  }

  /** A chart of its own that says the same. */
  Known copy() {
    if (written != null && values.length < size) {
      Known copy = new Known(size);
      written.codec.read(written, copy);
      return copy;
    }
    return new Known(values.clone(), times.clone(), marks.clone(), size);
  }

  Observation.@Nullable Comparator comparator(int type) {
    return unmark(marks[type] & COMPARATOR);
  }

  /** A comparator as a number: its position + 1, 0 for none. */
  static int mark(Observation.@Nullable Comparator comparator) {
    return comparator == null ? 0 : comparator.ordinal() + 1;
  }

  static Observation.@Nullable Comparator unmark(int mark) {
    return mark == 0 ? null : Observation.Comparator.values()[mark - 1];
  }

  /** Takes a value of a type; NaN forgets it. */
  void put(int type, double value, int comparator, long time) {
    values[type] = value;
    times[type] = time;
    marks[type] = (byte) comparator;
  }

  boolean jumped(int type) {
    return (marks[type] & JUMP) != 0;
  }

  /** Takes a reading as the newest value of its type, with a doubt when it jumped. */
  void take(Reading reading, long time, ObservationType.@Nullable Jump rule) {
    read();
    written = null;
    int type = reading.type();
    boolean jump =
        rule != null
            && reading.comparator() == null
            && comparator(type) == null
            && Math.abs(reading.value() - values[type]) > rule.change()
            && time - times[type] <= rule.within().toMillis();
    boolean refused = Double.isNaN(reading.value());
    int mark = refused ? 0 : mark(reading.comparator()) | (jump ? JUMP : 0);
    put(type, reading.value(), mark, refused ? 0 : time);
  }

  /** Takes what was told of a type at an older time, unless something newer is known. */
  void absorb(Moment told, int type) {
    Reading winner = told.winner(type);
    read();
    if (winner != null && (Double.isNaN(values[type]) || told.time >= times[type])) {
      take(winner, told.time, null);
    } else if (winner == null && told.tells(type) && told.time == times[type]) {
      values[type] = Double.NaN;
      written = null;
    }
  }

  /** Whether a type has the same value, time and marks in both. */
  boolean sameAs(Known other, int type) {
    return Double.compare(values[type], other.values[type]) == 0
        && times[type] == other.times[type]
        && marks[type] == other.marks[type];
  }
}
