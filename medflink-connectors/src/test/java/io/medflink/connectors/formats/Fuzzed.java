// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Decoder;
import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What any bytes at all may become: records, rejects or something ignored. */
public final class Fuzzed {
  private Fuzzed() {}

  /** Fails where a decoder throws, says nothing, or lets through what no record may hold. */
  public static void check(Decoder decoder, byte[] message) {
    Decoded decoded = Decoded.of(decoder, message);
    for (Panel panel : decoded.panels()) {
      assertThat(panel.patientId()).isNotBlank();
      assertThat(panel.time()).isNotNull();
      for (Observation o : panel.observations()) {
        assertThat(o.value()).isNotInfinite();
      }
    }
    for (Movement movement : decoded.movements()) {
      assertThat(movement.occurred()).isNotNull();
    }
    assertThat(decoded.controls()).allMatch(c -> c.from() != null);
    assertThat(
            decoded.panels().size()
                + decoded.movements().size()
                + decoded.controls().size()
                + decoded.ignored().size()
                + decoded.rejects().size())
        .isPositive();
  }

  /** Tries each of the inputs that a fuzz test begins with. */
  public static void beginnings(Class<?> test, String method, Consumer<byte[]> check)
      throws IOException, URISyntaxException {
    URL folder = test.getResource(test.getSimpleName() + "Inputs/" + method);
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(folder.toURI()))) {
      files = all.toList();
    }
    assertThat(files).hasSizeGreaterThan(2);
    for (Path file : files) {
      check.accept(Files.readAllBytes(file));
    }
  }
}
