// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Input;

/** A plausible value of any input, and how SQL writes it. */
final class Samples {
  private Samples() {}

  static Object of(Input input) {
    if (input.isYesNo()) {
      return false;
    }
    if (!input.codes().isEmpty()) {
      return input.codes().get(input.codes().size() - 1);
    }
    double low = Math.max(input.published().low(), input.possible().low());
    double high = Math.min(input.published().high(), input.possible().high());
    return Double.isFinite(high) ? Math.rint((low + high) / 2) : low + 50;
  }

  static String literal(Object value) {
    return value instanceof String
        ? "'" + value + "'"
        : value instanceof Double d ? d + "e0" : "" + value;
  }
}
