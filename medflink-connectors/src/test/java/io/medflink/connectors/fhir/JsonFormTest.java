// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.Decoded;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A decoder that has seen messages of a form reads the next one as a decoder that has seen none.
 */
class JsonFormTest {
  private static final String FORM =
      """
      {"resourceType":"Observation","id":"%s","meta":{"lastUpdated":"2026-11-24T08:00:01.25Z"},\
      "status":"%s","text":{"div":"%s"},"code":{"coding":[{"system":"http://loinc.org",\
      "code":"8867-4"}]},"subject":{"reference":"Patient/%s"},"effectiveDateTime":"%s",\
      "category":["x",%s],"valueQuantity":{"value":%s,"system":"http://unitsofmeasure.org",\
      "code":"/min"}}""";
  private static final String[] TEXTS = {
    "a", "", "ab", "a\\\"b", "\\u00e9", "é", "a\u0001", "\\", "a\"b", "p1", "p12", "{", "final"
  };
  private static final String[] STATUSES = {"final", "amended", "unknown", "", "cancelled"};
  private static final String[] TIMES = {
    "2026-11-24T08:00:00Z", "2026-11-24T08:00:00.5+01:00", "2026-11-24", "2026-11-24T08:00:00"
  };
  private static final String[] NUMBERS = {
    "80",
    "0",
    "-0",
    "0.10",
    "00",
    "1.",
    ".5",
    "-7.25",
    "1e2",
    "123456789012345.75",
    "+1",
    "8 ",
    "99999999999999999999",
    "true",
    "null",
    "\"80\"",
    "0.1234567890123456789",
    "-",
    "1.5.2",
    ""
  };

  @Test
  void readsWhatADecoderReadsThatHasSeenNone() {
    Random random = new Random(11);
    FhirJson used = new FhirJson().withFallbackToResourceId();
    int panels = 0;
    for (int i = 0; i < 4_000; i++) {
      boolean odd = i % 3 == 0;
      String message =
          FORM.formatted(
              odd ? of(TEXTS, random) : "id-" + i,
              odd ? of(STATUSES, random) : "final",
              of(TEXTS, random),
              odd ? of(TEXTS, random) : "p" + random.nextInt(200),
              odd ? of(TIMES, random) : "2026-11-24T08:%02d:00Z".formatted(i % 60),
              odd ? of(NUMBERS, random) : "1",
              odd ? of(NUMBERS, random) : random.nextInt(300) + "." + random.nextInt(10));
      Decoded decoded = Decoded.of(used, message);
      Decoded fresh = Decoded.of(new FhirJson().withFallbackToResourceId(), message);
      assertThat(decoded).as(message).isEqualTo(fresh);
      panels += decoded.panels().size();
    }
    assertThat(panels).isGreaterThan(1_000);
  }

  private static String of(String[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
