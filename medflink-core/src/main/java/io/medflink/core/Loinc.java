// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/** LOINC's own rules for its codes. */
final class Loinc {
  /** The code system in FHIR; {@code LN} in HL7 v2 (table 0396). */
  static final String SYSTEM = "http://loinc.org";

  private static final int LONGEST = 9;

  private Loinc() {}

  /**
   * Whether this is a LOINC code: up to seven digits, a hyphen and the check digit (Mod 10, LOINC
   * Users' Guide, appendix C).
   */
  static boolean isValid(String code) {
    int hyphen = code.length() - 2;
    if (hyphen < 1 || code.length() > LONGEST || code.charAt(hyphen) != '-') {
      return false;
    }
    int sum = 0;
    for (int i = hyphen - 1; i >= 0; i--) {
      int digit = digit(code.charAt(i));
      if (digit < 0) {
        return false;
      }
      boolean doubled = (hyphen - 1 - i) % 2 == 0;
      sum += doubled ? 2 * digit / 10 + 2 * digit % 10 : digit;
    }
    return digit(code.charAt(hyphen + 1)) == (10 - sum % 10) % 10;
  }

  /** LOINC, or ours where LOINC has none. */
  static boolean isCode(String code) {
    return isValid(code) || code.startsWith("medflink:");
  }

  private static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }
}
