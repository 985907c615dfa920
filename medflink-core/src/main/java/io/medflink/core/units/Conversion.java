// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * A resolved conversion, to be kept by whoever converts often: {@code (value + shift) * multiplier
 * / divisor + offset}, where most of the four are 0 or 1.
 *
 * <p>They are chosen so that as little as possible is rounded: mg to g divides by 1000 and [degF]
 * to Cel is (value - 32) * 5 / 9. So 98.6 [degF] is 37 Cel and 100.4 [degF] is 38 Cel to the last
 * bit: no threshold is crossed by a rounding.
 *
 * @param shift added first, in the unit converted from
 * @param multiplier positive
 * @param divisor positive
 * @param offset added last, in the unit converted to
 */
public record Conversion(double shift, double multiplier, double divisor, double offset)
    implements Serializable {

  static final Conversion IDENTITY = new Conversion(0, 1, 1, 0);

  private static final MathContext WRITTEN = new MathContext(30);

  /** So that 10 to this power is still a double. */
  private static final int MAX_SCALE = 15;

  /**
   * The value in the other unit. NaN and infinities stay what they are; a result too large for a
   * double is infinite.
   */
  public double apply(double value) {
    return (value + shift) * multiplier / divisor + offset;
  }

  /** {@code value * factor + offset}; null where a double cannot hold that. */
  static @Nullable Conversion of(BigDecimal factor, BigDecimal offset) {
    if (!isNormal(factor)) {
      return null;
    }
    BigDecimal inverse = written(BigDecimal.ONE.divide(factor, Scale.PRECISION));
    BigDecimal shift = written(offset.divide(factor, Scale.PRECISION));
    BigDecimal f = written(factor);
    BigDecimal o = written(offset);
    if (!isNormal(inverse) || (o.signum() != 0 && !(isNormal(o) && isNormal(shift)))) {
      return null;
    }
    boolean multiply = isExact(f) || (!isExact(inverse) && f.precision() <= inverse.precision());
    BigDecimal above = multiply ? f : BigDecimal.ONE;
    BigDecimal below = multiply ? BigDecimal.ONE : inverse;
    if (!isExact(below) && below.scale() > 0 && below.scale() <= MAX_SCALE) {
      above = BigDecimal.TEN.pow(below.scale());
      below = below.multiply(above);
      BigDecimal common = new BigDecimal(above.toBigInteger().gcd(below.toBigInteger()));
      above = above.divide(common);
      below = below.divide(common);
    }
    boolean after = o.precision() <= shift.precision();
    return new Conversion(
        after ? 0 : shift.doubleValue(),
        above.doubleValue(),
        below.doubleValue(),
        after ? o.doubleValue() : 0);
  }

  private static BigDecimal written(BigDecimal number) {
    return number.round(WRITTEN).stripTrailingZeros();
  }

  private static boolean isExact(BigDecimal number) {
    return new BigDecimal(number.doubleValue()).compareTo(number) == 0;
  }

  private static boolean isNormal(BigDecimal number) {
    double magnitude = Math.abs(number.doubleValue());
    return magnitude >= Double.MIN_NORMAL && magnitude <= Double.MAX_VALUE;
  }
}
