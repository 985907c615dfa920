// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medflink.core.CodeMap;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecodeCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> WARD =
      List.of(
          panel(
              "{\"code\":\"8867-4\",\"value\":80,\"unit\":\"/min\"},"
                  + "{\"system\":\"LOCAL\",\"code\":\"HF\",\"value\":70,\"local_unit\":\"bpm\"}"),
          panel("{\"system\":\"LOCAL\",\"code\":\"HF\",\"value\":71,\"local_unit\":\"bpm\"}"),
          "",
          panel(
              "{\"code\":\"8867-4\",\"value\":80,\"local_unit\":\"per min\"},"
                  + "{\"code\":\"67775-7\",\"local_value\":\"Alert\"},"
                  + "{\"code\":\"67775-7\",\"local_value\":\"SECRET of 1970-03-01\"},"
                  + "{\"code\":\"8867-4\",\"status\":\"nonsense\",\"value\":5}"),
          "{\"patient_id\":\"mrn|SECRET\",");

  @TempDir private Path folder;

  private static String panel(String observations) {
    return "{\"patient_id\":\"mrn|1\",\"time\":\"2026-01-01T08:00:00Z\",\"feed\":\"ward, 7\","
        + "\"observations\":["
        + observations
        + "]}";
  }

  private static JsonNode account(Ran ran) throws IOException {
    List<String> err = ran.errLines();
    return JSON.readTree(err.get(err.size() - 1));
  }

  @Test
  void eachRecordComesWithItsFileAndPositionAndEverythingIsCountedOnce() throws IOException {
    Path file = Files.write(folder.resolve("ward.ndjson"), WARD);

    Ran ran = Ran.command("decode", "--format", "medflink-json", file.toString());

    assertThat(ran.exit()).isZero();
    assertThat(account(ran).toString())
        .isEqualTo(
            "{\"files\":1,\"messages\":4,\"panels\":3,\"observations\":6,\"movements\":0,"
                + "\"ignored\":0,\"rejected\":2,\"rejected_by_code\":"
                + "{\"UNDECODABLE\":1,\"UNKNOWN_STATUS\":1}}");
    assertThat(ran.outLines()).hasSize(5);
    JsonNode third = JSON.readTree(ran.outLines().get(2));
    assertThat(third.get("file").textValue()).isEqualTo(file.toString());
    assertThat(third.get("position").textValue()).isEqualTo(file + ":4");
    assertThat(third.get("rejected").get("field").textValue()).isEqualTo("observations[3].status");
    JsonNode second = JSON.readTree(ran.outLines().get(1));
    assertThat(second.get("panel").get("observations").get(0).get("code").textValue())
        .isEqualTo("HF");
    assertThat(ran.outLines().get(4)).contains("\"UNDECODABLE\"").doesNotContain("SECRET");
  }

  @Test
  void suggestsWhatIsNotMappedAndFilledInItIsMapped() throws IOException {
    Path file = Files.write(folder.resolve("ward.ndjson"), WARD);
    Path codes = folder.resolve("codes.csv");

    Ran ran =
        Ran.command(
            "decode",
            "--format",
            "medflink-json",
            "--suggest-codes",
            codes.toString(),
            file.toString());

    assertThat(ran.exit()).isZero();
    assertThat(Files.readString(codes))
        .isEqualTo(
            """
            feed,system,code,loinc,local_unit,unit,local_value,value,count,lacks\r
            "ward, 7",LOCAL,HF,,bpm,,,,2,loinc\r
            "ward, 7",http://loinc.org,67775-7,,,,,,1,value\r
            "ward, 7",http://loinc.org,67775-7,,,,Alert,,1,value\r
            "ward, 7",http://loinc.org,8867-4,,per min,,,,1,unit\r
            """);
    String filled =
        Files.readString(codes)
            .replace("HF,,bpm,,", "HF,8867-4,bpm,/min,")
            .replace("\"ward, 7\",http://loinc.org,67775-7,,,,,,1,value\r\n", "")
            .replace("Alert,,", "Alert,A,")
            .replace("per min,,", "per min,/min,");
    Files.writeString(codes, filled);
    ran =
        Ran.command(
            "decode",
            "--format",
            "medflink-json",
            "--codes",
            codes.toString(),
            "--suggest-codes",
            folder.resolve("left.csv").toString(),
            file.toString());

    assertThat(account(ran).get("observations").longValue()).isEqualTo(5);
    assertThat(account(ran).get("rejected_by_code").toString())
        .isEqualTo("{\"UNDECODABLE\":1,\"UNMAPPED_VALUE\":1,\"UNKNOWN_STATUS\":1}");
    assertThat(ran.outLines().get(0))
        .contains("{\"code\":\"8867-4\",\"value\":70,\"unit\":\"/min\"");
    assertThat(Files.readAllLines(folder.resolve("left.csv"))).hasSize(2);
    assertThat(CodeMap.read(codes).toString()).isEqualTo("CodeMap[3 rows]");
  }

  @Test
  void readsFoldersAndZippedFilesAndNamesTheOneThatBreaksOff() throws IOException {
    Path whole = folder.resolve("a.ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write(String.join("\n", WARD).getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path broken = Files.write(folder.resolve("b.json.gz"), Arrays.copyOf(bytes, bytes.length - 20));
    Files.writeString(folder.resolve("notes.txt"), "none");

    Ran ran = Ran.command("decode", "--format", "medflink-json", folder.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errLines())
        .startsWith(
            "medflink decode: passed over 1 files of other types",
            "medflink decode: can't read " + broken);
    assertThat(account(ran).get("files").intValue()).isEqualTo(2);
    assertThat(account(ran).get("messages").intValue()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void everyExampleOfTheStandardIsInTheAccount() throws IOException {
    Path examples = ProjectFolder.shared("data/fhir/spec-r4");

    Ran ran = Ran.command("decode", "--format", "fhir-json", examples.toString());

    JsonNode account = account(ran);
    assertThat(ran.exit()).isZero();
    assertThat(ran.outLines())
        .hasSize(
            account.get("panels").intValue()
                + account.get("movements").intValue()
                + account.get("rejected").intValue());
    assertThat(account.get("messages")).isEqualTo(account.get("files"));
    assertThat(account.get("observations").intValue()).isGreaterThan(50);
    Ran twin = Ran.command("decode", "--format", "fhir-xml", examples.toString());
    assertThat(twin.exit()).isZero();
    assertThat(account(twin).get("panels")).isEqualTo(account.get("panels"));
    assertThat(account(twin).get("files").intValue()).isGreaterThan(100);
  }

  @Test
  void readsPanelsInXml() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("ward.xml"),
            "<panels><panel patient_id='mrn|1' time='2026-01-01T08:00:00'>"
                + "<observation code='8867-4' value='80' unit='/min'/></panel></panels>");

    Ran ran = Ran.command("decode", "--format", "xml", "--zone", "UTC", file.toString());

    assertThat(ran.exit()).isZero();
    assertThat(JSON.readTree(ran.outLines().get(0)).get("panel").toString())
        .isEqualTo(
            "{\"patient_id\":\"mrn|1\",\"time\":\"2026-01-01T08:00:00Z\",\"observations\":["
                + "{\"code\":\"8867-4\",\"value\":80,\"unit\":\"/min\"}]}");
  }

  @Test
  void wrongUsageIsOneLine() {
    for (String command :
        List.of(
            "decode --format nonsense x",
            "decode --format fhir-json",
            "decode x",
            "decode --format fhir-json --zone Nowhere x")) {
      assertThat(Ran.command(command.split(" ")).exit()).as(command).isEqualTo(2);
    }
    Ran absent = Ran.command("decode", "--format", "fhir-json", folder + "/absent.json");
    assertThat(absent.exit()).isEqualTo(1);
    assertThat(absent.errLines()).hasSize(1);
  }
}
