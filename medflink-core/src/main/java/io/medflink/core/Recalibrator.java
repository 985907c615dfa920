// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/** Makes a proposal of what was predicted and what came of it, such as a model card's JSON. */
@FunctionalInterface
public interface Recalibrator extends Serializable {

  /**
   * Proposes.
   *
   * @param model the id of the model that predicted
   * @param version the version that did
   * @param risks predicted, over 0 and under 1
   * @param outcomes whether it happened
   * @return the model as its {@link ModelReader} takes it
   * @throws IllegalArgumentException when nothing can be proposed, saying why without a patient's
   *     data
   * @throws ArithmeticException likewise, when the outcomes don't tell a line
   */
  String propose(String model, String version, double[] risks, boolean[] outcomes);
}
