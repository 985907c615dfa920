// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeMapTest {
  static final String HEADER = "feed,system,code,loinc,local_unit,unit,local_value,value\n";

  @Test
  void theMostSpecificRowWinsWhateverTheOrder() throws IOException {
    CodeMap map =
        map(",,P,8867-4,,,,", "icu,,P,8478-0,,,,", "icu,L,P,8480-6,,,,", "icu,L,P,8462-4,hPa,,,");
    assertThat(map.loinc("er", "X", "P", "", "")).isEqualTo("8867-4");
    assertThat(map.loinc("icu", "X", "P", "", "")).isEqualTo("8478-0");
    assertThat(map.loinc("icu", "L", "P", "kPa", "")).isEqualTo("8480-6");
    assertThat(map.loinc("icu", "L", "P", "hPa", "")).isEqualTo("8462-4");
    assertThat(map.loinc("icu", "L", "Q", "", "")).isNull();
  }

  @Test
  void theFeedWeighsMoreThanTheSystem() throws IOException {
    CodeMap map = map(",L,P,8867-4,,,,", "icu,,P,8478-0,,,,");
    assertThat(map.loinc("icu", "L", "P", "", "")).isEqualTo("8478-0");
  }

  @Test
  void aStatedUnitNeverReplacesASentOne() throws IOException {
    CodeMap map = map(",,T,8310-5,,Cel,,");
    assertThat(map.unit("f", "L", "T", "8310-5", "", "")).isEqualTo("Cel");
    assertThat(map.unit("f", "L", "T", "8310-5", "F", "")).isNull();
    assertThat(map.loinc("f", "L", "T", "F", "")).isEqualTo("8310-5");
  }

  @Test
  void aCodeThatImpliesItsValueNeverReplacesASentOne() throws IOException {
    CodeMap map = map(",icd,E11,medflink:diabetes,,,,yes");
    assertThat(map.value("f", "icd", "E11", "medflink:diabetes", "", "")).isEqualTo("yes");
    assertThat(map.value("f", "icd", "E11", "medflink:diabetes", "", "ruled out")).isNull();
  }

  @Test
  void withoutACodeTheLoincIsACondition() throws IOException {
    CodeMap map = map(",,,67775-7,,,wach,A", ",,,,bpm,/min,,");
    assertThat(map.value("f", "L", "AVPU", "67775-7", "", "wach")).isEqualTo("A");
    assertThat(map.value("f", "L", "AVPU", "46098-0", "", "wach")).isNull();
    assertThat(map.unit("f", "L", "HR", "8867-4", "bpm", "")).isEqualTo("/min");
    assertThat(map.loinc("f", "L", "AVPU", "", "wach")).isNull();
  }

  @Test
  void anEquivalentLoincIsTheSameCondition() throws IOException {
    assertThat(map(",,,2708-6,,%,,").unit("f", "L", "SPO2", "59408-5", "", "")).isEqualTo("%");
  }

  @Test
  void aCodeWhoseRowsAgreeIsThatCodeForUnlistedUnitsToo() throws IOException {
    CodeMap map =
        map(
            ",,T,8310-5,F,[degF],,",
            ",,T,8310-5,C,Cel,,",
            ",,G,2345-7,mg,mg/dL,,",
            ",,G,14749-6,mm,mmol/L,,");
    assertThat(map.loinc("f", "L", "T", "K", "")).isEqualTo("8310-5");
    assertThat(map.loinc("f", "L", "G", "mm", "")).isEqualTo("14749-6");
    assertThat(map.loinc("f", "L", "G", "g", "")).isNull();
  }

  @Test
  void linesMayBeQuotedEmptyRepeatedAndInAnyColumnOrder() throws IOException {
    String csv =
        """
        value,local_value,unit,local_unit,loinc,code,system,feed,note

        A,"awake, ""well""
        today",,,67775-7,AVPU,,,
        A,"awake, ""well""
        today",,,67775-7,AVPU,,,again
        """;
    CodeMap map = CodeMap.read(new StringReader("\uFEFF" + csv.replace("\n", "\r\n")));
    assertThat(map.value("f", "", "AVPU", "67775-7", "", "awake, \"well\"\r\ntoday"))
        .isEqualTo("A");
    assertThat(map).hasToString("CodeMap[2 rows]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ",,HR,8867-5,,,,|check digit",
        ",,HR,HR,,,,|check digit",
        ",,HR,8867-4,,bpm,,|not UCUM",
        ",,HR,8867-4,,mm[Hg],,|cannot be converted",
        ",,AVPU,67775-7,,,wach,W|none of those",
        ",,HR,8867-4,,/min,fast,quick|none of those",
        ",,DOB,21112-8,,,x,1970-13-01|none of those",
        ",,HR,,,,,|answers nothing",
        ",,,8867-4,,,,|answers nothing",
        ",,,,,/min,,|needs a code",
        ",,,,,,,yes|needs a code",
        ",,HR,8867-4,,,|7 fields",
        ",,\"HR,8867-4,,,,|not CSV",
        ",,HR,8480-6,,,,|contradicts line 2",
      })
  void aWrongLineIsNamedWithItsReason(String line, String reason) {
    assertThatThrownBy(() -> map(",,HR,8867-4,,,,", ",,RR,9279-1,,,,", line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("line 4: ")
        .hasMessageContaining(reason);
  }

  @Test
  void theLineOfAContradictionInUnitsAndValuesIsNamed() {
    assertThatThrownBy(() -> map("icu,,,,bpm,/min,,", "icu,,,,bpm,/h,,"))
        .hasMessage("line 3: contradicts line 2");
    assertThatThrownBy(() -> map(",,,67775-7,,,w,A", ",,,67775-7,,,w,V"))
        .hasMessage("line 3: contradicts line 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "feed,system,code,loinc,local_unit,unit,value\n", "\uFEFF"})
  void aMissingColumnOrHeaderIsAnError(String csv) {
    assertThatThrownBy(() -> CodeMap.read(new StringReader(csv)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 1: ")
        .hasMessageContaining("missing");
  }

  @Test
  void anApplicationsOwnTypesAreChecked() throws IOException {
    assertThat(CodeMap.read(csv(",,X,acme:pain,,,ouch,severe"), OwnType.PAIN).toString())
        .isEqualTo("CodeMap[1 rows]");
    assertThatThrownBy(() -> CodeMap.read(csv(",,X,acme:pain,,,ouch,bad"), OwnType.PAIN))
        .hasMessageContaining("none of those");
    assertThatThrownBy(() -> CodeMap.read(csv(",,X,acme:pain,,,ouch,severe")))
        .hasMessageContaining("check digit");
  }

  @Test
  void aFileThatIsNotUtf8IsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("codes.csv");
    Files.write(file, (HEADER + ",,Pr\u00fcf,8867-4,,,,\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> CodeMap.read(file)).isInstanceOf(MalformedInputException.class);
    Files.writeString(file, HEADER + ",,Pr\u00fcf,8867-4,,,,\n");
    assertThat(CodeMap.read(file).loinc("", "", "Pr\u00fcf", "", "")).isEqualTo("8867-4");
  }

  @Test
  void itTravelsToTheTasks() throws Exception {
    CodeMap map = InstantiationUtil.clone(map(",,HR,8867-4,,/min,,"));
    assertThat(map.loinc("f", "L", "HR", "", "")).isEqualTo("8867-4");
    assertThat(map.unit("f", "L", "HR", "8867-4", "", "")).isEqualTo("/min");
  }

  @Test
  void manyRowsAreAllFound() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < 5000; i++) {
      csv.append("f").append(i % 7).append(",L,C").append(i).append(",8867-4,,,,\n");
    }
    CodeMap map = CodeMap.read(new StringReader(csv.toString()));
    for (int i = 0; i < 5000; i++) {
      assertThat(map.loinc("f" + i % 7, "L", "C" + i, "", "")).isEqualTo("8867-4");
      assertThat(map.loinc("f" + (i + 1) % 7, "L", "C" + i, "", "")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8867-4", "2345-7", "59408-5", "67775-7", "29463-7", "1-8", "9999999-0"})
  void codesWithTheirCheckDigitAreLoinc(String code) {
    int hyphen = code.indexOf('-');
    int valid = 0;
    for (int digit = 0; digit < 10; digit++) {
      valid += Loinc.isValid(code.substring(0, hyphen + 1) + digit) ? 1 : 0;
    }
    assertThat(valid).isOne();
    assertThat(code.length() < 8 || code.startsWith("9") || Loinc.isValid(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "4", "88674", "8867-", "-4", "8867-45", "HR-4", "12345678-4"})
  void anythingElseIsNot(String code) {
    assertThat(Loinc.isValid(code)).isFalse();
  }

  static CodeMap map(String... lines) throws IOException {
    return CodeMap.read(csv(lines));
  }

  private static StringReader csv(String... lines) {
    return new StringReader(HEADER + String.join("\n", lines) + "\n");
  }
}
