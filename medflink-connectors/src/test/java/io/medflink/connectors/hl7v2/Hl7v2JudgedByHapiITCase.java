// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.formats.Shared;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** HAPI HL7v2 reads the same messages: every part of every segment must be the same. */
class Hl7v2JudgedByHapiITCase {
  private static final String[] FOLDERS = {
    "cdc-reportstream",
    "hapi",
    "linuxforhealth",
    "mirth",
    "ms-fhir-converter",
    "simhospital",
    "smolder"
  };
  private static final HapiContext HAPI = context();

  private final List<String> differences = new ArrayList<>();
  private int messages;
  private int parts;
  private int read;

  private static HapiContext context() {
    HapiContext context = new DefaultHapiContext(new GenericModelClassFactory());
    context.setValidationContext(ValidationContextFactory.noValidation());
    return context;
  }

  @Test
  void agreesOnEveryMessageOfTheSamplesAndAccountsForEachResult() throws IOException {
    Hl7v2 decoder =
        new Hl7v2().withZone(ZoneId.of("UTC")).withFallbackToSender().withProcessing("P", "T", "D");
    for (String folder : FOLDERS) {
      for (Path file : Shared.files("data/hl7v2/" + folder, "")) {
        String name = String.valueOf(file.getFileName());
        for (byte[] message : Er7Message.split(Files.readAllBytes(file))) {
          if (Er7Batch.header(message, 0) < message.length) {
            List<Segment> theirs = compare(Er7Message.of(message), name);
            results(Decoded.of(decoder, message), theirs, name);
          }
        }
      }
    }
    assertThat(messages).isEqualTo(906);
    assertThat(parts).isGreaterThan(200_000);
    assertThat(read).isGreaterThan(3_500);
    // A backslash without its partner is text to us; HAPI takes what follows for another field.
    differences.removeIf(d -> d.startsWith("sample_unix.hl7") || d.startsWith("sample_win.hl7"));
    assertThat(differences).isEmpty();
  }

  @Test
  void agreesOnGeneratedMessages() {
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      compare(Er7Message.of(generated(random).getBytes(StandardCharsets.UTF_8)), "message " + i);
    }
    assertThat(messages).isEqualTo(300);
    assertThat(differences).isEmpty();
  }

  /** A header of odd delimiters and segments of all that may stand in them. */
  private static String generated(Random random) {
    String[] delimiters = {"|^~\\&", "$%*!@", "^~|\\&", "#@;?:"};
    String d = delimiters[random.nextInt(delimiters.length)];
    char field = d.charAt(0);
    StringBuilder text = new StringBuilder("MSH").append(field).append(d, 1, 5);
    text.append((field + "A").repeat(5)).append(field).append(field).append("ORU");
    text.append(d.charAt(1)).append("R01").append(field).append("1").append(field).append("P");
    text.append(field).append("2.5");
    for (int s = 0; s < 1 + random.nextInt(8); s++) {
      text.append("\rOBX");
      for (int f = 0; f < random.nextInt(20); f++) {
        text.append(field);
        for (int p = 0; p < random.nextInt(6); p++) {
          text.append(part(random, d));
          text.append(random.nextBoolean() ? "" : d.charAt(new int[] {1, 2, 4}[random.nextInt(3)]));
        }
      }
    }
    return text.append('\r').toString();
  }

  private static String part(Random random, String d) {
    char escape = d.charAt(3);
    return switch (random.nextInt(7)) {
      case 0 -> "";
      case 1 -> "x" + random.nextInt(1000);
      case 2 -> "\u00DC\u20AC";
      case 3 -> escape + "F" + escape;
      case 4 -> "a" + escape + "T" + escape + escape + "S" + escape;
      case 5 -> escape + "R" + escape + "b c" + escape + "E" + escape;
      default -> "-1.5";
    };
  }

  /** Each result is read or refused; a number is one of HAPI's, with its code and unit. */
  private void results(Decoded decoded, List<Segment> segments, String where) {
    List<String> theirs = new ArrayList<>();
    int results = 0;
    try {
      for (Segment s : segments) {
        if (s.getName().startsWith("OBX")) {
          results++;
          for (int code : new int[] {1, 4}) {
            theirs.add(told(Terser.get(s, 3, 0, code, 1), value(s), text(s)));
          }
        }
      }
    } catch (HL7Exception e) {
      differ(where + ": HAPI throws");
    }
    int refused = 0;
    for (Rejected rejected : decoded.rejects()) {
      boolean ofResult = rejected.field() != null && !rejected.field().matches("PID-(7|29)");
      refused += ofResult && !rejected.field().startsWith("MRG") ? 1 : 0;
    }
    int before = read;
    for (Panel panel : decoded.panels()) {
      for (Observation o : panel.observations()) {
        if (o.id() == null || !o.id().contains("#PID-")) {
          read++;
          String unit = o.unit() == null ? o.localUnit() : o.unit();
          String code = o.code() == null ? o.localCode() : o.code();
          boolean plain = !Double.isNaN(o.value()) && o.comparator() == null;
          if (plain && !theirs.contains(told(code, number(o.value()), unit))) {
            differ(where + ": a number that HAPI doesn't read");
          }
        }
      }
    }
    boolean hasOthers = !decoded.movements().isEmpty() || results == 0;
    if (!hasOthers && read - before + refused != results) {
      differ(where + ": a result is lost");
    }
  }

  private static String told(String code, String value, String unit) {
    return code + " " + value + " " + unit;
  }

  private static String number(double value) {
    return new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
  }

  /** OBX-5, of SN the number, without the zeros at its end. */
  private static String value(Segment obx) throws HL7Exception {
    boolean structured = "SN".equals(Terser.get(obx, 2, 0, 1, 1));
    String value = Terser.get(obx, 5, 0, structured ? 2 : 1, 1);
    boolean decimal = value != null && value.strip().matches("[+-]?[0-9]+(\\.[0-9]+)?");
    return decimal ? number(Double.parseDouble(value)) : "";
  }

  /** OBX-6, its code or its words. */
  private static String text(Segment obx) throws HL7Exception {
    String unit = Terser.get(obx, 6, 0, 1, 1);
    unit = unit == null || unit.isBlank() ? Terser.get(obx, 6, 0, 2, 1) : unit;
    return unit == null || unit.equals("\"\"") ? null : unit.strip();
  }

  private List<Segment> compare(Er7Message message, String where) {
    messages++;
    List<Segment> theirs;
    try {
      theirs = segments(HAPI.getGenericParser().parse(asHapiWantsIt(message)));
    } catch (HL7Exception | RuntimeException e) {
      differ(where + ": HAPI throws " + e.getClass().getSimpleName());
      return List.of();
    }
    if (theirs.size() != message.size()) {
      differ(where + ": " + message.size() + " segments, by HAPI " + theirs.size());
      return List.of();
    }
    Er7Segment ours = message.segments();
    for (Segment segment : theirs) {
      ours.next();
      try {
        compare(ours, segment, where);
      } catch (HL7Exception e) {
        differ(where + ": HAPI throws");
      }
    }
    return theirs;
  }

  private void compare(Er7Segment ours, Segment theirs, String where) throws HL7Exception {
    int first = ours.is("MSH") ? 3 : 1;
    for (int field = first; field <= Math.max(ours.fields(), theirs.numFields()); field++) {
      int repetitions = Math.max(ours.repetitions(field), theirs.getField(field).length);
      for (int r = 1; r <= repetitions; r++) {
        Type type = theirs.getField(field, r - 1);
        int components = Math.max(ours.components(field, r), Terser.numComponents(type));
        for (int c = 1; c <= components; c++) {
          int subcomponents = Terser.numSubComponents(type, c);
          for (int s = 1; s <= Math.max(1, subcomponents); s++) {
            parts++;
            String their = Terser.getPrimitive(type, c, s).getValue();
            String our = ours.text(field, r, c, s);
            if (!same(our, their)) {
              differ(where + " " + ours.name() + "-" + field + "." + c);
            }
          }
        }
      }
    }
  }

  private static boolean same(String our, String their) {
    String told = their == null || their.isBlank() || their.equals("\"\"") ? null : their.strip();
    return Objects.equals(our, told);
  }

  private void differ(String what) {
    differences.add(what);
  }

  private static String asHapiWantsIt(Er7Message message) {
    StringBuilder text = new StringBuilder();
    Er7Segment segment = message.segments();
    while (segment.next()) {
      text.append(new String(segment.raw(), StandardCharsets.UTF_8)).append('\r');
    }
    return text.toString();
  }

  private static List<Segment> segments(Group group) throws HL7Exception {
    List<Segment> segments = new ArrayList<>();
    for (String name : group.getNames()) {
      for (Structure structure : group.getAll(name)) {
        if (structure instanceof Segment segment) {
          segments.add(segment);
        } else if (structure instanceof Group inner) {
          segments.addAll(segments(inner));
        }
      }
    }
    return segments;
  }
}
