// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Demographic;
import io.medflink.core.Derivation;
import io.medflink.core.Input;
import io.medflink.core.ObservationType;
import io.medflink.core.Vital;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scores' derived inputs make of the values that feeds send. */
final class DerivedInputsTest {

  @ParameterizedTest
  @CsvSource({
    "2025-12-02, 0-3m", "2025-12-01, 3-12m", "2025-03-02, 3-12m", "2025-03-01, 1-4y",
    "2022-03-01, 1-4y", "2022-02-28, 4-12y", "2014-03-01, 4-12y", "2014-02-28, 12-18y",
    "2008-03-02, 12-18y", "2008-03-01, adult", "1950-01-01, adult"
  })
  void theAgeGroupOfBedsidePewsChangesOnTheBirthdaysItNames(LocalDate born, String group) {
    Input input = input("bedside-pews", "age_group");

    double value = derive(input, Map.of(Demographic.BIRTH_DATE, (double) born.toEpochDay()));

    assertThat(input.codes().get((int) value)).isEqualTo(group);
  }

  @Test
  void anUnknownOrFutureBirthHasNoAgeGroup() {
    Input input = input("bedside-pews", "age_group");
    double tomorrow = LocalDate.parse("2026-03-02").toEpochDay();

    assertThat(derive(input, Map.of())).isNaN();
    assertThat(derive(input, Map.of(Demographic.BIRTH_DATE, tomorrow))).isNaN();
  }

  @Test
  void oxygenOfBedsidePewsFollowsFromFlowAndFraction() {
    Input o2 = input("bedside-pews", "o2");

    assertThat(derive(o2, Map.of(Vital.OXYGEN_FLOW, 0.0))).isEqualTo(o2.code("room_air"));
    assertThat(derive(o2, Map.of(Vital.OXYGEN_FRACTION, 21.0))).isEqualTo(o2.code("room_air"));
    assertThat(derive(o2, Map.of(Vital.OXYGEN_DEVICE, 0.0))).isEqualTo(o2.code("room_air"));
    assertThat(derive(o2, Map.of(Vital.OXYGEN_FLOW, 3.9))).isEqualTo(o2.code("lt4L_lt50pct"));
    assertThat(derive(o2, Map.of(Vital.OXYGEN_FRACTION, 49.0))).isEqualTo(o2.code("lt4L_lt50pct"));
    assertThat(derive(o2, Map.of(Vital.OXYGEN_FLOW, 4.0))).isEqualTo(o2.code("ge4L_ge50pct"));
    assertThat(derive(o2, Map.of(Vital.OXYGEN_FRACTION, 50.0))).isEqualTo(o2.code("ge4L_ge50pct"));
    assertThat(derive(o2, Map.of(Vital.OXYGEN_FLOW, 2.0, Vital.OXYGEN_FRACTION, 60.0)))
        .isEqualTo(o2.code("ge4L_ge50pct"));
    assertThat(derive(o2, Map.of(Vital.OXYGEN_DEVICE, 1.0))).isNaN();
    assertThat(derive(o2, Map.of(Vital.OXYGEN_FLOW, 4.0, Vital.OXYGEN_DEVICE, 0.0))).isNaN();
    assertThat(derive(o2, Map.of())).isNaN();
  }

  @Test
  void mentationIsAlteredWhenEitherSaysSoAndLeftOpenByAlertAlone() {
    Input altered = input("qsofa", "altered");
    double alert = Vital.CONSCIOUSNESS.codes().indexOf("A");
    double confused = Vital.CONSCIOUSNESS.codes().indexOf("C");

    assertThat(derive(altered, Map.of(Vital.CONSCIOUSNESS, alert))).isNaN();
    assertThat(derive(altered, Map.of(Vital.CONSCIOUSNESS, confused))).isEqualTo(1);
    assertThat(derive(altered, Map.of(Vital.ALTERED_MENTATION, 1.0, Vital.CONSCIOUSNESS, alert)))
        .isEqualTo(1);
    assertThat(derive(altered, Map.of(Vital.ALTERED_MENTATION, 0.0, Vital.CONSCIOUSNESS, confused)))
        .isEqualTo(1);
    assertThat(derive(altered, Map.of(Vital.ALTERED_MENTATION, 0.0))).isZero();
  }

  @Test
  void theMeanPressureOfSofaIsTheOneSentElseEstimatedFromAPossiblePair() {
    Input map = input("sofa1996", "map_mmhg");
    Map<ObservationType, Double> pair =
        Map.of(Vital.SYSTOLIC_PRESSURE, 120.0, Vital.DIASTOLIC_PRESSURE, 60.0);
    Map<ObservationType, Double> swapped =
        Map.of(Vital.SYSTOLIC_PRESSURE, 60.0, Vital.DIASTOLIC_PRESSURE, 120.0);

    assertThat(derive(map, pair)).isEqualTo(80);
    assertThat(derive(map, swapped)).isNaN();
    assertThat(derive(map, Map.of(Vital.SYSTOLIC_PRESSURE, 120.0))).isNaN();
    assertThat(
            derive(
                map,
                Map.of(
                    Vital.MEAN_PRESSURE,
                    71.0,
                    Vital.SYSTOLIC_PRESSURE,
                    120.0,
                    Vital.DIASTOLIC_PRESSURE,
                    60.0)))
        .isEqualTo(71);
  }

  private static Input input(String model, String name) {
    return RiskModels.byId(model).card().inputs().stream()
        .filter(input -> input.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  /** At 2026-03-01, 09:00 UTC. */
  private static double derive(Input input, Map<? extends ObservationType, Double> values) {
    return input
        .derivation()
        .derive(
            new Derivation.Sources() {
              @Override
              public double value(ObservationType type) {
                return values.containsKey(type) ? values.get(type) : Double.NaN;
              }

              @Override
              public long time(ObservationType type) {
                return values.containsKey(type) ? moment() : Long.MIN_VALUE;
              }

              @Override
              public long moment() {
                return Instant.parse("2026-03-01T09:00:00Z").toEpochMilli();
              }
            });
  }
}
