// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.units.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every vital sign, laboratory value, demographic and setting keeps, the next one too. */
final class ObservationTypesTest {
  /** Codes with a wrong check digit that feeds send all the same. */
  private static final Set<String> MISPRINTS = Set.of("3150-6");

  static Stream<ObservationType> types() {
    return Stream.of(Vital.values(), Lab.values(), Demographic.values(), Setting.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("types")
  void hasACodeAndEitherAUnitOrCodesOrADate(ObservationType type) {
    assertThat(type.loinc())
        .satisfiesAnyOf(
            code -> assertThat(code).matches("medflink:[a-z0-9]+(-[a-z0-9]+)*"),
            code -> assertThat(isLoinc(code)).isTrue());
    assertThat(type.equivalents()).allMatch(code -> isLoinc(code) || MISPRINTS.contains(code));
    int kinds = (type.unit() == null ? 0 : 1) + (type.codes().isEmpty() ? 0 : 1);
    assertThat(kinds + (type.isDate() ? 1 : 0)).isEqualTo(1);
    assertThat(type.codes()).doesNotHaveDuplicates().allMatch(code -> !code.isBlank());
  }

  @ParameterizedTest
  @MethodSource("types")
  void hasAUnitARangeAndAJumpThatMakeSense(ObservationType type) {
    if (type.unit() != null) {
      assertThat(Units.isValid(type.unit())).isTrue();
      assertThat(type.possible().isEmpty()).isFalse();
      assertThat(type.possible().low()).as("an end of what is possible").isFinite();
    }
    ObservationType.Jump jump = type.jump();
    if (jump != null) {
      assertThat(jump.within()).isPositive();
      assertThat(jump.change())
          .isPositive()
          .isLessThan(type.possible().high() - type.possible().low());
    }
  }

  @Test
  void noCodeMeansTwoThings() {
    List<String> codes = new ArrayList<>();
    types()
        .forEach(
            type -> {
              codes.add(type.loinc());
              codes.addAll(type.equivalents());
            });
    assertThat(codes).doesNotHaveDuplicates();
  }

  /** Digits, a hyphen and the check digit (Luhn's mod 10), as LOINC makes it. */
  private static boolean isLoinc(String code) {
    if (!code.matches("\\d{1,7}-\\d")) {
      return false;
    }
    int sum = 0;
    boolean twice = false;
    for (int i = code.length() - 1; i >= 0; i--) {
      if (code.charAt(i) != '-') {
        int digit = (code.charAt(i) - '0') * (twice ? 2 : 1);
        sum += digit / 10 + digit % 10;
        twice = !twice;
      }
    }
    return sum % 10 == 0;
  }
}
