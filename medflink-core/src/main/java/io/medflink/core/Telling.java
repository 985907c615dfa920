// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.jspecify.annotations.Nullable;

/** How an episode is told: raised or held back, told again until somebody comes. */
final class Telling {
  private Telling() {}

  static void worsen(Watch watch, Episode e, Vigil vigil) {
    e.acknowledged = false;
    e.withheld = false;
    e.steps = 0;
    Hold hold = hold(watch, e, vigil, false);
    if (e.told != Alert.Event.RAISED || hold != null) {
      e.told = e.told == Alert.Event.RAISED ? null : e.told;
      tell(watch, e, vigil);
    } else {
      e.nextStep =
          watch.rule.steps() > 0 ? vigil.time + watch.rule.escalate().toMillis() : Episode.NEVER;
      vigil.take(watch, e, Alert.Event.ESCALATED, "worse: " + e.why);
    }
  }

  /** Why an episode is held back, and until when at least. */
  private record Hold(String why, long until) {}

  private static @Nullable Hold hold(Watch watch, Episode e, Vigil vigil, boolean first) {
    Control c = vigil.holds.find(Control.Kind.SUSPEND, vigil.time, watch.rule.model(), vigil.place);
    if (c != null) {
      return new Hold("suspended", vigil.holds.end(c));
    }
    c = vigil.holds.find(Control.Kind.LIMIT, vigil.time, watch.rule.model(), vigil.place);
    if (c != null && e.withinLimit) {
      return new Hold("within the limit set", vigil.holds.end(c));
    }
    long quiet =
        watch.clearedAt == Finding.NEVER
            ? watch.clearedAt
            : watch.clearedAt + watch.rule.quiet().toMillis();
    return first
            && !e.signal
            && vigil.time < quiet
            && e.priority.compareTo(watch.clearedPriority) <= 0
        ? new Hold("quiet time", quiet)
        : null;
  }

  /** Tells of an episode, unless it is old news or held back. */
  static void tell(Watch watch, Episode e, Vigil vigil) {
    if (!e.actionable) {
      if (e.told == null) {
        e.told = Alert.Event.HISTORICAL;
        vigil.take(watch, e, Alert.Event.HISTORICAL, e.why);
      }
      return;
    }
    Hold hold = hold(watch, e, vigil, true);
    if (hold == null) {
      e.heldUntil = Episode.NEVER;
      e.told = e.signal ? Alert.Event.SIGNAL_LOST : Alert.Event.RAISED;
      e.nextStep =
          watch.rule.steps() > 0 ? vigil.time + watch.rule.escalate().toMillis() : Episode.NEVER;
      if (!e.acknowledged) {
        vigil.take(watch, e, e.told, e.why);
      }
      vigil.acknowledgeWaiting(watch, e);
    } else {
      e.heldUntil = hold.until();
      if (e.told != Alert.Event.SUPPRESSED) {
        e.told = Alert.Event.SUPPRESSED;
        e.nextStep = Episode.NEVER;
        vigil.take(watch, e, Alert.Event.SUPPRESSED, hold.why() + ": " + e.why);
        vigil.acknowledgeWaiting(watch, e);
      }
    }
  }

  static void acknowledge(Watch watch, Episode e, Vigil vigil) {
    if (!e.acknowledged) {
      e.acknowledged = true;
      e.nextStep = Episode.NEVER;
      vigil.take(watch, e, Alert.Event.ACKNOWLEDGED, e.why);
    }
  }

  static boolean isHeld(@Nullable Episode e) {
    return e != null && !e.acknowledged && (e.told == Alert.Event.SUPPRESSED || e.withheld);
  }

  static long due(@Nullable Episode e) {
    return e == null || e.acknowledged
        ? Episode.NEVER
        : e.told == Alert.Event.SUPPRESSED
            ? e.heldUntil
            : e.isRaised() ? e.nextStep : Episode.NEVER;
  }

  static void fire(Watch watch, @Nullable Episode e, Vigil vigil) {
    if (e == null || e.acknowledged || due(e) > vigil.time) {
      return;
    }
    if (e.told == Alert.Event.SUPPRESSED) {
      tell(watch, e, vigil);
      return;
    }
    Hold hold = hold(watch, e, vigil, false);
    Control control =
        vigil.holds.find(Control.Kind.DO_NOT_ESCALATE, vigil.time, watch.rule.model(), vigil.place);
    if (hold != null) {
      tell(watch, e, vigil);
    } else if (control != null) {
      if (!e.withheld) {
        vigil.take(watch, e, Alert.Event.SUPPRESSED, "do not escalate: " + e.why);
      }
      e.withheld = true;
      e.nextStep = vigil.holds.end(control);
    } else {
      e.withheld = false;
      e.steps++;
      e.nextStep =
          e.steps < watch.rule.steps()
              ? vigil.time + watch.rule.escalate().toMillis()
              : Episode.NEVER;
      vigil.take(
          watch,
          e,
          Alert.Event.ESCALATED,
          "not acknowledged, " + e.steps + " of " + watch.rule.steps() + ": " + e.why);
    }
  }
}
