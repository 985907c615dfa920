// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/** What happens while an {@link Input} has no value. */
public enum Unknown {
  /** More of it never lowers any prediction nor the level: its ends are tried. */
  RISING,
  /** More of it never raises any prediction nor the level: its ends are tried. */
  FALLING,
  /** The extremes lie at its ends or bends, whichever they are: all corners are tried. */
  CORNERS,
  /** It counts by tables: the bands with the fewest and the most points are tried. */
  CELLS,
  /** Each code is tried. */
  CODES,
  /** Extremes may lie inside: there is no answer without it. */
  REQUIRED,
  /** The model itself says what its absence means; a comparator is another thing. */
  OPTIONAL,
  /** The assumed value stands until somebody decides otherwise. */
  SETTING
}
