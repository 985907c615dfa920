// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.medflink.connectors.formats.Fuzzed;
import io.medflink.core.Decoder;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Any bytes, by {@code -Pfuzz}: its agent slows every other test. */
class MedflinkJsonFuzzTest {
  private static final Decoder JSON = new MedflinkJson().withZone(ZoneId.of("Europe/Berlin"));

  @FuzzTest(maxDuration = "30m")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void anyBytesGiveRecordsOrRejects(byte[] message) {
    Fuzzed.check(JSON, message);
  }

  @Test
  void whatFuzzingBeginsWith() throws Exception {
    Fuzzed.beginnings(
        MedflinkJsonFuzzTest.class, "anyBytesGiveRecordsOrRejects", m -> Fuzzed.check(JSON, m));
  }
}
