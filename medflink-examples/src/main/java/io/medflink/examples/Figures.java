// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Output;
import org.jspecify.annotations.Nullable;

/** A model's figures as JSON values: points as whole numbers, words and truths as such, no NaN. */
final class Figures {
  private Figures() {}

  /** The number, or a code's position; null where there is none. */
  static @Nullable Object number(Output output, double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    boolean whole = output.unit().equals("{score}") || !output.codes().isEmpty();
    return whole && value == Math.rint(value) ? (Object) (long) value : (Object) value;
  }

  /** The number, the word or the truth; null where there is none. */
  static @Nullable Object word(Output output, double value) {
    if (output.codes().isEmpty() || !Double.isFinite(value)) {
      return number(output, value);
    }
    String word = output.codes().get((int) value);
    boolean truth = word.equals("true") || word.equals("false");
    return truth ? (Object) word.equals("true") : word;
  }
}
