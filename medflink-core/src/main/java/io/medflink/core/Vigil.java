// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is watched of one patient, as of one event time: fed with what happened in time order,
 * it takes the steps of each episode. The same items give the same steps.
 */
final class Vigil {
  /** An outage of a feed: since it was last heard of until it was heard of again. */
  record Outage(String feed, long since, long until) {
    /** Never which. */
    @Override
    public String toString() {
      return "Outage";
    }
  }

  final AlertOptions options;
  final List<Watch> watches = new ArrayList<>();

  Whereabouts place = Whereabouts.NOWHERE;
  boolean away;
  boolean dead;

  /** The stay that ended, "" when it has no number; null while none did. */
  @Nullable String ended;

  /** How far it got. */
  long time = Finding.NEVER;

  /** How much later than it happened the newest news came, in milliseconds. */
  long lag;

  /** Acknowledgements of episodes that are not there yet. */
  final List<Item> waiting = new ArrayList<>();

  /** The last time at which something fell due. */
  long fired = Finding.NEVER;

  Holds holds = new Holds(List.of(), List.of());
  List<Outage> outages = List.of();
  List<String> keys = List.of();
  List<Step> steps = new ArrayList<>();

  Vigil(AlertOptions options) {
    this.options = options;
  }

  @Nullable Watch watch(String model) {
    for (Watch watch : watches) {
      if (watch.rule.model().equals(model)) {
        return watch;
      }
    }
    for (AlertRule rule : options.rules()) {
      if (rule.model().equals(model)) {
        Watch watch = new Watch(rule);
        watches.add(watch);
        watches.sort((a, b) -> a.rule.model().compareTo(b.rule.model()));
        return watch;
      }
    }
    return null;
  }

  /** Takes what happened next, after all that fell due before it. */
  void apply(Item item) {
    run(item.time - 1);
    time = item.time;
    if (item.move != null) {
      move(item.move);
    } else if (item.isFinding()) {
      find(item);
    } else if (!acknowledge(item)) {
      waiting.add(item);
    }
  }

  private void find(Item item) {
    Finding f = item.newest();
    Watch watch = watch(item.subject);
    boolean over = dead || (ended != null && ended.equals(f.place().encounter()));
    if (watch == null || f.withdrawn() || over) {
      return;
    }
    place = f.place().after(place);
    long received = item.firstReceived();
    lag = received == Finding.NEVER ? 0 : Math.max(0, received - item.time);
    boolean noStay = ended != null && f.place().encounter() == null;
    if (!noStay) {
      ended = null;
    }
    watch.find(item, this);
    if (noStay) {
      watch.silence("", this);
    }
  }

  private void move(Item.Move move) {
    Movement.Kind kind = move.kind();
    String encounter = move.place().encounter();
    if (kind == Movement.Kind.DEATH) {
      dead = true;
      end("death", encounter);
    } else if (kind == Movement.Kind.LEAVE || kind == Movement.Kind.CANCEL_RETURN) {
      away = true;
      watches.forEach(watch -> watch.silence("on leave", this));
    } else if (Item.ends(kind)) {
      boolean here =
          encounter == null || place.encounter() == null || encounter.equals(place.encounter());
      if (here) {
        end("discharge", encounter);
      }
    } else {
      boolean back =
          switch (kind) {
            case ADMIT, RETURN, CANCEL_LEAVE, CANCEL_DISCHARGE -> true;
            default -> false;
          };
      boolean over = ended != null || dead;
      if (back) {
        away = false;
        dead = false;
        ended = null;
      }
      boolean moved = move.place().ward() != null && !move.place().ward().equals(place.ward());
      place = move.place().after(place);
      boolean anew = over && kind == Movement.Kind.ADMIT;
      if (ended == null && !dead && !away && !anew && (back || moved)) {
        watches.forEach(watch -> watch.expectFromNow(this));
      }
    }
  }

  private void end(String why, @Nullable String encounter) {
    String stay = encounter == null ? place.encounter() : encounter;
    ended = stay == null ? "" : stay;
    watches.forEach(watch -> watch.end(why, this));
    place = new Whereabouts(null, place.facility(), place.ward(), place.bed(), place.feed());
  }

  /** Does all that falls due up to a time, in time order. */
  void run(long until) {
    for (long due = due(); due <= until; due = due()) {
      time = Math.max(time, due);
      fired = time;
      for (Watch watch : watches) {
        if (watch.due(this) <= time) {
          watch.fire(this);
        }
      }
    }
  }

  /** The next time at which something falls due; {@link Episode#NEVER} when nothing does. */
  long due() {
    long due = Episode.NEVER;
    for (Watch watch : watches) {
      due = Math.min(due, watch.due(this));
    }
    return due;
  }

  /**
   * When silence since a time is one, given the feed's outages: while the feed is lost it is the
   * feed's, and afterwards the patient has as long again.
   */
  long afterOutages(long since, long within) {
    long from = since;
    for (Outage outage : outages) {
      if (outage.feed().equals(place.feed())
          && outage.since() <= from + within
          && outage.until() > from) {
        if (outage.until() == Episode.NEVER) {
          return Episode.NEVER;
        }
        from = outage.until();
      }
    }
    return from + within;
  }

  void take(Watch watch, Episode e, Alert.Event event, String why) {
    e.last = event;
    steps.add(step(watch, e, event, why));
  }

  private Step step(Watch watch, Episode e, Alert.Event event, String why) {
    return new Step(
        watch.rule.model(),
        e.signal,
        e.onset,
        event,
        time,
        e.priority,
        e.level,
        !e.actionable,
        why,
        e.received,
        place);
  }

  private boolean acknowledge(Item item) {
    for (Watch watch : watches) {
      for (Episode e : new @Nullable Episode[] {watch.risk, watch.signal}) {
        if (e != null && isAbout(item.subject, watch, e)) {
          Telling.acknowledge(watch, e, this);
          return true;
        }
      }
    }
    return false;
  }

  /** Acknowledges an episode that somebody had already acknowledged. */
  void acknowledgeWaiting(Watch watch, Episode e) {
    for (Iterator<Item> i = waiting.iterator(); i.hasNext(); ) {
      if (isAbout(i.next().subject, watch, e)) {
        i.remove();
        Telling.acknowledge(watch, e, this);
      }
    }
  }

  private boolean isAbout(String id, Watch watch, Episode e) {
    for (String key : keys) {
      String model = watch.rule.model();
      if (id.equals(Episode.id(key, model, e.signal, e.onset))
          || e.reached.stream().anyMatch(t -> id.equals(Episode.id(key, model, e.signal, t)))) {
        return true;
      }
    }
    return false;
  }

  /** The last step of each open episode, as it stands. */
  List<Step> open() {
    List<Step> open = new ArrayList<>();
    for (Watch watch : watches) {
      for (Episode e : new @Nullable Episode[] {watch.risk, watch.signal}) {
        if (e != null && e.last != null) {
          open.add(step(watch, e, e.last, e.why));
        }
      }
    }
    return open;
  }

  /** Whether a decision or a feed's return may change what is held back. */
  boolean isHeld() {
    return watches.stream().anyMatch(watch -> watch.isHeld(this));
  }

  /** Whether nothing is open or expected. */
  boolean isQuiet() {
    return watches.stream()
        .allMatch(
            w ->
                w.risk == null
                    && w.signal == null
                    && w.pending == null
                    && (w.expectedFrom == Finding.NEVER
                        || w.rule.expected(place.ward(), w.heardLevel) == null));
  }
}
