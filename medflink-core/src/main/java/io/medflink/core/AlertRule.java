// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When one model's assessments of a patient become an episode, and whom it calls when. Begin with
 * {@link #of} and change what differs.
 *
 * <p>An assessment <b>reaches</b> when its level is at least {@code raise} or its primary
 * prediction at least {@code raiseAt}. Where inputs are missing both are intervals: when only the
 * greater end reaches, the episode is <b>uncertain</b>, of the next lower priority and with the
 * missing inputs as its reason. An assessment <b>clears</b> when its greater end is at most {@code
 * clear} and {@code clearAt}; one without an answer never does.
 *
 * @param model the model's id
 * @param raise the least level that reaches; UNKNOWN when levels don't count
 * @param clear the greatest level that clears; under {@code raise}
 * @param raiseAt the least value of the primary prediction that reaches; NaN when values don't
 *     count
 * @param clearAt the greatest value that clears; under {@code raiseAt}, NaN without it
 * @param confirm how long it must reach with certainty until it is raised; zero for at once
 * @param confirmUncertain how long it must reach at all until it is raised though uncertain
 * @param clearAfter how long it must be clear until it is cleared
 * @param quiet how long after an episode was cleared the next one of no higher priority is held
 *     back; it is raised at the end of this time if it still holds
 * @param escalate how long nobody may acknowledge it until it is told again
 * @param steps how often it is told again
 * @param priorities of levels; levels that are not in it have MEDIUM
 * @param expected how soon the next assessment is expected, the first that fits; none means that
 *     the model's silence is no alert
 */
public record AlertRule(
    String model,
    RiskLevel raise,
    RiskLevel clear,
    double raiseAt,
    double clearAt,
    Duration confirm,
    Duration confirmUncertain,
    Duration clearAfter,
    Duration quiet,
    Duration escalate,
    int steps,
    Map<RiskLevel, Alert.Priority> priorities,
    List<ExpectedSignal> expected)
    implements Serializable {
  private static final Duration LONGEST = Duration.ofDays(400);
  private static final Map<RiskLevel, Alert.Priority> PRIORITIES =
      Map.of(
          RiskLevel.LOW, Alert.Priority.LOW,
          RiskLevel.LOW_MEDIUM, Alert.Priority.LOW,
          RiskLevel.MEDIUM, Alert.Priority.MEDIUM,
          RiskLevel.HIGH, Alert.Priority.HIGH);

  /** Checks the rule. */
  public AlertRule {
    if (raise == RiskLevel.UNKNOWN && Double.isNaN(raiseAt)) {
      throw new IllegalArgumentException("a rule needs a level or a value from which it raises");
    }
    if (raise != RiskLevel.UNKNOWN && (clear == RiskLevel.UNKNOWN || clear.compareTo(raise) >= 0)) {
      throw new IllegalArgumentException("clear must be a level under " + raise);
    }
    if (Double.isNaN(raiseAt) != Double.isNaN(clearAt) || clearAt >= raiseAt) {
      throw new IllegalArgumentException("clearAt must be under raiseAt");
    }
    check("confirm", confirm, true);
    check("confirmUncertain", confirmUncertain, true);
    check("clearAfter", clearAfter, true);
    check("quiet", quiet, true);
    check("escalate", escalate, false);
    if (steps < 0 || steps > 100) {
      throw new IllegalArgumentException("steps must be 0 to 100, is " + steps);
    }
    priorities = Map.copyOf(priorities);
    expected = List.copyOf(expected);
  }

  static void check(String name, Duration duration, boolean zero) {
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0 || (!zero && duration.isZero())) {
      throw new IllegalArgumentException(
          name + " must be " + (zero ? "PT0S" : "more than PT0S") + " to P400D, is " + duration);
    }
  }

  /**
   * Raises at once from level MEDIUM, clears at LOW, is told again three times every 15 minutes
   * until acknowledged; what may only be so is raised after 15 minutes; quiet for 10 minutes.
   */
  public static AlertRule of(String model) {
    return new AlertRule(
        model,
        RiskLevel.MEDIUM,
        RiskLevel.LOW,
        Double.NaN,
        Double.NaN,
        Duration.ZERO,
        Duration.ofMinutes(15),
        Duration.ZERO,
        Duration.ofMinutes(10),
        Duration.ofMinutes(15),
        3,
        PRIORITIES,
        List.of());
  }

  /** Raises from a level and clears at another one. */
  public AlertRule withLevels(RiskLevel newRaise, RiskLevel newClear) {
    return new AlertRule(
        model,
        newRaise,
        newClear,
        raiseAt,
        clearAt,
        confirm,
        confirmUncertain,
        clearAfter,
        quiet,
        escalate,
        steps,
        priorities,
        expected);
  }

  /** Raises from a value of the primary prediction and clears at another one. */
  public AlertRule withValues(double newRaise, double newClear) {
    return new AlertRule(
        model,
        raise,
        clear,
        newRaise,
        newClear,
        confirm,
        confirmUncertain,
        clearAfter,
        quiet,
        escalate,
        steps,
        priorities,
        expected);
  }

  /** How long it must hold: when certain, when uncertain, and when clear. */
  public AlertRule withConfirmation(Duration certain, Duration uncertain, Duration newClearAfter) {
    return new AlertRule(
        model,
        raise,
        clear,
        raiseAt,
        clearAt,
        certain,
        uncertain,
        newClearAfter,
        quiet,
        escalate,
        steps,
        priorities,
        expected);
  }

  /** The quiet time. */
  public AlertRule withQuiet(Duration newQuiet) {
    return new AlertRule(
        model,
        raise,
        clear,
        raiseAt,
        clearAt,
        confirm,
        confirmUncertain,
        clearAfter,
        newQuiet,
        escalate,
        steps,
        priorities,
        expected);
  }

  /** How often it is told again, and in which interval. */
  public AlertRule withEscalation(int newSteps, Duration interval) {
    return new AlertRule(
        model,
        raise,
        clear,
        raiseAt,
        clearAt,
        confirm,
        confirmUncertain,
        clearAfter,
        quiet,
        interval,
        newSteps,
        priorities,
        expected);
  }

  /** The priorities of levels. */
  public AlertRule withPriorities(Map<RiskLevel, Alert.Priority> newPriorities) {
    return new AlertRule(
        model,
        raise,
        clear,
        raiseAt,
        clearAt,
        confirm,
        confirmUncertain,
        clearAfter,
        quiet,
        escalate,
        steps,
        newPriorities,
        expected);
  }

  /** What is expected, the first that fits. */
  public AlertRule withExpected(ExpectedSignal... newExpected) {
    return new AlertRule(
        model,
        raise,
        clear,
        raiseAt,
        clearAt,
        confirm,
        confirmUncertain,
        clearAfter,
        quiet,
        escalate,
        steps,
        priorities,
        List.of(newExpected));
  }

  boolean reaches(RiskLevel level, double value) {
    return (raise != RiskLevel.UNKNOWN && level.compareTo(raise) >= 0) || value >= raiseAt;
  }

  boolean clears(RiskLevel greatest, double value) {
    boolean byLevel =
        raise == RiskLevel.UNKNOWN
            || (greatest != RiskLevel.UNKNOWN && greatest.compareTo(clear) <= 0);
    return byLevel && (Double.isNaN(raiseAt) || value <= clearAt);
  }

  /** Whether an answer says anything of what the rule goes by. */
  boolean answers(RiskLevel greatest, double value) {
    return (raise == RiskLevel.UNKNOWN || greatest != RiskLevel.UNKNOWN)
        && (Double.isNaN(raiseAt) || !Double.isNaN(value));
  }

  Alert.Priority priority(RiskLevel level) {
    return priorities.getOrDefault(level, Alert.Priority.MEDIUM);
  }

  /** What is expected of a patient; of a patient whose level is unknown the soonest. */
  @Nullable ExpectedSignal expected(@Nullable String ward, RiskLevel level) {
    ExpectedSignal found = null;
    for (ExpectedSignal e : expected) {
      if (e.isAbout(ward, level)
          && (found == null
              || (level == RiskLevel.UNKNOWN && e.within().compareTo(found.within()) < 0))) {
        found = e;
      }
    }
    return found;
  }
}
