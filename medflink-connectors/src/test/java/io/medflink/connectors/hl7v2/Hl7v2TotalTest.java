// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.medflink.connectors.formats.Shared;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No bytes make the decoder throw: cut off, garbled, malformed or large. */
class Hl7v2TotalTest {
  private static final String MESSAGE =
      "MSH|^~\\&#|APP^1^ISO|FAC|||20261124080500+0000||ORU^R01|7|P|2.5||||||UTF-8\r"
          + "PID|1||12^^^A&1&ISO^MR~5^^^B||D\u00FC||19700301|F\rPV1|1|I|W^R^B^F||||||||||||||||v\r"
          + "OBR|1|p|f|x|||20261124080000|||||||||||||||20261124080000+0000|||F\r"
          + "OBX|1|NM|1^a^LN^2^b^L|s|<8.5|/min^^UCUM|1 - 2|H|||F|||20261124080000+0000|||AMEAS|d\r"
          + "OBX|2|SN|1^^L||>^2|m|||||C\rOBX|3|CWE|1^^L||A^b~B\\T\\\\X41\\|||||W\rSPM|1|"
          + "|".repeat(15)
          + "20261124080000\rOBX|4||1||5||||||F\r"
          + "MSH|^~\\&|A|F|||||ADT^A45|8|P|2.5\rEVN||20261124080500+0000\rPID|1||12^^^A\r"
          + "MRG|9^^^A||||v0\rPV1|1|I|W||||||||||||||||v\r";

  @Test
  void aMessageCutOffAnywhereOrWithAnyByteChanged() {
    byte[] message = MESSAGE.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i <= message.length; i++) {
      Hl7v2FuzzTest.check(Arrays.copyOf(message, i));
    }
    byte[] odd = "|^~\\&\"\r\n <-+0A\0\u000B\u001C\u00FF".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < message.length; i++) {
      for (byte b : odd) {
        byte[] changed = message.clone();
        changed[i] = b;
        Hl7v2FuzzTest.check(changed);
      }
    }
  }

  @Test
  void randomBytesAndMessagesOfRandomPieces() {
    Random random = new Random(7);
    byte[] message = MESSAGE.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      Hl7v2FuzzTest.check(bytes);
      int from = random.nextInt(message.length);
      byte[] piece =
          Arrays.copyOfRange(message, from, from + random.nextInt(message.length - from));
      System.arraycopy(bytes, 0, piece, 0, Math.min(3, Math.min(bytes.length, piece.length)));
      byte[] whole = Arrays.copyOf(message, message.length + piece.length);
      System.arraycopy(piece, 0, whole, random.nextInt(message.length), piece.length);
      Hl7v2FuzzTest.check(whole);
    }
  }

  @Test
  void theMalformedMessagesOfBugReportsAndTheirGarbledKin() throws IOException {
    List<Path> files = new ArrayList<>(Shared.files("security/vectors/hl7-malformed", ".hl7"));
    Random random = new Random(8);
    for (Path file : files) {
      byte[] message = Files.readAllBytes(file);
      Hl7v2FuzzTest.check(message);
      for (int i = 0; i < 500; i++) {
        byte[] garbled = Arrays.copyOf(message, message.length + random.nextInt(3));
        for (int k = 0; k < 3 && garbled.length > 0; k++) {
          garbled[random.nextInt(garbled.length)] =
              (byte) "|^~\\&\rMSHA01".charAt(random.nextInt(12));
        }
        Hl7v2FuzzTest.check(garbled);
      }
    }
  }

  @Test
  void theInputsThatFuzzingBeginsWith() throws Exception {
    URL folder =
        Hl7v2TotalTest.class.getResource("Hl7v2FuzzTestInputs/anyBytesGiveRecordsOrRejects");
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(folder.toURI()))) {
      files = all.toList();
    }
    assertThat(files).hasSizeGreaterThan(3);
    for (Path file : files) {
      Hl7v2FuzzTest.check(Files.readAllBytes(file));
    }
  }

  @Test
  void aMessageOfManyDelimitersSegmentsAndEscapesIsReadInTimeThatItsSizeAllows() {
    String msh = "MSH|^~\\&|A|F|||||ORU^R01|7|P|2.5\rPID|1||1^^^A\r";
    for (String filler :
        new String[] {"|", "^", "~", "\\", "&", "\r", "\rOBX", "\rOBR|\rSPM|", "\\X41\\"}) {
      byte[] large =
          (msh + "OBX|1|CWE|" + filler.repeat(400_000 / filler.length()))
              .getBytes(StandardCharsets.UTF_8);
      assertTimeout(Duration.ofSeconds(30), () -> Hl7v2FuzzTest.check(large));
    }
  }
}
