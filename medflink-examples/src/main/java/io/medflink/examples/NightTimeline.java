// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Alert;
import io.medflink.core.Control;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.RiskAssessment;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A night to read: what happened (unmarked), what the score says of it ({@code =}), whom it called
 * ({@code !}) and what else became of an alert ({@code -}).
 */
final class NightTimeline {

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("acvpu", "consciousness"),
          Map.entry("hr", "pulse"),
          Map.entry("on_o2", "oxygen"),
          Map.entry("rr", "breathing"),
          Map.entry("sbp", "blood pressure"),
          Map.entry("spo2", "saturation"),
          Map.entry("temp_c", "temperature"),
          Map.entry("PT15M", "15 minutes"),
          Map.entry("PT2H30M", "2 1/2 hours"));

  private record Entry(Instant at, int order, String text) {}

  private final Night night;
  private final List<Entry> entries = new ArrayList<>();

  NightTimeline(Night night) {
    this.night = night;
  }

  void print(PrintStream out) throws IOException {
    captions();
    night.decisions().forEach(this::decision);
    add(NightScript.KILL, 0, "", "the process is killed, and goes on from its last checkpoint");
    night.alerts().stream().distinct().forEach(this::alert);
    entries.stream()
        .sorted(Comparator.comparing(Entry::at).thenComparing(Entry::order))
        .forEach(entry -> out.println(entry.text()));
    night.rejected().stream()
        .map(rejected -> rejected.code() + " (" + rejected.code().mend() + ")")
        .distinct()
        .forEach(code -> out.println("         refused: " + code));
    out.println();
    out.println("The books and the alarms");
    out.println(" " + Totals.line(night.counts()));
    double days =
        BedDays.of(movements(), NightScript.MORNING).values().stream()
            .mapToDouble(Double::doubleValue)
            .sum();
    TextTable table = new TextTable("setting", "alarms", "bed-days", "alarms per bed-day");
    setting(table, "as delivered: from MEDIUM, again each 15 min, 3 times", night.alerts(), days);
    setting(table, "quieter: HIGH for 5 min, again once after 30 min", night.others(), days);
    table.print(out);
  }

  private static void setting(TextTable table, String name, List<Alert> alerts, double days) {
    long pages = pages(alerts);
    table.add(name, pages, days, pages / days);
  }

  /** How often somebody was called. */
  static long pages(List<Alert> alerts) {
    return alerts.stream().filter(Alert::pages).distinct().count();
  }

  private static List<Movement> movements() throws IOException {
    List<Movement> movements = new ArrayList<>();
    var decoder = Night.decoder();
    for (NightScript.Sent sent : NightScript.messages()) {
      decoder.decode(
          new Message(sent.bytes(), null, sent.received()),
          Decoder.Out.of(p -> {}, movements::add, i -> {}, r -> {}));
    }
    return movements;
  }

  private void captions() {
    add(NightScript.EVENING, 0, "", "the night begins; the clocks will go back");
    for (NightScript.Sent sent : NightScript.messages()) {
      if (sent.caption() != null) {
        Instant at = sent.received().minusSeconds(20);
        add(at, 0, sent.patient(), sent.caption());
        RiskAssessment answer = answer(sent, !at.equals(sent.about()));
        if (answer != null && Duration.between(sent.about(), at).toMinutes() < 60) {
          add(at, 1, sent.patient(), "= " + text(answer));
        }
      }
    }
  }

  /** What was said of the moment: at first, or last after its correction. */
  private @Nullable RiskAssessment answer(NightScript.Sent sent, boolean corrected) {
    List<RiskAssessment> answers =
        night.assessments().stream()
            .filter(a -> a.patientId().equals(sent.patient()) && a.time().equals(sent.about()))
            .toList();
    return answers.isEmpty() ? null : answers.get(corrected ? answers.size() - 1 : 0);
  }

  private static String text(RiskAssessment a) {
    if (Double.isNaN(a.low())) {
      return "no NEWS2: " + a.reason();
    }
    boolean certain = a.low() == a.high();
    String score = certain ? "" + (int) a.low() : (int) a.low() + " to " + (int) a.high();
    boolean agreed = a.levelLow() == a.levelHigh();
    String level = agreed ? "" + a.levelLow() : a.levelLow() + " to " + a.levelHigh();
    String unknown = String.join(", ", a.missing());
    return words(
        "NEWS2 " + score + ", " + level + (unknown.isEmpty() ? "" : "; not known: " + unknown));
  }

  /** The words of the ward for those of the record. */
  private static String words(@Nullable String text) {
    String told = text == null ? "" : text;
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      told = told.replaceAll("\\b" + word.getKey() + "\\b", word.getValue());
    }
    return told;
  }

  private void decision(Control c) {
    add(c.from(), 0, String.valueOf(c.patientId()), c.author() + " has seen it");
  }

  private void alert(Alert a) {
    if (a.historical()) {
      return;
    }
    Instant at = a.event() == Alert.Event.WITHDRAWN ? corrected(a) : a.time();
    String priority = a.priority().name().toLowerCase(Locale.ROOT);
    String text =
        switch (a.event()) {
          case RAISED, SIGNAL_LOST -> "! call, " + priority + " priority: " + words(a.why());
          case FEED_LOST -> "! call, " + priority + " priority: the " + a.feed() + " is silent";
          case ESCALATED -> "! call again: " + words(a.why());
          case ACKNOWLEDGED -> "- acknowledged: nobody is called again";
          case SUPPRESSED -> "- held back: " + a.why();
          case CLEARED ->
              a.patientId() == null ? "- the " + a.feed() + " is back" : "- over: " + a.why();
          case WITHDRAWN ->
              "- the alarm of " + NightScript.clock(a.onset()).strip() + " is withdrawn";
          case HISTORICAL -> "- old news";
        };
    add(at, 2, a.patientId() == null ? "" : a.patientId(), text);
  }

  /** When the value came that took an alarm back. */
  private static Instant corrected(Alert a) {
    return NightScript.messages().stream()
        .filter(sent -> sent.patient().equals(a.patientId()) && sent.about().equals(a.onset()))
        .map(sent -> sent.received().minusSeconds(20))
        .max(Comparator.naturalOrder())
        .orElse(a.time());
  }

  private void add(Instant at, int order, String patient, String what) {
    String who =
        patient.isEmpty()
            ? "            "
            : "bed %s %-6s".formatted(NightScript.bed(patient), NightScript.name(patient));
    entries.add(
        new Entry(
            at,
            order,
            " %s  %-12s  %s%s"
                .formatted(NightScript.clock(at), who, order == 0 ? "" : "  ", what)));
  }
}
