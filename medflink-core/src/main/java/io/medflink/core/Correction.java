// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that is spoken of by a correction or withdrawal which comes without an original at its
 * own moment.
 *
 * @param type the position of its type
 * @param id the source's identity of the value
 * @param matched whether the original was found at another moment
 */
record Correction(int type, @Nullable String id, boolean matched) {

  boolean isOfSame(Correction other) {
    return type == other.type && Objects.equals(id, other.id);
  }

  boolean isAbout(Reading reading) {
    return reading.type() == type && Objects.equals(reading.id(), id);
  }

  /** Never which. */
  @Override
  public String toString() {
    return "Correction";
  }
}
