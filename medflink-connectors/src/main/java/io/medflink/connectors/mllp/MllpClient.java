// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages and waits until each is acknowledged under its control id. What isn't is sent
 * again: on a new connection after a timeout or a failure, on the same one where the receiver may
 * take it later (AR, CE). One thread.
 */
final class MllpClient implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private record Sent(Msh msh, byte[] message, long until) {}

  private final SinkSettings settings;
  private final @Nullable SSLContext tls;
  private final ArrayDeque<Sent> unanswered = new ArrayDeque<>();
  private final Counter acknowledged;
  private final Counter repeated;
  private final Counter skipped;
  private final Counter strayAnswers;
  private @Nullable ClientConnection connection;
  private Duration pause = FIRST_PAUSE;

  /**
   * Connects when there is something to send.
   *
   * @throws IOException where it would be plain text beyond the loopback address, or TLS has no
   *     keys
   */
  MllpClient(SinkSettings settings, MetricGroup group) throws IOException {
    this.settings = settings;
    Tls files = settings.tls();
    tls = files == null ? null : files.context();
    if (tls == null
        && !settings.plaintextAllowed()
        && !settings.address().resolve().isLoopbackAddress()) {
      throw new IOException(
          settings.address() + " without TLS is refused: it is not the loopback address");
    }
    acknowledged = group.counter("acknowledged");
    repeated = group.counter("repeated");
    skipped = group.counter("skipped");
    strayAnswers = group.counter("strayAnswers");
  }

  /**
   * Sends a message; returns when fewer are unanswered than are allowed.
   *
   * @throws IOException where one is refused for good or until the deadline and not to be skipped
   */
  void send(byte[] message) throws IOException, InterruptedException {
    Msh msh = Msh.of(message);
    if (msh == null || msh.controlId().isEmpty() || !fits(message)) {
      refused("it has no control id, or holds the characters that frame it");
      return;
    }
    Sent sent = new Sent(msh, message, now() + settings.deadline().toMillis());
    unanswered.add(sent);
    if (connection != null) {
      transmit(sent);
    }
    while (unanswered.size() >= settings.inFlight()) {
      receive();
    }
  }

  /** Waits until all are acknowledged. */
  void flush() throws IOException, InterruptedException {
    while (!unanswered.isEmpty()) {
      receive();
    }
  }

  /** Takes one answer, or one step towards it. */
  private void receive() throws IOException, InterruptedException {
    Sent oldest = unanswered.element();
    if (now() > oldest.until()) {
      unanswered.remove();
      refused("it was not acknowledged until its deadline");
      return;
    }
    try {
      ClientConnection open = connection == null ? connect() : connection;
      long wait = Math.min(settings.ackTimeout().toMillis(), oldest.until() - now());
      take(open.answer(Math.toIntExact(Math.max(1, wait))));
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      disconnect();
      pause();
    }
  }

  private ClientConnection connect() throws IOException {
    ClientConnection opened = ClientConnection.open(settings, tls);
    connection = opened;
    for (Sent sent : unanswered) {
      opened.send(sent.message());
    }
    return opened;
  }

  private void transmit(Sent sent) {
    try {
      if (connection != null) {
        connection.send(sent.message());
      }
    } catch (IOException e) {
      disconnect();
    }
  }

  /** What an answer says of the message that it names; others are as they were. */
  private void take(byte[] answer) throws IOException, InterruptedException {
    Msa msa = Msa.of(answer);
    Sent sent = msa == null ? null : find(msa.controlId());
    if (msa == null || sent == null) {
      strayAnswers.inc();
      return;
    }
    switch (msa.code()) {
      case "AA" -> accepted(sent);
      case "CA" -> {
        // The application's answer follows where it was asked for.
        if (!sent.msh().field(16).equals("AL") && !sent.msh().field(16).equals("SU")) {
          accepted(sent);
        }
      }
      case "AR", "CE" -> {
        repeated.inc();
        pause();
        transmit(sent);
        expire(sent);
      }
      case "AE", "CR" -> {
        unanswered.remove(sent);
        refused("the receiver answered " + msa.code());
      }
      default -> strayAnswers.inc();
    }
  }

  private void expire(Sent sent) throws IOException {
    if (now() > sent.until() && unanswered.remove(sent)) {
      refused("the receiver answered that it can't take it, until its deadline");
    }
  }

  private @Nullable Sent find(String controlId) {
    for (Iterator<Sent> all = unanswered.iterator(); all.hasNext(); ) {
      Sent sent = all.next();
      if (sent.msh().controlId().equals(controlId)) {
        return sent;
      }
    }
    return null;
  }

  private void accepted(Sent sent) {
    unanswered.remove(sent);
    acknowledged.inc();
    pause = FIRST_PAUSE;
  }

  private void refused(String why) throws RefusedException {
    if (!settings.skip()) {
      throw new RefusedException("a message to " + settings.address() + " is given up: " + why);
    }
    skipped.inc();
  }

  private static boolean fits(byte[] message) {
    for (byte b : message) {
      if (b == FrameReader.VT || b == FrameReader.FS) {
        return false;
      }
    }
    return true;
  }

  private void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void disconnect() {
    repeated.inc(unanswered.size());
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        // It is left anyway.
      }
      connection = null;
    }
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
    }
  }

  /** A message that is given up. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }
}
