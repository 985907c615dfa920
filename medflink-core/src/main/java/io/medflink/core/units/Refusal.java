// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

/** Why a unit or a conversion is refused. Neither name nor reason quotes what was asked. */
public enum Refusal {
  /** Not derivable from UCUM's grammar, or an unknown unit; the empty text as well. */
  NOT_UCUM("not a UCUM expression (case-sensitive codes)"),
  /** A character outside ASCII, which UCUM does not have. */
  NOT_ASCII("UCUM is ASCII only"),
  /** U+00B5 or U+03BC for micro. */
  GREEK_MU("the Greek letter mu is not UCUM: micro is written u"),
  /** Longer than {@link Units#MAX_LENGTH} characters. */
  TOO_LONG("longer than a unit may be"),
  /** Two valid units of different kinds. */
  NOT_COMMENSURABLE("the units are not commensurable"),
  /**
   * A unit without a ratio scale (Cel, [degF], [pH], B[SPL], …) multiplied, divided or raised to a
   * power: UCUM (§21–22) gives such a product no meaning.
   */
  NOT_A_RATIO("a unit without a ratio scale cannot be part of a product"),
  /** Factor or offset beyond the normal range of double. */
  OUT_OF_RANGE("the factor does not fit a double");

  private final String reason;

  Refusal(String reason) {
    this.reason = reason;
  }

  /** A sentence part for people, free of the expression itself. */
  public String reason() {
    return reason;
  }
}
