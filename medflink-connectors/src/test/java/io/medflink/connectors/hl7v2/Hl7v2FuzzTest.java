// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.medflink.connectors.formats.Decoded;
import io.medflink.core.Decoder;
import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.time.ZoneId;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Any bytes give records, rejects or something ignored, and never an exception. By {@code -Pfuzz}:
 * its agent slows every other test. The inputs that it begins with are tried by {@link
 * Hl7v2TotalTest} too.
 */
class Hl7v2FuzzTest {
  private static final Decoder HL7 =
      new Hl7v2()
          .withZone(ZoneId.of("Europe/Berlin"))
          .withFallbackToSender()
          .withProcessing("P", "T", "D");

  @FuzzTest(maxDuration = "30m")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void anyBytesGiveRecordsOrRejects(byte[] payload) {
    check(payload);
  }

  static void check(byte[] payload) {
    Decoded decoded = Decoded.of(HL7, payload);
    for (Panel panel : decoded.panels()) {
      assertThat(panel.patientId()).isNotBlank();
      assertThat(panel.time()).isNotNull();
      assertThat(panel.observations()).isNotEmpty();
      for (Observation o : panel.observations()) {
        assertThat(o.value()).isNotInfinite();
      }
    }
    for (Movement movement : decoded.movements()) {
      assertThat(movement.occurred()).isNotNull();
    }
    for (String kind : decoded.ignored()) {
      assertThat(kind).hasSizeLessThanOrEqualTo(32);
    }
    assertThat(
            decoded.panels().size()
                + decoded.movements().size()
                + decoded.ignored().size()
                + decoded.rejects().size())
        .isPositive();
  }
}
