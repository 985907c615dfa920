// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an expression means: {@code value * factor + offset} in the product of base units.
 *
 * @param refusal why it can be converted to nothing but itself, else null
 * @param special on no ratio scale (Cel, B, …): alone it converts, in a product it has no meaning
 * @param dimension exponents other than 0, by base unit; units that UCUM calls arbitrary and those
 *     of logarithms and the like are bases of their own
 * @param moles the exponent of mol, which UCUM counts as a number
 * @param mentions base units and mol wherever they occur, even where they cancel out
 */
record Scale(
    @Nullable Refusal refusal,
    boolean special,
    BigDecimal factor,
    BigDecimal offset,
    Map<String, Integer> dimension,
    int moles,
    Set<String> mentions) {

  /** Enough for a factor to be right to the last bit after any number of roundings. */
  static final MathContext PRECISION = new MathContext(50);

  static final String MOLE = "mol";
  static final Scale ONE = number(BigDecimal.ONE);
  static final Scale OUT_OF_RANGE = refused(Refusal.OUT_OF_RANGE);
  private static final Scale NOT_A_RATIO = refused(Refusal.NOT_A_RATIO);

  static Scale number(BigDecimal number) {
    return new Scale(null, false, number, BigDecimal.ZERO, Map.of(), 0, Set.of());
  }

  static Scale base(String unit) {
    return new Scale(
        null, false, BigDecimal.ONE, BigDecimal.ZERO, Map.of(unit, 1), 0, Set.of(unit));
  }

  static Scale special(String unit, BigDecimal factor, BigDecimal offset) {
    return new Scale(null, true, factor, offset, Map.of(unit, 1), 0, Set.of(unit));
  }

  static Scale mole(BigDecimal particles) {
    return new Scale(null, false, particles, BigDecimal.ZERO, Map.of(), 1, Set.of(MOLE));
  }

  private static Scale refused(Refusal refusal) {
    return new Scale(refusal, false, BigDecimal.ONE, BigDecimal.ZERO, Map.of(), 0, Set.of());
  }

  /** As a prefix does: in UCUM it multiplies the reading, also of a special unit (§22). */
  Scale prefixed(BigDecimal prefix) {
    return new Scale(
        refusal, special, factor.multiply(prefix, PRECISION), offset, dimension, moles, mentions);
  }

  Scale times(Scale other) {
    if (isOne() || other.refusal != null) {
      return other;
    }
    if (other.isOne() || refusal != null) {
      return this;
    }
    if (special || other.special) {
      return NOT_A_RATIO;
    }
    Map<String, Integer> product = new HashMap<>(dimension);
    other.dimension.forEach((unit, exponent) -> product.merge(unit, exponent, Math::addExact));
    product.values().removeIf(exponent -> exponent == 0);
    Set<String> either = new HashSet<>(mentions);
    either.addAll(other.mentions);
    return new Scale(
        null,
        false,
        factor.multiply(other.factor, PRECISION),
        BigDecimal.ZERO,
        Map.copyOf(product),
        Math.addExact(moles, other.moles),
        Set.copyOf(either));
  }

  Scale power(int exponent) {
    if (exponent == 1 || refusal != null) {
      return this;
    }
    if (special) {
      return NOT_A_RATIO;
    }
    Map<String, Integer> raised = new HashMap<>();
    dimension.forEach((unit, e) -> raised.put(unit, Math.multiplyExact(e, exponent)));
    raised.values().removeIf(e -> e == 0);
    return new Scale(
        null,
        false,
        factor.pow(exponent, PRECISION),
        BigDecimal.ZERO,
        Map.copyOf(raised),
        Math.multiplyExact(moles, exponent),
        mentions);
  }

  boolean isAmount() {
    return mentions.contains(MOLE);
  }

  private boolean isOne() {
    return refusal == null && mentions.isEmpty() && factor.compareTo(BigDecimal.ONE) == 0;
  }
}
