// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.formats.Shared;
import io.medflink.core.BadInputException;
import io.medflink.core.Control;
import io.medflink.core.Decoder;
import io.medflink.core.Demographic;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Artefact;
import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Method;
import io.medflink.core.Observation.Status;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Vital;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MedflinkJsonTest {
  private static final String HEAD = "{\"patient_id\":\"mrn|1\",\"time\":\"2026-11-24T08:00:00Z\",";
  private static final Instant TIME = Instant.parse("2026-11-24T08:00:00Z");

  @Test
  void readsEveryField() {
    Panel panel =
        decode(
                """
                {"patient_id":"mrn|1","encounter":"e","facility":"f","ward":"w","bed":"b",
                 "time":"2026-11-24T08:00:00Z","issued":"2026-11-24T08:01:00Z",
                 "received":"2026-11-24T08:02:00Z","feed":"bedside","identifiers":["mrn|1","x|2"],
                 "observations":[{"system":"http://loinc.org","code":"8867-4","value":88.5,
                  "unit":"/min","status":"corrected","id":"o1","comparator":">=",
                  "range":{"low":60,"high":100},"flag":"H","method":"device",
                  "artefacts":["jump"]}]}
                """)
            .panel();
    Observation expected =
        new Observation(
            "8867-4",
            88.5,
            null,
            "/min",
            Status.CORRECTED,
            null,
            null,
            null,
            null,
            "o1",
            Comparator.GREATER_OR_EQUAL,
            60,
            100,
            "H",
            Method.DEVICE,
            Artefact.JUMP.bit());
    assertThat(panel)
        .isEqualTo(
            new Panel(
                "mrn|1",
                "e",
                "f",
                "w",
                "b",
                TIME,
                TIME.plusSeconds(60),
                TIME.plusSeconds(120),
                "bedside",
                new String[] {"mrn|1", "x|2"},
                new Observation[] {expected}));
  }

  @Test
  void takesAbsentAndNullAsUnknown() {
    Panel panel =
        decode(HEAD + "\"ward\":null,\"observations\":[{\"code\":\"8867-4\",\"value\":88}]}")
            .panel();
    assertThat(panel).isEqualTo(Panel.of("mrn|1", TIME, Observation.of("8867-4", 88, null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"system\":\"http://loinc.org\",",
        "\"system\":\"LN\",",
        "\"system\":\"urn:oid:2.16.840.1.113883.6.1\","
      })
  void takesACodeOfLoincAsCanonical(String system) {
    Observation o = observe(system + "\"code\":\"67775-7\",\"value\":\"V\"").observation();
    assertThat(o).isEqualTo(Observation.coded(Vital.CONSCIOUSNESS, "V"));
  }

  @Test
  void takesACodeOfItsOwnAsCanonical() {
    Observation o = observe("\"code\":\"medflink:smoker\",\"value\":true").observation();
    assertThat(o).isEqualTo(Observation.coded(Demographic.SMOKER, "yes"));
    o = observe("\"code\":\"medflink:smoker\",\"value\":false").observation();
    assertThat(o).isEqualTo(Observation.coded(Demographic.SMOKER, "no"));
  }

  @Test
  void keepsLocalCodesAsSent() {
    Observation o =
        observe("\"system\":\"LAB\",\"code\":\"AVPU\",\"value\":\"wach\"").observation();
    assertThat(o.code()).isNull();
    assertThat(o.text()).isNull();
    assertThat(o.localSystem()).isEqualTo("LAB");
    assertThat(o.localCode()).isEqualTo("AVPU");
    assertThat(o.localText()).isEqualTo("wach");
    o =
        observe("\"system\":\"\",\"code\":\"HF\",\"value\":80,\"local_unit\":\"bpm\"")
            .observation();
    assertThat(o.localSystem()).isNull();
    assertThat(o.localCode()).isEqualTo("HF");
    assertThat(o.unit()).isNull();
    assertThat(o.localUnit()).isEqualTo("bpm");
  }

  @Test
  void neverTakesAStringForANumber() {
    Observation o = observe("\"code\":\"8867-4\",\"value\":\"120\"").observation();
    assertThat(o.value()).isNaN();
    assertThat(o.text()).isEqualTo("120");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"code\":5,\"value\":1',                                   UNDECODABLE, .code",
    "'\"code\":\"1\",\"value\":[1,{\"a\":2}]',                   UNDECODABLE, .value",
    "'\"code\":\"1\",\"value\":{\"a\":[1]}',                     UNDECODABLE, .value",
    "'\"code\":\"1\",\"value\":1e999',                           IMPOSSIBLE_VALUE, .value",
    "'\"code\":\"1\"',                                           NO_VALUE, .value",
    "'\"code\":\"1\",\"value\":null',                            NO_VALUE, .value",
    "'\"code\":\"1\",\"value\":1,\"status\":\"done\"',           UNKNOWN_STATUS, .status",
    "'\"code\":\"1\",\"value\":1,\"comparator\":\"~\"',          UNDECODABLE, .comparator",
    "'\"code\":\"1\",\"value\":1,\"method\":\"guess\"',          UNDECODABLE, .method",
    "'\"code\":\"1\",\"value\":1,\"range\":[1,2]',               UNDECODABLE, .range",
    "'\"code\":\"1\",\"value\":1,\"range\":{\"low\":\"1\"}',     UNDECODABLE, .range.low",
    "'\"code\":\"1\",\"value\":1,\"range\":{\"lo\":[{}]}',       UNDECODABLE, .range.*",
    "'\"code\":\"1\",\"value\":1,\"artefacts\":[[\"jump\"],1]',  UNDECODABLE, .artefacts",
    "'\"code\":\"1\",\"value\":1,\"secret\":{\"a\":1}',          UNDECODABLE, .*",
  })
  void aBadObservationRejectsOnlyItself(String bad, RejectCode code, String field) {
    Decoded decoded =
        decode(
            HEAD
                + "\"observations\":[{\"code\":\"8867-4\",\"value\":88},{"
                + bad
                + "},{\"code\":\"9279-1\",\"value\":14}]}");
    assertThat(decoded.refusals()).containsExactly(code + " observations[1]" + field);
    assertThat(decoded.rejects().get(0).time()).isEqualTo(TIME);
    assertThat(decoded.rejects().get(0).sha256()).hasSize(64);
    assertThat(decoded.rejects().get(0).position()).isEqualTo("test:1");
    assertThat(decoded.panels().get(0))
        .isEqualTo(
            Panel.of(
                "mrn|1",
                TIME,
                Observation.of("8867-4", 88, null),
                Observation.of("9279-1", 14, null)));
  }

  @Test
  void aWithdrawalNeedsNoValue() {
    Observation o = observe("\"code\":\"1\",\"status\":\"entered-in-error\"").observation();
    assertThat(o.status()).isEqualTo(Status.ENTERED_IN_ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"time\":\"2026-11-24T08:00:00Z\",\"observations\":[]}',              NO_PATIENT_ID"
        + " patient_id",
    "'{\"patient_id\":\" \",\"time\":\"2026-11-24T08:00:00Z\",\"observations\":[]}', NO_PATIENT_ID"
        + " patient_id",
    "'{\"patient_id\":7,\"time\":\"2026-11-24T08:00:00Z\",\"observations\":[]}', UNDECODABLE"
        + " patient_id",
    "'{\"patient_id\":\"p\",\"observations\":[]}',                           NO_TIME time",
    "'{\"patient_id\":\"p\",\"time\":\"2026-11-24\",\"observations\":[]}',   IMPRECISE_TIME time",
    "'{\"patient_id\":\"p\",\"time\":\"2026-11-24T08:00\",\"observations\":[]}', NO_TIME_ZONE time",
    "'{\"patient_id\":\"p\",\"time\":\"2026-11-24T08:00Z\"}',                UNDECODABLE"
        + " observations",
    "'{\"patient_id\":\"p\",\"time\":\"2026-11-24T08:00Z\",\"observations\":{}}', UNDECODABLE"
        + " observations",
    "'{\"patient_id\":\"p\",\"patient_id\":\"q\",\"time\":\"2026-11-24T08:00Z\",\"observations\":[]}',"
        + " UNDECODABLE null",
    "'{\"patient_id\":\"p\",\"time\":\"2026-11-24T08:00Z\",\"observations\":[]} x', UNDECODABLE"
        + " null",
    "'{\"patient_id\":\"p\",\"time\":\"2026-11-24T08:00Z\",\"observations\":[],\"name\":1}',"
        + " UNDECODABLE *",
    "'{\"patient_id\":\"p\",\"time\":\"2026-11-24T08:00Z\",\"identifiers\":[1],\"observations\":[]}',"
        + " UNDECODABLE identifiers[0]",
  })
  void aBadFrameRejectsTheWholeLine(String line, String refusal) {
    Decoded decoded = decode(line);
    assertThat(decoded.panels()).isEmpty();
    assertThat(decoded.refusals()).containsExactly(refusal);
  }

  @Test
  void whatIsTooLargeSaysSo() {
    String deep = "[".repeat(100) + "]".repeat(100);
    assertThat(decode(HEAD + "\"observations\":" + deep + "}").refusals())
        .containsExactly("TOO_LARGE null");
    assertThat(observe("\"code\":\"" + "x".repeat(1_000_001) + "\",\"value\":1").refusals())
        .containsExactly("TOO_LARGE null");
    assertThat(observe("\"code\":\"1\",\"value\":1" + "0".repeat(101)).refusals())
        .containsExactly("TOO_LARGE null");
  }

  @Test
  void takesZoneFeedAndReceiptWhereThePanelDoesNotTell() {
    MedflinkJson json = new MedflinkJson().withFeed("own").withZone(ZoneId.of("Europe/Berlin"));
    String line = "{\"patient_id\":\"p\",\"time\":\"2026-11-24T08:00\",\"observations\":[]}";
    Panel panel = Decoded.of(json, line).panel();
    assertThat(panel.time()).isEqualTo("2026-11-24T07:00:00Z");
    assertThat(panel.feed()).isEqualTo("own");
  }

  @Test
  void refusesAllBrokenJsonOfThePublicSuite() throws IOException {
    List<Path> files = Shared.files("security/vectors/json", ".json");
    int broken = 0;
    for (Path file : files) {
      Decoded decoded = Decoded.of(new MedflinkJson(), Files.readAllBytes(file));
      assertThat(decoded.panels()).as(file.toString()).isEmpty();
      assertThat(decoded.rejects()).as(file.toString()).hasSize(1);
      broken += file.getFileName().toString().startsWith("n_") ? 1 : 0;
      byte[] inside =
          (HEAD + "\"observations\":[{\"code\":\"1\",\"flag\":").getBytes(StandardCharsets.UTF_8);
      byte[] end = ",\"value\":1}]}".getBytes(StandardCharsets.UTF_8);
      byte[] vector = Files.readAllBytes(file);
      byte[] line = new byte[inside.length + vector.length + end.length];
      System.arraycopy(inside, 0, line, 0, inside.length);
      System.arraycopy(vector, 0, line, inside.length, vector.length);
      System.arraycopy(end, 0, line, inside.length + vector.length, end.length);
      decoded = Decoded.of(new MedflinkJson(), line);
      if (file.getFileName().toString().startsWith("n_")) {
        assertThat(decoded.rejects()).as(file.toString()).hasSize(1);
      }
    }
    assertThat(broken).isGreaterThan(90);
  }

  @Test
  void readsBackWhatItWrites() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Panel panel = RandomPanels.next(random);
      byte[] line = MedflinkJson.encode(panel);
      assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("\n");
      assertThat(Decoded.of(new MedflinkJson(), line).panel()).isEqualTo(panel);
    }
  }

  @Test
  void neverThrowsWhateverTheBytes() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      byte[] line = MedflinkJson.encode(RandomPanels.next(random));
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        line[random.nextInt(line.length)] = (byte) random.nextInt(256);
      }
      Decoded decoded = Decoded.of(new MedflinkJson(), line);
      assertThat(decoded.panels().size() + decoded.rejects().size()).isPositive();
    }
  }

  @Test
  void refusesToWriteWhatItCouldNotReadBack() {
    Panel infinite = Panel.of("p", TIME, Observation.of("1", Double.POSITIVE_INFINITY, null));
    assertThatThrownBy(() -> MedflinkJson.encode(infinite))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("IMPOSSIBLE_VALUE in observations[0].value");
    assertThatThrownBy(() -> MedflinkJson.encode(Panel.of(null, TIME)))
        .hasMessageContaining("NO_PATIENT_ID");
    assertThatThrownBy(() -> MedflinkJson.encode(Panel.of("p", null)))
        .hasMessageContaining("NO_TIME");
  }

  private static Decoded observe(String fields) {
    return decode(HEAD + "\"observations\":[{" + fields + "}]}");
  }

  private static Decoded decode(String line) {
    return Decoded.of(new MedflinkJson(), line);
  }

  @Test
  void readsAndWritesMovements() {
    String line =
        "{\"kind\":\"transfer\",\"patient_id\":\"mrn|1\",\"other_patient_id\":\"mrn|2\","
            + "\"encounter\":\"e\",\"other_encounter\":\"e2\",\"facility\":\"f\",\"ward\":\"w\","
            + "\"bed\":\"b\",\"bed_status\":\"O\",\"occurred\":\"2026-11-24T08:00:00Z\","
            + "\"recorded\":\"2026-11-24T08:01:00Z\",\"received\":\"2026-11-24T08:02:00Z\","
            + "\"feed\":\"adt\"}";
    Movement movement = decode(line).movements().get(0);
    assertThat(movement)
        .isEqualTo(
            new Movement(
                Movement.Kind.TRANSFER,
                "mrn|1",
                "mrn|2",
                "e",
                "e2",
                "f",
                "w",
                "b",
                "O",
                TIME,
                TIME.plusSeconds(60),
                TIME.plusSeconds(120),
                "adt"));
    assertThat(new String(MedflinkJson.encode(movement), StandardCharsets.UTF_8)).isEqualTo(line);
  }

  @Test
  void readsAndWritesDecisionsOfEveryKind() {
    for (Control.Kind kind : Control.Kind.values()) {
      Control control =
          new Control(
              kind,
              "mrn|1",
              "f",
              "w",
              "news2",
              7,
              "sister",
              "round",
              TIME,
              TIME.plusSeconds(60),
              "c1",
              TIME.plusSeconds(1));
      List<Control> read = new ArrayList<>();
      new MedflinkJson()
          .decode(
              new Message(MedflinkJson.encode(control), "test:1", null),
              Decoder.Out.of(p -> {}, m -> {}, read::add, i -> {}, r -> {}));
      assertThat(read).containsExactly(control);
    }
  }

  @Test
  void whoTakesNoDecisionsHasThemCountedAsIgnored() {
    String resume = "{\"kind\":\"resume\",\"from\":\"2026-11-24T08:00:00Z\"}";
    List<String> ignored = new ArrayList<>();
    new MedflinkJson()
        .decode(
            new Message(resume.getBytes(StandardCharsets.UTF_8), null, null),
            Decoder.Out.of(panel -> {}, movement -> {}, ignored::add, rejected -> {}));
    assertThat(ignored).containsExactly("control");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'kind':'dance','from':'2026-11-24T08:00:00Z'}; UNDECODABLE kind",
        "{'kind':'admit','occurred':'2026-11-24T08:00:00Z'}; NO_PATIENT_ID patient_id",
        "{'kind':'admit','patient_id':'mrn|1'}; NO_TIME occurred",
        "{'kind':'suspend','ward':'w'}; NO_TIME from",
        "{'kind':'suspend','ward':'w','from':'2026-11-24T08:00:00'}; NO_TIME_ZONE from",
        "{'kind':'suspend','ward':'w','from':'2026-11-24T08:00:00Z','value':'7'}; UNDECODABLE"
            + " value",
        "{'kind':'suspend','bed':'w','from':'2026-11-24T08:00:00Z'}; UNDECODABLE bed",
        "{'kind':'suspend','from':'2026-11-24T08:00:00Z','recorded':'2026-11-24T08:00:00Z'};"
            + " UNDECODABLE recorded",
        "{'kind':'admit','patient_id':'mrn|1','occurred':'2026-11-24T08:00:00Z','value':7};"
            + " UNDECODABLE value",
        "{'kind':'admit','patient_id':'mrn|1','occurred':'2026-11-24T08:00:00Z','observations':[]};"
            + " UNDECODABLE observations",
        "{'kind':'admit','patient_id':'mrn|1','occurred':'2026-11-24T08:00:00Z','author':'x'};"
            + " UNDECODABLE author",
        "{'patient_id':'mrn|1','time':'2026-11-24T08:00:00Z','author':'x','observations':[]};"
            + " UNDECODABLE *",
      })
  void refusesMovementsAndDecisionsThatSayTooLittleOrTooMuch(String line, String refusal) {
    Decoded decoded = decode(line.replace('\'', '"'));
    assertThat(decoded.refusals()).containsExactly(refusal);
    assertThat(decoded.movements()).isEmpty();
    assertThat(decoded.panels()).isEmpty();
  }
}
