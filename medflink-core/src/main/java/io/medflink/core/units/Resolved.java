// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import org.jspecify.annotations.Nullable;

/** What a pair came to: either a conversion or a refusal. */
record Resolved(
    String from,
    String to,
    @Nullable Analyte analyte,
    @Nullable Conversion conversion,
    @Nullable Refusal refusal) {

  boolean isOf(String otherFrom, String otherTo, @Nullable Analyte otherAnalyte) {
    return analyte == otherAnalyte && from.equals(otherFrom) && to.equals(otherTo);
  }

  /** Free of the expressions, which come from outside. */
  @Override
  public String toString() {
    return refusal == null ? "Resolved" : "Resolved[" + refusal + "]";
  }
}
