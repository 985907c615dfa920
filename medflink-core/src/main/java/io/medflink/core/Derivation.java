// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/** How an input follows from values of several types. A pure function. */
@FunctionalInterface
public interface Derivation extends Serializable {

  /**
   * The input's value at the chart's moment.
   *
   * @param sources the newest value of each type, still valid at the moment
   * @return the value in the input's unit, NaN when it doesn't follow
   */
  double derive(Sources sources);

  /** The newest values of the types that an input is derived from. */
  interface Sources {
    /** The value in the type's canonical unit, a code's position or a date's day; NaN = absent. */
    double value(ObservationType type);

    /** When that was measured, in milliseconds; {@link Long#MIN_VALUE} = absent. */
    long time(ObservationType type);

    /** The moment assessed, in milliseconds since 1970-01-01T00:00Z. */
    long moment();
  }
}
