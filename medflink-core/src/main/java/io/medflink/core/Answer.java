// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a model writes for one complete chart. Owned and reused by the caller. */
public final class Answer {
  private final double[] values;

  /** A bit for each output that is set, and for each that is open, so that clearing is cheap. */
  private long told;

  private long open;

  private RiskLevel level = RiskLevel.UNKNOWN;
  private boolean applicable = true;
  private @Nullable String reason;

  /** For each input what it contributed, and what no input did; null where nobody asks. */
  double @Nullable [] contributions;

  double constant;

  /** For the model that this one's model asks; null until it does. */
  private @Nullable RiskModel another;

  private @Nullable Answer ofAnother;

  /** An empty answer for a model. */
  public Answer(RiskModel model) {
    values = new double[model.card().outputs().size()];
  }

  /** An empty answer that also keeps what {@link #counts} tells. */
  static Answer explained(RiskModel model) {
    Answer answer = new Answer(model);
    answer.contributions = new double[model.card().inputs().size()];
    answer.clear();
    return answer;
  }

  /** An empty answer for a model that this one's model asks in turn, reused the next time. */
  public Answer ofAnother(RiskModel model) {
    Answer kept = ofAnother;
    if (kept == null || another != model) {
      kept = new Answer(model);
      another = model;
      ofAnother = kept;
    } else {
      kept.clear();
    }
    return kept;
  }

  /** Makes it empty again. */
  public void clear() {
    if (contributions != null) {
      Arrays.fill(contributions, Double.NaN);
      constant = Double.NaN;
    }
    told = 0;
    open = 0;
    level = RiskLevel.UNKNOWN;
    applicable = true;
    reason = null;
  }

  /** Sets a numeric output, or a coded one by its code's position. */
  public void set(Output output, double value) {
    int at = output.index();
    values[at] = value;
    told |= 1L << at;
    open &= ~(1L << at);
  }

  /** Sets a yes-or-no output. */
  public void set(Output output, boolean value) {
    set(output, value ? 1.0 : 0.0);
  }

  /** Leaves a yes-or-no output open: by what the model copes without, it may be either. */
  public void open(Output output) {
    set(output, false);
    open |= 1L << output.index();
  }

  /** Sets the level; {@link RiskLevel#UNKNOWN} where the publication has none. */
  public void level(RiskLevel newLevel) {
    level = newLevel;
  }

  /**
   * Tells what an input contributes to the primary output: points of a score, or a term of the
   * linear predictor, the log odds or ln(-ln(1 - risk)). Several of one input add up. Costs nothing
   * unless somebody asks for an {@link Explanation}.
   *
   * @return the points
   */
  public int counts(Input input, int points) {
    counts(input, (double) points);
    return points;
  }

  /**
   * Tells a term of the linear predictor, as {@link #counts(Input, int)}.
   *
   * @return the term
   */
  public double counts(Input input, double term) {
    double[] told = contributions;
    if (told != null) {
      int at = input.index();
      told[at] = Double.isNaN(told[at]) ? term : told[at] + term;
    }
    return term;
  }

  /**
   * Tells what is in the linear predictor whatever the inputs are.
   *
   * @return the term
   */
  public double constant(double term) {
    constant = term;
    return term;
  }

  /** Whether somebody asks what the inputs contribute; else there is no need to work it out. */
  public boolean isExplained() {
    return contributions != null;
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

  /** The output's value, NaN when not set; the least of one that is open. */
  public double value(Output output) {
    int at = output.index();
    return (told >> at & 1) == 0 ? Double.NaN : values[at];
  }

  /** The greatest that the output can be. */
  public double high(Output output) {
    return (open >> output.index() & 1) == 0 ? value(output) : 1;
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
