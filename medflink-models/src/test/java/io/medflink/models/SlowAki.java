// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.stream.DoubleStream;

/** The two rules of acute kidney injury once more, slow and plain, over a whole history. */
final class SlowAki {
  private static final long HOUR = 3_600_000;

  private SlowAki() {}

  /** KDIGO's stage at a moment from creatinine (mg/dL) and urine (mL); NaN without either. */
  static double kdigo(
      long moment,
      NavigableMap<Long, Double> creatinine,
      NavigableMap<Long, Double> urine,
      double weight) {
    double byUrine = Double.isNaN(weight) ? Double.NaN : urine(moment, urine, weight);
    double byCreatinine = creatinine(moment, creatinine);
    return Double.isNaN(byUrine)
        ? byCreatinine
        : Double.isNaN(byCreatinine) ? byUrine : Math.max(byUrine, byCreatinine);
  }

  private static double creatinine(long moment, NavigableMap<Long, Double> creatinine) {
    var newest = creatinine.floorEntry(moment);
    if (newest == null || newest.getKey() < moment - 48 * HOUR) {
      return Double.NaN;
    }
    double now = newest.getValue();
    double two = least(creatinine, newest.getKey() - 48 * HOUR, newest.getKey()).getAsDouble();
    double week = least(creatinine, newest.getKey() - 168 * HOUR, newest.getKey()).getAsDouble();
    boolean injured = now - two > 0.2999999 || now / week > 1.4999999;
    boolean severe = now / week > 2.9999999 || (injured && now > 3.9999999);
    return severe ? 3 : now / week > 1.9999999 ? 2 : injured ? 1 : 0;
  }

  private static double urine(long moment, NavigableMap<Long, Double> urine, double weight) {
    SortedMap<Long, Double> told = urine.subMap(moment - 72 * HOUR, true, moment, true);
    if (told.isEmpty() || told.lastKey() < moment - 12 * HOUR) {
      return Double.NaN;
    }
    double six = rate(told, 6, weight);
    double twelve = rate(told, 12, weight);
    double day = rate(told, 24, weight);
    boolean severe = day < 0.2999999 || twelve == 0;
    return severe ? 3 : twelve < 0.4999999 ? 2 : six < 0.4999999 ? 1 : 0;
  }

  private static double rate(SortedMap<Long, Double> told, int hours, double weight) {
    List<Long> ends = told.keySet().stream().toList();
    long newest = told.lastKey();
    for (int i = ends.size() - 2; i >= 0; i--) {
      if (newest - ends.get(i) >= hours * HOUR) {
        double volume = told.tailMap(ends.get(i) + 1).values().stream().mapToDouble(v -> v).sum();
        return volume / weight / ((newest - ends.get(i)) / (double) HOUR);
      }
    }
    return Double.NaN;
  }

  /** The stage by the NHS algorithm from creatinine (mg/dL), 0 without a reference value. */
  static double nhs(long moment, NavigableMap<Long, Double> creatinine) {
    double reference = reference(moment, creatinine);
    double now = 88.4 * creatinine.get(moment);
    double ratio = now / reference;
    if (ratio > 2.9999999 || (ratio > 1.4999999 && now > 354.0000001)) {
      return 3;
    }
    OptionalDouble two = least(creatinine, moment - 48 * HOUR, moment - 1);
    boolean rises = two.isPresent() && now - 88.4 * two.getAsDouble() > 26.0000001;
    return ratio > 1.9999999 ? 2 : ratio > 1.4999999 || rises ? 1 : 0;
  }

  /** In umol/L, NaN when there is none. */
  static double reference(long moment, NavigableMap<Long, Double> creatinine) {
    OptionalDouble week = least(creatinine, moment - 168 * HOUR, moment - 1);
    if (week.isPresent()) {
      return 88.4 * week.getAsDouble();
    }
    double[] year = values(creatinine, moment - 365 * 24 * HOUR, moment - 1).sorted().toArray();
    int n = year.length;
    return n == 0 ? Double.NaN : 88.4 * (year[(n - 1) / 2] + year[n / 2]) / 2;
  }

  private static OptionalDouble least(NavigableMap<Long, Double> values, long from, long to) {
    return values(values, from, to).min();
  }

  private static DoubleStream values(NavigableMap<Long, Double> values, long from, long to) {
    return values.subMap(from, true, to, true).values().stream().mapToDouble(v -> v);
  }
}
