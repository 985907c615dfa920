// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
  private static final Percentage TIGHT = Percentage.withPercentage(1e-10);

  @ParameterizedTest
  @CsvSource({
    "98.6, [degF], 37, Cel",
    "100.4, [degF], 38, Cel",
    "37, Cel, 98.6, [degF]",
    "-40, Cel, -40, [degF]",
    "310.15, K, 37, Cel",
    "37, Cel, 310.15, K",
    "37000, mCel, 98.6, [degF]",
    "0, K, -459.67, [degF]",
    "100, Cel, 80, [degRe]",
    "32, [degF], 0, [degRe]",
    "0, Cel, 491.67, [degR]",
    "36.6, Cel, 36.6, Cel{oral}",
  })
  void temperaturesConvertWithTheirOffset(double value, String from, double expected, String to) {
    assertThat(convert(value, from, to, null)).isCloseTo(expected, within(1e-12 * 500));
  }

  @Test
  void feverIsNotMovedByABit() {
    assertThat(convert(100.4, "[degF]", "Cel", null)).isEqualTo(38.0);
    assertThat(convert(98.6, "[degF]", "Cel", null)).isEqualTo(37.0);
    assertThat(convert(95, "[degF]", "Cel", null)).isEqualTo(35.0);
    assertThat(convert(132.6, "umol/L", "mg/dL", Analyte.CREATININE)).isEqualTo(1.5);
    assertThat(convert(3, "mg", "g", null)).isEqualTo(0.003);
    assertThat(convert(7, "mmol/L", "mg/dL", Analyte.GLUCOSE)).isEqualTo(7 * 18.016);
  }

  @ParameterizedTest
  @CsvSource({
    "1, kPa, 7.500637554192107, mm[Hg]",
    "12, cm[Hg], 120, mm[Hg]",
    "10, cm[H2O], 7.355612727081802, mm[Hg]",
    "10, cm[H2O], 0.980665, kPa",
    "120, mm[Hg], 15.99864, kPa",
    "4.5, 10*3/uL, 4.5, 10*9/L",
    "72, /min, 1.2, Hz",
    "150, [lb_av], 68.0388555, kg",
    "70, [in_i], 177.8, cm",
    "1, [qt_us], 0.946352946, L",
    "1, [min_us], 61.611519921875, uL",
    "1, [mil_us]/243, 1.0452695802510947, 10*-7.m",
    "1, mg%, 1, mg/dL",
    "500, m[IU]/L, 500, u[iU]/mL",
    "3, dB, 0.3, B",
    "50, mmol/mol, 5, %",
    "21, %, 0.21, 1",
  })
  void ordinaryUnitsConvertByTheirFactor(double value, String from, double expected, String to) {
    assertThat(convert(value, from, to, null)).isCloseTo(expected, TIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "GLUCOSE, 1, mmol/L, 18.016, mg/dL",
    "GLUCOSE, 100, mg/dL, 5.55062166962700, mmol/L",
    "GLUCOSE, 1, g/L, 5550.62166962700, umol/L",
    "GLUCOSE, 90.08, mg%, 5, mmol/L{plasma}",
    "GLUCOSE, 1.8, g/L, 180, mg/dL",
    "CHOLESTEROL, 5, mmol/L, 193.35, mg/dL",
    "TRIGLYCERIDE, 150, mg/dL, 1.69357570283391, mmol/L",
    "CREATININE, 88.4, umol/L, 1, mg/dL",
    "CREATININE, 1.5, mg/dL, 0.1326, mmol/L",
    "BILIRUBIN, 34.2, umol/L, 2, mg/dL",
    "ALBUMIN_CREATININE_RATIO, 3.4, mg/mmol, 30.056, mg/g",
    "ALBUMIN_CREATININE_RATIO, 30, mg/g, 3.39366515837104, g/mol",
    "ALBUMIN_CREATININE_RATIO, 30, ug/mg, 30, mg/g{creat}",
    "HBA1C, 48, mmol/mol, 6.541984628053802, %",
    "HBA1C, 6.5, %, 47.54115, mmol/mol",
    "HBA1C, 0.065, 1, 47.54115, mmol/mol",
    "HBA1C, 48, umol/mmol, 6.541984628053802, %",
    "HBA1C, 7, %, 0.07, 1",
    "HBA1C, 48, mmol/mol, 0.048, mol/mol",
  })
  void anAnalyteJoinsMassAndAmount(
      Analyte analyte, double value, String from, double expected, String to) {
    assertThat(convert(value, from, to, analyte)).isCloseTo(expected, TIGHT);
    assertThat(convert(expected, to, from, analyte)).isCloseTo(value, TIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "mg/dL, mmol/L,",
    "mg/mmol, mg/g,",
    "mg/dL, mmol, GLUCOSE",
    "mg/dL, mmol/kg, GLUCOSE",
    "/L, mmol/L, GLUCOSE",
    "g2/L, mmol/L, GLUCOSE",
    "[iU]/L, mg/dL, GLUCOSE",
    "mmol/mol, mg/g, ALBUMIN_CREATININE_RATIO",
    "mg/L, mg/mmol, ALBUMIN_CREATININE_RATIO",
    "mg/g, mmol/mol, HBA1C",
    "mmol/L, %, HBA1C",
    "meq/mg, %, HBA1C",
    "[iU], ug,",
    "[iU], [arb'U],",
    "[iU]/mL, /mL,",
    "[pH], mol/L,",
    "B, 1,",
    "B[V], V,",
    "Cel, m,",
    "mm[Hg], mm,",
  })
  void whatIsNotOfOneKindIsRefused(String from, String to, @Nullable Analyte analyte) {
    assertThat(Units.refusal(from, to, analyte)).isEqualTo(Refusal.NOT_COMMENSURABLE);
    assertThat(Units.refusal(to, from, analyte)).isEqualTo(Refusal.NOT_COMMENSURABLE);
    assertThat(Units.conversion(from, to, analyte)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"Cel/min, K/min", "2.Cel, K", "Cel2, K2", "/Cel, /K", "K, 1/(Cel)", "dB.m, B.m"})
  void aUnitWithoutARatioScaleHasNoProducts(String from, String to) {
    assertThat(Units.isValid(from)).isTrue();
    assertThat(Units.refusal(from, to, null)).isEqualTo(Refusal.NOT_A_RATIO);
    assertThat(Units.conversion(from, from)).isEqualTo(Conversion.IDENTITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "mg /dL",
        "MG/DL",
        "m)",
        "(m",
        "m//s",
        "m./s",
        "m.(/s)",
        "m.-3",
        "+3",
        "m()",
        "m(s)",
        "/",
        ".m",
        "m.",
        "{a",
        "a}",
        "{a{b}}",
        "m{a}2",
        "2m",
        "m^2",
        "m--2",
        "[in_i",
        "in_i]",
        "99999999999.m",
        "m99999999999",
        "mmHg",
        "bpm",
        "degC",
        "\n",
        "m\u0000",
        "null"
      })
  void whatTheGrammarDoesNotDeriveIsRefused(String expression) {
    assertThat(Units.refusal(expression)).isEqualTo(Refusal.NOT_UCUM);
    assertThat(Units.refusal("m", expression, null)).isEqualTo(Refusal.NOT_UCUM);
    assertThat(Units.convert(1, expression, "m")).isEmpty();
  }

  @Test
  void lettersOutsideAsciiAreRefusedWithTheirReason() {
    assertThat(Units.refusal("\u00b5g/L")).isEqualTo(Refusal.GREEK_MU);
    assertThat(Units.refusal("\u03bcg/L")).isEqualTo(Refusal.GREEK_MU);
    assertThat(Units.refusal("\u00b0C")).isEqualTo(Refusal.NOT_ASCII);
    assertThat(Units.refusal("m{\u2082}")).isEqualTo(Refusal.NOT_ASCII);
    assertThat(Refusal.GREEK_MU.reason()).contains("written u");
  }

  @Test
  void whatADoubleCannotHoldIsRefused() {
    for (String unit :
        new String[] {"10*400", "10*-400", "10*2000000000", "0", "m/0", "10*310.(m/m)"}) {
      assertThat(Units.refusal(unit)).as(unit).isNull();
      assertThat(Units.refusal(unit, "%", null)).as(unit).isNotNull();
    }
    assertThat(Units.refusal("10*400", "1", null)).isEqualTo(Refusal.OUT_OF_RANGE);
    assertThat(Units.refusal("0", "1", null)).isEqualTo(Refusal.OUT_OF_RANGE);
    assertThat(Units.refusal("1", "0", null)).isEqualTo(Refusal.OUT_OF_RANGE);
    assertThat(convert(1, "10*400", "10*399", null)).isCloseTo(10, TIGHT);
  }

  @Test
  void lengthAndDepthAreBounded() {
    assertThat(Units.refusal("m".repeat(Units.MAX_LENGTH + 1))).isEqualTo(Refusal.TOO_LONG);
    int depth = Units.MAX_LENGTH / 2 - 1;
    assertThat(Units.isValid("(".repeat(depth) + "mm" + ")".repeat(depth))).isTrue();
    assertThat(Units.isValid("m" + ".m".repeat(depth))).isTrue();
  }

  @Test
  void numbersThatAreNoneStayNone() {
    assertThat(convert(Double.NaN, "[degF]", "Cel", null)).isNaN();
    assertThat(convert(Double.POSITIVE_INFINITY, "g", "mg", null)).isInfinite();
  }

  @Test
  void commensurableMeansWithoutKnowingTheAnalyte() {
    assertThat(Units.areCommensurable("mm[Hg]", "kPa")).isTrue();
    assertThat(Units.areCommensurable("mg/dL", "mmol/L")).isFalse();
    assertThat(Units.areCommensurable("mg/dL", "mgg/dL")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void noReasonQuotesTheInput(Refusal refusal) {
    assertThat(refusal.reason()).doesNotContainPattern("[{}%'\"]").isNotBlank();
    assertThat(new Resolved("Jane", "Roe", null, null, refusal).toString())
        .doesNotContain("Jane", "Roe");
    assertThat(new Resolved("Jane", "Roe", null, Conversion.IDENTITY, null).toString())
        .doesNotContain("Jane", "Roe");
  }

  private static double convert(double value, String from, String to, @Nullable Analyte analyte) {
    Conversion conversion = Units.conversion(from, to, analyte);
    assertThat(conversion).as("%s to %s", from, to).isNotNull();
    return conversion.apply(value);
  }
}
