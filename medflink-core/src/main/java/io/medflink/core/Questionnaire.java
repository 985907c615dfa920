// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.units.Conversion;
import io.medflink.core.units.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model by the names of its inputs and answers by the names of its outputs, for callers that
 * have values instead of a chart: a command line, a SQL function, a test.
 *
 * <p>A value is a {@link Number} in the input's unit; for a coded input one of its words, or a
 * whole number that is one; for yes or no a {@link Boolean}, 1 or 0; null or absent = unknown. An
 * input with history takes a list of {@code [hours, number]}, the hours rising, a list of numbers
 * where {@link Input#every} says how far apart they are (null is a gap), or one number, measured
 * now; the moment is the last time of all lists. Under an {@link Alias} it is in the alias's unit;
 * a {@link ModelCard.Checklist} takes a collection or an array of its inputs' names. What is told
 * by two names at once is a fault. Unknown names, wrong types, words that are no code and
 * impossible numbers are answered: no figures, and a reason that names the field and what it takes,
 * never the value. Nothing throws. One object serves one thread.
 */
public final class Questionnaire {
  private final RiskModel model;
  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final Map<String, Conversion> conversions = new LinkedHashMap<>();
  private final Map<String, ModelCard.Checklist> checklists = new LinkedHashMap<>();
  private final Map<Input, Course> courses = new LinkedHashMap<>();
  private final Chart chart;
  private final Completion completion;
  private final Interval interval;
  private boolean usable;

  /**
   * A questionnaire for a model.
   *
   * @throws IllegalArgumentException when an alias's unit does not convert to its input's
   */
  public Questionnaire(RiskModel model) {
    this.model = model;
    for (Input input : model.card().inputs()) {
      inputs.put(input.name(), input);
      for (Alias alias : input.aliases()) {
        inputs.put(alias.name(), input);
        conversions.put(alias.name(), conversion(input, alias));
      }
    }
    model.card().checklists().forEach(list -> checklists.put(list.name(), list));
    chart = new Chart(model);
    completion = new Completion(model);
    interval = new Interval(model);
  }

  /**
   * The exact interval over all that the values leave open.
   *
   * @param values by input name
   * @return reused by the next call; not applicable, with the reason, for bad values
   */
  public Interval assess(Map<String, ? extends @Nullable Object> values) {
    List<String> faults = new ArrayList<>();
    courses.clear();
    values.forEach((name, value) -> follow(name, value, faults));
    return assess(
        values, courses.values().stream().mapToLong(Course::last).max().orElse(0), faults);
  }

  /** At a moment of the courses. */
  private Interval assess(
      Map<String, ? extends @Nullable Object> values, long moment, List<String> faults) {
    chart.clear(moment);
    courses.values().forEach(course -> course.fill(chart));
    values.forEach((name, value) -> put(name, value, faults));
    usable = faults.isEmpty();
    if (usable) {
      completion.assess(chart, interval);
    } else {
      interval.refuse(String.join("; ", faults));
    }
    return interval;
  }

  /**
   * Why the model answers the values as it does; nothing counted where they are not usable.
   *
   * @param values by input name
   */
  public Explanation explain(Map<String, ? extends @Nullable Object> values) {
    assess(values);
    return usable ? Explanation.of(model, chart) : Explanation.nothing(model);
  }

  /**
   * The answer by names, in this order: {@code model, version, applicable}, each output (its
   * number, word or truth; null while it is not certain), {@code low, high} of the primary output,
   * {@code level, level_low, level_high, missing} (sorted), {@code predictions} (low and high of
   * each output) and {@code reason}. Values are strings, booleans, whole or floating-point numbers,
   * null, lists and maps of such; a coded output's low and high are its codes' positions.
   *
   * <p>An {@link Output#course} is a list, one element for each time of a list of {@code [hours,
   * number]}; its predictions are of the last one.
   *
   * @param values by input name
   */
  public Map<String, @Nullable Object> answer(Map<String, ? extends @Nullable Object> values) {
    assess(values);
    Map<Output, List<@Nullable Object>> told = interval.applicable() ? told(values) : Map.of();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("model", model.id());
    answer.put("version", model.version());
    answer.put("applicable", interval.applicable());
    Map<String, Object> predictions = new LinkedHashMap<>();
    for (Output output : model.card().outputs()) {
      double low = interval.low(output);
      double high = interval.high(output);
      List<@Nullable Object> course = told.get(output);
      answer.put(output.name(), course == null ? certain(output) : course);
      if (interval.applicable()) {
        predictions.put(
            output.name(), Map.of("low", number(output, low), "high", number(output, high)));
      }
    }
    Output primary = model.card().outputs().get(0);
    boolean known = interval.applicable();
    answer.put("low", known ? number(primary, interval.low(primary)) : null);
    answer.put("high", known ? number(primary, interval.high(primary)) : null);
    answer.put("level", interval.level().name());
    answer.put("level_low", interval.levelLow().name());
    answer.put("level_high", interval.levelHigh().name());
    answer.put("missing", List.of(interval.missing()));
    answer.put("predictions", predictions);
    answer.put("reason", interval.reason());
    return answer;
  }

  private @Nullable Object certain(Output output) {
    double low = interval.low(output);
    return low == interval.high(output) ? named(output, low) : null;
  }

  /** What is told at each time of the lists; the last one is the moment. */
  private Map<Output, List<@Nullable Object>> told(Map<String, ? extends @Nullable Object> values) {
    Map<Output, List<@Nullable Object>> told = new LinkedHashMap<>();
    long[] times =
        courses.values().stream()
            .filter(Course::timed)
            .flatMapToLong(course -> Arrays.stream(course.times()))
            .sorted()
            .distinct()
            .toArray();
    List<Output> outputs = model.card().outputs().stream().filter(Output::course).toList();
    for (long time : outputs.isEmpty() ? new long[0] : times) {
      assess(values, time, new ArrayList<>());
      for (Output output : outputs) {
        told.computeIfAbsent(output, any -> new ArrayList<>()).add(certain(output));
      }
    }
    return told;
  }

  /** Takes the values of an input with history. */
  private void follow(String name, @Nullable Object value, List<String> faults) {
    Input input = inputs.get(name);
    if (input == null || input.history() == null || value == null) {
      return;
    }
    Course course = Course.of(input, value, conversions.get(name));
    if (course == null) {
      String list = input.every == null ? "" : " or of numbers";
      faults.add(name + ": neither a number nor a list of [hours, number]" + list);
    } else if (!course.isPossible()) {
      faults.add(name + ": impossible, outside " + input.possible() + " " + input.unit());
    } else if (courses.put(input, course) != null) {
      faults.add(input.name() + ": given twice, by two names");
    }
  }

  private void put(String name, @Nullable Object value, List<String> faults) {
    Input input = inputs.get(name);
    ModelCard.Checklist checklist = checklists.get(name);
    if (checklist != null) {
      check(checklist, value, faults);
    } else if (input == null) {
      faults.add(
          (name.matches("[A-Za-z][A-Za-z0-9_]{0,30}") ? name : "a name")
              + ": no input of "
              + model.id());
    } else if (value != null && input.history() == null) {
      Conversion conversion = conversions.get(name);
      double number = input.codes().isEmpty() ? number(value) : code(input, value);
      number = conversion == null ? number : conversion.apply(number);
      if (input.possible().contains(number)) {
        set(input, number, faults);
      } else {
        faults.add(name + ": " + wanted(input, number));
      }
    }
  }

  private void set(Input input, double number, List<String> faults) {
    if (!Double.isNaN(chart.value(input))) {
      faults.add(input.name() + ": given twice, by two names");
    }
    chart.set(input, number);
  }

  private void check(ModelCard.Checklist checklist, @Nullable Object value, List<String> faults) {
    if (value == null) {
      return;
    }
    List<String> names = checklist.inputs().stream().map(Input::name).toList();
    Collection<?> checked =
        value instanceof Collection<?> c
            ? c
            : value instanceof Object[] array ? Arrays.asList(array) : List.of(0);
    if (checked.stream().allMatch(word -> word instanceof String && names.contains(word))) {
      checklist
          .inputs()
          .forEach(input -> set(input, checked.contains(input.name()) ? 1 : 0, faults));
    } else {
      faults.add(checklist.name() + ": not a list of " + String.join(", ", names));
    }
  }

  private static Conversion conversion(Input input, Alias alias) {
    List<ObservationType> types = input.types();
    Conversion conversion =
        Units.conversion(
            alias.unit(),
            String.valueOf(input.unit()),
            types.size() == 1 ? types.get(0).analyte() : null);
    if (conversion == null) {
      throw new IllegalArgumentException(alias.name() + " does not convert to " + input.name());
    }
    return conversion;
  }

  private static String wanted(Input input, double number) {
    if (input.isYesNo()) {
      return "neither true nor false";
    }
    if (!input.codes().isEmpty()) {
      return "none of " + String.join(", ", input.codes());
    }
    String unit = input.unit() == null ? "" : " " + input.unit();
    return (Double.isNaN(number) ? "not a number" : "impossible, outside " + input.possible())
        + unit;
  }

  private static double number(Object value) {
    return value instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  /** The position of a code, NaN for what is none. */
  private static double code(Input input, Object value) {
    if (value instanceof Number n) {
      double number = n.doubleValue();
      return input.isYesNo()
          ? number == 1 || number == 0 ? number : Double.NaN
          : input.code(Range.number(number));
    }
    return value instanceof String || (value instanceof Boolean && input.isYesNo())
        ? input.code(value.toString())
        : Double.NaN;
  }

  private static Object named(Output output, double value) {
    if (output.codes().isEmpty()) {
      return number(output, value);
    }
    String word = output.codes().get((int) value);
    return output.isYesNo() ? (Object) Boolean.valueOf(word) : word;
  }

  /** Points are whole numbers. */
  private static Number number(Output output, double value) {
    boolean whole = output.unit().equals("{score}") || !output.codes().isEmpty();
    return whole && value == Math.rint(value) ? (Number) (long) value : (Number) value;
  }
}
