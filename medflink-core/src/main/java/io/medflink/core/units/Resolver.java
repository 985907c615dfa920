// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves a pair that was not seen before. */
final class Resolver {
  private static final BigDecimal PERCENT = new BigDecimal("0.01");
  private static final BigDecimal PER_MILLE = new BigDecimal("0.001");

  private final Ucum ucum = new Ucum();
  private final BigDecimal particlesPerMole = particlesPerMole();

  Resolved resolve(String from, String to, @Nullable Analyte analyte) {
    Refusal syntax = Syntax.check(from);
    if (syntax == null) {
      syntax = Syntax.check(to);
    }
    Scale source = syntax == null ? ucum.scale(from) : null;
    Scale target = syntax == null ? ucum.scale(to) : null;
    if (source == null || target == null) {
      return refuse(from, to, analyte, syntax == null ? Refusal.NOT_UCUM : syntax);
    }
    if (from.equals(to)) {
      return new Resolved(from, to, analyte, Conversion.IDENTITY, null);
    }
    Refusal refusal = source.refusal() == null ? target.refusal() : source.refusal();
    if (refusal != null) {
      return refuse(from, to, analyte, refusal);
    }
    Line line = line(source, target, analyte);
    if (line == null) {
      return refuse(from, to, analyte, Refusal.NOT_COMMENSURABLE);
    }
    Conversion conversion = line.conversion(source, target);
    return conversion == null
        ? refuse(from, to, analyte, Refusal.OUT_OF_RANGE)
        : new Resolved(from, to, analyte, conversion, null);
  }

  private @Nullable Line line(Scale source, Scale target, @Nullable Analyte analyte) {
    if (analyte == null || source.isAmount() == target.isAmount()) {
      return source.dimension().equals(target.dimension()) ? Line.SAME : null;
    }
    BigDecimal gramsPerMole = analyte.gramsPerMole();
    if (gramsPerMole == null) {
      return hba1c(source, target);
    }
    BigDecimal particlesPerGram = particlesPerMole.divide(gramsPerMole, Scale.PRECISION);
    if (isMassForAmount(source, target)) {
      return new Line(particlesPerGram, BigDecimal.ZERO);
    }
    return isMassForAmount(target, source)
        ? new Line(BigDecimal.ONE.divide(particlesPerGram, Scale.PRECISION), BigDecimal.ZERO)
        : null;
  }

  /** The second has one mole where the first has one gram (so 1/g where the first has 1/mol). */
  private static boolean isMassForAmount(Scale mass, Scale amount) {
    Map<String, Integer> expected = new HashMap<>(mass.dimension());
    expected.merge("g", -1, Integer::sum);
    expected.values().removeIf(exponent -> exponent == 0);
    return expected.equals(amount.dimension()) && mass.moles() + 1 == amount.moles();
  }

  /** Between the fraction that mmol/mol states and the one that % states. */
  private static @Nullable Line hba1c(Scale source, Scale target) {
    if (isIfcc(source) && isNgsp(target)) {
      BigDecimal factor =
          PERCENT.divide(PER_MILLE.multiply(Analyte.IFCC_PER_NGSP), Scale.PRECISION);
      return new Line(factor, Analyte.NGSP_OFFSET.multiply(PERCENT));
    }
    if (isNgsp(source) && isIfcc(target)) {
      BigDecimal factor =
          PER_MILLE.multiply(Analyte.IFCC_PER_NGSP).divide(PERCENT, Scale.PRECISION);
      BigDecimal offset =
          Analyte.NGSP_OFFSET.multiply(Analyte.IFCC_PER_NGSP).multiply(PER_MILLE).negate();
      return new Line(factor, offset);
    }
    return null;
  }

  private static boolean isNgsp(Scale scale) {
    return scale.mentions().isEmpty();
  }

  private static boolean isIfcc(Scale scale) {
    return scale.mentions().equals(Set.of(Scale.MOLE)) && scale.moles() == 0;
  }

  private BigDecimal particlesPerMole() {
    Scale mole = ucum.scale(Scale.MOLE);
    if (mole == null) {
      throw new IllegalStateException("UCUM without a mole");
    }
    return mole.factor();
  }

  private static Resolved refuse(
      String from, String to, @Nullable Analyte analyte, Refusal refusal) {
    return new Resolved(from, to, analyte, null, refusal);
  }

  /** From one product of base units to another. */
  private record Line(BigDecimal factor, BigDecimal offset) {
    static final Line SAME = new Line(BigDecimal.ONE, BigDecimal.ZERO);

    @Nullable Conversion conversion(Scale source, Scale target) {
      try {
        BigDecimal slope =
            source
                .factor()
                .multiply(factor, Scale.PRECISION)
                .divide(target.factor(), Scale.PRECISION);
        BigDecimal zero = source.offset().multiply(factor).add(offset).subtract(target.offset());
        return Conversion.of(slope, zero.divide(target.factor(), Scale.PRECISION));
      } catch (ArithmeticException e) {
        return null;
      }
    }
  }
}
