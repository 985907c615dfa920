// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.formats.Shared;
import io.medflink.connectors.json.MedflinkJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedflinkXmlTest {
  private static final MedflinkXml XML = new MedflinkXml();
  private static final String JSON =
      """
      {"patient_id":"mrn|1","encounter":"e","facility":"f","ward":"w","bed":"b",
       "time":"2026-11-24T08:00:00Z","issued":"2026-11-24T08:01:00Z",
       "received":"2026-11-24T08:02:00Z","feed":"bedside","identifiers":["mrn|1","nhs|2"],
       "observations":[
        {"code":"8867-4","value":88.5,"unit":"/min","id":"o1","comparator":"<",
         "range":{"low":60,"high":100},"flag":"H","method":"device","artefacts":["jump"]},
        {"code":"67775-7","value":"V","status":"corrected"},
        {"system":"LOCAL","code":"HF","value":88,"local_unit":"bpm"},
        {"system":"","code":"X","local_value":"text"}]}
      """;
  private static final String DOCUMENT =
      """
      <?xml version="1.0"?>
      <panels xmlns="urn:any">
        <panel patient_id="mrn|1" encounter="e" facility="f" ward="w" time="2026-11-24T08:00:00Z"
            issued="2026-11-24T08:01:00Z" received="2026-11-24T08:02:00Z" feed="bedside">
          <bed> b </bed><identifier>mrn|1</identifier><identifier>nhs|2</identifier>
          <observation code="8867-4" value="88.5" unit="/min" id="o1" comparator="&lt;"
              range_low="60" range_high="100" flag="H" method="device" artefacts="jump"/>
          <observation><code>67775-7</code><text>V</text><status>corrected</status></observation>
          <observation system="LOCAL" code="HF" value="88" local_unit="bpm"/>
          <observation system="" code="X" local_value="text"/>
        </panel>
      </panels>
      """;

  @Test
  void aTwinInJsonIsTheSamePanel() {
    assertThat(Decoded.of(XML, DOCUMENT).panel())
        .isEqualTo(Decoded.of(new MedflinkJson(), JSON).panel());
  }

  @ParameterizedTest
  @CsvSource({
    "'88.5',                 '88,5',              UNDECODABLE panel[0].observation[0].value, 1",
    "'88.5',                 '1e999',             IMPOSSIBLE_VALUE panel[0].observation[0].value, 1",
    "'value=\"88.5\"',       '',                  NO_VALUE panel[0].observation[0].value, 1",
    "'value=\"88.5\"',       'value=\"1\" text=\"V\"', NO_VALUE panel[0].observation[0].value, 1",
    "'<text>V</text>',       '<text>V</text><text>P</text>', UNDECODABLE panel[0].observation[1].text, 1",
    "'corrected',            'nonsense',          UNKNOWN_STATUS panel[0].observation[1].status, 1",
    "'time=\"2026-11-24T08:00:00Z\"', '',         NO_TIME panel[0].time, 0",
    "'T08:00:00Z',           '',                  IMPRECISE_TIME panel[0].time, 0",
    "'mrn|1\"',              '\"',                NO_PATIENT_ID panel[0].patient_id, 0",
    "'</panels>',            '',                  UNDECODABLE null, 0",
    "'<panels',              '<!DOCTYPE panels><panels', UNDECODABLE null, 0",
  })
  void refusesWithTheFieldThatIsWrong(String part, String wrong, String refusal, int panels) {
    Decoded decoded = Decoded.of(XML, DOCUMENT.replace(part, wrong));
    assertThat(decoded.refusals()).containsExactly(refusal);
    assertThat(decoded.panels()).hasSize(panels);
  }

  @Test
  void takesTheSendersZoneAndFeedAndCountsADocumentWithoutPanels() {
    String own = DOCUMENT.replace(":00Z", ":00").replace("feed=\"bedside\"", "");
    Decoded decoded = Decoded.of(XML.withZone(ZoneId.of("Europe/Berlin")).withFeed("f"), own);
    assertThat(decoded.panel().time()).isEqualTo("2026-11-24T07:00:00Z");
    assertThat(decoded.panel().feed()).isEqualTo("f");
    assertThat(Decoded.of(XML, "<panels/>").ignored()).containsExactly("panels");
  }

  @Test
  void neverThrowsWhateverTheBytes() throws IOException {
    byte[] bytes = DOCUMENT.getBytes(UTF_8);
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      byte[] broken =
          Arrays.copyOf(bytes, i % 3 == 0 ? 1 + random.nextInt(bytes.length) : bytes.length);
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      Decoded decoded = Decoded.of(XML, broken);
      assertThat(decoded.panels().size() + decoded.rejects().size() + decoded.ignored().size())
          .isPositive();
    }
    for (Path file : Shared.files("security/vectors/xml-attacks", ".xml")) {
      assertThat(Decoded.of(XML, Files.readAllBytes(file)).rejects()).hasSize(1);
    }
  }
}
