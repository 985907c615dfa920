// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The coefficients that ship with the model are those of the publication's tables. */
final class PreventEquationTest {

  @Test
  void everyNumberIsThatOfTheReferenceAndNoneIsLeftOver() throws Exception {
    Path file =
        VectorsFile.locate(
            "medflink.clinical.prevent-coefficients", "clinical/prevent-coefficients.json");
    JsonNode reference = new JsonMapper().readTree(file.toFile());
    PreventEquation[] equations = PreventEquation.all();
    int numbers = 0;
    int equation = 0;
    for (String model : PreventEquation.MODELS) {
      for (String years : PreventEquation.YEARS) {
        for (String sex : PreventEquation.SEXES) {
          for (String outcome : PreventEquation.OUTCOMES) {
            JsonNode terms = reference.path(model + "_" + years).path(sex).path(outcome);
            Map<String, Double> expected = new HashMap<>();
            terms.properties().forEach(t -> expected.put(t.getKey(), t.getValue().doubleValue()));
            assertThat(expected).isNotEmpty();
            assertThat(terms(equations[equation++]))
                .as("%s %s %s %s", model, years, sex, outcome)
                .isEqualTo(expected);
            numbers += expected.size();
          }
        }
      }
    }
    assertThat(equations).hasSize(equation);
    assertThat(numbers).isEqualTo(2310);
    assertThat(reference.size())
        .isEqualTo(PreventEquation.MODELS.size() * PreventEquation.YEARS.size());
  }

  @Test
  void thereIsOneForEachModelTimeSexAndOutcome() {
    assertThat(PreventEquation.all())
        .hasSize(100)
        .allSatisfy(equation -> assertThat(equation.constant()).isNegative())
        .doesNotHaveDuplicates();
  }

  /** Those that aren't 0, by the names of the publication's tables. */
  private static Map<String, Double> terms(PreventEquation equation)
      throws ReflectiveOperationException {
    Map<String, Double> terms = new HashMap<>();
    for (RecordComponent component : PreventEquation.class.getRecordComponents()) {
      double coefficient = (double) component.getAccessor().invoke(equation);
      if (coefficient != 0) {
        terms.put(name(component.getName()), coefficient);
      }
    }
    return terms;
  }

  private static String name(String component) {
    return switch (component) {
      case "constant" -> "const";
      case "sdi4To6" -> "sdi_4_6";
      case "sdi7To10" -> "sdi_7_10";
      default -> component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    };
  }
}
