// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Observation;
import io.medflink.core.Vital;
import java.util.Random;

/**
 * Seeded rows of a ward whose patients are ill enough to reach every band of NEWS2: the same
 * numbers for every competitor, in primitive arrays.
 *
 * <p>Numbers are normal about an ill patient's, cut to what is possible. One number in eight lies
 * off the chart's grid, so that rounding counts; oxygen in a quarter of the rows, an altered mind
 * in a sixth, SpO2 scale 2 in an eighth, a child in a fiftieth.
 */
final class Vitals {
  final int rows;
  final double[] respiration;
  final double[] saturation;
  final double[] pressure;
  final double[] pulse;
  final double[] temperature;

  /** A position in A, C, V, P, U. */
  final double[] mind;

  /** 1 for yes. */
  final double[] oxygen;

  /** 1 for scale 2. */
  final double[] scale;

  /** Years. */
  final double[] age;

  Vitals(int rows, long seed) {
    this.rows = rows;
    Random random = new Random(seed);
    respiration = numbers(random, 18, 6, 1, 69, 1);
    saturation = numbers(random, 94, 4, 50, 100, 1);
    pressure = numbers(random, 115, 30, 40, 300, 1);
    pulse = numbers(random, 95, 28, 20, 250, 1);
    temperature = numbers(random, 37.2, 1.1, 30, 43, 10);
    mind = new double[rows];
    oxygen = new double[rows];
    scale = new double[rows];
    age = new double[rows];
    for (int i = 0; i < rows; i++) {
      mind[i] = random.nextInt(6) == 0 ? 1 + random.nextInt(4) : 0;
      oxygen[i] = random.nextInt(4) == 0 ? 1 : 0;
      scale[i] = random.nextInt(8) == 0 ? 1 : 0;
      age[i] = random.nextInt(50) == 0 ? random.nextInt(16) : 16 + random.nextInt(85);
    }
  }

  private double[] numbers(
      Random random, double mean, double deviation, double low, double high, double grid) {
    double[] numbers = new double[rows];
    for (int i = 0; i < rows; i++) {
      double x = Math.max(low, Math.min(high, mean + deviation * random.nextGaussian()));
      numbers[i] = random.nextInt(8) == 0 ? x : Math.rint(x * grid) / grid;
    }
    return numbers;
  }

  /**
   * Six values as a monitor sends them: the five numbers on the chart's grid, and in turn the level
   * of consciousness and the oxygen flow. Two messages make a chart complete.
   */
  Observation[] message(int row, boolean withMind) {
    return new Observation[] {
      Observation.of(Vital.RESPIRATORY_RATE, Math.rint(respiration[row])),
      Observation.of(Vital.OXYGEN_SATURATION, Math.rint(saturation[row])),
      Observation.of(Vital.SYSTOLIC_PRESSURE, Math.rint(pressure[row])),
      Observation.of(Vital.HEART_RATE, Math.rint(pulse[row])),
      Observation.of(Vital.BODY_TEMPERATURE, Math.rint(temperature[row] * 10) / 10),
      withMind
          ? Observation.coded(Vital.CONSCIOUSNESS, Vital.CONSCIOUSNESS.codes().get((int) mind[row]))
          : Observation.of(Vital.OXYGEN_FLOW, 2 * oxygen[row])
    };
  }
}
