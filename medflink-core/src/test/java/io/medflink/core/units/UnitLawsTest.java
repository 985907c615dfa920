// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.DefinedUnit;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.junit.jupiter.api.Test;

/** What holds for every expression, on generated ones. */
final class UnitLawsTest {
  private static final Percentage TIGHT = Percentage.withPercentage(1e-10);
  private static final int COUNT = 150;

  private final UcumEssenceService library = GeneratedExpressions.service();

  @Test
  void everyExpressionIsValidAndAgreesWithTheLibrarysCanonicalForm() throws UcumException {
    int tight = 0;
    for (Sample sample : samples(1)) {
      double factor = factor(sample.text(), sample.canonical());
      // The library rounds quotients to the digits it has: to it [mil_us]/243 is 1.0e-7 m.
      assertThat(factor)
          .as(sample.text())
          .isCloseTo(sample.factor(), Percentage.withPercentage(10));
      tight += Math.abs(factor / sample.factor() - 1) < 1e-12 ? 1 : 0;
    }
    assertThat(tight).isGreaterThan(COUNT * 3 / 4);
  }

  @Test
  void thereAndBackIsWhereItWas() throws UcumException {
    for (Sample sample : samples(2)) {
      double there = factor(sample.text(), sample.canonical());
      assertThat(factor(sample.canonical(), sample.text()) * there)
          .as(sample.text())
          .isCloseTo(1, TIGHT);
    }
  }

  @Test
  void aDetourDoesNotMatter() throws UcumException {
    for (Sample sample : samples(3)) {
      String detour = "7.(" + sample.canonical() + ").km/[in_i]";
      assertThat(factor(sample.text(), detour) * factor(detour, sample.canonical()))
          .as(sample.text())
          .isCloseTo(factor(sample.text(), sample.canonical()), TIGHT);
    }
  }

  @Test
  void theFactorOfAProductIsTheProductOfTheFactors() throws UcumException {
    List<Sample> samples = samples(4);
    for (int i = 1; i < samples.size(); i++) {
      Sample u = samples.get(i - 1);
      Sample v = samples.get(i);
      double fu = factor(u.text(), u.canonical());
      double fv = factor(v.text(), v.canonical());
      String base = "(" + u.canonical() + ").(" + v.canonical() + ")";
      assertThat(factor(bracketed(u.text()) + "." + bracketed(v.text()), base))
          .isCloseTo(fu * fv, TIGHT);
      String ratio = "(" + u.canonical() + ")/(" + v.canonical() + ")";
      assertThat(factor(bracketed(u.text()) + "/" + bracketed(v.text()), ratio))
          .isCloseTo(fu / fv, TIGHT);
    }
  }

  @Test
  void bracketsAndAnnotationsChangeNothing() throws UcumException {
    for (Sample sample : samples(5)) {
      assertThat(factor(bracketed(sample.text()) + "{note}", sample.text())).isEqualTo(1);
    }
  }

  @Test
  void anotherDimensionIsRefused() throws UcumException {
    for (Sample sample : samples(6)) {
      assertThat(Units.refusal(sample.text(), bracketed(sample.text()) + ".cd", null))
          .isEqualTo(Refusal.NOT_COMMENSURABLE);
    }
  }

  @Test
  void everyUnitOfTheTablesIsValid() {
    for (DefinedUnit unit : library.getModel().getDefinedUnits()) {
      // The only symbol with operators inside; the library reads no such thing.
      boolean readable = !unit.getCode().equals("[m/s2/Hz^(1/2)]");
      assertThat(Units.isValid(unit.getCode())).as(unit.getCode()).isEqualTo(readable);
    }
  }

  @Test
  void everyUnitOnARatioScaleIsWhatTheLibraryTakesItFor() throws UcumException {
    for (DefinedUnit unit : library.getModel().getDefinedUnits()) {
      if (!unit.isSpecial() && !unit.getValue().getUnit().equals("1")) {
        Pair form = library.getCanonicalForm(new Pair(new Decimal("1"), unit.getCode()));
        String canonical = form.getCode().isEmpty() ? "1" : form.getCode();
        if (Units.areCommensurable(unit.getCode(), canonical)) {
          // The library keeps few digits: a quart is 9.46e-4 m3 to it.
          assertThat(factor(unit.getCode(), canonical))
              .as(unit.getCode())
              .isCloseTo(
                  Double.parseDouble(form.getValue().asScientific()), Percentage.withPercentage(1));
        } else {
          assertThat(unit.getCode()).isEqualTo("[IU]");
        }
      }
    }
  }

  @Test
  void noiseIsAnsweredAndNeverMoreValidThanToTheLibrary() {
    GeneratedExpressions expressions = new GeneratedExpressions(7);
    int valid = 0;
    for (int i = 0; i < 50_000; i++) {
      String noise = expressions.noise();
      if (Units.isValid(noise)) {
        valid++;
        assertThat(library.validate(noise)).as(noise).isNull();
      }
    }
    assertThat(valid).isGreaterThan(100);
  }

  private List<Sample> samples(long seed) throws UcumException {
    GeneratedExpressions expressions = new GeneratedExpressions(seed);
    List<Sample> samples = new ArrayList<>();
    while (samples.size() < COUNT) {
      String text = expressions.next();
      assertThat(Units.refusal(text)).as(text).isNull();
      Pair form = library.getCanonicalForm(new Pair(new Decimal("1"), text));
      double factor = Double.parseDouble(form.getValue().asScientific());
      if (factor > 1e-150 && factor < 1e150) {
        samples.add(new Sample(text, form.getCode().isEmpty() ? "1" : form.getCode(), factor));
      }
    }
    return samples;
  }

  private static double factor(String from, String to) {
    Conversion conversion = Units.conversion(from, to);
    assertThat(conversion).as("%s to %s", from, to).isNotNull();
    assertThat(conversion.apply(0)).isZero();
    return conversion.apply(1);
  }

  /** A leading solidus isn't allowed in brackets. */
  private static String bracketed(String text) {
    return text.startsWith("/") ? "(1" + text + ")" : "(" + text + ")";
  }

  private record Sample(String text, String canonical, double factor) {}
}
