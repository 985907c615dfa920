// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.Observation.Comparator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The data type NM: a sign, digits and a point; never an exponent, a comma or a word. */
final class Numbers {
  private static final int LONGEST = 100;
  private static final long EXACT = 1L << 53;
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Numbers() {}

  /** The number written so, NaN when it is none. */
  static double parse(byte[] bytes, int from, int to) {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
      i++;
    }
    long digits = 0;
    int count = 0;
    int decimals = 0;
    boolean point = false;
    for (; i < to; i++) {
      int c = bytes[i];
      if (c >= '0' && c <= '9') {
        count++;
        decimals += point ? 1 : 0;
        digits = digits < EXACT ? digits * 10 + (c - '0') : digits;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        return Double.NaN;
      }
    }
    if (count == 0 || to - from > LONGEST) {
      return Double.NaN;
    }
    if (digits < EXACT && count < 18 && decimals < TENS.length) {
      // Both exact in a double, so their quotient is the nearest one.
      double number = digits / TENS[decimals];
      return negative ? -number : number;
    }
    return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /** What stands before a number, null where that is nothing or none of the four. */
  static @Nullable Comparator comparator(byte[] b, int from, int to) {
    boolean orEqual = to - from == 2 && b[from + 1] == '=';
    if (to - from == 0 || to - from > 2 || (to - from == 2 && !orEqual)) {
      return null;
    }
    return switch (b[from]) {
      case '<' -> orEqual ? Comparator.LESS_OR_EQUAL : Comparator.LESS;
      case '>' -> orEqual ? Comparator.GREATER_OR_EQUAL : Comparator.GREATER;
      default -> null;
    };
  }
}
