// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Chart;
import io.medflink.core.Completion;
import io.medflink.core.Explanation;
import io.medflink.core.Input;
import io.medflink.core.Interval;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.core.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The input that an explanation names is the one that narrows the answer most, whatever it turns
 * out to be: sought here by brute force over many more values than are tried.
 */
final class NarrowestTest {
  private static final int VALUES = 150;

  static Stream<String> models() {
    return RiskModels.all().stream().map(RiskModel::id);
  }

  @ParameterizedTest
  @MethodSource("models")
  void noOtherInputWouldLeaveANarrowerIntervalAtItsWorst(String id) {
    RiskModel model = RiskModels.byId(id);
    Random random = new Random(id.hashCode() + 1L);
    List<Input> open =
        model.card().inputs().stream()
            .filter(input -> input.unknown() != Unknown.OPTIONAL)
            .filter(input -> input.unknown() != Unknown.SETTING)
            .toList();
    int compared = 0;
    for (int i = 0; i < 80 && compared < 8 && !open.isEmpty(); i++) {
      Chart chart = Charts.complete(model, random);
      for (int gap = 0; gap < 3; gap++) {
        chart.set(open.get(random.nextInt(open.size())), Double.NaN);
      }
      Completion completion = new Completion(model);
      Interval interval = new Interval(model);
      completion.assess(chart, interval);
      List<String> missing = List.of(interval.missing());
      String named = Explanation.of(model, chart).narrowest();
      assertThat(named == null).isEqualTo(missing.isEmpty());
      if (missing.isEmpty()) {
        continue;
      }
      assertThat(missing).contains(named);
      if (!interval.applicable()) {
        continue;
      }
      Output primary = model.card().outputs().get(0);
      double whole = interval.high(primary) - interval.low(primary);
      double best = Double.POSITIVE_INFINITY;
      double ofNamed = Double.NaN;
      for (Input input : open) {
        if (missing.contains(input.name())) {
          double widest = widest(completion, chart, input, primary, random, interval);
          best = Math.min(best, widest);
          ofNamed = input.name().equals(named) ? widest : ofNamed;
        }
      }
      compared++;
      assertThat(ofNamed).isLessThanOrEqualTo(best + 0.02 * whole + 2e-6);
    }
    assertThat(compared > 0 || open.stream().allMatch(NarrowestTest::isRequired)).isTrue();
  }

  private static boolean isRequired(Input input) {
    return input.unknown() == Unknown.REQUIRED || input.history() != null;
  }

  /** How wide the interval may still be once the input is known. */
  private static double widest(
      Completion completion,
      Chart chart,
      Input input,
      Output primary,
      Random random,
      Interval narrowed) {
    List<Double> values = new ArrayList<>();
    for (int code = 0; code < input.codes().size(); code++) {
      values.add((double) code);
    }
    for (int i = 0; i < VALUES && input.codes().isEmpty(); i++) {
      values.add(Charts.value(input, input.published(), random));
    }
    double widest = 0;
    for (double value : values) {
      chart.set(input, value);
      completion.assess(chart, narrowed);
      if (narrowed.applicable()) {
        widest = Math.max(widest, narrowed.high(primary) - narrowed.low(primary));
      }
    }
    chart.set(input, Double.NaN);
    return widest;
  }
}
