// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.AlertRule;
import io.medflink.core.ExpectedSignal;
import io.medflink.core.RiskLevel;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * How alerts are set, as on the command line: what differs from {@link AlertRule#of}, such as
 * {@code raise=high,clear=low-medium,confirm=PT5M,escalate=PT30M,steps=1}.
 *
 * @param text the setting
 */
record AlertSetting(String text) {
  static final AlertSetting DELIVERED = new AlertSetting("");

  /** The rule of a model; a setting that is none ends the command before it began. */
  AlertRule rule(String model) {
    AlertRule rule = AlertRule.of(model);
    RiskLevel raise = rule.raise();
    RiskLevel clear = rule.clear();
    Duration confirm = rule.confirm();
    Duration uncertain = rule.confirmUncertain();
    Duration clearAfter = rule.clearAfter();
    Duration escalate = rule.escalate();
    int steps = rule.steps();
    try {
      for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
        String[] sides = part.split("=", 2);
        String value = sides.length == 2 ? sides[1].strip() : "";
        switch (sides[0].strip()) {
          case "raise" -> raise = level(value);
          case "clear" -> clear = level(value);
          case "confirm" -> confirm = Duration.parse(value);
          case "confirm-uncertain" -> uncertain = Duration.parse(value);
          case "clear-after" -> clearAfter = Duration.parse(value);
          case "quiet" -> rule = rule.withQuiet(Duration.parse(value));
          case "escalate" -> escalate = Duration.parse(value);
          case "steps" -> steps = Integer.parseInt(value);
          case "rounds" ->
              rule = rule.withExpected(ExpectedSignal.rounds(null, null, Duration.parse(value)));
          default ->
              throw Failure.usage(
                  "--setting knows raise, clear, confirm, confirm-uncertain, clear-after, quiet,"
                      + " escalate, steps and rounds");
        }
      }
      return rule.withLevels(raise, clear)
          .withConfirmation(confirm, uncertain, clearAfter)
          .withEscalation(steps, escalate);
    } catch (DateTimeParseException e) {
      throw Failure.usage("--setting: a duration is no ISO 8601 duration such as PT5M");
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--setting: " + e.getMessage());
    }
  }

  private static RiskLevel level(String word) {
    return RiskLevel.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
