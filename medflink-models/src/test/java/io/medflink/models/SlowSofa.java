// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Lab;
import io.medflink.core.Observation;
import io.medflink.core.ObservationType;
import io.medflink.core.Vital;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/** SOFA's least and greatest total once more, slow and plain, over a whole history. */
final class SlowSofa {
  private static final long DAY = 24L * 3_600_000;
  private static final double TINY = 1e-6;

  private final Map<String, NavigableMap<Long, Observation>> facts;
  private final long moment;
  private int low;
  private int high;

  private SlowSofa(Map<String, NavigableMap<Long, Observation>> facts, long moment) {
    this.facts = facts;
    this.moment = moment;
  }

  /** The two ends. */
  static int[] total(Map<String, NavigableMap<Long, Observation>> facts, long moment) {
    SlowSofa sofa = new SlowSofa(facts, moment);
    sofa.lungs();
    sofa.worst(Lab.PLATELETS, false, 0, 1e6, x -> under(x, 20, 50, 100, 150));
    sofa.worst(Lab.BILIRUBIN, true, TINY, 1e6, x -> over(x, 1.2, 2, 6, 12));
    sofa.circulation();
    sofa.worst(Vital.GLASGOW_COMA_SCORE, false, 3, 15, x -> under(x, 6, 10, 13, 15));
    int others = sofa.high;
    sofa.worst(Lab.CREATININE, true, TINY, 1e6, x -> over(x, 1.2, 2, 3.5, 5));
    // Urine is never told here, so the kidney may score up to 4 whatever creatinine says.
    return new int[] {sofa.low, others + 4};
  }

  private static int under(double x, double... limits) {
    int points = 0;
    for (double limit : limits) {
      points += x < limit - 1e-10 ? 1 : 0;
    }
    return points;
  }

  private static int over(double x, double... limits) {
    int points = 0;
    for (double limit : limits) {
      points += x >= limit - 1e-10 ? 1 : 0;
    }
    return points;
  }

  private SortedMap<Long, Observation> day(ObservationType type, long until) {
    return facts.getOrDefault(type.loinc(), new TreeMap<>()).subMap(until - DAY, true, until, true);
  }

  /** Adds the points of the worst value where it is known, and of its ends where it isn't. */
  private void worst(
      ObservationType type, boolean rising, double least, double most, DoubleUnaryOperator points) {
    double from = rising ? least : most;
    double to = rising ? least : most;
    boolean any = false;
    for (Observation o : day(type, moment).values()) {
      double a = o.value();
      double b = o.value();
      if (o.comparator() == Observation.Comparator.LESS) {
        a = least;
        b -= TINY;
      } else if (o.comparator() == Observation.Comparator.GREATER) {
        a += TINY;
        b = most;
      }
      from = any ? (rising ? Math.max(from, a) : Math.min(from, a)) : a;
      to = any ? (rising ? Math.max(to, b) : Math.min(to, b)) : b;
      any = true;
    }
    from = any ? from : least;
    to = any ? to : most;
    int p = (int) points.applyAsDouble(from);
    int q = (int) points.applyAsDouble(to);
    low += Math.min(p, q);
    high += Math.max(p, q);
  }

  private void circulation() {
    double least = Double.NaN;
    for (ObservationType type :
        new ObservationType[] {Vital.MEAN_PRESSURE, Vital.SYSTOLIC_PRESSURE}) {
      for (var told : day(type, moment).entrySet()) {
        double pressure = told.getValue().value();
        if (type == Vital.SYSTOLIC_PRESSURE) {
          Observation lower = day(Vital.DIASTOLIC_PRESSURE, moment).get(told.getKey());
          boolean sent = day(Vital.MEAN_PRESSURE, moment).containsKey(told.getKey());
          pressure =
              lower == null || sent || lower.value() > pressure
                  ? Double.NaN
                  : (pressure + 2 * lower.value()) / 3;
        }
        least = Double.isNaN(least) || pressure < least ? pressure : least;
      }
    }
    int noradrenaline =
        day(Vital.NORADRENALINE_RATE, moment).values().stream()
            .mapToInt(o -> o.value() > 0.1 + 1e-10 ? 4 : o.value() > 0 ? 3 : 0)
            .max()
            .orElse(0);
    low += Math.max(noradrenaline, least < 70 - 1e-10 ? 1 : 0);
    high += Math.max(noradrenaline, least >= 70 - 1e-10 ? 0 : 1);
  }

  private void lungs() {
    int atLeast = 0;
    int atMost = 0;
    boolean any = false;
    var words = day(Vital.RESPIRATORY_SUPPORT, moment).values();
    boolean supported = words.stream().anyMatch(o -> o.text().equals("yes"));
    for (var gas : day(Lab.ARTERIAL_OXYGEN, moment).entrySet()) {
      Observation fraction = newest(Vital.OXYGEN_FRACTION, gas.getKey());
      if (gas.getValue().comparator() == null && fraction != null) {
        int points = under(100 * gas.getValue().value() / fraction.value(), 100, 200, 300, 400);
        Observation word = newest(Vital.RESPIRATORY_SUPPORT, gas.getKey());
        boolean yes = word == null ? supported : word.text().equals("yes");
        boolean open = word == null && words.isEmpty();
        atLeast = Math.max(atLeast, yes ? points : Math.min(points, 2));
        atMost = Math.max(atMost, yes || open ? points : Math.min(points, 2));
        any = true;
      }
    }
    if (!any) {
      int[] ends = unpaired(words.isEmpty() || supported, !words.isEmpty() && supported);
      atLeast = ends[0];
      atMost = ends[1];
    }
    low += atLeast;
    high += atMost;
  }

  /** Without any ratio: by the least gas and the greatest fraction, as far as they are known. */
  private int[] unpaired(boolean maySupport, boolean supported) {
    double gasFrom = 800;
    double gasTo = 800;
    boolean anyGas = false;
    for (Observation gas : day(Lab.ARTERIAL_OXYGEN, moment).values()) {
      double a = gas.comparator() == Observation.Comparator.LESS ? TINY : gas.value();
      double b = gas.comparator() == Observation.Comparator.LESS ? gas.value() - TINY : gas.value();
      if (gas.comparator() == Observation.Comparator.GREATER) {
        a = gas.value() + TINY;
        b = 800 - TINY;
      }
      gasFrom = anyGas ? Math.min(gasFrom, a) : a;
      gasTo = anyGas ? Math.min(gasTo, b) : b;
      anyGas = true;
    }
    double fraction = Double.NaN;
    TreeSet<Long> times = new TreeSet<>(day(Vital.OXYGEN_FRACTION, moment).keySet());
    times.addAll(day(Lab.ARTERIAL_OXYGEN, moment).keySet());
    for (long time : times) {
      SortedMap<Long, Observation> told = day(Vital.OXYGEN_FRACTION, time);
      SortedMap<Long, Observation> gases = day(Lab.ARTERIAL_OXYGEN, time);
      boolean after =
          !told.isEmpty()
              && !gases.isEmpty()
              && gases.get(gases.lastKey()).comparator() == null
              && gases.lastKey() < told.lastKey();
      if (!told.isEmpty() && !after && told.lastKey() >= moment - DAY) {
        double percent = told.get(told.lastKey()).value();
        fraction = Double.isNaN(fraction) ? percent : Math.max(fraction, percent);
      }
    }
    double worst = 100 * (anyGas ? gasFrom : TINY) / (Double.isNaN(fraction) ? 100 : fraction);
    double best = 100 * (anyGas ? gasTo : 800 - TINY) / (Double.isNaN(fraction) ? 20 : fraction);
    int p = under(best, 100, 200, 300, 400);
    int q = under(worst, 100, 200, 300, 400);
    return new int[] {supported ? p : Math.min(p, 2), maySupport ? q : Math.min(q, 2)};
  }

  /** Of the 24 hours up to a time. */
  private Observation newest(ObservationType type, long time) {
    SortedMap<Long, Observation> day = day(type, time);
    return day.isEmpty() ? null : day.get(day.lastKey());
  }
}
