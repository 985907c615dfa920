// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unsettled moments of the current patient in time order. The newest one is part of the head;
 * each other one is an entry of its own, linked to its neighbours, so that a panel in order touches
 * two values and a late one only those that it changes.
 */
final class Timeline {
  private final AssessState state;
  private final AssessCodec codec;
  private final Types types;
  private final int models;
  private final long retention;
  private final long stayGap;
  private boolean anyHistory;

  /** How far back the models look at each type, in milliseconds; -1 when none wants its history. */
  private final long[] histories;

  /** The chart of a moment until its own is made. */
  private final Known nothing;

  /** The moment that this call works on or put last: it is asked for again at once. */
  private @Nullable Moment recent;

  private final Unsettled unsettled;

  /** The current patient's head; null while nothing is known. */
  @Nullable Head head;

  Timeline(AssessState state, AssessCodec codec, Types types, int models, AssessOptions options) {
    this.state = state;
    this.codec = codec;
    unsettled = new Unsettled(state, codec);
    this.types = types;
    this.models = models;
    retention = options.retention().toMillis();
    stayGap = options.stayGap().toMillis();
    nothing = new Known(types.size());
    histories = new long[types.size()];
    Arrays.fill(histories, -1);
  }

  void load() {
    recent = null;
    unsettled.forget();
    byte[] bytes = state.head();
    head = bytes == null ? null : codec.head(bytes);
  }

  void save(Head saved) {
    state.head(codec.encode(saved));
  }

  void clear() {
    state.clear();
    unsettled.forget();
    head = null;
  }

  /** The moment at a time, made and linked in when it is new. The head must have been loaded. */
  Moment at(long time) {
    Head known = opened();
    Moment last = known.last;
    if (last != null && last.time == time) {
      return last;
    }
    if (last == null || last.time < time) {
      return append(known, time);
    }
    Moment found = unsettled.find(time);
    return found == null ? insert(known, last, time) : found;
  }

  /** The current patient's head, made when nothing is known. */
  Head opened() {
    head = head == null ? new Head(new Known(types.size())) : head;
    return head;
  }

  /** A moment that is no part of the timeline, to read what is too old for it. */
  Moment apart(long time) {
    opened();
    return new Moment(time, nothing, models, null);
  }

  private Moment append(Head known, long time) {
    Moment before = known.last;
    Moment added = apart(time);
    if (before == null) {
      known.first = time;
    } else {
      added.previous = before.time;
      before.next = time;
      known.last = added;
      put(before);
    }
    known.last = added;
    return added;
  }

  private Moment insert(Head known, Moment last, long time) {
    Moment after = last;
    Moment before = previous(after);
    while (before != null && before.time > time) {
      after = before;
      before = previous(after);
    }
    Moment added = new Moment(time, nothing, models, null);
    added.next = after.time;
    after.previous = time;
    put(after);
    if (before == null) {
      known.first = time;
    } else {
      added.previous = before.time;
      before.next = time;
      put(before);
    }
    return added;
  }

  /** The unsettled moment before this one. */
  @Nullable Moment previous(Moment moment) {
    boolean none = moment.previous == Head.NONE || loaded().first > moment.previous;
    return none ? null : get(moment.previous);
  }

  /** The unsettled moment at a time that is linked. */
  Moment get(long time) {
    Moment last = loaded().last;
    if (last != null && last.time == time) {
      return last;
    }
    if (recent != null && recent.time == time) {
      return recent;
    }
    Moment found = unsettled.find(time);
    if (found == null) {
      throw new IllegalStateException("state of Assess lacks a moment that it links to");
    }
    return found;
  }

  /** The unsettled moments that say something of a value, one of which is at hand. */
  List<Moment> telling(Correction value, Moment own) {
    List<Moment> telling = new ArrayList<>();
    for (long time = loaded().first; time != Head.NONE; ) {
      Moment moment = time == own.time ? own : get(time);
      if (moment.newest(value) != null) {
        telling.add(moment);
      }
      time = moment.next;
    }
    return telling;
  }

  /** Has a moment at hand that is being changed and not put yet. */
  void hold(Moment moment) {
    unsettled.keep(moment);
    recent = moment;
  }

  /** Keeps a changed moment; the newest one is kept with the head. */
  void put(Moment moment) {
    if (moment != loaded().last) {
      unsettled.put(moment);
      recent = moment;
    }
  }

  Head loaded() {
    if (head == null) {
      throw new IllegalStateException("no patient is loaded");
    }
    return head;
  }

  /** The chart at a moment: what was known before it and what it brings. */
  Charted chart(Moment moment) {
    Moment before = previous(moment);
    Head known = loaded();
    return before == null
        ? chart(moment, known.settled, known.settledTime, known.settledStay, known.settledSince)
        : chartAfter(before, moment);
  }

  /** The chart at a moment after another one. */
  Charted chartAfter(Moment before, Moment moment) {
    return chart(moment, before.known, before.time, before.stay, before.since);
  }

  /** A gap over the retention leaves what holds for life. */
  private Charted chart(
      Moment moment, Known before, long beforeTime, @Nullable String stayBefore, long since) {
    Known chart = before.copy();
    boolean gap = moment.time - beforeTime > retention && beforeTime != Long.MIN_VALUE;
    boolean empty = true;
    for (int type = 0; type < types.size(); type++) {
      if (gap && !types.isLifelong(type)) {
        chart.values[type] = Double.NaN;
      }
      Reading winner = moment.winner(type);
      if (winner != null) {
        empty = false;
        chart.take(winner, moment.time, types.get(type).jump());
      }
    }
    String own = place(moment).encounter();
    if (empty || own == null || stays().same(own, stayBefore)) {
      return new Charted(chart, empty || own == null ? stayBefore : own, since);
    }
    // A result that comes under another visit's number leaves the chart of the stay alone.
    return types.bringsOfStay(moment)
        ? new Charted(chart, own, moment.time)
        : new Charted(chart, stayBefore, since);
  }

  boolean isOfSettledStay(Moment moment) {
    return stays().same(place(moment).encounter(), loaded().settledStay);
  }

  private StayView stays() {
    return loaded().stays.view(stayGap);
  }

  /** The stay and place of a moment: as told with its values, else as the movements say. */
  Place place(Moment moment) {
    return loaded().stays.isEmpty() ? moment.place : stays().place(moment.time, moment.place);
  }

  /** Since when values of the stay count at a moment. */
  long since(Moment moment) {
    String own = place(moment).encounter();
    if (!stays().same(own, moment.stay)) {
      return moment.time;
    }
    long closed = stays().closed(moment.time, own == null ? moment.stay : own);
    return closed < moment.since ? moment.since : closed + 1;
  }

  /** Makes the oldest unsettled moment unchangeable. */
  void settle(Moment moment) {
    Head known = loaded();
    for (int type = 0; anyHistory && type < types.size(); type++) {
      Reading winner = moment.winner(type);
      if (winner != null && winner.isKnown() && histories[type] >= 0) {
        String code = types.get(type).loinc();
        Ring ring = codec.ring(state.ring(code));
        long since = moment.time - histories[type];
        ring.add(moment.time, winner.value(), Known.mark(winner.comparator()), since);
        state.ring(code, codec.encode(ring));
      }
    }
    known.settled = moment.known;
    known.settledTime = moment.time;
    known.settledStay = moment.stay;
    known.settledSince = moment.since;
    known.first = moment.next;
    if (moment == known.last) {
      known.last = null;
    } else {
      unsettled.remove(moment.time);
    }
  }

  /** Notes how far back a model looks at each type. */
  void look(ModelRun run) {
    for (int type = 0; type < histories.length; type++) {
      histories[type] = Math.max(histories[type], run.history(type));
      anyHistory |= histories[type] >= 0;
      unsettled.remembers = anyHistory;
    }
  }

  /** The values of a type from a time up to a moment, settled and unsettled. */
  void history(int type, long since, long moment, SampleConsumer to) {
    Ring ring = codec.ring(state.ring(types.get(type).loinc()));
    for (int i = 0; i < ring.size; i++) {
      if (ring.times[i] >= since) {
        to.accept(ring.times[i], ring.values[i], ring.comparators[i]);
      }
    }
    long time = loaded().first;
    while (time <= moment && time != Head.NONE) {
      Moment open = get(time);
      Reading winner = open.winner(type);
      if (winner != null && winner.isKnown() && time >= since) {
        to.accept(time, winner.value(), Known.mark(winner.comparator()));
      }
      time = open.next;
    }
  }
}
