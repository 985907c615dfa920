// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A sender that sends again what was not acknowledged, on a new connection, and forgets the rest.
 */
final class Persistent implements Runnable {
  private final int port;
  private final String name;
  private final int window;
  private final AtomicLong acknowledged;
  private final ArrayDeque<Integer> unanswered = new ArrayDeque<>();
  private volatile boolean last;
  private volatile boolean given;
  private volatile String refused;
  private int sent;

  /** Sends so many before the first is answered; counts in {@code acknowledged}. */
  Persistent(int port, String name, int window, AtomicLong acknowledged) {
    this.port = port;
    this.name = name;
    this.window = window;
    this.acknowledged = acknowledged;
  }

  /** Waits until something listens. */
  static void awaitListening(int port) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      try (Peer peer = new Peer(port)) {
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new UncheckedIOException(e);
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  /** The text of a message. */
  static String text(String name, int number) {
    return "CANARY-" + name + "-" + number;
  }

  private String message(int number) {
    return Peer.message(name, Integer.toString(number), text(name, number), "");
  }

  /** Begins nothing new: what was sent is still sent until it is acknowledged. */
  void finish() {
    last = true;
  }

  void giveUp() {
    given = true;
  }

  /** How many were begun; all are acknowledged when the thread has ended. */
  int sent() {
    return sent;
  }

  /** An answer that it didn't expect; null where all were right. */
  String refused() {
    return refused;
  }

  @Override
  public void run() {
    while (!given && refused == null && !(last && unanswered.isEmpty())) {
      try (Peer peer = new Peer(port)) {
        talk(peer);
      } catch (IOException e) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private void talk(Peer peer) throws IOException {
    for (int number : unanswered) {
      peer.send(message(number));
    }
    while (!given && !(last && unanswered.isEmpty())) {
      while (!last && unanswered.size() < window) {
        unanswered.add(sent);
        peer.send(message(sent++));
      }
      String answer = peer.answer();
      if (answer == null) {
        return;
      }
      if (!answer.equals("AA|" + unanswered.peek())) {
        refused = answer;
        return;
      }
      unanswered.remove();
      acknowledged.incrementAndGet();
    }
  }
}
