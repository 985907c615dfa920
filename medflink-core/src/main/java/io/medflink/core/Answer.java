// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a model writes for one complete chart. Owned and reused by the caller. */
public final class Answer {
  private final double[] values;
  private RiskLevel level = RiskLevel.UNKNOWN;
  private boolean applicable = true;
  private @Nullable String reason;

  /** An empty answer for a model. */
  public Answer(RiskModel model) {
    values = new double[model.card().outputs().size()];
    clear();
  }

  /** Makes it empty again. */
  public void clear() {
    Arrays.fill(values, Double.NaN);
    level = RiskLevel.UNKNOWN;
    applicable = true;
    reason = null;
  }

  /** Sets a numeric output, or a coded one by its code's position. */
  public void set(Output output, double value) {
    values[output.index()] = value;
  }

  /** Sets a yes-or-no output. */
  public void set(Output output, boolean value) {
    values[output.index()] = value ? 1 : 0;
  }

  /** Sets the level; {@link RiskLevel#UNKNOWN} where the publication has none. */
  public void level(RiskLevel newLevel) {
    level = newLevel;
  }

  /** Says that the publication does not cover this chart, and why, without the patient's data. */
  public void notApplicable(String why) {
    applicable = false;
    reason = why;
  }

  /** Says what to know about the answer, without the patient's data. */
  public void note(String what) {
    reason = what;
  }

  /** The output's value, NaN when not set. */
  public double value(Output output) {
    return values[output.index()];
  }

  /** The level set. */
  public RiskLevel level() {
    return level;
  }

  /** Whether the publication covers the chart. */
  public boolean applicable() {
    return applicable;
  }

  /** What was noted, or why it doesn't apply. */
  public @Nullable String reason() {
    return reason;
  }
}
