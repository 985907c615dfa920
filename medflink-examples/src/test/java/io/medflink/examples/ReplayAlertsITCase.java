// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayAlertsITCase {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private Path ward() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int minute = 0; minute < 60; minute += 10) {
      lines.add(
          ("{\"patient_id\":\"mrn|1\",\"encounter\":\"e1\",\"facility\":\"north\",\"ward\":\"w1\","
                  + "\"bed\":\"b1\",\"time\":\"2026-01-01T08:%02d:00Z\",\"received\":\"2026-01-01T10:00:00Z\",\"observations\":"
                  + "[{\"code\":\"8867-4\",\"value\":140,\"unit\":\"/min\"}]}")
              .formatted(minute));
    }
    return Files.write(folder.resolve("ward.ndjson"), lines);
  }

  private List<JsonNode> alerts(String out, String... args) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "replay",
                "--format",
                "medflink-json",
                "--model",
                "news2",
                "--alerts",
                "--output",
                folder.resolve(out) + ""));
    all.addAll(List.of(args));
    all.add(ward().toString());
    assertThat(Ran.command(all.toArray(String[]::new)).exit()).isZero();
    List<JsonNode> alerts = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(out).resolve("alerts.ndjson"))) {
      alerts.add(JSON.readTree(line));
    }
    return alerts;
  }

  private static List<String> states(List<JsonNode> alerts) {
    return alerts.stream().map(alert -> alert.path("state").asText()).toList();
  }

  @Test
  void anAlertLineSaysWhoWhereWhatAndWhy() throws IOException {
    List<JsonNode> alerts = alerts("out");
    assertThat(states(alerts)).containsExactly("raised", "escalated", "escalated");
    JsonNode first = alerts.get(0);
    List<String> names = new ArrayList<>();
    first.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "id",
            "patient_id",
            "encounter",
            "ward",
            "bed",
            "model",
            "time",
            "state",
            "priority",
            "level",
            "historical",
            "reason");
    assertThat(first.path("patient_id").asText()).isEqualTo("mrn|1");
    assertThat(first.path("encounter").asText()).isEqualTo("e1");
    assertThat(first.path("ward").asText()).isEqualTo("w1");
    assertThat(first.path("bed").asText()).isEqualTo("b1");
    assertThat(first.path("time").asText()).isEqualTo("2026-01-01T08:15:00Z");
    assertThat(first.path("priority").asText()).isEqualTo("medium");
    assertThat(first.path("level").asText()).isEqualTo("UNKNOWN");
    assertThat(first.path("historical").asBoolean()).isFalse();
    assertThat(first.path("reason").asText()).startsWith("may be HIGH, unknown: ");
    assertThat(alerts("final", "--final-only")).hasSize(1);
    assertThat(states(alerts("batch", "--mode", "batch"))).isNotEmpty();
    Ran compared =
        Ran.command(
            "compare", folder.resolve("out").toString(), folder.resolve("batch").toString());
    assertThat(compared.exit()).as(compared.out()).isZero();
  }

  @Test
  void decisionsComeFromAFileAndOldNewsIsHistorical() throws IOException {
    String id = alerts("plain").get(0).path("id").asText();
    Path control =
        Files.write(
            folder.resolve("control.ndjson"),
            List.of(
                "{\"kind\":\"suspend\",\"ward\":\"w1\",\"author\":\"sister\",\"reason\":\"round\","
                    + "\"from\":\"2026-01-01T08:00:00Z\",\"until\":\"2026-01-01T08:20:00Z\"}",
                "{\"kind\":\"acknowledge\",\"patient_id\":\"mrn|1\",\"target\":\""
                    + id
                    + "\",\"author\":\"sister\",\"from\":\"2026-01-01T09:25:00+01:00\"}",
                "{\"kind\":\"suspend\",\"ward\":\"w1\",\"author\":\"sister\",\"reason\":\"round\","
                    + "\"from\":\"2026-01-01T08:00:00Z\"}"));
    List<JsonNode> alerts = alerts("control", "--control", control.toString(), "--final-only");
    assertThat(states(alerts)).containsExactly("acknowledged");
    assertThat(folder.resolve("control").resolve("rejects.ndjson"))
        .content()
        .contains("BAD_CONTROL", "until");
    List<JsonNode> old = alerts("old", "--actionable-within", "PT1H");
    assertThat(states(old)).containsExactly("historical");
    assertThat(old.get(0).path("historical").asBoolean()).isTrue();
  }

  @Test
  void aControlFileThatIsNoneEndsTheCommand() throws IOException {
    Path control = Files.write(folder.resolve("c.ndjson"), List.of("{\"kind\":\"dance\"}"));
    Ran ran =
        Ran.command(
            "replay",
            "--format",
            "medflink-json",
            "--model",
            "news2",
            "--alerts",
            "--control",
            control.toString(),
            ward().toString());
    assertThat(ran.exit()).isNotZero();
    assertThat(ran.errLines()).anyMatch(line -> line.contains("c.ndjson:1"));
    assertThat(
            Ran.command(
                    "replay",
                    "--format",
                    "medflink-json",
                    "--model",
                    "news2",
                    "--control",
                    control.toString(),
                    ward().toString())
                .exit())
        .isEqualTo(2);
  }
}
