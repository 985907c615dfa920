// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Alert;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The night as an SVG: a row for each bed, a score for each moment, a mark for each call. */
final class NightPicture {
  private static final int LEFT = 90;
  private static final int WIDTH = 1000;
  private static final int ROW = 44;
  private static final int TOP = 40;
  private static final Map<RiskLevel, String> COLOURS =
      Map.of(
          RiskLevel.UNKNOWN, "#c9c9c9",
          RiskLevel.LOW, "#b9dfb4",
          RiskLevel.LOW_MEDIUM, "#f3e6a0",
          RiskLevel.MEDIUM, "#f4b670",
          RiskLevel.HIGH, "#e2665c");

  private final StringBuilder svg = new StringBuilder();

  private NightPicture() {}

  static String of(Night night) {
    NightPicture picture = new NightPicture();
    picture.draw(night);
    return picture.svg.toString();
  }

  private void draw(Night night) {
    int height = TOP + 7 * ROW + 30;
    svg.append(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>%n"
            .formatted(LEFT + WIDTH + 20, height));
    svg.append("<rect width='100%' height='100%' fill='white'/>\n");
    for (Instant hour = NightScript.EVENING;
        !hour.isAfter(NightScript.MORNING);
        hour = hour.plus(Duration.ofHours(1))) {
      double x = x(hour);
      add(
          "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#ddd'/>%n",
          x, x, TOP - 8, TOP + 7 * ROW);
      add(
          "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>%n",
          x, TOP - 14, NightScript.clock(hour).strip());
    }
    for (int bed = 1; bed <= 7; bed++) {
      String name = NightScript.name("mrn|" + bed);
      add("<text x='8' y='%d'>%d %s</text>%n", TOP + bed * ROW - 18, bed, name);
    }
    Map<String, RiskAssessment> last = new TreeMap<>();
    for (RiskAssessment a : night.assessments()) {
      last.put(NightScript.bed(a.patientId()) + " " + a.time(), a);
    }
    last.values().forEach(this::score);
    night.alerts().stream().filter(Alert::pages).distinct().forEach(this::call);
    double kill = x(NightScript.KILL);
    add(
        "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='black' stroke-dasharray='4'/>%n",
        kill, kill, TOP - 4, TOP + 7 * ROW);
    add("<text x='%.1f' y='%d'>killed and restored</text>%n", kill + 4, height - 12);
    svg.append("</svg>\n");
  }

  private void score(RiskAssessment a) {
    if (Double.isNaN(a.low())) {
      return;
    }
    int bed = Integer.parseInt(NightScript.bed(a.patientId()));
    boolean certain = a.low() == a.high();
    int width = bed == 6 ? 6 : certain ? 22 : 40;
    add(
        "<rect x='%.1f' y='%d' width='%d' height='24' rx='3' fill='%s'><title>%s NEWS2 %d to %d</title></rect>%n",
        x(a.time()),
        TOP + bed * ROW - 36,
        width,
        COLOURS.getOrDefault(a.level(), "#c9c9c9"),
        NightScript.clock(a.time()).strip(),
        (int) a.low(),
        (int) a.high());
    if (bed != 6) {
      add(
          "<text x='%.1f' y='%d'>%s</text>%n",
          x(a.time()) + 4,
          TOP + bed * ROW - 19,
          certain ? "" + (int) a.low() : (int) a.low() + "\u2013" + (int) a.high());
    }
  }

  private void call(Alert a) {
    int bed = a.patientId() == null ? 6 : Integer.parseInt(NightScript.bed(a.patientId()));
    double x = x(a.time());
    int y = TOP + bed * ROW - 38;
    add(
        "<path d='M%.1f %d l5 -9 l-10 0 z' fill='#b00020'><title>%s %s</title></path>%n",
        x, y, NightScript.clock(a.time()).strip(), a.event());
  }

  private static double x(Instant at) {
    double part =
        (double) Duration.between(NightScript.EVENING, at).toSeconds()
            / Duration.between(NightScript.EVENING, NightScript.MORNING).toSeconds();
    return LEFT + part * (WIDTH - 30);
  }

  private void add(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values));
  }
}
