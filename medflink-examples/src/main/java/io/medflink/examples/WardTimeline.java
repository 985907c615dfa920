// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A ward's NEWS2 over the hours, a row for each patient and a character for each hour, its last
 * answer: the score ({@code +} from 10 on); {@code ~} when something is missing and the level is
 * certain all the same, {@code ?} when the level is uncertain; {@code .} when there is no answer.
 */
final class WardTimeline {
  private final Instant start;
  private final int hours;
  private final Map<String, TreeMap<Instant, RiskAssessment>> patients = new TreeMap<>();

  WardTimeline(Instant start, int hours, List<RiskAssessment> assessments) {
    this.start = start;
    this.hours = hours;
    for (RiskAssessment a : assessments) {
      TreeMap<Instant, RiskAssessment> moments =
          patients.computeIfAbsent(a.patientId(), id -> new TreeMap<>());
      if (a.status() == RiskAssessment.Status.ENTERED_IN_ERROR) {
        moments.remove(a.time());
      } else {
        moments.put(a.time(), a);
      }
    }
  }

  void print(PrintStream out) {
    TextTable table = new TextTable("patient", "NEWS2 of each hour", "worst", "first HIGH", "now");
    patients.forEach(
        (patient, moments) ->
            table.add(
                patient,
                row(moments),
                worst(moments),
                firstHigh(moments),
                of(moments.lastEntry().getValue())));
    table.print(out);
    out.println(" + is 10 and over, ~ an interval within one level, ? an uncertain level");
  }

  /** How many patients had a certainly HIGH level at some moment. */
  long deteriorated() {
    return patients.values().stream().filter(moments -> !firstHigh(moments).isEmpty()).count();
  }

  /** How many of these have it no more. */
  long recovered() {
    return patients.values().stream()
        .filter(moments -> !firstHigh(moments).isEmpty())
        .filter(moments -> moments.lastEntry().getValue().levelHigh() != RiskLevel.HIGH)
        .count();
  }

  int patients() {
    return patients.size();
  }

  private String row(NavigableMap<Instant, RiskAssessment> moments) {
    StringBuilder row = new StringBuilder();
    for (int hour = 0; hour < hours; hour++) {
      Instant from = start.plus(Duration.ofHours(hour));
      Map.Entry<Instant, RiskAssessment> last = moments.lowerEntry(from.plus(Duration.ofHours(1)));
      boolean own = last != null && !last.getKey().isBefore(from);
      row.append(own && last != null ? mark(last.getValue()) : '.');
    }
    return row.toString();
  }

  private static char mark(RiskAssessment a) {
    if (Double.isNaN(a.low())) {
      return '.';
    }
    if (a.low() != a.high()) {
      return a.level() == RiskLevel.UNKNOWN ? '?' : '~';
    }
    return a.low() >= 10 ? '+' : (char) ('0' + (int) a.low());
  }

  private static String worst(Map<Instant, RiskAssessment> moments) {
    double worst =
        moments.values().stream().mapToDouble(RiskAssessment::low).max().orElse(Double.NaN);
    return Double.isNaN(worst) ? "" : "" + (int) worst;
  }

  private static String firstHigh(Map<Instant, RiskAssessment> moments) {
    return moments.values().stream()
        .filter(a -> a.level() == RiskLevel.HIGH)
        .findFirst()
        .map(a -> a.time().toString().substring(11, 16))
        .orElse("");
  }

  private static String of(@Nullable RiskAssessment a) {
    if (a == null || Double.isNaN(a.low())) {
      return "";
    }
    String score =
        a.low() == a.high() ? "" + (int) a.low() : (int) a.low() + " to " + (int) a.high();
    return score + " " + a.level();
  }
}
