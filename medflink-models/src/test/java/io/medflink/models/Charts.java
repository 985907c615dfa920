// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Range;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Unknown;
import java.util.List;
import java.util.Random;

/** Random charts of a model, with a weakness for the ends of ranges and for cut-offs. */
final class Charts {
  private static final long HOUR = 3_600_000;

  private Charts() {}

  /** A chart with every input; optional ones and settings in three of four cases. */
  static Chart complete(RiskModel model, Random random) {
    Chart chart = new Chart(model);
    chart.clear(0);
    for (Input input : model.card().inputs()) {
      if (input.history() != null) {
        follow(chart, input, random);
        continue;
      }
      boolean free = input.unknown() == Unknown.OPTIONAL || input.unknown() == Unknown.SETTING;
      if (!free) {
        chart.set(input, value(input, input.published(), random));
      } else if (random.nextInt(4) > 0) {
        chart.set(input, value(input, input.possible(), random));
      } else if (input.unknown() == Unknown.SETTING) {
        chart.set(input, input.assumed());
      }
    }
    return chart;
  }

  /** A history up to the moment, with a preference for whole hours. */
  private static void follow(Chart chart, Input input, Random random) {
    int size = 1 + random.nextInt(12);
    long history = input.history().toMillis();
    long step = Math.max(1, Math.min(history / size, HOUR << random.nextInt(6)));
    for (long i = size - 1L; i >= 0; i--) {
      chart.add(input, value(input, input.published(), random), -i * step);
    }
  }

  /** A value in a range that is not empty. */
  static double value(Input input, Range range, Random random) {
    double low = Double.isInfinite(range.low()) ? -1000 : range.low();
    double high = Double.isInfinite(range.high()) ? Math.max(low, 0) + 1000 : range.high();
    while (true) {
      double value =
          input.codes().isEmpty() ? number(input, low, high, random) : code(input, random);
      if (range.contains(value)) {
        return value;
      }
    }
  }

  private static double code(Input input, Random random) {
    return random.nextInt(input.codes().size());
  }

  private static double number(Input input, double low, double high, Random random) {
    double even = low + (high - low) * random.nextDouble();
    return switch (random.nextInt(6)) {
      case 0 -> low;
      case 1 -> high;
      case 2 -> Math.rint(even);
      case 3 -> Math.rint(10 * even) / 10;
      case 4 -> nearCutOff(input.cells(), even, random);
      default -> even;
    };
  }

  private static double nearCutOff(List<Steps> tables, double otherwise, Random random) {
    if (tables.isEmpty()) {
      return otherwise;
    }
    double[] bounds = tables.get(random.nextInt(tables.size())).bounds();
    return bounds[random.nextInt(bounds.length)] + (random.nextInt(5) - 2) * 0.5;
  }
}
