// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Conversion between any two UCUM expressions, for the whole process and for any number of threads.
 *
 * <p>A pair of expressions is parsed once. Seen again, it costs a look-up and no allocation; the
 * last few thousand pairs are remembered, whatever comes. Where units are constant, keep the {@link
 * Conversion}.
 *
 * <ul>
 *   <li>Codes are case-sensitive (c/s). Annotations mean nothing: mg{dry} is mg.
 *   <li>Cel, [degF] and [degRe] convert as temperatures, with their offset, among each other and
 *       with K and [degR]; for a difference write K. In a product (Cel/min) they are refused.
 *   <li>[pH], B, Np, B[SPL] and the other units of a function are valid; they convert to themselves
 *       with another prefix (dB to B) and to nothing else.
 *   <li>Arbitrary units such as [iU] and [arb'U] convert only to themselves (UCUM §24–25).
 *   <li>Mass to amount, and HbA1c, need an {@link Analyte}.
 * </ul>
 *
 * <p>Every method answers every text: nothing is thrown, what cannot be converted is refused.
 * Source: The Unified Code for Units of Measure, 2.2, by the definitions in org.fhir:ucum.
 */
public final class Units {
  /** The longest expression, in characters, that is looked at. */
  public static final int MAX_LENGTH = 256;

  private static final Pairs PAIRS = new Pairs();

  private Units() {}

  /** Whether this is a UCUM expression. */
  public static boolean isValid(String expression) {
    return refusal(expression, expression, null) == null;
  }

  /** Why this is no UCUM expression; null when it is one. */
  public static @Nullable Refusal refusal(String expression) {
    return refusal(expression, expression, null);
  }

  /** Whether a number in one unit can be stated in the other without knowing of what it is. */
  public static boolean areCommensurable(String one, String other) {
    return conversion(one, other, null) != null;
  }

  /** The conversion between two UCUM expressions; null where it is refused. */
  public static @Nullable Conversion conversion(String from, String to) {
    return resolve(from, to, null).conversion();
  }

  /** The conversion between two UCUM expressions for an analyte; null where it is refused. */
  public static @Nullable Conversion conversion(String from, String to, @Nullable Analyte analyte) {
    return resolve(from, to, analyte).conversion();
  }

  /** Why {@link #conversion(String, String, Analyte)} refuses; null when it does not. */
  public static @Nullable Refusal refusal(String from, String to, @Nullable Analyte analyte) {
    return resolve(from, to, analyte).refusal();
  }

  /** One value converted; empty where the conversion is refused. */
  public static OptionalDouble convert(double value, String from, String to) {
    Conversion conversion = conversion(from, to, null);
    return conversion == null ? OptionalDouble.empty() : OptionalDouble.of(conversion.apply(value));
  }

  static int remembered() {
    return PAIRS.size();
  }

  private static Resolved resolve(String from, String to, @Nullable Analyte analyte) {
    Resolved resolved = PAIRS.find(from, to, analyte);
    if (resolved == null) {
      resolved = Definitions.RESOLVER.resolve(from, to, analyte);
      PAIRS.keep(resolved);
    }
    return resolved;
  }

  /** Read when the first pair is asked for. */
  private static final class Definitions {
    static final Resolver RESOLVER = new Resolver();
  }
}
