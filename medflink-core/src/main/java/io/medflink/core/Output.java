// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.util.List;

/**
 * One figure that a model answers.
 *
 * @param name as in the reference vectors, such as {@code score}
 * @param unit UCUM; {@code 1} for probabilities, {@code {score}} for points
 * @param codes the words of a coded output, whose position is the figure; {@code false, true} for
 *     yes or no; empty for numbers
 * @param atLeast whether only the least of what is possible is told
 * @param course whether a {@link Questionnaire} that is given a list of {@code [hours, number]}
 *     tells it at each of these times, in a list
 * @param index the position among the model's outputs
 */
public record Output(
    String name, String unit, List<String> codes, boolean atLeast, boolean course, int index)
    implements Serializable {

  /** Whether it is yes or no. */
  public boolean isYesNo() {
    return codes.equals(Input.NO_YES);
  }
}
