// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.strategy.BasicRequestInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

/** What waits to be sent, in memory and in checkpoints. */
class FhirWaitingTest {
  private final Counter replaced = new SimpleCounter();

  private static RequestEntryWrapper<FhirUpdate> entry(String type, String value, String resource) {
    FhirUpdate update = new FhirUpdate(type, "urn:s", value, resource.getBytes(UTF_8));
    return new RequestEntryWrapper<>(update, update.size());
  }

  private static List<String> batch(FhirBuffer buffer, int most) {
    List<String> resources = new ArrayList<>();
    for (FhirUpdate u :
        buffer.createNextBatch(new BasicRequestInfo(most), buffer).getBatchEntries()) {
      resources.add(new String(u.resource(), UTF_8));
    }
    return resources;
  }

  @Test
  void theNewestOfAResourceTakesItsPlace() {
    FhirBuffer buffer = new FhirBuffer(10_000, replaced);
    buffer.add(entry("Flag", "a", "a1"), false);
    buffer.add(entry("Flag", "b", "b1"), false);
    buffer.add(entry("Observation", "a", "o1"), false);
    buffer.add(entry("Flag", "a", "a2 and more"), false);
    assertThat(buffer.size()).isEqualTo(3);
    assertThat(replaced.getCount()).isEqualTo(1);
    long bytes = buffer.getBufferedState().stream().mapToLong(RequestEntryWrapper::getSize).sum();
    assertThat(buffer.totalSizeInBytes()).isEqualTo(bytes);

    assertThat(batch(buffer, 2)).containsExactly("a2 and more", "b1");
    assertThat(batch(buffer, 2)).containsExactly("o1");
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.totalSizeInBytes()).isZero();
    assertThat(buffer.peek()).isNull();
    assertThat(buffer.poll()).isNull();
  }

  @Test
  void aBundleStaysWithinItsBytes() {
    FhirBuffer buffer = new FhirBuffer(2_500, replaced);
    for (int i = 0; i < 3; i++) {
      buffer.add(entry("Flag", "" + i, "x".repeat(1_000)), false);
    }
    assertThat(batch(buffer, 10)).hasSize(2);
    assertThat(batch(buffer, 10)).hasSize(1);
  }

  @Test
  void nothingThatFailedComesBackInFrontOfWhatIsNewer() {
    FhirBuffer buffer = new FhirBuffer(10_000, replaced);
    assertThatThrownBy(() -> buffer.add(entry("Flag", "a", "a1"), true))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theBytesInCheckpointsStay() throws IOException {
    FhirState state = new FhirState();
    var waiting = new BufferedRequestState<>(List.of(entry("Flag", "a", "{}")));
    String bytes =
        "ffffffffffffffff00000001000000000000008100"
            + "04466c6167000575726e3a7300016100000002"
            + "7b7d";
    assertThat(HexFormat.of().formatHex(state.serialize(waiting))).isEqualTo(bytes);
    var read = state.deserialize(1, HexFormat.of().parseHex(bytes)).getBufferedRequestEntries();
    assertThat(read).hasSize(1);
    assertThat(read.get(0).getRequestEntry().identity()).isEqualTo("Flag urn:s|a");
    assertThat(read.get(0).getRequestEntry().resource()).isEqualTo("{}".getBytes(UTF_8));
    assertThatThrownBy(() -> state.deserialize(2, HexFormat.of().parseHex(bytes)))
        .hasMessageContaining("version 2");
  }
}
