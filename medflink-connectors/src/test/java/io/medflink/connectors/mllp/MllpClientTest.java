// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static io.medflink.connectors.mllp.Peer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.mllp.MllpOptions.OnRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MllpClientTest {
  private final Configuration options = new Configuration();

  private MllpClient to(String address) throws IOException {
    options.set(MllpOptions.ADDRESS, List.of(address));
    return new MllpClient(SinkSettings.of(options), new UnregisteredMetricsGroup());
  }

  private static byte[] bytes(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }

  private static void send(MllpClient client, String... ids) throws Exception {
    for (String id : ids) {
      client.send(bytes(message(id, "CANARY")));
    }
    client.flush();
  }

  @Test
  void onlyTheAnswerOfItsOwnMessageAcknowledges() throws Exception {
    options.set(MllpOptions.ACK_TIMEOUT, Duration.ofMillis(300));
    try (Receiver receiver = new Receiver("AA|0", "AA|1,AA");
        MllpClient client = to(receiver.address())) {
      send(client, "1", "2");
      assertThat(receiver.received).containsExactly("1", "1", "2");
    }
  }

  @Test
  void silenceAndAClosedConnectionAreTriedAgainOnANewOne() throws Exception {
    options.set(MllpOptions.ACK_TIMEOUT, Duration.ofMillis(300));
    try (Receiver receiver = new Receiver("AA", "!", "-", "AA");
        MllpClient client = to(receiver.address())) {
      send(client, "1", "2", "3");
      assertThat(receiver.received).containsExactly("1", "2", "2", "2", "3");
      assertThat(receiver.connections()).isEqualTo(3);
    }
  }

  @Test
  void aReceiverThatCannotTakeItNowIsAskedAgain() throws Exception {
    try (Receiver receiver = new Receiver("AR", "CE", "AA");
        MllpClient client = to(receiver.address())) {
      send(client, "1", "2");
      assertThat(receiver.received).containsExactly("1", "1", "1", "2");
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @Test
  void aRefusalForGoodFailsWithoutTheData() throws Exception {
    try (Receiver receiver = new Receiver("AE");
        MllpClient client = to(receiver.address())) {
      assertThatThrownBy(() -> send(client, "1"))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "a message to " + receiver.address() + " is given up: the receiver answered AE")
          .hasNoCause();
    }
  }

  @Test
  void aRefusedMessageIsLeftOutWhereSoConfigured() throws Exception {
    options.set(MllpOptions.ON_REFUSAL, OnRefusal.SKIP);
    try (Receiver receiver = new Receiver("CR", "AA");
        MllpClient client = to(receiver.address())) {
      send(client, "1", "2", "");
      client.send(bytes("no hl7"));
      client.send(bytes(message("3", "\034")));
      client.flush();
      assertThat(receiver.received).containsExactly("1", "2");
    }
  }

  @Test
  void theDeadlineEndsTheTrying() throws Exception {
    options.set(MllpOptions.ACK_TIMEOUT, Duration.ofMillis(100));
    options.set(MllpOptions.DEADLINE, Duration.ofMillis(300));
    try (Receiver receiver = new Receiver("-", "AR", "AR", "-", "-", "-", "-", "-", "-", "-");
        MllpClient client = to(receiver.address())) {
      assertThatThrownBy(() -> send(client, "1")).hasMessageContaining("deadline");
      assertThat(receiver.received).hasSizeBetween(2, 9).containsOnly("1");
    }
  }

  @Test
  void theApplicationsAnswerIsWaitedForWhereItIsAskedFor() throws Exception {
    options.set(MllpOptions.ACK_TIMEOUT, Duration.ofMillis(300));
    try (Receiver receiver = new Receiver("CA", "CA", "CA,AA");
        MllpClient client = to(receiver.address())) {
      client.send(bytes(message("MON", "1", "a", "AL|NE")));
      client.send(bytes(message("MON", "2", "a", "AL|AL")));
      client.flush();
      assertThat(receiver.received).containsExactly("1", "2", "2");
    }
  }

  @Test
  void severalMessagesInFlightReachASourceEachOnce(@TempDir Path folder) throws Exception {
    options.set(MllpOptions.IN_FLIGHT, 16);
    try (Station station = Station.open(folder);
        MllpClient client = to("127.0.0.1:" + station.port())) {
      List<String> texts = IntStream.range(0, 500).mapToObj(i -> "t" + i).toList();
      for (String text : texts) {
        client.send(bytes(message(text, text)));
      }
      client.flush();
      assertThat(station.inbox().undelivered()).isEqualTo(500);
      assertThat(station.delivered(500)).isEqualTo(texts);
    }
  }

  @Test
  void plainTextBeyondTheLoopbackAddressIsRefused() {
    assertThatThrownBy(() -> to("192.0.2.1:2575"))
        .hasMessage("192.0.2.1:2575 without TLS is refused: it is not the loopback address");
  }
}
