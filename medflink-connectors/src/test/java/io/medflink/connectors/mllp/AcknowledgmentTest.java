// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.mllp.Acknowledgment.Codes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgmentTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private static String answer(String message, Refusal refusal, Codes codes) {
    Msh msh = Msh.of(message.getBytes(StandardCharsets.ISO_8859_1));
    return new String(Acknowledgment.to(msh, refusal, codes, NOW), StandardCharsets.ISO_8859_1)
        .replaceAll("[A-Za-z0-9]+-\\d+", "ID")
        .replace('\013', '<')
        .replace('\034', '>')
        .replace("\r", "$");
  }

  @Test
  void anAcknowledgmentTurnsSenderAndReceiverAndRepeatsTheSendersSeparators() {
    assertThat(
            answer(
                "MSH#*~\\&#APP#FAC#REC#HOSP#20261124##ORU*R01*ORU_R01#42#T#2.4######8859/1\rPID#",
                null,
                Codes.BY_MESSAGE))
        .isEqualTo(
            "<MSH#*~\\&#REC#HOSP#APP#FAC#20261124080000.000+0000##ACK*R01*ACK#ID#T#2.4"
                + "######8859/1$MSA#AA#42$>$");
  }

  @Test
  void aRefusalSaysItsCode() {
    assertThat(
            answer(
                "MSH|^~\\&|A|B|||||ADT^A01|7|P|2.5", Refusal.CONTROL_ID_CONFLICT, Codes.BY_MESSAGE))
        .endsWith("MSA|AE|7|CONTROL_ID_CONFLICT$ERR|||205^Duplicate key identifier^HL70357|E$>$");
  }

  @Test
  void whatIsNoHl7IsAnsweredToo() {
    assertThat(answer("GET / HTTP/1.1", Refusal.NOT_HL7, Codes.BY_MESSAGE))
        .isEqualTo(
            "<MSH|^~\\&|||||20261124080000.000+0000||ACK|ID|P|2.5$MSA|AE||NOT_HL7"
                + "$ERR|||100^Segment sequence error^HL70357|E$>$");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',   '',   AA,    AR,    AE
          AL,   NE,   CA,    CE,    CR
          AL,   '',   CA,    CE,    CR
          AL,   AL,   CA AA, CE,    CR
          NE,   AL,   AA,    AR,    AE
          NE,   NE,   '',    '',    ''
          ER,   NE,   '',    CE,    CR
          SU,   NE,   CA,    '',    ''
          SU,   ER,   CA,    AR,    AE
          '',   SU,   AA,    '',    ''
          """)
  void theModeIsWhatMsh15AndMsh16AskFor(
      String accept, String application, String accepted, String full, String conflict) {
    String message = "MSH|^~\\&|A|B|||||ADT^A01|7|P|2.5|||" + accept + "|" + application;
    assertThat(codes(answer(message, null, Codes.BY_MESSAGE))).isEqualTo(accepted);
    assertThat(codes(answer(message, Refusal.JOURNAL_FULL, Codes.BY_MESSAGE))).isEqualTo(full);
    assertThat(codes(answer(message, Refusal.CONTROL_ID_CONFLICT, Codes.BY_MESSAGE)))
        .isEqualTo(conflict);
    assertThat(codes(answer(message, null, Codes.ORIGINAL))).isEqualTo("AA");
  }

  private static String codes(String answers) {
    StringBuilder codes = new StringBuilder();
    for (int at = answers.indexOf("MSA|"); at >= 0; at = answers.indexOf("MSA|", at + 1)) {
      codes.append(codes.isEmpty() ? "" : " ").append(answers, at + 4, at + 6);
    }
    return codes.toString();
  }

  @Test
  void aHeaderIsReadBehindByteOrderMarkAndLineEnds() {
    Msh msh =
        Msh.of("\u00ef\u00bb\u00bf\r\nMSH|^~\\&#|A|B\nPID".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(msh).isNotNull();
    assertThat(msh.sender()).isEqualTo("A|B");
    assertThat(msh.field(2)).isEqualTo("^~\\&#");
    assertThat(msh.field(10)).isEmpty();
  }

  @Test
  void withoutAHeaderThereIsNone() {
    for (String none :
        new String[] {"", "M", "MSH", "MSH|", "MSHA^~\\&A", "BHS|^~\\&|A", "PID|1|22"}) {
      assertThat(Msh.of(none.getBytes(StandardCharsets.ISO_8859_1))).as(none).isNull();
    }
  }
}
