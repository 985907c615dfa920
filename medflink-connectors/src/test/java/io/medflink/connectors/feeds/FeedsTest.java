// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.feeds.Profile.TimeField;
import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.Cleaner;
import io.medflink.core.Observation.Method;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedsTest {
  private static final String WHOLE =
      """
      version: 1
      feeds:
        bedside:
          senders:
            - {application: MONITOR, facility: GENERAL}
            - {certificate: "CN=monitor,O=General"}
          zone: Europe/Berlin
          authorities:
            GENERAL MRN: mrn
            ^NH: nhs
          processing: [P, T]
          test_patients: ["mrn|99*", "nhs|1"]
          codes: bedside.csv
          times: [OBR-7, OBX-14]
          tolerance: PT2M
          interval: PT1M
          method: device
          character_set: ISO-8859-1
        lab:
          senders:
            - facility: GENERAL
          authorities: {LAB: mrn}
      """;

  @TempDir Path folder;

  @Test
  void readsTheCodeMapsThatProfilesName() throws IOException {
    String header = "feed,system,code,loinc,local_unit,unit,local_value,value\n";
    Files.writeString(folder.resolve("bedside.csv"), header + ",,HF,8867-4,bpm,/min,,\n");
    Files.writeString(folder.resolve("lab.csv"), header + ",,HF,718-7,,,,\nlab,,K,2823-3,,,,\n");
    String both = WHOLE + "    codes: lab.csv\n";
    Path file = Files.writeString(folder.resolve("feeds.yaml"), both);
    Cleaner cleaner = Cleaner.with(Feeds.read(file).codeMap());
    assertThat(cleaned(cleaner, "bedside", "HF", "bpm")).isEqualTo("8867-4");
    assertThat(cleaned(cleaner, "lab", "HF", "g/dL")).isEqualTo("718-7");
    assertThat(cleaned(cleaner, "other", "HF", "bpm")).isEqualTo("UNMAPPED_CODE");

    Files.writeString(folder.resolve("lab.csv"), header + "lab,,K,1-1,,,,\n");
    assertThatThrownBy(() -> Feeds.read(file).codeMap())
        .hasMessageContaining("the code map of feed lab, line 2: loinc 1-1 is no LOINC code");
    assertThat(Feeds.read(file).silences(3))
        .containsExactly(Map.entry("bedside", Duration.ofMinutes(3)));
  }

  /** The code that a value of a feed gets, or why it is refused. */
  private static String cleaned(Cleaner cleaner, String feed, String code, String unit) {
    Instant time = Instant.parse("2026-11-24T08:00:00Z");
    String json =
        "{\"patient_id\":\"mrn|1\",\"time\":\"%s\",\"received\":\"%s\",\"feed\":\"%s\",\"observations\":[{\"system\":\"\",\"code\":\"%s\",\"value\":88,\"local_unit\":\"%s\"}]}"
            .formatted(time, time, feed, code, unit);
    List<String> told = new ArrayList<>();
    cleaner.clean(
        Decoded.of(new MedflinkJson(), json).panel(),
        panel -> told.add(panel.observations()[0].code()),
        rejected -> told.add(rejected.code().name()));
    return told.get(0);
  }

  @Test
  void readsAProfile() throws IOException {
    Path file = Files.writeString(folder.resolve("feeds.yaml"), WHOLE);
    Feeds feeds = Feeds.read(file);
    assertThat(feeds.names()).containsExactly("bedside", "lab");
    Profile bedside = feeds.named("bedside");
    assertThat(bedside.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(bedside.authorities().toString()).isEqualTo("{GENERAL MRN=mrn, ^NH=nhs}");
    assertThat(bedside.processing()).containsExactly("P", "T");
    assertThat(bedside.codes()).isEqualTo(folder.resolve("bedside.csv").toString());
    assertThat(bedside.times()).containsExactly(TimeField.OBR_7, TimeField.OBX_14);
    assertThat(bedside.tolerance()).isEqualTo(Duration.ofMinutes(2));
    assertThat(bedside.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(bedside.method()).isEqualTo(Method.DEVICE);
    assertThat(bedside.characterSet()).isEqualTo("ISO-8859-1");
    assertThat(bedside.isTestPatient("mrn|991")).isTrue();
    assertThat(bedside.isTestPatient("nhs|1")).isTrue();
    assertThat(bedside.isTestPatient("nhs|12")).isFalse();
    assertThat(bedside.fallback()).isFalse();
  }

  @Test
  void whatIsNotSaidIsTheDefault() throws IOException {
    Profile lab = read(WHOLE).named("lab");
    assertThat(lab).isEqualTo(Profile.of("lab").withAuthority("LAB", "mrn"));
    assertThat(lab.processing()).containsExactly("P");
    assertThat(lab.times()).containsExactly(TimeField.OBX_14, TimeField.SPM_17, TimeField.OBR_7);
    assertThat(lab.tolerance()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void findsTheProfileThatSaysMostOfTheSender() throws IOException {
    Feeds feeds = read(WHOLE);
    assertThat(feeds.ofSender(Set.of("MONITOR", "1.2"), Set.of("GENERAL")).feed())
        .isEqualTo("bedside");
    assertThat(feeds.ofSender(Set.of("OTHER"), Set.of("GENERAL")).feed()).isEqualTo("lab");
    assertThat(feeds.ofSender(Set.of("MONITOR"), Set.of("OTHER"))).isNull();
    assertThat(feeds.ofSender(Set.of(), Set.of())).isNull();
    assertThat(feeds.ofCertificate("CN=monitor,O=General").feed()).isEqualTo("bedside");
    assertThat(feeds.ofCertificate("CN=x")).isNull();
    String spaced = WHOLE.replace("CN=monitor,O=General", "cn=monitor, o=General");
    assertThat(read(spaced).ofCertificate("CN=monitor,O=General").feed()).isEqualTo("bedside");
    assertThat(feeds.named("x")).isNull();
  }

  @Test
  void goesToTheCluster() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(read(WHOLE));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((Feeds) in.readObject()).named("lab")).isEqualTo(read(WHOLE).named("lab"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "version: 1;                      version: 2;               line 1: version has to be 1",
        "zone: Europe/Berlin;             zone: Europe/Utopia;      line 7: no time zone",
        "zone: Europe/Berlin;             zon: Europe/Berlin;       line 7: unknown name zon",
        "zone: Europe/Berlin;             zone: [a];                line 7: a text was expected",
        "zone: Europe/Berlin;             zone:;                    line 7: a text was expected",
        "method: device;                  method: guess;            line 17: method is device or"
            + " manual",
        "tolerance: PT2M;                 tolerance: 2 minutes;     line 15: no duration such as"
            + " PT5M",
        "tolerance: PT2M;                 tolerance: -PT2M;         line 15: tolerance is negative",
        "'times: [OBR-7, OBX-14]';        'times: [OBR-7, OBR-7]';  line 14: times are OBX-14,"
            + " SPM-17 and OBR-7, each once",
        "'times: [OBR-7, OBX-14]';        'times: [MSH-7]';         line 14: times are OBX-14,"
            + " SPM-17 and OBR-7, each once",
        "character_set: ISO-8859-1;       character_set: KLINGON;   line 18: no character set",
        "'authorities: {LAB: mrn}';       'zone: UTC';              line 20: authorities is"
            + " missing",
        "'authorities: {LAB: mrn}';       'authorities: {}';        line 22: no authority: every"
            + " patient would be refused",
        "'authorities: {LAB: mrn}';       'authorities: {LAB: a|b}'; line 22: an authority's name"
            + " is not empty and has no bar",
        "'lab:';                          'bedside:';               line 19: bedside comes twice",
        "'- facility: GENERAL';           '- {facility: GENERAL, application: MONITOR}'; line 21:"
            + " this sender was named before",
        "'- facility: GENERAL';           '- {certificate: CN=x, facility: y}'; 'line 21: a sender has"
            + " an application, a facility or both, or a certificate'",
        "'- facility: GENERAL';           '- certificate: x';       line 21: no subject such as"
            + " CN=monitor,O=General",
        "'processing: [P, T]';            'processing: P';          line 11: processing is a list",
        "'processing: [P, T]';            'processing: [P, T';      line 12: not YAML",
        "version: 1;                      '!!java.net.URL x';       line 1: not YAML",
      })
  void namesTheLineThatIsWrong(String right, String wrong, String message) {
    assertThat(WHOLE).contains(right.strip());
    assertThatThrownBy(() -> read(WHOLE.replace(right.strip(), wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void readsTheExampleOfTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int from = readme.indexOf("```yaml\n") + "```yaml\n".length();
    Feeds feeds = read(readme.substring(from, readme.indexOf("```", from)));
    assertThat(feeds.ofSender(Set.of("MONITOR"), Set.of("GENERAL")).method())
        .isEqualTo(Method.DEVICE);
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> read("")).hasMessage("line 1: the file is empty");
    assertThatThrownBy(() -> read("- a")).hasMessage("line 1: names and values were expected");
  }

  private static Feeds read(String yaml) throws IOException {
    return Feeds.read(new StringReader(yaml));
  }
}
