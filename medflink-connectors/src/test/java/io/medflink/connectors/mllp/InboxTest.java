// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static io.medflink.connectors.mllp.Peer.frame;
import static io.medflink.connectors.mllp.Peer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.mllp.MllpOptions.OnConflict;
import io.medflink.connectors.mllp.MllpOptions.OnGap;
import io.medflink.connectors.mllp.Tally.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What senders see, over real connections. */
@Timeout(60)
class InboxTest {
  @TempDir Path folder;

  private Configuration options() throws Exception {
    return Station.options(folder);
  }

  @Test
  void aMessageIsAcknowledgedAndDelivered() throws Exception {
    try (Station station = Station.open(folder);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("7", "a"))).isEqualTo("AA|7");
      assertThat(station.inbox().undelivered()).isEqualTo(1);
      assertThat(station.delivered(1)).containsExactly("a");
      assertThat(peer.ask(message("MON", "8", "b", "AL|AL"))).isEqualTo("CA|8");
      assertThat(peer.answer()).isEqualTo("AA|8");
      assertThat(station.delivered(1)).containsExactly("b");
    }
  }

  @Test
  void pipelinedMessagesOfTwoConnectionsAreAnsweredInTheirOrder() throws Exception {
    int count = 2000; // more than are kept unanswered
    try (Station station = Station.open(folder);
        Peer one = station.peer();
        Peer two = station.peer()) {
      List<String> ids = IntStream.range(0, count).mapToObj(Integer::toString).toList();
      one.send(ids.stream().map(id -> message("A", id, "a" + id, "")).toArray(String[]::new));
      two.send(ids.stream().map(id -> message("B", id, "b" + id, "")).toArray(String[]::new));
      for (String id : ids) {
        assertThat(one.answer()).isEqualTo("AA|" + id);
        assertThat(two.answer()).isEqualTo("AA|" + id);
      }
      List<String> delivered = station.delivered(2 * count);
      assertThat(delivered.stream().filter(text -> text.startsWith("a")).toList())
          .isEqualTo(ids.stream().map(id -> "a" + id).toList());
      assertThat(delivered.stream().filter(text -> text.startsWith("b")).toList())
          .isEqualTo(ids.stream().map(id -> "b" + id).toList());
      assertThat(station.tally.of(Event.ACCEPTED)).isEqualTo(2L * count);
    }
  }

  @Test
  void aRepeatedMessageIsAcknowledgedAgainAndNotDeliveredAgainAlsoAfterARestart() throws Exception {
    Configuration options = options();
    MllpSplit split;
    try (Station station = Station.open(options);
        Peer peer = station.peer()) {
      peer.send(message("1", "a"), message("1", "a"), message("2", "b"));
      assertThat(peer.answer()).isEqualTo("AA|1");
      assertThat(peer.answer()).isEqualTo("AA|1");
      assertThat(peer.answer()).isEqualTo("AA|2");
      assertThat(station.delivered(1)).containsExactly("a");
      split = station.inbox().split();
    }
    try (Station station = Station.restore(split, options);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
      assertThat(peer.ask(message("2", "b"))).isEqualTo("AA|2");
      assertThat(peer.ask(message("3", "c"))).isEqualTo("AA|3");
      assertThat(station.delivered(2)).containsExactly("b", "c");
      assertThat(station.tally.of(Event.DUPLICATE)).isEqualTo(2);
      assertThat(station.tally.of(Event.RECEIVED)).isEqualTo(3);
    }
  }

  @Test
  void theSameControlIdOverOtherContentIsAConflictUnlessFromAnotherSender() throws Exception {
    try (Station station = Station.open(folder);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
      assertThat(peer.ask(message("1", "CANARY"))).isEqualTo("AE|1|CONTROL_ID_CONFLICT");
      assertThat(peer.ask(message("OTHER", "1", "b", ""))).isEqualTo("AA|1");
      assertThat(station.delivered(2)).containsExactly("a", "b");
      assertThat(station.inbox().hasNext()).isFalse();
      assertThat(station.tally.of(Refusal.CONTROL_ID_CONFLICT)).isEqualTo(1);
    }
  }

  @Test
  void aSenderThatBeginsToCountAnewIsDeliveredWhereAllowed() throws Exception {
    try (Station station = Station.open(folder, MllpOptions.ON_CONFLICT, OnConflict.DELIVER);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
      assertThat(peer.ask(message("1", "b"))).isEqualTo("AA|1");
      assertThat(peer.ask(message("1", "b"))).isEqualTo("AA|1");
      assertThat(station.delivered(2)).containsExactly("a", "b");
      assertThat(station.inbox().hasNext()).isFalse();
    }
  }

  @Test
  void withoutAControlIdTheContentTellsARepeatedMessage() throws Exception {
    try (Station station = Station.open(folder);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("", "a"))).isEqualTo("AA|");
      assertThat(peer.ask(message("", "b"))).isEqualTo("AA|");
      assertThat(peer.ask(message("", "a"))).isEqualTo("AA|");
      assertThat(station.delivered(2)).containsExactly("a", "b");
      assertThat(station.inbox().hasNext()).isFalse();
    }
  }

  @Test
  void whatIsNoMessageIsRefusedAndTheConnectionKept() throws Exception {
    try (Station station =
            Station.open(folder, MllpOptions.MAX_MESSAGE, MemorySize.ofMebiBytes(1));
        Peer peer = station.peer()) {
      assertThat(peer.ask("<xml/>")).isEqualTo("AE||NOT_HL7");
      assertThat(peer.ask(message("1", "x".repeat(1 << 20)))).isEqualTo("AE|1|TOO_LARGE");
      peer.send("\013MSH|^~\\&|A|B|||||ORU|2|P|2.5\034x".getBytes(StandardCharsets.UTF_8));
      assertThat(peer.answer()).isEqualTo("AE|2|BAD_FRAME");
      peer.send(message("ACK", "3", "a", "").replace("ORU^R01", "ACK^R01"));
      assertThat(peer.ask(message("4", "a"))).isEqualTo("AA|4");
      assertThat(station.delivered(1)).containsExactly("a");
      assertThat(station.tally.of(Event.RECEIVED)).isEqualTo(5);
      assertThat(station.tally.of(Event.REFUSED)).isEqualTo(3);
      assertThat(station.tally.of(Event.ACKNOWLEDGMENT)).isEqualTo(1);
      assertThat(station.tally.of(Event.ACCEPTED)).isEqualTo(1);
    }
  }

  @Test
  void aCheckpointModeAnswerComesWithItsCheckpoint() throws Exception {
    try (Station station = Station.open(folder, MllpOptions.ACK_MODE, AckMode.CHECKPOINT);
        Peer peer = station.peer()) {
      peer.send(message("1", "a"), message("2", "b"), "no hl7");
      assertThat(station.delivered(2)).containsExactly("a", "b");
      peer.socket().setSoTimeout(200);
      assertThatThrownBy(peer::answer).isInstanceOf(SocketTimeoutException.class);
      peer.socket().setSoTimeout(20_000);
      station.checkpoint();
      assertThat(peer.answer()).isEqualTo("AA|1");
      assertThat(peer.answer()).isEqualTo("AA|2");
      assertThat(peer.answer()).isEqualTo("AE||NOT_HL7");
    }
  }

  @Test
  void aReceivedModeAnswerStillTellsAConflict() throws Exception {
    try (Station station = Station.open(folder, MllpOptions.ACK_MODE, AckMode.RECEIVED);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
      assertThat(peer.ask(message("1", "b"))).isEqualTo("AE|1|CONTROL_ID_CONFLICT");
      assertThat(station.delivered(1)).containsExactly("a");
    }
  }

  @Test
  void aFullJournalRefusesUntilACheckpointEmptiesIt() throws Exception {
    Configuration options = options();
    options.set(MllpOptions.JOURNAL_SIZE, MemorySize.parse("20kb"));
    options.set(MllpOptions.MAX_MESSAGE, MemorySize.parse("4kb"));
    try (Station station = Station.open(options);
        Peer peer = station.peer()) {
      int sent = 0;
      String answer = "AA|0";
      while (answer.equals("AA|" + sent)) {
        sent++;
        answer = peer.ask(message("" + sent, "x".repeat(2000)));
      }
      assertThat(sent).isBetween(5, 10);
      assertThat(answer).isEqualTo("AR|" + sent + "|JOURNAL_FULL");
      assertThat(peer.ask(message("MON", "e", "x".repeat(3500), "AL|NE")))
          .isEqualTo("CE|e|JOURNAL_FULL");
      assertThat(peer.ask(message("1", "x".repeat(2000)))).isEqualTo("AA|1"); // repeated
      assertThat(station.delivered(sent - 1)).hasSize(sent - 1);
      station.checkpoint();
      assertThat(peer.ask(message("" + sent, "again"))).isEqualTo("AA|" + sent);
      assertThat(station.delivered(1)).containsExactly("again");
    }
  }

  @Test
  void anAnswerIsSentAfterTheSendersHalfIsClosed() throws Exception {
    try (Station station = Station.open(folder);
        Peer peer = station.peer()) {
      peer.send(message("1", "a"));
      peer.endOutput();
      assertThat(peer.answer()).isEqualTo("AA|1");
      assertThat(peer.answer()).isNull();
    }
  }

  @Test
  void aSlowMessageAndAnIdleConnectionAreClosed() throws Exception {
    Configuration options = options();
    options.set(MllpOptions.READ_TIMEOUT, Duration.ofMillis(200));
    options.set(MllpOptions.IDLE_TIMEOUT, Duration.ofMillis(600));
    try (Station station = Station.open(options);
        Peer slow = station.peer();
        Peer idle = station.peer()) {
      assertThat(idle.ask(message("1", "a"))).isEqualTo("AA|1");
      slow.send("\013MSH|^~".getBytes(StandardCharsets.UTF_8));
      assertThat(slow.answer()).isNull();
      assertThat(idle.answer()).isNull();
      assertThat(station.tally.of(Event.TIMED_OUT)).isEqualTo(2);
      assertThat(station.tally.of(Event.ACCEPTED)).isEqualTo(1);
    }
  }

  @Test
  void aSenderThatTakesNoAnswersIsClosedAndWhatItSentIsKept() throws Exception {
    Configuration options = options();
    options.set(MllpOptions.READ_TIMEOUT, Duration.ofMillis(300));
    try (Station station = Station.open(options);
        Peer deaf = station.peer()) {
      List<String> messages = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        messages.add(message("" + i, "t"));
      }
      byte[] bytes = frame(messages.toArray(new String[0]));
      assertThatThrownBy(
              () -> {
                while (true) {
                  deaf.send(bytes);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(station.tally.of(Event.TIMED_OUT)).isEqualTo(1);
      assertThat(station.tally.of(Event.ACCEPTED)).isEqualTo(1000);
    }
  }

  @Test
  void connectionsBeyondTheLimitAreClosed() throws Exception {
    try (Station station = Station.open(folder, MllpOptions.MAX_CONNECTIONS, 1);
        Peer one = station.peer()) {
      assertThat(one.ask(message("1", "a"))).isEqualTo("AA|1");
      try (Peer two = station.peer()) {
        assertThat(two.answer()).isNull();
      }
      assertThat(station.tally.of(Event.CONNECTIONS_REFUSED)).isEqualTo(1);
      assertThat(one.ask(message("2", "a"))).isEqualTo("AA|2");
    }
  }

  @Test
  void plainTextBeyondTheLoopbackAddressIsRefusedUnlessAllowed() throws Exception {
    Configuration options = options();
    String address = "0.0.0.0:" + Station.freePort();
    options.set(MllpOptions.ADDRESS, List.of(address));
    assertThatThrownBy(() -> Station.open(options))
        .hasMessage(address + " without TLS is refused: it is not the loopback address");
    options.set(MllpOptions.ALLOW_PLAINTEXT, true);
    try (Station station = Station.open(options);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
    }
  }

  @Test
  void aLostOrOtherJournalFailsUnlessItIsToBeGoneOnWith() throws Exception {
    Configuration options = options();
    MllpSplit split;
    try (Station station = Station.open(options);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
      assertThat(station.delivered(1)).containsExactly("a");
      split = station.inbox().split();
    }
    options.set(MllpOptions.JOURNAL, Files.createDirectory(folder.resolve("other")).toString());
    assertThatThrownBy(() -> Station.restore(split, options))
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining("acknowledged messages may be lost");
    options.set(MllpOptions.JOURNAL_ON_GAP, OnGap.CONTINUE);
    try (Station station = Station.restore(split, options);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
      assertThat(station.delivered(1)).containsExactly("a");
    }
  }

  @Test
  void aJobWithoutStateBeginsWithWhatIsInNoCheckpoint() throws Exception {
    Configuration options = options();
    try (Station station = Station.open(options);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
      assertThat(peer.ask(message("2", "b"))).isEqualTo("AA|2");
      assertThat(station.delivered(1)).containsExactly("a");
      station.checkpoint();
      assertThat(peer.ask(message("3", "c"))).isEqualTo("AA|3");
    }
    try (Station station = Station.open(options)) {
      assertThat(station.delivered(2)).containsExactly("b", "c");
    }
  }

  @Test
  void anAddressInUseIsWaitedForAWhile() throws Exception {
    Configuration options = options();
    int port = Address.of(options.get(MllpOptions.ADDRESS).get(0)).port();
    ServerSocket other = new ServerSocket();
    other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var later = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
    later.execute(
        () -> {
          try {
            other.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    try (Station station = Station.open(options);
        Peer peer = station.peer()) {
      assertThat(peer.ask(message("1", "a"))).isEqualTo("AA|1");
    }
  }

  @Test
  void closingEndsEveryThreadAlsoWhereItIsInterrupted() throws Exception {
    for (boolean interrupted : new boolean[] {false, true}) {
      Configuration options = options();
      options.set(MllpOptions.ACK_MODE, AckMode.CHECKPOINT);
      String address = options.get(MllpOptions.ADDRESS).get(0);
      Station station = Station.open(options);
      try (Peer waiting = station.peer();
          Peer half = station.peer()) {
        waiting.send(message("" + interrupted, "a"));
        assertThat(station.delivered(1)).containsExactly("a");
        half.send("\013MSH|^~".getBytes(StandardCharsets.UTF_8));
        assertThat(threads(address)).hasSizeGreaterThan(3);
        if (interrupted) {
          Thread.currentThread().interrupt();
          assertThatThrownBy(station::close).isInstanceOf(InterruptedException.class);
          assertThat(Thread.interrupted()).isFalse();
        } else {
          station.close();
        }
        for (Thread thread : threads(address)) {
          thread.join(5_000);
        }
        assertThat(threads(address)).isEmpty();
        assertThat(waiting.answer()).isNull();
      }
    }
  }

  private static List<Thread> threads(String address) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("mllp " + address))
        .toList();
  }
}
