// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent<String> recent = new Recent<>(1);

  @Test
  void whatIsKeptGivesWayToWhatComesTwiceInARow() {
    put("a");
    put("b");
    assertThat(get("a")).isEqualTo("a");
    assertThat(get("b")).isNull();
    put("c");
    put("b");
    assertThat(get("b")).isNull();
    put("b");
    assertThat(get("b")).isEqualTo("b");
    assertThat(get("a")).isNull();
  }

  @Test
  void whatIsLongIsNeverKept() {
    put("x".repeat(401));
    put("x".repeat(401));
    assertThat(get("x".repeat(401))).isNull();
    put("y".repeat(400));
    assertThat(get("y".repeat(400))).isNotNull();
  }

  private void put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    recent.put(bytes, 0, bytes.length, text);
  }

  private String get(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return recent.get(bytes, 0, bytes.length);
  }
}
