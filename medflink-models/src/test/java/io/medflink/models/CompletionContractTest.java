// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Completion;
import io.medflink.core.Input;
import io.medflink.core.Interval;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.ObservationType;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Unknown;
import io.medflink.core.Vital;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each model's intervals are exact: sampled completions lie inside, and both ends are possible. */
final class CompletionContractTest {
  private static final int MOST_CALLS = 5000;

  /** Where a formula is flat, the last bits of its value don't rise with its input. */
  private static final double ROUNDING = 1e-12;

  static Stream<String> models() {
    return RiskModels.all().stream().map(RiskModel::id);
  }

  @ParameterizedTest
  @MethodSource("models")
  void holdsEveryCompletionOfRandomGaps(String id) {
    Random random = new Random(id.hashCode());
    Watched model = new Watched(RiskModels.byId(id));
    int answered = 0;
    for (int i = 0; i < 150; i++) {
      Chart chart = Charts.complete(model, random);
      Map<Input, Range> gaps = new HashMap<>();
      double share = random.nextDouble();
      for (Input input : model.card().inputs()) {
        if (canBeUnknown(input) && random.nextDouble() < share) {
          chart.set(input, Double.NaN);
          if (isNeeded(model, chart, input)) {
            gaps.put(input, input.published());
          }
        }
      }
      answered += model.check(chart, gaps, random, 150) ? 1 : 0;
    }
    assertThat(answered).isPositive();
  }

  @ParameterizedTest
  @MethodSource("models")
  void comparatorsNarrowIt(String id) {
    Random random = new Random(-id.hashCode());
    Watched model = new Watched(RiskModels.byId(id));
    Interval wide = new Interval(model);
    List<Input> numeric =
        model.card().inputs().stream()
            .filter(input -> canBeUnknown(input) && input.codes().isEmpty())
            .toList();
    for (int i = 0; i < 300 && !numeric.isEmpty(); i++) {
      Chart chart = Charts.complete(model, random);
      Map<Input, Range> gaps = new HashMap<>();
      Input input = numeric.get(random.nextInt(numeric.size()));
      if (!isNeeded(model, chart, input)) {
        continue;
      }
      for (Input other : numeric) {
        if (isNeeded(model, chart, other) && (other == input || random.nextBoolean())) {
          chart.set(other, Double.NaN);
          gaps.put(other, other.published());
        }
      }
      new Completion(model.model).assess(chart, wide);
      double a = Charts.value(input, input.published(), random);
      double b = Charts.value(input, input.published(), random);
      Range known =
          new Range(Math.min(a, b), a == b || i % 2 == 0, Math.max(a, b), a == b || i % 3 == 0);
      chart.bound(input, known);
      gaps.put(input, known);
      if (model.check(chart, gaps, random, 100)) {
        for (Output output : model.card().outputs()) {
          assertThat(model.interval.low(output))
              .isGreaterThanOrEqualTo(wide.low(output) - ROUNDING);
          if (!output.atLeast()) {
            assertThat(model.interval.high(output))
                .isLessThanOrEqualTo(wide.high(output) + ROUNDING);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aComparatorOnAnOptionalInputIsItsInterval(String id) {
    Random random = new Random(3L * id.hashCode());
    Watched model = new Watched(RiskModels.byId(id));
    List<Input> optional =
        model.card().inputs().stream()
            .filter(input -> input.unknown() == Unknown.OPTIONAL)
            .filter(input -> input.sought() != Unknown.REQUIRED && input.codes().isEmpty())
            .toList();
    int answered = 0;
    for (int i = 0; i < 200 && !optional.isEmpty(); i++) {
      Chart chart = Charts.complete(model, random);
      Map<Input, Range> gaps = new HashMap<>();
      for (Input input : optional) {
        chart.set(input, Charts.value(input, input.published(), random));
      }
      for (Input input : model.card().inputs()) {
        boolean bounded = optional.contains(input) && random.nextInt(optional.size()) == 0;
        boolean unknown = canBeUnknown(input) && random.nextInt(6) == 0;
        if ((bounded || unknown) && isNeeded(model, chart, input)) {
          gaps.put(input, input.published());
        }
      }
      gaps.replaceAll((input, all) -> optional.contains(input) ? part(input, random) : all);
      gaps.forEach(
          (input, range) -> {
            chart.set(input, Double.NaN);
            if (optional.contains(input)) {
              chart.bound(input, range);
            }
          });
      answered += model.check(chart, gaps, random, 60) ? 1 : 0;
    }
    assertThat(answered > 0).isEqualTo(!optional.isEmpty());
  }

  private static Range part(Input input, Random random) {
    double a = Charts.value(input, input.published(), random);
    double b = Charts.value(input, input.published(), random);
    return Range.closed(Math.min(a, b), Math.max(a, b));
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyMeasuredNumberIsSoughtInItsComparator(String id) {
    for (Input input : RiskModels.byId(id).card().inputs()) {
      ObservationType type = input.types().get(0);
      boolean measured = type instanceof Vital || type instanceof Lab;
      boolean latest = input.derivation() == null && input.history() == null;
      if (measured && latest && input.codes().isEmpty() && !input.name().equals("scr")) {
        boolean required = input.unknown() == Unknown.REQUIRED;
        assertThat(required || input.sought() != Unknown.REQUIRED).as(input.name()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void nothingKnownAtAllIsAnsweredInABoundedNumberOfCalls(String id) {
    Watched model = new Watched(RiskModels.byId(id));
    Chart chart = new Chart(model);
    chart.clear(0);
    Map<Input, Range> gaps = new HashMap<>();
    boolean required = false;
    for (Input input : model.card().inputs()) {
      if (canBeUnknown(input)) {
        gaps.put(input, input.published());
      }
      required |= input.unknown() == Unknown.REQUIRED || input.history() != null;
    }
    if (required) {
      new Completion(model.model).assess(chart, model.interval);
      assertThat(model.interval.applicable()).isFalse();
      assertThat(model.interval.reason()).startsWith("needs ");
    } else {
      assertThat(model.check(chart, gaps, new Random(5), 5000)).isTrue();
    }
  }

  /** Whether no other input tells the same. */
  private static boolean isNeeded(RiskModel model, Chart chart, Input input) {
    return !model.card().isNeedless(input, chart);
  }

  private static boolean canBeUnknown(Input input) {
    return switch (input.unknown()) {
      case RISING, FALLING, CORNERS, CELLS, CODES -> true;
      case REQUIRED, OPTIONAL, SETTING -> false;
    };
  }

  /** A model under watch: what it is asked while it is completed, and what it answers. */
  private static final class Watched implements RiskModel {
    private static final long serialVersionUID = 1;
    private final RiskModel model;
    private final transient Interval interval;
    private transient Map<Input, Range> gaps = Map.of();
    private transient double[] known = {};
    private transient List<double[]> answers = new ArrayList<>();
    private transient List<RiskLevel> levels = new ArrayList<>();
    private transient int calls;

    Watched(RiskModel model) {
      this.model = model;
      interval = new Interval(model);
    }

    @Override
    public ModelCard card() {
      return model.card();
    }

    /** Every chart that it is asked about must be a possible completion. */
    @Override
    public void assess(Chart chart, Answer answer) {
      calls++;
      for (Input input : card().inputs()) {
        Range gap = gaps.get(input);
        double value = chart.value(input);
        if (gap != null) {
          assertThat(gap.contains(value)).as("%s in %s", input.name(), gap).isTrue();
        } else if (known.length > 0) {
          assertThat(Double.compare(value, known[input.index()])).as(input.name()).isZero();
        }
      }
      model.assess(chart, answer);
      if (answer.applicable()) {
        answers.add(card().outputs().stream().mapToDouble(answer::value).toArray());
        answers.add(card().outputs().stream().mapToDouble(answer::high).toArray());
        levels.add(answer.level());
      }
    }

    /** Whether there was an answer, which is then checked by samples. */
    boolean check(Chart chart, Map<Input, Range> openGaps, Random random, int samples) {
      gaps = openGaps;
      known = card().inputs().stream().mapToDouble(input -> knownOrAssumed(chart, input)).toArray();
      answers = new ArrayList<>();
      levels = new ArrayList<>();
      calls = 0;
      new Completion(this).assess(chart, interval);
      assertThat(calls).isLessThanOrEqualTo(MOST_CALLS);
      assertThat(interval.missing())
          .isSorted()
          .containsExactlyInAnyOrderElementsOf(gaps.keySet().stream().map(Input::name).toList());
      gaps.keySet().forEach(input -> assertThat(chart.value(input)).isNaN());
      for (Output output : interval.applicable() ? card().outputs() : List.<Output>of()) {
        double[] tried = answers.stream().mapToDouble(row -> row[output.index()]).toArray();
        assertThat(tried).as(output.name()).contains(interval.low(output), interval.high(output));
      }
      if (interval.applicable()) {
        assertThat(levels).contains(interval.levelLow(), interval.levelHigh());
      }
      Answer answer = new Answer(model);
      for (int i = 0; i < samples; i++) {
        gaps.forEach(
            (input, gap) -> {
              boolean measured = input.unknown() == Unknown.OPTIONAL;
              double value = Charts.value(input, gap, random);
              chart.set(input, value, measured ? chart.moment() : Long.MIN_VALUE);
            });
        answer.clear();
        model.assess(chart, answer);
        if (answer.applicable()) {
          inside(answer);
        }
      }
      gaps.keySet().forEach(input -> chart.set(input, Double.NaN));
      return interval.applicable();
    }

    private static double knownOrAssumed(Chart chart, Input input) {
      double value = chart.value(input);
      return Double.isNaN(value) ? input.assumed() : value;
    }

    private void inside(Answer answer) {
      assertThat(interval.applicable()).isTrue();
      for (Output output : card().outputs()) {
        assertThat(answer.value(output))
            .as(output.name())
            .isGreaterThanOrEqualTo(interval.low(output) - ROUNDING)
            .isLessThanOrEqualTo(
                output.atLeast() ? Double.POSITIVE_INFINITY : interval.high(output) + ROUNDING);
      }
      assertThat(answer.level()).isBetween(interval.levelLow(), interval.levelHigh());
    }
  }
}
