// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/**
 * One figure of a {@link RiskAssessment}: the exact interval over all that is unknown.
 *
 * @param name as the model's {@link Output} declares it, such as {@code score}
 * @param low the least value that the unknown inputs allow, in the output's unit; a code's or a
 *     truth's position for coded and yes/no outputs
 * @param high the greatest value; equal to {@code low} when nothing is missing
 */
public record Prediction(String name, double low, double high) {

  /** The name; never the value. */
  @Override
  public String toString() {
    return "Prediction[" + name + "]";
  }
}
