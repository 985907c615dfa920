// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.AssessOptions;
import io.medflink.core.Demographic;
import io.medflink.core.Explanation;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.Observation;
import io.medflink.core.ObservationType;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskModel;
import io.medflink.core.Setting;
import io.medflink.core.Vital;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model keeps in a stream: it sees what it declared, as long as it declared. */
final class StreamContractTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  static Stream<String> models() {
    return RiskModels.all().stream().map(RiskModel::id);
  }

  private static List<ObservationType> all() {
    return Stream.<ObservationType[]>of(
            Vital.values(), Lab.values(), Demographic.values(), Setting.values())
        .flatMap(Stream::of)
        .toList();
  }

  private static Set<ObservationType> declared(RiskModel model) {
    Set<ObservationType> types = new LinkedHashSet<>();
    model.card().inputs().forEach(input -> types.addAll(input.types()));
    return types;
  }

  private static Observation value(ObservationType type) {
    if (type.isDate()) {
      return Observation.coded(type, "1964-05-01");
    }
    if (!type.codes().isEmpty()) {
      return Observation.coded(type, type.codes().get(0));
    }
    double low = Math.max(type.possible().low(), 0);
    double high = Math.min(type.possible().high(), 1000);
    return Observation.of(type, Math.rint(low + (high - low) * 0.3));
  }

  private static Panel panel(Instant time, Iterable<? extends ObservationType> types) {
    List<Observation> values = new ArrayList<>();
    types.forEach(type -> values.add(value(type)));
    return Panel.of("ward|1", time, values.toArray(Observation[]::new));
  }

  private static RiskAssessment last(RiskModel model, Panel... panels) {
    return ward(model, panels).last(model).lastEntry().getValue();
  }

  private static Ward ward(RiskModel model, Panel... panels) {
    Ward ward = new Ward(AssessOptions.immediate(), model);
    ward.explains = true;
    for (Panel panel : panels) {
      ward.send(panel);
    }
    return ward;
  }

  @ParameterizedTest
  @MethodSource("models")
  void ignoresWhatItDidNotDeclare(String id) {
    RiskModel model = RiskModels.byId(id);
    Set<ObservationType> declared = declared(model);
    // What a laboratory says beside a value is declared, but comes with the value.
    declared.retainAll(all());

    RiskAssessment alone = last(model, panel(NOON, declared));
    RiskAssessment among = last(model, panel(NOON, all()));

    assertThat(among.predictions()).isEqualTo(alone.predictions());
    assertThat(among.missing()).isEqualTo(alone.missing());
    assertThat(among.reason()).isEqualTo(alone.reason());
    assertThat(among.levelLow()).isEqualTo(alone.levelLow());
    assertThat(among.levelHigh()).isEqualTo(alone.levelHigh());
    assertThat(all()).hasSizeGreaterThan(declared.size());
  }

  @ParameterizedTest
  @MethodSource("models")
  void ignoresWhatIsTooOldAndNothingThatIsNot(String id) {
    RiskModel model = RiskModels.byId(id);
    for (Input input : model.card().inputs()) {
      List<ObservationType> others = new ArrayList<>(declared(model));
      others.retainAll(all());
      others.removeAll(input.types());
      boolean latest = input.derivation() == null && input.history() == null;
      boolean ages = input.within().compareTo(Duration.ofDays(400)) < 0;
      if (!latest || !ages || others.isEmpty() || !all().containsAll(input.types())) {
        continue;
      }
      Panel value = panel(NOON, input.types());
      Instant end = NOON.plus(input.within());

      assertThat(isKnown(model, input, value, panel(end, others))).as(input.name()).isTrue();
      assertThat(isKnown(model, input, value, panel(end.plusMillis(1), others)))
          .as(input.name() + " too old")
          .isFalse();
    }
  }

  private static boolean isKnown(RiskModel model, Input input, Panel... panels) {
    Ward ward = ward(model, panels);
    Explanation last = ward.explained.get(ward.explained.size() - 1).explanation();
    for (Explanation.Counted counted : last.inputs()) {
      if (counted.input().equals(input.name())) {
        return !Double.isNaN(counted.value()) && counted.time() != null;
      }
    }
    return false;
  }
}
