// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.jspecify.annotations.Nullable;

/** One model of one patient: what its answers amount to over time, by its {@link AlertRule}. */
final class Watch {
  private static final long NEVER = Episode.NEVER;

  final AlertRule rule;

  /** The newest fresh answer, and its greater level; NEVER before there is one. */
  long heard = Finding.NEVER;

  RiskLevel heardLevel = RiskLevel.UNKNOWN;

  /** Since when the next one is expected; {@link Finding#NEVER} when none is. */
  long expectedFrom = Finding.NEVER;

  /** What reaches but is not confirmed yet. */
  @Nullable Episode pending;

  /** Since when it reaches with certainty; NEVER when it doesn't. */
  long certainSince = NEVER;

  /** Since when it is clear; NEVER when it isn't. */
  long clearSince = NEVER;

  @Nullable Episode risk;
  @Nullable Episode signal;

  /** When the last episode that was raised was cleared, and its priority. */
  long clearedAt = Finding.NEVER;

  Alert.Priority clearedPriority = Alert.Priority.LOW;

  Watch(AlertRule rule) {
    this.rule = rule;
  }

  /** Takes an answer. */
  void find(Item item, Vigil vigil) {
    Finding f = item.newest();
    boolean fresh = !vigil.options.isHistorical(item.time, item.firstReceived());
    // Old news starts no expectation, but where there is one it came: it is no silence.
    if (fresh || expectedFrom != Finding.NEVER) {
      heard = item.time;
      heardLevel = f.high();
      expectedFrom = item.time;
      if (signal != null) {
        close(signal, "heard of again", vigil);
        signal = null;
      }
    }
    double limit = limit(item.time, vigil);
    boolean certain = rule.reaches(f.low(), f.least()) || f.least() >= limit;
    boolean possible = certain || rule.reaches(f.high(), f.greatest()) || f.greatest() >= limit;
    boolean clear = !possible && rule.clears(f.high(), f.greatest()) && !(f.greatest() >= limit);
    if (possible) {
      reach(item, f, certain, limit, vigil);
    } else if (clear) {
      pending = null;
      certainSince = NEVER;
      clearSince = Math.min(clearSince, item.time);
      confirmClear(vigil);
    } else if (rule.answers(f.high(), f.greatest())) {
      pending = null;
      certainSince = NEVER;
      clearSince = NEVER;
    }
  }

  private double limit(long time, Vigil vigil) {
    Control limit = vigil.holds.find(Control.Kind.LIMIT, time, rule.model(), vigil.place);
    return limit == null ? Double.NaN : limit.value();
  }

  private void reach(Item item, Finding f, boolean certain, double limit, Vigil vigil) {
    clearSince = NEVER;
    certainSince = certain ? Math.min(certainSince, item.time) : NEVER;
    Episode e = risk != null ? risk : pending != null ? pending : new Episode(false, item.time);
    if (e.reached.size() < Episode.IDS) {
      e.reached.add(item.time);
    }
    e.received = f.received();
    e.withinLimit = !Double.isNaN(limit) && !(f.greatest() >= limit);
    for (Finding revision : item.revisions) {
      e.actionable |=
          rule.reaches(revision.high(), revision.greatest())
              && !vigil.options.isHistorical(item.time, revision.received());
    }
    e.actionable |= !vigil.options.isHistorical(item.time, f.received());
    Alert.Priority before = e.priority;
    Alert.Priority now = rule.priority(certain ? f.low() : f.high());
    if (!certain && now != Alert.Priority.LOW) {
      now = Alert.Priority.values()[now.ordinal() - 1];
    }
    e.priority = now.compareTo(before) > 0 ? now : before;
    e.level = certain ? f.low() : RiskLevel.UNKNOWN;
    e.why =
        certain
            ? "level " + f.low()
            : "may be " + f.high() + (f.missing().isEmpty() ? "" : ", unknown: " + f.missing());
    if (risk == null) {
      pending = e;
      confirm(vigil);
    } else if (e.priority.compareTo(before) > 0) {
      Telling.worsen(this, e, vigil);
    } else if (e.told != Alert.Event.RAISED) {
      Telling.tell(this, e, vigil);
    } else {
      vigil.acknowledgeWaiting(this, e);
    }
  }

  /** Raises what was confirmed. */
  private void confirm(Vigil vigil) {
    if (pending != null && confirmed() <= vigil.time) {
      risk = pending;
      pending = null;
      certainSince = NEVER;
      Telling.tell(this, risk, vigil);
    }
  }

  private long confirmed() {
    if (pending == null) {
      return NEVER;
    }
    long uncertain = pending.onset + rule.confirmUncertain().toMillis();
    return certainSince == NEVER
        ? uncertain
        : Math.min(uncertain, certainSince + rule.confirm().toMillis());
  }

  private void confirmClear(Vigil vigil) {
    if (risk == null) {
      clearSince = NEVER;
    } else if (clearSince != NEVER && clearSince + rule.clearAfter().toMillis() <= vigil.time) {
      close(risk, "clear", vigil);
      risk = null;
      clearSince = NEVER;
    }
  }

  private void close(Episode e, String why, Vigil vigil) {
    if (!e.signal && e.isRaised()) {
      clearedAt = vigil.time;
      clearedPriority = e.priority;
    }
    vigil.take(this, e, Alert.Event.CLEARED, why);
  }

  /** Ends all episodes. */
  void end(String why, Vigil vigil) {
    pending = null;
    certainSince = NEVER;
    clearSince = NEVER;
    if (risk != null) {
      close(risk, why, vigil);
      risk = null;
    }
    silence(why, vigil);
  }

  /** Expects nothing any more. */
  void silence(String why, Vigil vigil) {
    expectedFrom = Finding.NEVER;
    if (signal != null) {
      close(signal, why, vigil);
      signal = null;
    }
  }

  /** The patient came or came back: what is expected counts from now. */
  void expectFromNow(Vigil vigil) {
    if (heard != Finding.NEVER) {
      expectedFrom = Math.max(expectedFrom, vigil.time);
    }
    if (signal != null && rule.expected(vigil.place.ward(), heardLevel) == null) {
      close(signal, "nothing is expected in this ward", vigil);
      signal = null;
    }
  }

  /** The next time at which something falls due; {@link Episode#NEVER} when nothing does. */
  long due(Vigil vigil) {
    long due = confirmed();
    if (clearSince != NEVER) {
      due = Math.min(due, clearSince + rule.clearAfter().toMillis());
    }
    due = Math.min(due, Math.min(Telling.due(risk), Telling.due(signal)));
    return signal == null ? Math.min(due, expected(vigil)) : due;
  }

  /**
   * Whether a decision or a feed's return, which no timer tells of, may change what is held back.
   */
  boolean isHeld(Vigil vigil) {
    boolean silent = signal == null && expectedFrom != Finding.NEVER && expected(vigil) == NEVER;
    return Telling.isHeld(risk) || Telling.isHeld(signal) || (silent && !vigil.outages.isEmpty());
  }

  /** When silence is an alert; a lost feed is the cause of all its patients' silence. */
  private long expected(Vigil vigil) {
    if (expectedFrom == Finding.NEVER || vigil.away) {
      return NEVER;
    }
    ExpectedSignal expected = rule.expected(vigil.place.ward(), heardLevel);
    return expected == null
        ? NEVER
        : vigil.afterOutages(expectedFrom, expected.within().toMillis());
  }

  /** Does what is due at the vigil's time. */
  void fire(Vigil vigil) {
    confirm(vigil);
    if (clearSince != NEVER) {
      confirmClear(vigil);
    }
    Telling.fire(this, risk, vigil);
    Telling.fire(this, signal, vigil);
    if (signal == null && expected(vigil) <= vigil.time) {
      ExpectedSignal expected = rule.expected(vigil.place.ward(), heardLevel);
      if (expected != null) {
        signal = new Episode(true, expected(vigil) - expected.within().toMillis());
        signal.actionable = true;
        signal.priority = expected.priority();
        signal.why =
            (expected.source() == ExpectedSignal.Source.ROUNDS
                    ? "observations are overdue, expected within "
                    : "the device is silent, expected within ")
                + expected.within();
        Telling.tell(this, signal, vigil);
      }
    }
  }
}
