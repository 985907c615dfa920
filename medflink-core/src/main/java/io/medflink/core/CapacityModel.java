// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/**
 * A pure function of a {@link Census} to {@link CapacityAdvice}: no clock, no I/O, no state, so
 * that a stream, a file and a replay give the same advice. The ward's twin of a risk model.
 */
public interface CapacityModel extends Serializable {
  /** The name by which users ask for it: lower case words with hyphens. */
  String id();

  /** The version of its rules and figures; another version may answer differently. */
  String version();

  /** Where its formulas and defaults were published. */
  String citation();

  /**
   * Advises on one ward. Never throws for what a census holds: unknown or impossible counts give
   * figures that are NaN, and the reason.
   */
  CapacityAdvice advise(Census census);
}
