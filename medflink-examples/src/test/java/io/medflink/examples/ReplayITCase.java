// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayITCase {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MODELS = "news2,threshold,framingham-htn-2008";

  @TempDir private Path folder;

  private Path lines(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private static String panel(String patient, String time, String observations) {
    return "{\"patient_id\":\"mrn|%s\",\"encounter\":\"e\",\"time\":\"%s\",\"observations\":[%s]}"
        .formatted(patient, time, observations);
  }

  private static String heartRate(String value, String more) {
    return "{\"code\":\"8867-4\",\"value\":%s,\"unit\":\"/min\"%s}".formatted(value, more);
  }

  private static final List<String> WARD =
      List.of(
          panel("1", "2026-01-01T08:00:00Z", heartRate("70", ",\"id\":\"a\"")),
          panel("1", "2026-01-01T09:00:00Z", heartRate("140", ",\"id\":\"b\"")),
          panel("2", "2026-01-01T09:00:00Z", heartRate("90", ",\"id\":\"c\"")),
          panel("2", "2026-01-01T09:00:00Z", heartRate("90", ",\"id\":\"c\"")),
          panel("1", "2026-01-01T08:30:00Z", heartRate("120", ",\"id\":\"d\"")),
          panel("1", "2026-01-01T06:00:00Z", heartRate("130", ",\"id\":\"e\"")),
          panel("2", "2026-01-01T09:30:00Z", heartRate("900", "")),
          panel("2", "2026-01-01T09:31:00Z", "{\"code\":\"8302-2\",\"value\":170,\"unit\":\"cm\"}"),
          panel("3", "2026-01-01T09:32:00Z", heartRate("80", ",\"id\":\"f\"")),
          "{\"patient_id\":\"mrn|SECRET\",",
          panel(
              "3",
              "2026-01-01T09:32:00Z",
              heartRate("80", ",\"id\":\"f\",\"status\":\"entered-in-error\"")));

  private record Replayed(int exit, List<String> lines, List<String> rejects, JsonNode books) {}

  private Replayed replay(String out, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("replay", "--output", folder.resolve(out) + ""));
    all.addAll(List.of(args));
    Ran ran = Ran.command(all.toArray(String[]::new));
    List<String> err = ran.errLines();
    Path output = folder.resolve(out);
    Path rejects = output.resolve("rejects.ndjson");
    return new Replayed(
        ran.exit(),
        Files.readAllLines(output.resolve("assessments.ndjson")),
        Files.exists(rejects) ? Files.readAllLines(rejects) : List.of(),
        JSON.readTree(err.get(err.size() - 1)));
  }

  private static void booksAddUp(JsonNode books) {
    long sum = 0;
    for (String entry : List.of("used", "unused", "rejected", "late", "duplicate")) {
      sum += books.get(entry).longValue();
    }
    assertThat(books.get("observations").longValue()).isEqualTo(sum);
    long byCode = 0;
    for (JsonNode count : books.get("rejected_by_code")) {
      byCode += count.longValue();
    }
    assertThat(books.get("rejected").longValue()).isEqualTo(byCode);
  }

  @Test
  void everyObservationIsInTheBooksAndEveryRejectInItsFile() throws IOException {
    Replayed all =
        replay(
            "out",
            "--format",
            "medflink-json",
            "--model",
            "threshold",
            "--explain",
            "mrn|1",
            lines("ward.ndjson", WARD).toString());

    assertThat(all.exit()).isZero();
    List<String> why = Files.readAllLines(folder.resolve("out/explanations.ndjson"));
    assertThat(why)
        .allMatch(line -> line.startsWith("{\"patient_id\":\"mrn|1\",\"model\":\"threshold\""));
    assertThat(why.get(0))
        .contains(
            "\"counted\":[{\"input\":\"hr\",\"value\":70.0,\"unit\":\"/min\","
                + "\"time\":\"2026-01-01T08:00:00Z\"}],\"narrowest\":null");
    assertThat(all.books().toString())
        .isEqualTo(
            "{\"panels\":10,\"observations\":11,\"used\":7,\"unused\":1,\"rejected\":2,\"late\":0,"
                + "\"duplicate\":1,\"assessments\":%d,\"amended\":1,".formatted(all.lines().size())
                + "\"rejected_by_code\":{\"IMPOSSIBLE_VALUE\":1,\"UNDECODABLE\":1}}");
    assertThat(all.rejects()).hasSize(2);
    assertThat(String.join("", all.rejects()))
        .contains("ward.ndjson:10", "IMPOSSIBLE_VALUE")
        .doesNotContain("SECRET", "payload", "900");
    JsonNode first = JSON.readTree(all.lines().get(0));
    assertThat(first.get("patient_id").textValue()).isEqualTo("mrn|1");
    assertThat(first.get("encounter").textValue()).isEqualTo("e");
    assertThat(first.get("time").textValue()).isEqualTo("2026-01-01T08:00:00Z");
    assertThat(first.get("status").textValue()).isEqualTo("preliminary");
    assertThat(first.get("revision").intValue()).isEqualTo(1);
    assertThat(first.get("predictions").toString())
        .isEqualTo("{\"above\":{\"low\":false,\"high\":false}}");
    assertThat(all.lines())
        .anyMatch(line -> line.contains("mrn|3") && line.contains("entered-in-error"));
  }

  private static List<String> hl7(String trigger, String time, String patient, String... more) {
    List<String> segments = new ArrayList<>();
    boolean admission = trigger.startsWith("A");
    segments.add(
        "MSH|^~\\&|APP|FAC|||%s||%s|%s|P|2.5"
            .formatted(time, admission ? "ADT^" + trigger : "ORU^" + trigger, time + trigger));
    if (admission) {
      segments.add("EVN|%s|%s||||%s".formatted(trigger, time, time));
    }
    segments.add("PID|1||%s^^^H^MR".formatted(patient));
    segments.addAll(List.of(more));
    return segments;
  }

  private static List<String> vitals(String time, String patient, String visit, String... obx) {
    List<String> segments = hl7("R01", time, patient, "PV1|1|I|W1^^B1^F||||||||||||||||" + visit);
    segments.add("OBR|1|||V|||" + time);
    for (String value : obx) {
      segments.add("OBX|1|NM|" + value + "|||||F|||" + time);
    }
    return segments;
  }

  @Test
  void aReadmissionBeginsWithAnEmptyChartAndAMergeBringsItsValues() throws IOException {
    List<String> messages = new ArrayList<>();
    String visit1 = "PV1|1|I|W1^^B1^F||||||||||||||||V1";
    String visit2 = "PV1|1|I|W2^^B1^F||||||||||||||||V2";
    messages.addAll(hl7("A01", "20260101080000+0000", "1", visit1));
    messages.addAll(
        vitals(
            "20260101090000+0000",
            "1",
            "V1",
            "8867-4^^LN||80|/min^^UCUM",
            "8310-5^^LN||37|Cel^^UCUM"));
    messages.addAll(hl7("A03", "20260101100000+0000", "1", visit1));
    messages.addAll(hl7("A01", "20260101120000+0000", "1", visit2));
    messages.addAll(vitals("20260101130000+0000", "1", "V2", "8867-4^^LN||90|/min^^UCUM"));
    messages.addAll(vitals("20260101133000+0000", "2", "V2", "8310-5^^LN||39.5|Cel^^UCUM"));
    messages.addAll(hl7("A40", "20260101140000+0000", "1", "MRG|2^^^H^MR"));
    Replayed all =
        replay(
            "hl7",
            "--format",
            "hl7v2",
            "--model",
            "mews-subbe2001",
            "--final-only",
            lines("ward.hl7", messages).toString());

    assertThat(all.exit()).isZero();
    booksAddUp(all.books());
    List<String> told = new ArrayList<>();
    for (String line : all.lines()) {
      JsonNode a = JSON.readTree(line);
      told.add(
          "%s %s %s %s"
              .formatted(
                  a.get("patient_id").textValue(),
                  a.get("encounter").textValue(),
                  a.get("time").textValue().substring(11, 16),
                  a.get("missing")));
    }
    assertThat(told)
        .containsExactlyInAnyOrder(
            "H|1 V1 09:00 [\"avpu\",\"rr\",\"sbp\"]",
            "H|1 V2 13:00 [\"avpu\",\"rr\",\"sbp\",\"temp_c\"]",
            "H|1 V2 13:30 [\"avpu\",\"rr\",\"sbp\"]");
  }

  @Test
  void theSameMessagesGiveTheSameLinesInTheSameOrderWithMovementsAndDecisions() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int minute = 0; minute < 50; minute++) {
      String time = "2026-01-01T08:%02d:00Z".formatted(minute);
      String kind = minute < 3 ? "admit" : "transfer";
      lines.add(
          "{\"kind\":\"%s\",\"patient_id\":\"mrn|%d\",\"encounter\":\"e\",\"ward\":\"w%d\",\"occurred\":\"%s\"}"
              .formatted(kind, minute % 3, minute % 2, time));
      lines.add(panel("" + minute % 3, time, heartRate("" + (60 + minute * 2), "")));
    }
    lines.add(
        "{\"kind\":\"suspend\",\"patient_id\":\"mrn|1\",\"author\":\"a\",\"reason\":\"b\","
            + "\"from\":\"2026-01-01T08:00:00Z\",\"until\":\"2026-01-01T09:00:00Z\"}");
    String file = lines("moves.ndjson", lines).toString();
    String[] args = {"--format", "medflink-json", "--model", "news2", "--alerts", file};
    List<String> first = answers("first", args);
    assertThat(first).hasSizeGreaterThan(80);
    for (String again : List.of("second", "third")) {
      assertThat(answers(again, args)).isEqualTo(first);
      Ran compared =
          Ran.command(
              "compare", folder.resolve("first").toString(), folder.resolve(again).toString());
      assertThat(compared.exit()).as(compared.out()).isZero();
    }
    assertThat(folder.resolve("first").resolve("alerts.ndjson"))
        .content()
        .contains("suppressed", "escalated");
  }

  @Test
  void lateIsWhatIsOlderThanTheGreatestTimeReadByMoreThanTheLateness() throws IOException {
    Path ward = lines("ward.ndjson", WARD);
    String[] args = {"--format", "medflink-json", "--model", "threshold", "--lateness"};

    assertThat(late("half", ward, args, "PT30M")).isEqualTo(1);
    assertThat(late("less", ward, args, "PT29M59S")).isEqualTo(2);
    assertThat(late("three", ward, args, "PT3H")).isZero();
    assertThat(late("batch", ward, args, "PT0S", "--mode", "batch")).isZero();
  }

  private int late(String out, Path ward, String[] args, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    all.add(ward.toString());
    Replayed replayed = replay(out, all.toArray(String[]::new));
    booksAddUp(replayed.books());
    return replayed.books().get("late").intValue();
  }

  @Test
  void batchStreamingZippedAndShuffledInputsHaveTheSameFinalAnswers() throws IOException {
    List<String> shuffled = new ArrayList<>(WARD);
    Collections.shuffle(shuffled, new Random(7));
    Path zipped = folder.resolve("zipped.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(String.join("\n", WARD).getBytes(StandardCharsets.UTF_8));
    }
    String ward = lines("ward.ndjson", WARD).toString();
    String[] args = {"--format", "medflink-json", "--final-only", "--model", MODELS};

    List<String> streamed = answers("streamed", args, ward);

    assertThat(streamed).hasSizeGreaterThan(3).isSorted();
    assertThat(String.join("", streamed)).doesNotContain("mrn|3", "revision", "status");
    assertThat(answers("batch", args, "--mode", "batch", ward)).isEqualTo(streamed);
    assertThat(answers("zipped", args, zipped.toString())).isEqualTo(streamed);
    assertThat(answers("shuffled", args, lines("shuffled.ndjson", shuffled).toString()))
        .isEqualTo(streamed);
    assertThat(answers("shuffled-late", args, "--lateness", "PT4H", folder + "/shuffled.ndjson"))
        .isEqualTo(streamed);
  }

  private List<String> answers(String out, String[] args, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    Replayed replayed = replay(out, all.toArray(String[]::new));
    assertThat(replayed.exit()).isZero();
    booksAddUp(replayed.books());
    return replayed.lines();
  }

  @Test
  void aFileThatBreaksOffIsNamedTheRestIsReadAndTheExitCodeIsOne() throws IOException {
    Path broken = folder.resolve("broken.ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(broken))) {
      out.write(String.join("\n", WARD).getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(bytes, bytes.length - 20));

    Ran ran =
        Ran.command(
            "replay",
            "--format",
            "medflink-json",
            "--model",
            "threshold",
            "--output",
            folder.resolve("out").toString(),
            broken.toString(),
            lines("ward.ndjson", WARD).toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errLines()).hasSize(2);
    assertThat(ran.errLines().get(0)).isEqualTo("medflink replay: can't read " + broken);
    assertThat(JSON.readTree(ran.errLines().get(1)).get("panels").intValue())
        .isGreaterThanOrEqualTo(10);
  }

  @Test
  void wrongUsageAndMissingFilesAreOneLine() throws IOException {
    String ward = lines("ward.ndjson", WARD).toString();
    String codes = lines("codes.csv", List.of("feed,nonsense")).toString();

    assertExit(2, "replay --format fhir --model news2 " + ward);
    assertExit(2, "replay --format fhir-json --model nonsense " + ward);
    assertExit(2, "replay --format fhir-json --model news2 --lateness 5m " + ward);
    assertExit(2, "replay --format fhir-json --model news2 --lateness -PT5M " + ward);
    assertExit(2, "replay --format fhir-json --model news2 --zone Nowhere " + ward);
    assertExit(2, "replay --format fhir-json --model news2");
    assertExit(1, "replay --format fhir-json --model news2 " + folder + "/absent.json");
    assertExit(1, "replay --format fhir-json --model news2 --codes " + folder + "/no.csv " + ward);
    assertExit(1, "replay --format fhir-json --model news2 --codes " + codes + " " + ward);
  }

  private static void assertExit(int exit, String command) {
    Ran ran = Ran.command(command.split(" "));
    assertThat(ran.exit()).as(command).isEqualTo(exit);
    assertThat(ran.errLines()).as(command).hasSize(1);
    assertThat(ran.err()).doesNotContain("\tat ");
  }

  /** Small bundles of Synthea's patients and the examples of the FHIR specification. */
  @Test
  void realPatientsHaveTheSameAnswersInBothModesAndInAnyOrder() throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : List.of("data/fhir/synthea-bundles", "data/fhir/spec-r4")) {
      try (Stream<Path> all = Files.list(ProjectFolder.shared(name))) {
        all.filter(file -> file.toString().endsWith(".json") && file.toFile().length() < 1_100_000)
            .map(Path::toString)
            .sorted()
            .forEach(files::add);
      }
    }
    List<String> shuffled = new ArrayList<>(files);
    Collections.shuffle(shuffled, new Random(11));
    String[] args = {"--format", "fhir-json", "--final-only", "--model", MODELS};

    List<String> streamed = answers("streamed", args, files.toArray(String[]::new));

    assertThat(streamed).hasSizeGreaterThan(100);
    files.addAll(0, List.of("--mode", "batch"));
    assertThat(answers("batch", args, files.toArray(String[]::new))).isEqualTo(streamed);
    assertThat(answers("shuffled", args, shuffled.toArray(String[]::new))).isEqualTo(streamed);
  }
}
