// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Demographic;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The panels of {@link Results} as many would read them: by String.split, for well-formed messages
 * of this one form. A time that comes again within the message is parsed once.
 */
final class Hl7v2ByHand {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");

  private Hl7v2ByHand() {}

  @SuppressWarnings("StringSplitter") // that is what is measured
  static List<Panel> read(byte[] message) {
    String patient = "";
    String[] identifiers = {};
    Instant sent = Instant.EPOCH;
    String[] place = {};
    String encounter = "";
    String order = "";
    String timeText = "";
    Instant time = Instant.EPOCH;
    List<Panel> panels = new ArrayList<>(2);
    List<Observation> values = new ArrayList<>(Results.VALUES);
    for (String segment : new String(message, StandardCharsets.UTF_8).split("\r")) {
      String[] fields = segment.split("\\|");
      switch (fields[0]) {
        case "MSH" -> {
          timeText = fields[6];
          time = OffsetDateTime.parse(timeText, TIME).toInstant();
          sent = time;
        }
        case "PID" -> {
          patient = "mrn|" + fields[3].split("\\^")[0];
          identifiers = new String[] {patient};
          panels.add(born(patient, identifiers, fields[7], fields[8], sent));
        }
        case "PV1" -> {
          place = fields[3].split("\\^");
          encounter = fields[19];
        }
        case "OBR" -> order = fields[3];
        case "OBX" -> {
          if (!fields[14].equals(timeText)) {
            timeText = fields[14];
            time = OffsetDateTime.parse(timeText, TIME).toInstant();
          }
          values.add(value(fields, order));
        }
        default -> {}
      }
    }
    panels.add(
        new Panel(
            patient,
            encounter,
            place[3],
            place[0],
            place[1] + "/" + place[2],
            time,
            sent,
            null,
            "hl7v2",
            identifiers,
            values.toArray(Observation[]::new)));
    return panels;
  }

  @SuppressWarnings("StringSplitter")
  private static Observation value(String[] fields, String order) {
    String code = fields[3].split("\\^")[0];
    String[] range = fields[7].isEmpty() ? new String[0] : fields[7].split(" - ");
    return new Observation(
        code,
        Double.parseDouble(fields[5]),
        null,
        fields[6].split("\\^")[0],
        status(fields[11]),
        null,
        null,
        null,
        null,
        order + "|" + code,
        null,
        range.length == 2 ? Double.parseDouble(range[0]) : Double.NaN,
        range.length == 2 ? Double.parseDouble(range[1]) : Double.NaN,
        fields[8],
        null,
        0);
  }

  static Observation.Status status(String sent) {
    return switch (sent) {
      case "F" -> Observation.Status.FINAL;
      case "C" -> Observation.Status.CORRECTED;
      case "D", "X" -> Observation.Status.ENTERED_IN_ERROR;
      default -> Observation.Status.PRELIMINARY;
    };
  }

  /** Birth date and sex, as medflink tells them. */
  static Panel born(
      String patient, String[] identifiers, String date, String sex, @Nullable Instant sent) {
    String iso = date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6);
    return new Panel(
        patient,
        null,
        null,
        null,
        null,
        LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC),
        sent,
        null,
        "hl7v2",
        identifiers,
        new Observation[] {
          Observation.coded(Demographic.BIRTH_DATE, iso).withId(patient + "#PID-7"),
          Observation.coded(Demographic.SEX, sex).withId(patient + "#PID-8")
        });
  }
}
