// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Derivation;
import io.medflink.core.Input;
import io.medflink.core.Observation;
import io.medflink.core.ObservationType;
import io.medflink.core.RiskModel;
import io.medflink.core.units.Units;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A plausible value for the first type of each input of all models: in the type's unit, a code or a
 * date.
 */
record Facts(Map<ObservationType, Object> values) {

  static Facts of(Collection<RiskModel> models) {
    Map<ObservationType, Object> values = new LinkedHashMap<>();
    for (RiskModel model : models) {
      for (Input input : model.card().inputs()) {
        values.computeIfAbsent(input.types().get(0), type -> value(type, input));
      }
    }
    return new Facts(values);
  }

  private static Object value(ObservationType type, Input input) {
    if (type.isDate()) {
      return "1970-05-17";
    }
    if (!type.codes().isEmpty()) {
      return type.codes().get(0);
    }
    return input.derivation() != null
        ? Math.min(type.possible().high(), Math.max(type.possible().low(), 0) + 20)
        : converted(type, input.unit(), type.unit(), (double) Samples.of(input));
  }

  private static double converted(ObservationType type, String from, String to, double value) {
    return Objects.requireNonNull(Units.conversion(from, to, type.analyte())).apply(value);
  }

  /** Without each third type. */
  Facts withGaps() {
    Map<ObservationType, Object> left = new LinkedHashMap<>();
    int i = 0;
    for (var fact : values.entrySet()) {
      if (i++ % 3 < 2) {
        left.put(fact.getKey(), fact.getValue());
      }
    }
    return new Facts(left);
  }

  /** Whether one of them is what a model looks at. */
  boolean concern(RiskModel model) {
    return model.card().inputs().stream()
        .flatMap(input -> input.types().stream())
        .anyMatch(values::containsKey);
  }

  Observation observation(ObservationType type) {
    Object value = Objects.requireNonNull(values.get(type));
    return value instanceof Double number
        ? Observation.of(type, number)
        : Observation.coded(type, (String) value);
  }

  /** What a model's inputs are by these facts. */
  Map<String, Object> inputs(RiskModel model, Instant moment) {
    Map<String, Object> inputs = new HashMap<>();
    for (Input input : model.card().inputs()) {
      ObservationType type = input.types().get(0);
      double number =
          input.derivation() == null ? number(type) : input.derivation().derive(sources(moment));
      if (input.derivation() == null && input.unit() != null) {
        number = converted(type, type.unit(), input.unit(), number);
      }
      if (input.possible().contains(number)) {
        inputs.put(
            input.name(), input.codes().isEmpty() ? number : input.codes().get((int) number));
      }
    }
    return inputs;
  }

  private Derivation.Sources sources(Instant moment) {
    return new Derivation.Sources() {
      @Override
      public double value(ObservationType type) {
        return number(type);
      }

      @Override
      public long time(ObservationType type) {
        return Double.isNaN(number(type)) ? Long.MIN_VALUE : moment();
      }

      @Override
      public long moment() {
        return moment.toEpochMilli();
      }
    };
  }

  /** As a chart has it. */
  private double number(ObservationType type) {
    Object value = values.get(type);
    if (value == null) {
      return Double.NaN;
    }
    return value instanceof Double number
        ? number
        : type.isDate()
            ? LocalDate.parse((String) value).toEpochDay()
            : type.codes().indexOf((String) value);
  }
}
