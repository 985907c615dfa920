// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the whole history of {@link AlertOrderTest}'s rule comes to, minute by minute: of each
 * minute what happens in it, and then what falls due in it.
 */
final class AlertJudge {
  private final List<AlertEvent> history;
  private final Map<String, String> words = new TreeMap<>();

  private final Ongoing risk = new Ongoing(false);
  private final Ongoing signal = new Ongoing(true);
  private int pendingSince = -1;
  private int certainSince = -1;
  private int clearSince = -1;
  private Alert.Priority pendingPriority = Alert.Priority.LOW;
  private boolean pendingWithin;
  private final List<Integer> pendingReached = new ArrayList<>();
  private int clearedAt = -1000;
  private Alert.Priority clearedPriority = Alert.Priority.LOW;
  private int expectedFrom = -1;
  private RiskLevel heard = RiskLevel.UNKNOWN;
  private String ward = "";
  private boolean gone;
  private int now;

  /** An episode that may be open. */
  private static final class Ongoing {
    final boolean isSignal;
    boolean open;
    int onset;
    final List<Integer> reached = new ArrayList<>();
    Alert.Priority priority = Alert.Priority.LOW;
    boolean within;
    String told = "";
    boolean acknowledged;
    boolean withheld;
    int steps;
    int next = -1;

    Ongoing(boolean isSignal) {
      this.isSignal = isSignal;
    }
  }

  AlertJudge(List<AlertEvent> history) {
    this.history = history.stream().distinct().toList();
    for (now = 0; now <= AlertOrderTest.MINUTES; now++) {
      movements(false);
      finding();
      acknowledgements();
      movements(true);
      due();
    }
  }

  Map<String, String> lastWords() {
    return words;
  }

  static long time(AlertEvent e) {
    return e.assessment() != null
        ? e.assessment().time().toEpochMilli()
        : e.movement() != null
            ? e.movement().occurred().toEpochMilli()
            : e.control() == null ? 0 : e.control().from().toEpochMilli();
  }

  private int minute(AlertEvent e) {
    return (int) ((time(e) - AlertBed.ms(0)) / 60_000);
  }

  private void movements(boolean ends) {
    for (AlertEvent e : history) {
      Movement m = e.movement();
      if (m == null || minute(e) != now || (m.kind() == Movement.Kind.DISCHARGE) != ends) {
        continue;
      }
      if (ends && !isCancelled(e)) {
        gone = true;
        close(risk);
        close(signal);
        pendingSince = -1;
        certainSince = -1;
        clearSince = -1;
        expectedFrom = -1;
      } else if (m.kind() == Movement.Kind.TRANSFER) {
        boolean moved = !"w9".equals(ward);
        ward = "w9";
        if (signal.open) {
          close(signal);
        }
        expectedFrom = moved && expectedFrom >= 0 && !gone ? now : expectedFrom;
      }
    }
  }

  private boolean isCancelled(AlertEvent discharge) {
    return history.stream()
        .anyMatch(
            e ->
                e.movement() != null
                    && e.movement().kind() == Movement.Kind.CANCEL_DISCHARGE
                    && time(e) >= time(discharge));
  }

  private void finding() {
    RiskAssessment a =
        history.stream()
            .map(AlertEvent::assessment)
            .filter(x -> x != null && x.time().equals(AlertBed.at(now)))
            .max(Comparator.comparingInt(RiskAssessment::revision))
            .orElse(null);
    if (a == null || gone || a.status() == RiskAssessment.Status.ENTERED_IN_ERROR) {
      return;
    }
    ward = "w1";
    heard = a.levelHigh();
    expectedFrom = now;
    if (signal.open) {
      close(signal);
    }
    double limit = limit();
    boolean certain = a.levelLow().compareTo(RiskLevel.MEDIUM) >= 0 || a.low() >= limit;
    boolean possible =
        certain || a.levelHigh().compareTo(RiskLevel.MEDIUM) >= 0 || a.high() >= limit;
    if (possible) {
      clearSince = -1;
      certainSince = certain ? (certainSince < 0 ? now : certainSince) : -1;
      Alert.Priority priority = priority(certain ? a.levelLow() : a.levelHigh(), certain ? 0 : 1);
      boolean within = !Double.isNaN(limit) && !(a.high() >= limit);
      if (risk.open) {
        risk.reached.add(now);
        risk.within = within;
        if (priority.compareTo(risk.priority) > 0) {
          risk.priority = priority;
          worse();
        } else if (risk.told.equals("SUPPRESSED")) {
          tell(risk);
        }
      } else {
        if (pendingSince < 0) {
          pendingSince = now;
          pendingPriority = Alert.Priority.LOW;
          pendingReached.clear();
        }
        pendingReached.add(now);
        pendingWithin = within;
        pendingPriority = priority.compareTo(pendingPriority) > 0 ? priority : pendingPriority;
        confirm();
      }
    } else if (a.levelHigh() == RiskLevel.LOW && !(a.high() >= limit)) {
      pendingSince = -1;
      certainSince = -1;
      clearSince = clearSince < 0 ? now : clearSince;
      confirmClear();
    } else if (a.levelHigh() != RiskLevel.UNKNOWN) {
      pendingSince = -1;
      certainSince = -1;
      clearSince = -1;
    }
  }

  private static Alert.Priority priority(RiskLevel level, int lower) {
    int priority =
        switch (level) {
          case HIGH -> 2;
          case MEDIUM -> 1;
          default -> 0;
        };
    return Alert.Priority.values()[Math.max(0, priority - lower)];
  }

  private void worse() {
    risk.acknowledged = false;
    risk.withheld = false;
    risk.steps = 0;
    if (risk.told.equals("RAISED") && !isSuspended() && !risk.within) {
      risk.next = now + 7;
      say(risk, "ESCALATED");
    } else {
      risk.told = risk.told.equals("RAISED") ? "" : risk.told;
      tell(risk);
    }
  }

  private void confirm() {
    if (pendingSince >= 0
        && (now >= pendingSince + 8 || (certainSince >= 0 && now >= certainSince + 3))) {
      open(risk, pendingSince, pendingPriority);
      risk.reached.addAll(pendingReached);
      risk.within = pendingWithin;
      pendingSince = -1;
      certainSince = -1;
      tell(risk);
    }
  }

  private void open(Ongoing e, int onset, Alert.Priority priority) {
    e.open = true;
    e.onset = onset;
    e.priority = priority;
    e.reached.clear();
    e.within = false;
    e.told = "";
    e.acknowledged = false;
    e.withheld = false;
    e.steps = 0;
    e.next = -1;
  }

  private void confirmClear() {
    if (!risk.open) {
      clearSince = -1;
    } else if (clearSince >= 0 && now >= clearSince + 2) {
      close(risk);
      clearSince = -1;
    }
  }

  private void close(Ongoing e) {
    if (e.open) {
      if (!e.isSignal && e.told.equals("RAISED")) {
        clearedAt = now;
        clearedPriority = e.priority;
      }
      e.open = false;
      say(e, "CLEARED");
    }
  }

  private void tell(Ongoing e) {
    boolean quiet =
        !e.isSignal && now < clearedAt + 6 && e.priority.compareTo(clearedPriority) <= 0;
    if (isSuspended() || e.within || quiet) {
      if (!e.told.equals("SUPPRESSED")) {
        e.told = "SUPPRESSED";
        e.next = -1;
        say(e, "SUPPRESSED");
      }
    } else {
      e.told = "RAISED";
      e.next = now + 7;
      if (!e.acknowledged) {
        say(e, e.isSignal ? "SIGNAL_LOST" : "RAISED");
      }
    }
    acknowledgements();
  }

  /** Whoever acknowledged by now has acknowledged, unless it became worse since. */
  private void acknowledgements() {
    for (AlertEvent ack : history) {
      Control c = ack.control();
      if (c == null || c.kind() != Control.Kind.ACKNOWLEDGE || minute(ack) > now) {
        continue;
      }
      for (Ongoing e : List.of(risk, signal)) {
        if (e.open && !e.told.isEmpty() && used(ack, e) && !e.acknowledged) {
          e.acknowledged = true;
          e.next = -1;
          say(e, "ACKNOWLEDGED");
        }
      }
    }
  }

  private final List<AlertEvent> spent = new ArrayList<>();

  private boolean used(AlertEvent ack, Ongoing e) {
    Control c = ack.control();
    boolean about = c != null && isAbout(c.target(), e);
    return about && !spent.contains(ack) && spent.add(ack);
  }

  private static boolean isAbout(@Nullable String id, Ongoing e) {
    List<Integer> onsets = new ArrayList<>(e.reached);
    onsets.add(e.onset);
    return onsets.stream().anyMatch(o -> id(e.isSignal, o).equals(id));
  }

  private static String id(boolean signal, int onset) {
    return Episode.id("ward|1", AlertBed.MODEL, signal, AlertBed.ms(onset));
  }

  private void due() {
    confirm();
    if (clearSince >= 0) {
      confirmClear();
    }
    due(risk);
    due(signal);
    if (!signal.open && expectedFrom >= 0 && ward.equals("w1") && !gone) {
      boolean soon = heard == RiskLevel.HIGH || heard == RiskLevel.UNKNOWN;
      if (now >= expectedFrom + (soon ? 9 : 14)) {
        open(signal, expectedFrom, soon ? Alert.Priority.MEDIUM : Alert.Priority.LOW);
        tell(signal);
      }
    }
  }

  private void due(Ongoing e) {
    if (!e.open || e.acknowledged) {
      return;
    }
    if (e.told.equals("SUPPRESSED")) {
      if (!isHeldStill(e)) {
        tell(e);
      }
    } else if (e.next >= 0 && now >= e.next) {
      if (isSuspended() || (e.within && limitInForce())) {
        tell(e);
      } else if (isInForce(Control.Kind.DO_NOT_ESCALATE)) {
        if (!e.withheld) {
          say(e, "SUPPRESSED");
        }
        e.withheld = true;
        e.next = now + 1;
      } else {
        e.withheld = false;
        e.steps++;
        e.next = e.steps < 2 ? now + 7 : -1;
        say(e, "ESCALATED");
      }
    }
  }

  private boolean isHeldStill(Ongoing e) {
    e.within &= limitInForce();
    return isSuspended()
        || e.within
        || (!e.isSignal && now < clearedAt + 6 && e.priority.compareTo(clearedPriority) <= 0);
  }

  private boolean isSuspended() {
    return isInForce(Control.Kind.SUSPEND);
  }

  private boolean limitInForce() {
    return !Double.isNaN(limit());
  }

  private double limit() {
    return history.stream()
        .map(AlertEvent::control)
        .filter(c -> c != null && c.kind() == Control.Kind.LIMIT && covers(c))
        .mapToDouble(Control::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private boolean isInForce(Control.Kind kind) {
    return history.stream()
        .map(AlertEvent::control)
        .anyMatch(c -> c != null && c.kind() == kind && covers(c));
  }

  /** Whether it holds now: from, until, and no resume of all in between. */
  private boolean covers(Control c) {
    boolean resumed =
        history.stream()
            .map(AlertEvent::control)
            .anyMatch(
                r ->
                    r != null
                        && r.kind() == Control.Kind.RESUME
                        && !r.from().isBefore(c.from())
                        && !AlertBed.at(now).isBefore(r.from()));
    return !c.from().isAfter(AlertBed.at(now))
        && c.until() != null
        && AlertBed.at(now).isBefore(c.until())
        && !resumed;
  }

  private void say(Ongoing e, String event) {
    words.put(id(e.isSignal, e.onset), event + " " + e.priority + " since " + AlertBed.at(e.onset));
  }
}
