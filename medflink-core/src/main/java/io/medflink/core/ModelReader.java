// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/** Makes a model of a text, such as a model card's JSON. */
@FunctionalInterface
public interface ModelReader extends Serializable {

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException naming the field, when the text is no model
   */
  RiskModel read(String text);
}
