// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/**
 * A pure function of a {@link Census} to {@link CapacityAdvice}: no clock, no I/O, no state, so
 * that a stream, a file and a replay give the same advice. The ward's twin of {@link RiskModel}.
 */
public interface CapacityModel extends Serializable {
  /**
   * What the model says of itself: the same object each time. Its outputs are the figures with
   * their units; it declares no inputs, since it looks at a census and not at a chart.
   */
  ModelCard card();

  /**
   * Advises on one ward. Never throws for what a census holds: unknown or impossible counts give
   * figures that are NaN, and the reason.
   */
  CapacityAdvice advise(Census census);

  /** The card's id. */
  default String id() {
    return card().id();
  }

  /** The card's version. */
  default String version() {
    return card().version();
  }
}
