// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.medflink.connectors.formats.Fuzzed;
import io.medflink.core.Decoder;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Any bytes, by {@code -Pfuzz}: its agent slows every other test. */
class FhirJsonFuzzTest {
  private static final Decoder FHIR =
      new FhirJson()
          .withZone(ZoneId.of("Europe/Berlin"))
          .withAuthority("urn:oid:1.2.3", "mrn")
          .withFallbackToResourceId();

  @FuzzTest(maxDuration = "30m")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void anyBytesGiveRecordsOrRejects(byte[] message) {
    Fuzzed.check(FHIR, message);
  }

  @Test
  void whatFuzzingBeginsWith() throws Exception {
    Fuzzed.beginnings(
        FhirJsonFuzzTest.class, "anyBytesGiveRecordsOrRejects", m -> Fuzzed.check(FHIR, m));
  }
}
