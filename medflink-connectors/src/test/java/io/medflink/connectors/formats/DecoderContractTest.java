// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Decoder;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each decoder of this module; a new one is found by itself. */
class DecoderContractTest {
  private static final Path CLASSES = Path.of("target/classes");

  static List<Decoder> decoders() throws Exception {
    List<Decoder> decoders = new ArrayList<>();
    for (String name : classNames()) {
      Class<?> type = Class.forName(name, false, DecoderContractTest.class.getClassLoader());
      if (Decoder.class.isAssignableFrom(type) && Modifier.isPublic(type.getModifiers())) {
        decoders.add((Decoder) type.getConstructor().newInstance());
      }
    }
    assertThat(decoders).hasSizeGreaterThanOrEqualTo(4);
    return decoders;
  }

  private static List<String> classNames() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES.resolve("io/medflink/connectors"))) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
          .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
          .sorted()
          .toList();
    }
  }

  private static List<byte[]> vectors() {
    List<byte[]> vectors = new ArrayList<>();
    for (String[] folder :
        new String[][] {
          {"security/vectors/json", ".json"},
          {"security/vectors/xml-attacks", ".xml"},
          {"security/vectors/hl7-malformed", ".hl7"},
        }) {
      for (Path file : Shared.files(folder[0], folder[1])) {
        try {
          vectors.add(Files.readAllBytes(file));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return vectors;
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void everyVectorOfThePublicSuitesIsAccountedForAndNoneThrows(Decoder decoder) {
    for (byte[] vector : vectors()) {
      assertAccounted(Decoded.of(decoder, vector));
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void anyBytesAreAccountedForAndNoneThrow(Decoder decoder) {
    Random random = new Random(6);
    String[] seeds = {
      "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"}}]}",
      "<Bundle xmlns=\"http://hl7.org/fhir\"><entry><resource/></entry></Bundle>",
      "<panels><panel patient_id=\"a|1\"><observation/></panel></panels>",
      "{\"patient_id\":\"a|1\",\"time\":\"2026-01-01T00:00:00Z\",\"observations\":[]}",
      "MSH|^~\\&|A|B|||20260101000000+0000||ORU^R01|1|P|2.5\rPID|1||1^^^A^MR\rOBX|1|NM|8867-4^^LN||80",
      "",
    };
    for (int i = 0; i < 1_500; i++) {
      byte[] seed = seeds[i % seeds.length].getBytes(UTF_8);
      byte[] bytes = Arrays.copyOf(seed, random.nextInt(seed.length + 8));
      for (int k = random.nextInt(4); k > 0 && bytes.length > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertAccounted(Decoded.of(decoder, bytes));
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void goesOverTheWire(Decoder decoder) throws Exception {
    byte[] nothing = new byte[0];
    Decoder copy = InstantiationUtil.clone(decoder);
    assertThat(Decoded.of(copy, nothing)).isEqualTo(Decoded.of(decoder, nothing));
  }

  private static void assertAccounted(Decoded decoded) {
    assertThat(
            decoded.panels().size()
                + decoded.movements().size()
                + decoded.ignored().size()
                + decoded.rejects().size())
        .isPositive();
    assertThat(decoded.rejects()).noneMatch(r -> r.sha256() == null || r.position() == null);
  }
}
