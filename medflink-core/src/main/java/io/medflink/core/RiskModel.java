// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/**
 * A published score or risk: a pure function of a {@link Chart}. No clock, no I/O, no state.
 *
 * <p>A model is written for complete charts only; {@link Completion} turns it into exact intervals
 * where inputs are missing. Wrong or impossible input never reaches it.
 */
public interface RiskModel extends Serializable {

  /** What the model says of itself: the same object each time. */
  ModelCard card();

  /**
   * Writes the answer for a complete chart. Called on the hot path: allocates nothing.
   *
   * @param chart every declared input present, save those declared optional (NaN when absent)
   * @param answer empty; the model sets each output and the level, or says why it doesn't apply
   */
  void assess(Chart chart, Answer answer);

  /** The card's id. */
  default String id() {
    return card().id();
  }

  /** The card's version. */
  default String version() {
    return card().version();
  }
}
