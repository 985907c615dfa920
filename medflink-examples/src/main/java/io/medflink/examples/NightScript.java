// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent in one night of one ward, as HL7 v2 whose times state no zone: the night in which
 * the clocks go back from 03:00 to 02:00. Invented from beginning to end.
 */
final class NightScript {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** 19:00 on Saturday. */
  static final Instant EVENING = Instant.parse("2026-10-24T17:00:00Z");

  /** 07:00 on Sunday, 13 hours later. */
  static final Instant MORNING = Instant.parse("2026-10-25T06:00:00Z");

  /** When the process is killed. */
  static final Instant KILL = EVENING.plus(Duration.ofMinutes(550));

  private static final DateTimeFormatter HL7 = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final Map<String, String> NAMES =
      Map.of(
          "1", "Ada", "2", "Ben", "3", "Cem", "4", "Dora", "5", "Emil", "6", "Fay", "7", "Gül",
          "X9", "unknown");
  private static final Vitals WELL = new Vitals(16, 97, 128, 76, 36.9, "A");

  /** What a round measures; NaN and null are left out. */
  private record Vitals(
      double rr, double spo2, double sbp, double hr, double temp, @Nullable String acvpu) {}

  /**
   * One message.
   *
   * @param received when it comes in
   * @param about the moment that it is about
   * @param patient the key of the patient
   * @param caption what somebody on the ward would say of it; null for the usual
   * @param text the message
   */
  record Sent(
      Instant received, Instant about, String patient, @Nullable String caption, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final List<Sent> messages = new ArrayList<>();
  private int control;

  private NightScript() {}

  /** All that is sent, in the order in which it comes in. */
  static List<Sent> messages() {
    NightScript night = new NightScript();
    night.write();
    return night.messages.stream().sorted(Comparator.comparing(Sent::received)).toList();
  }

  static String name(String patientId) {
    return NAMES.getOrDefault(patientId.substring(patientId.indexOf('|') + 1), patientId);
  }

  static String bed(String patientId) {
    String number = patientId.substring(patientId.indexOf('|') + 1);
    return number.equals("X9") ? "7" : number;
  }

  private void write() {
    for (String patient : List.of("1", "2", "3", "4", "5", "6", "X9")) {
      move("A01", 0, patient, "V" + patient, null);
    }
    // The usual: a round each hour, and Fay's monitor each five minutes but for its failure.
    for (int minute = 15; minute < 780; minute += 60) {
      for (String patient : List.of("1", "3", "4", "5")) {
        boolean ill = patient.equals("3") && minute >= 120 && minute < 300;
        boolean gone = patient.equals("1") && minute > 630;
        if (!ill && !gone && !(patient.equals("4") && minute == 195)) {
          round(minute, patient, null, WELL);
        }
      }
      if (minute > 270) {
        round(minute, "2", null, WELL);
      }
      if (minute < 575) {
        round(minute, "X9", null, new Vitals(18, 96, 118, 88, 37.2, "A"));
      } else {
        round(minute, "7", null, new Vitals(18, 96, 118, 88, 37.2, "A"));
      }
    }
    for (int minute = 5; minute < 780; minute += 5) {
      if (minute <= 270 || minute >= 320) {
        monitor(minute);
      }
    }
    round(
        75,
        "2",
        "temperature and consciousness not taken",
        new Vitals(22, 95, 112, 92, Double.NaN, null));
    round(
        85,
        "2",
        "the rest of it",
        new Vitals(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 37.4, "A"));
    round(135, "3", "breathes fast, fever", new Vitals(26, 92, 104, 118, 38.9, "A"));
    round(
        165,
        "3",
        "after paracetamol and oxygen is asked for",
        new Vitals(22, 94, 108, 108, 38.2, "A"));
    round(225, "3", "better", new Vitals(20, 96, 112, 88, 37.6, "A"));
    round(285, "3", "asleep, well", WELL);
    round(195, "4", "typed 40 breaths for 14", "F", 195, new Vitals(40, 97, 84, 76, 36.9, "A"));
    round(
        195,
        "4",
        "corrected: 14 breaths, 124 mm[Hg]",
        "C",
        207,
        new Vitals(14, 97, 124, 76, 36.9, "A"));
    round(230, "5", "somebody else's numbers", "F", 230, new Vitals(28, 89, 92, 128, 38.4, "A"));
    round(230, "5", "wrong patient: taken out", "D", 240, new Vitals(28, 89, 92, 128, 38.4, "A"));
    round(270, "2", "the round that was overdue", WELL);
    // 02:30 in summer time, and an hour later 02:30 in winter time; then a note that is too old to
    // tell.
    round(450, "1", "02:30 the first time", WELL);
    round(510, "1", "02:30 the second time, an hour later", new Vitals(17, 96, 126, 80, 36.8, "A"));
    late(510, 690, "5", "a note says 02:30, written down at 05:30");
    merge(570, "7", "X9", "his name is Gül: the record X9 becomes his");
    move("A03", 630, "1", "V1", "goes home early; nobody measures her any more");
    move("A01", 720, "1", "V8", "is back: a new stay");
    round(
        725,
        "1",
        "only the pulse so far",
        new Vitals(Double.NaN, Double.NaN, Double.NaN, 104, Double.NaN, null));
    round(779, "2", "the night is over", WELL);
  }

  private static Instant at(int minute) {
    return EVENING.plus(Duration.ofMinutes(minute));
  }

  private static String local(Instant moment) {
    return HL7.format(LocalDateTime.ofInstant(moment, ZONE));
  }

  private void round(int minute, String patient, @Nullable String caption, Vitals v) {
    round(minute, patient, caption, "F", minute, v);
  }

  private void round(
      int minute, String patient, @Nullable String caption, String status, int sent, Vitals v) {
    send(sent, at(minute), "ROUNDS", patient, caption, results(patient, at(minute), status, v));
  }

  private void monitor(int minute) {
    Vitals v = new Vitals(15, 96, 122, 68 + minute % 7, 36.7, "A");
    send(minute, at(minute), "MONITOR", "6", null, results("6", at(minute), "F", v));
  }

  /** A result whose time the clock showed twice, told when nobody can know which it was. */
  private void late(int minute, int sent, String patient, String caption) {
    send(sent, at(minute), "ROUNDS", patient, caption, results(patient, at(minute), "F", WELL));
  }

  private void move(
      String trigger, int minute, String patient, String stay, @Nullable String caption) {
    String text =
        "EVN|" + trigger + "|" + local(at(minute)) + "\r" + pid(patient) + pv1(patient, stay);
    send(minute, at(minute), "ADT", patient, caption, text);
  }

  private void merge(int minute, String survivor, String retired, String caption) {
    String text =
        "EVN|A40|" + local(at(minute)) + "\r" + pid(survivor) + "MRG|" + retired + "^^^NORTH^MR\r";
    send(minute, at(minute), "ADT", survivor, caption, text);
  }

  private void send(
      int minute,
      Instant about,
      String sender,
      String patient,
      @Nullable String caption,
      String segments) {
    Instant received = at(minute).plusSeconds(20);
    String type = sender.equals("ADT") ? "ADT^" + segments.substring(4, 7) : "ORU^R01";
    String head =
        "MSH|^~\\&|%s|NORTH|MEDFLINK|NORTH|%s||%s|%d|P|2.5|||||||UTF-8\r"
            .formatted(sender, local(at(minute)), type, ++control);
    messages.add(new Sent(received, about, "mrn|" + patient, caption, head + segments));
  }

  private static String pid(String patient) {
    return "PID|1||" + patient + "^^^NORTH^MR\r";
  }

  private static String pv1(String patient, String stay) {
    return "PV1|1|I|Ward 1^^" + bed(patient) + "^North||||||||||||||||" + stay + "\r";
  }

  private static String results(String patient, Instant time, String status, Vitals v) {
    String order = patient + "-" + time.getEpochSecond();
    String stay =
        "V"
            + (patient.equals("1") && time.isAfter(at(700))
                ? "8"
                : patient.equals("7") ? "X9" : patient);
    StringBuilder text = new StringBuilder(pid(patient)).append(pv1(patient, stay));
    text.append("OBR|1||").append(order).append("|VITALS|||").append(local(time)).append('\r');
    number(text, "9279-1", v.rr(), "/min", status);
    number(text, "59408-5", v.spo2(), "%", status);
    number(text, "8480-6", v.sbp(), "mm[Hg]", status);
    number(text, "8867-4", v.hr(), "/min", status);
    number(text, "8310-5", v.temp(), "Cel", status);
    if (!Double.isNaN(v.spo2())) {
      number(text, "3151-8", 0, "L/min", status);
    }
    if (v.acvpu() != null) {
      text.append("OBX|9|CWE|67775-7^^LN||")
          .append(v.acvpu())
          .append("||||||")
          .append(status)
          .append('\r');
    }
    return text.toString();
  }

  private static void number(
      StringBuilder text, String code, double value, String unit, String status) {
    if (!Double.isNaN(value)) {
      text.append(
          String.format(
              Locale.ROOT, "OBX|1|NM|%s^^LN||%s|%s^^UCUM|||||%s\r", code, value, unit, status));
    }
  }

  /** The time on the ward's clock, with its season in the hour that comes twice. */
  static String clock(Instant moment) {
    ZonedDateTime time = moment.atZone(ZONE);
    boolean twice = ZONE.getRules().getValidOffsets(time.toLocalDateTime()).size() == 2;
    boolean summer = ZONE.getRules().isDaylightSavings(moment);
    return "%02d:%02d%s"
        .formatted(time.getHour(), time.getMinute(), twice ? summer ? "s" : "w" : " ");
  }
}
