// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {
  @TempDir private Path folder;

  private static String assessment(String encounter, int revision, String status, int low) {
    return """
        {"patient_id":"mrn|1","encounter":%s,"model":"news2","time":"2026-01-01T08:00:00Z",\
        "revision":%d,"status":"%s","low":%d,"missing":["rr"]}"""
        .formatted(encounter, revision, status, low);
  }

  private static String alert(String id, String state) {
    return "{\"id\":\"%s\",\"patient_id\":\"mrn|1\",\"state\":\"%s\"}".formatted(id, state);
  }

  private Ran compare(List<String> a, List<String> b, String... options) throws IOException {
    Path left = Files.write(folder.resolve("a.ndjson"), a);
    Path right = Files.write(folder.resolve("b.ndjson"), b);
    return Ran.command(
        Stream.concat(Stream.of("compare", left.toString(), right.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private static String account(Ran ran) {
    return ran.errLines().get(ran.errLines().size() - 1);
  }

  @Test
  void onlyTheLastWordCountsWhateverItsRevisionAndPlaceInTheFile() throws IOException {
    Ran ran =
        compare(
            List.of(
                assessment("\"e\"", 2, "final", 3),
                assessment("\"e\"", 1, "preliminary", 5),
                alert("x", "raised"),
                alert("x", "cleared"),
                alert("y", "raised"),
                alert("y", "withdrawn")),
            List.of(alert("x", "cleared"), assessment("\"e\"", 4, "amended", 3)));
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(account(ran))
        .isEqualTo("{\"a\":2,\"b\":2,\"equal\":2,\"differing\":0,\"only_in_a\":0,\"only_in_b\":0}");
  }

  @Test
  void whatIsOnlyInOneOrDiffersIsShownAndTheExitCodeIsOne() throws IOException {
    Ran ran =
        compare(
            List.of(assessment("\"e\"", 1, "final", 3), alert("x", "raised"), alert("z", "raised")),
            List.of(
                assessment("\"e\"", 1, "final", 4), alert("y", "raised"), alert("z", "cleared")));
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.outLines())
        .containsExactly(
            "< {\"id\":\"x\",\"patient_id\":\"mrn|1\",\"state\":\"raised\"}",
            "> {\"id\":\"y\",\"patient_id\":\"mrn|1\",\"state\":\"raised\"}",
            "! alert z: state \"raised\" -> \"cleared\"",
            "! mrn|1 e news2 2026-01-01T08:00:00Z: low 3 -> 4");
    assertThat(account(ran))
        .isEqualTo("{\"a\":3,\"b\":3,\"equal\":0,\"differing\":2,\"only_in_a\":1,\"only_in_b\":1}");
  }

  @Test
  void aMomentIsOfTheEncounterThatItsLastRevisionTells() throws IOException {
    List<String> learned =
        List.of(assessment("null", 1, "preliminary", 3), assessment("\"e\"", 2, "amended", 3));
    assertThat(compare(learned, List.of(assessment("\"e\"", 1, "final", 3))).exit()).isZero();
    assertThat(compare(learned, List.of(assessment("\"f\"", 1, "final", 3))).exit()).isEqualTo(1);
    List<String> two =
        List.of(assessment("\"e\"", 1, "final", 3), assessment("\"f\"", 1, "final", 4));
    assertThat(compare(two, List.of(two.get(1), two.get(0))).exit()).isZero();
  }

  @Test
  void whatWasEnteredInErrorIsNoWord() throws IOException {
    List<String> gone =
        List.of(assessment("\"e\"", 1, "final", 3), assessment("\"e\"", 2, "entered-in-error", 3));
    assertThat(compare(gone, List.of()).exit()).isZero();
  }

  @Test
  void fieldsToleranceAndLimitAreOptions() throws IOException {
    List<String> a = List.of(assessment("\"e\"", 1, "final", 3), alert("x", "raised"));
    List<String> b = List.of(assessment("\"e\"", 1, "final", 4), alert("x", "cleared"));
    assertThat(compare(a, b, "--ignore", "low,state").exit()).isZero();
    assertThat(compare(a, b, "--tolerance", "1").outLines()).hasSize(1);
    assertThat(compare(a, b, "--limit", "1").outLines()).hasSize(1);
    assertThat(compare(a, b, "--limit", "0").outLines()).hasSize(2);
    Ran quiet = compare(a, b, "--quiet");
    assertThat(quiet.out()).isEmpty();
    assertThat(quiet.exit()).isEqualTo(1);
  }

  @Test
  void foldersThatReplayWroteAreCompared() throws IOException {
    Path a = Files.createDirectories(folder.resolve("a"));
    Path b = Files.createDirectories(folder.resolve("b"));
    Files.writeString(a.resolve("assessments.ndjson"), assessment("\"e\"", 1, "final", 3));
    Files.writeString(b.resolve("assessments.ndjson"), assessment("\"e\"", 1, "final", 3));
    Files.writeString(b.resolve("alerts.ndjson"), alert("x", "raised"));
    Ran ran = Ran.command("compare", a.toString(), b.toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.outLines()).hasSize(1).first().asString().startsWith("> ");
  }

  @Test
  void whatCanNotBeComparedIsTwo() throws IOException {
    for (String bad : List.of("{broken SECRET", "[1]", "{\"patient_id\":\"SECRET\"}")) {
      Ran ran = compare(List.of(bad), List.of());
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("a.ndjson:1").doesNotContain("SECRET");
    }
    assertThat(Ran.command("compare", folder + "/absent", folder + "/absent").exit()).isEqualTo(2);
    assertThat(Ran.command("compare", folder.toString(), folder.toString()).exit()).isEqualTo(2);
    assertThat(Ran.command("compare", folder.toString()).exit()).isEqualTo(2);
  }
}
