// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import org.jspecify.annotations.Nullable;

/**
 * The part of UCUM's grammar that the library's parser forgives: {@code m)}, {@code m//s}, {@code
 * m.(/s)}, {@code m.-3} and the empty text. It also keeps the library's recursion short.
 */
final class Syntax {
  private final String text;
  private int position;

  private Syntax(String text) {
    this.text = text;
  }

  static @Nullable Refusal check(String text) {
    if (text.length() > Units.MAX_LENGTH) {
      return Refusal.TOO_LONG;
    }
    if (text.indexOf('\u00b5') >= 0 || text.indexOf('\u03bc') >= 0) {
      return Refusal.GREEK_MU;
    }
    if (text.chars().anyMatch(c -> c > 0x7e)) {
      return Refusal.NOT_ASCII;
    }
    return new Syntax(text).isWellFormed() ? null : Refusal.NOT_UCUM;
  }

  /** Components and operators in turn, brackets in pairs. */
  private boolean isWellFormed() {
    int open = 0;
    boolean componentDue = true;
    for (; position < text.length(); position++) {
      char c = text.charAt(position);
      switch (c) {
        case '(' -> {
          if (!componentDue) {
            return false;
          }
          open++;
        }
        case ')' -> {
          if (componentDue || --open < 0) {
            return false;
          }
        }
        case '.', '/' -> {
          boolean reciprocal = c == '/' && position == 0;
          if (componentDue && !reciprocal) {
            return false;
          }
          componentDue = true;
        }
        case '+', '-' -> {
          if (componentDue) {
            return false;
          }
        }
        case '{' -> {
          if (!skipTo('}', '{')) {
            return false;
          }
          componentDue = false;
        }
        case '[' -> {
          if (!skipTo(']', '[')) {
            return false;
          }
          componentDue = false;
        }
        default -> {
          if (c <= ' ') {
            return false;
          }
          componentDue = false;
        }
      }
    }
    return open == 0 && !componentDue;
  }

  private boolean skipTo(char close, char nested) {
    while (++position < text.length()) {
      char c = text.charAt(position);
      if (c == close) {
        return true;
      }
      if (c == nested || c < ' ') {
        return false;
      }
    }
    return false;
  }
}
