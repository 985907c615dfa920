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

/**
 * Whether one value is over a limit: {@code above} and HIGH when it is, else LOW. The value that
 * equals the limit is not above it. Without the value there is no answer but "either".
 *
 * <p>Not a published score: whoever sets the limit answers for it. By default it is a heart rate
 * over 100 /min, where the Modified Early Warning Score begins to count a fast pulse (Subbe CP et
 * al. QJM 2001;94:521–6).
 */
public final class Threshold implements RiskModel {
  private static final long serialVersionUID = 1;

  private final ModelCard card;
  private final Input input;
  private final Output above;
  private final double limit;

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
    this.limit = limit;
    card =
        ModelCard.of(
            id,
            "1",
            "A limit of the user's own; the default, a heart rate over 100 /min, is where the"
                + " Modified Early Warning Score begins to count: Subbe CP et al. Validation of a"
                + " modified Early Warning Score in medical admissions. QJM 2001;94:521-6",
            "Watching one value of a patient against a fixed limit; no statement about illness");
    this.input = card.input(input.rising());
    above = card.yesNo("above");
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    boolean over = chart.value(input) > limit;
    answer.set(above, over);
    answer.level(over ? RiskLevel.HIGH : RiskLevel.LOW);
  }
}
