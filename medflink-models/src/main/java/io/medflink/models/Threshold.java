// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether one value is over a limit: {@code above} and HIGH when it is, else LOW; by id also
 * whether it is under one: {@code below}. The value that equals the limit is neither. Without the
 * value there is no answer but "either".
 *
 * <p>Not a published score: whoever sets the limit answers for it. By default it is a heart rate
 * over 100 /min, where the Modified Early Warning Score begins to count a fast pulse (Subbe CP et
 * al. QJM 2001;94:521–6).
 */
public final class Threshold implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final Pattern BY_ID =
      Pattern.compile("threshold-([a-z-]+)-(over|under)-([0-9]{1,3}(?:\\.[0-9]{1,2})?)");

  private final ModelCard card;
  private final Input input;
  private final Output told;
  private final double limit;
  private final boolean under;

  /** A heart rate over 100 /min. */
  public Threshold() {
    this("threshold", Input.of("hr", Vital.HEART_RATE), 100);
  }

  /**
   * A value over a limit.
   *
   * @param id the model's id in its assessments, such as {@code tachycardia}
   * @param input a numeric input, such as {@code Input.of("hr", Vital.HEART_RATE)}
   * @param limit in the input's unit
   */
  public Threshold(String id, Input input, double limit) {
    this(id, input, limit, false);
  }

  private Threshold(String id, Input input, double limit, boolean under) {
    this.limit = limit;
    this.under = under;
    card =
        ModelCard.of(
            id,
            "1",
            "A limit of the user's own; the default, a heart rate over 100 /min, is where the"
                + " Modified Early Warning Score begins to count: Subbe CP et al. Validation of a"
                + " modified Early Warning Score in medical admissions. QJM 2001;94:521-6",
            "Watching one value of a patient against a fixed limit; no statement about illness");
    this.input = card.input(under ? input.falling() : input.rising());
    told = card.yesNo(under ? "below" : "above");
  }

  /**
   * A limit on any vital by its id, such as {@code threshold-oxygen-saturation-under-92} or {@code
   * threshold-body-temperature-over-38.5}, in the vital's canonical unit; null for other ids.
   *
   * @throws IllegalArgumentException when the limit is one that no living body passes
   */
  static @Nullable Threshold byId(String id) {
    Matcher parts = BY_ID.matcher(id);
    WatchedVital vital = parts.matches() ? WatchedVital.of(parts.group(1)) : null;
    if (vital == null) {
      return null;
    }
    Input input = vital.input();
    double limit = Double.parseDouble(parts.group(3));
    if (!input.possible().contains(limit)) {
      throw new IllegalArgumentException(
          id + ": the limit is outside " + input.possible() + " " + input.unit());
    }
    return new Threshold(id, input, limit, parts.group(2).equals("under"));
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double value = chart.value(input);
    boolean passed = under ? value < limit : value > limit;
    answer.set(told, passed);
    answer.level(passed ? RiskLevel.HIGH : RiskLevel.LOW);
  }
}
