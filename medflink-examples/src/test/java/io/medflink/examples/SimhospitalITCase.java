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

/** A simulated hospital's HL7 v2 from the file to the score, by a feed profile and a code map. */
final class SimhospitalITCase {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SETTINGS =
      ProjectFolder.root().resolve("medflink-examples/src/test/resources/simhospital");

  /** The simulator leaves each respiratory rate empty; a feed's map may say what that means. */
  private static final String RATE = "simhospital,,tt-0005-08,9279-1,,/min,,16\n";

  @TempDir private Path folder;

  @Test
  void decodesEachMessageAndAccountsForEachValue() throws IOException {
    Ran ran =
        Ran.command(
            "decode",
            "--format",
            "hl7v2",
            "--feeds",
            SETTINGS.resolve("feeds.yaml").toString(),
            file());
    assertThat(ran.exit()).isZero();
    JsonNode account = JSON.readTree(ran.errLines().get(ran.errLines().size() - 1));
    // 694 messages; each but the two documents and the merge has birth date and sex.
    assertThat(account.get("messages").intValue()).isEqualTo(694);
    assertThat(account.get("movements").intValue()).isEqualTo(346);
    assertThat(account.get("ignored").intValue()).isZero();
    int values = count("OBX|");
    int demographics = 2 * count("PID|");
    assertThat(account.get("observations").intValue() + account.get("rejected").intValue())
        .isEqualTo(values + demographics);
  }

  @Test
  void withoutAProfileTrainingTrafficGoesNoFurther() throws IOException {
    Ran ran = Ran.command("decode", "--format", "hl7v2", "--zone", "Europe/London", file());
    JsonNode account = JSON.readTree(ran.errLines().get(ran.errLines().size() - 1));
    assertThat(account.get("ignored").intValue()).isEqualTo(694);
    assertThat(ran.outLines()).isEmpty();
  }

  @Test
  void theCodeMapLacksNothingThatNews2WantsButTheRateThatIsNeverSent() throws IOException {
    Ran ran =
        Ran.command(
            "decode",
            "--format",
            "hl7v2",
            "--feeds",
            SETTINGS.resolve("feeds.yaml").toString(),
            "--codes",
            SETTINGS.resolve("codes.csv").toString(),
            file());
    JsonNode rejected =
        JSON.readTree(ran.errLines().get(ran.errLines().size() - 1)).get("rejected_by_code");
    assertThat(rejected.get("NO_VALUE").intValue()).isEqualTo(61);
    assertThat(rejected.has("UNMAPPED_UNIT")).isFalse();
    assertThat(rejected.has("UNMAPPED_VALUE")).isFalse();
  }

  @Test
  void scoresAreCompleteOnceTheMapStatesWhatAnEmptyRateMeans() throws IOException {
    List<JsonNode> scores =
        replay(
            Files.readString(SETTINGS.resolve("codes.csv"))
                .replace("simhospital,,tt-0005-08,9279-1,,/min,,\n", RATE));
    scores.removeIf(a -> a.get("missing").size() > 1);
    assertThat(scores).hasSize(61);
    assertThat(scores).allSatisfy(a -> assertThat(a.get("missing")).isEmpty());
    scores.removeIf(a -> a.get("reason").asText().startsWith("under 16"));
    assertThat(scores).hasSizeGreaterThan(40);
    assertThat(scores)
        .allSatisfy(
            a -> {
              assertThat(a.get("low").isNumber()).isTrue();
              assertThat(a.get("low")).isEqualTo(a.get("high"));
            });
  }

  /** The NEWS2 scores of all moments, those without a vital sign too. */
  private List<JsonNode> replay(String codes) throws IOException {
    Path map = Files.writeString(folder.resolve("codes.csv"), codes);
    Path output = folder.resolve("out");
    Ran ran =
        Ran.command(
            "replay",
            "--format",
            "hl7v2",
            "--feeds",
            SETTINGS.resolve("feeds.yaml").toString(),
            "--codes",
            map.toString(),
            "--model",
            "news2",
            "--final-only",
            "--output",
            output.toString(),
            file());
    assertThat(ran.exit()).as(ran.err()).isZero();
    List<JsonNode> assessments = new ArrayList<>();
    for (String line : Files.readAllLines(output.resolve("assessments.ndjson"))) {
      assessments.add(JSON.readTree(line));
    }
    return assessments;
  }

  private static String file() {
    return ProjectFolder.shared("data/hl7v2/simhospital/messages_other.out").toString();
  }

  private static int count(String segment) throws IOException {
    String text = Files.readString(Path.of(file())).replace('\r', '\n');
    return Math.toIntExact(text.lines().filter(line -> line.startsWith(segment)).count());
  }
}
