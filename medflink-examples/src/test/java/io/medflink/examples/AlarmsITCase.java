// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlarmsITCase {
  @TempDir private Path folder;

  private static String round(int hour, int rate) {
    return String.format(
        Locale.ROOT,
        """
        MSH|^~\\&|A|F|||202601010000||ORU^R01|o%1$d|P|2.5
        PID|1||1^^^H^MR
        PV1|1|I|W1^^1^F||||||||||||||||V1
        OBR|1||o%1$d|V|||20260101%1$02d0000
        OBX|1|NM|9279-1^^LN||%2$d|/min^^UCUM|||||F
        OBX|2|NM|59408-5^^LN||97|%%^^UCUM|||||F
        OBX|3|NM|8480-6^^LN||124|mm[Hg]^^UCUM|||||F
        OBX|4|NM|8867-4^^LN||130|/min^^UCUM|||||F
        OBX|5|NM|8310-5^^LN||37|Cel^^UCUM|||||F
        OBX|6|NM|3151-8^^LN||0|L/min^^UCUM|||||F
        OBX|7|CWE|67775-7^^LN||A||||||F
        """,
        hour,
        rate);
  }

  private static String move(String trigger, String patient, String ward, int hour) {
    return """
        MSH|^~\\&|A|F|||202601010000||ADT^%1$s|m%2$s%4$d|P|2.5
        EVN|%1$s|20260101%4$02d0000
        PID|1||%2$s^^^H^MR
        PV1|1|I|%3$s^^1^F||||||||||||||||V%2$s
        """
        .formatted(trigger, patient, ward, hour);
  }

  @Test
  void eachSettingsAlarmsAreToldByWardAndBedDay() throws Exception {
    Path archive = folder.resolve("archive.hl7");
    Files.write(
        archive,
        Stream.of(
                move("A01", "1", "W1", 0),
                move("A01", "2", "W2", 0),
                round(6, 32),
                round(8, 16),
                move("A03", "1", "W1", 12),
                move("A03", "2", "W2", 18))
            .flatMap(String::lines)
            .toList());
    Ran ran =
        Ran.command(
            "alarms",
            "--format",
            "hl7v2",
            "--zone",
            "UTC",
            "--model",
            "news2",
            "--setting",
            "",
            "--setting",
            "steps=0",
            "--setting",
            "raise=high",
            archive.toString());
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.outLines().stream().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "as delivered | W1 | 4 | 0.5000 | 8.0",
            "as delivered | W2 | 0 | 0.7500 | 0.0",
            "steps=0 | W1 | 1 | 0.5000 | 2.0",
            "raise=high | W1 | 0 | 0.5000 | 0.0");
  }

  @Test
  void aSettingThatIsNoneIsWrongUsage() {
    for (String setting :
        List.of("volume=11", "raise=loud", "confirm=5", "steps=-1", "raise=low")) {
      Ran ran =
          Ran.command(
              "alarms", "--format", "hl7v2", "--model", "news2", "--setting", setting, "absent");
      assertThat(ran.exit()).as(setting).isEqualTo(2);
      assertThat(ran.errLines()).hasSize(1).first().asString().contains("--setting");
    }
  }
}
