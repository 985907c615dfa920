// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.Demographic;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ObservationType;
import io.medflink.core.Range;
import io.medflink.core.Setting;
import io.medflink.core.Vital;
import io.medflink.core.units.Conversion;
import io.medflink.core.units.Units;
import io.medflink.models.learned.CoefficientCard.InputCard;
import io.medflink.models.learned.CoefficientCard.Term;
import io.medflink.models.learned.CoefficientCard.Transform;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** An input of a card as a model declares it. */
final class CardInput {
  private CardInput() {}

  /** What is unknown moves the answer as the terms say; where they don't tell, it is required. */
  static Input of(InputCard card, List<Term> terms, String path) {
    LinearPredictor.check(
        path + "name", card.name().matches("[a-z][a-z0-9_]*"), "not lower case with underscores");
    Input input = typed(card, path);
    Duration within = within(card, path);
    input = card.ofPatient() ? input.ofPatient(within) : input.within(within);
    if (!input.codes().isEmpty()) {
      LinearPredictor.check(path + "unit", card.unit() == null, "the input has words, not a unit");
      return card.required() ? input.required() : input;
    }
    String unit = card.unit();
    if (unit == null) {
      throw new IllegalArgumentException(path + "unit: missing");
    }
    LinearPredictor.check(path + "unit", Units.isValid(unit), "no UCUM unit");
    String from = Objects.requireNonNull(input.unit());
    if (!unit.equals(from)) {
      Conversion to =
          Units.conversion(
              from, unit, input.types().size() == 1 ? input.types().get(0).analyte() : null);
      if (to == null || input.derivation() != null) {
        throw new IllegalArgumentException(path + "unit: " + from + " is not convertible to it");
      }
      Range possible = input.possible();
      input =
          input.in(
              unit,
              new Range(
                  to.apply(possible.low()),
                  possible.lowIncluded(),
                  to.apply(possible.high()),
                  possible.highIncluded()));
    }
    LinearPredictor.check(path + "high", card.low() < card.high(), "not over low");
    Range covered = Range.closed(card.low(), card.high());
    LinearPredictor.check(
        path + "low",
        covered.equals(covered.intersect(input.possible())),
        "low or high impossible");
    return unknown(input, covered, card, terms);
  }

  private static Input typed(InputCard card, String path) {
    if (card.code().equals("age")) {
      return Derived.age(card.name());
    }
    if (card.code().equals("bmi")) {
      return Derived.bodyMassIndex(card.name());
    }
    List<ObservationType> found =
        Stream.<ObservationType[]>of(
                Vital.values(), Lab.values(), Demographic.values(), Setting.values())
            .flatMap(Stream::of)
            .filter(type -> type.loinc().equals(card.code()) && !type.isDate())
            .toList();
    LinearPredictor.check(path + "code", found.size() == 1, "no known observation type's");
    return Input.of(card.name(), found.get(0));
  }

  private static Duration within(InputCard card, String path) {
    try {
      Duration within = Duration.parse(card.within());
      LinearPredictor.check(
          path + "within", !within.isNegative() && !within.isZero(), "not positive");
      return within;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(path + "within: no ISO 8601 duration");
    }
  }

  private static Input unknown(Input input, Range covered, InputCard card, List<Term> terms) {
    boolean rises = true;
    boolean falls = true;
    boolean multiplied = false;
    Set<Transform> transforms = EnumSet.noneOf(Transform.class);
    List<Double> bends = new ArrayList<>();
    for (Term term : terms) {
      boolean other = card.name().equals(term.times());
      multiplied |= other || (term.input().equals(card.name()) && term.times() != null);
      if (other) {
        transforms.add(Transform.IDENTITY);
      }
      if (term.input().equals(card.name())) {
        double slope = term.coefficient() / (Double.isNaN(term.atLeast()) ? term.per() : 1);
        rises &= slope >= 0;
        falls &= slope <= 0;
        if (Double.isNaN(term.atLeast())) {
          transforms.add(term.transform());
        } else {
          bends.add(term.atLeast());
          bends.add(Math.nextDown(term.atLeast()));
        }
      }
    }
    Input sought = input.corners(covered, bends.stream().mapToDouble(b -> b).toArray());
    boolean hidden = transforms.size() > 1 || transforms.contains(Transform.SQUARE);
    if (card.required() || (hidden && (multiplied || transforms.contains(Transform.SQUARE)))) {
      return sought.required();
    }
    if (!multiplied && (rises || falls)) {
      return rises ? input.rising(covered) : input.falling(covered);
    }
    return hidden ? sought.required() : sought;
  }
}
