// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.core.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One address: what listens on it, its journal, and how far that was delivered. */
final class Inbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final String address;
  private final Journal journal;
  private final JournalCursor cursor;
  private final Intake intake;
  private final Gate gate;
  private final @Nullable Listener listener;

  private Inbox(
      String address,
      Journal journal,
      JournalCursor cursor,
      Intake intake,
      Gate gate,
      @Nullable Listener listener) {
    this.address = address;
    this.journal = journal;
    this.cursor = cursor;
    this.intake = intake;
    this.gate = gate;
    this.listener = listener;
  }

  /**
   * Reads the journal back and listens. An address that is no longer configured is not listened on,
   * but its journal delivered.
   *
   * @throws JournalDamagedException where the journal is not what the checkpoint expects, unless
   *     this is to be gone on with
   */
  static Inbox open(MllpSplit split, SourceSettings settings, Tally tally, Runnable onMessage)
      throws IOException {
    Path folder = Path.of(settings.journal(), split.address().replaceAll("[^A-Za-z0-9.-]", "_"));
    Journal journal = Journal.open(folder, settings.limits());
    Intake intake = null;
    try {
      long next = next(split, journal, settings.continueOnGap());
      Gate gate = new Gate(next);
      String name = "mllp " + split.address() + " journal";
      intake = new Intake(journal, settings.rules(), tally, onMessage, name);
      JournalCursor cursor = new JournalCursor(journal, next);
      Listener listener = listener(split, settings, intake, gate, tally);
      return new Inbox(split.address(), journal, cursor, intake, gate, listener);
    } catch (IOException | RuntimeException e) {
      close(journal, intake);
      throw e;
    }
  }

  private static long next(MllpSplit split, Journal journal, boolean goOn) throws IOException {
    if (split.journal().isEmpty()) {
      return journal.released();
    }
    boolean same = split.journal().equals(journal.id().toString());
    if (same && split.next() >= journal.first() && split.next() <= journal.next()) {
      return split.next();
    }
    String what =
        String.format(
            "the journal %s is not what the checkpoint expects: it holds %d to %d of %s, wanted is"
                + " %d of %s; acknowledged messages may be lost",
            journal.path(),
            journal.first(),
            journal.next(),
            journal.id(),
            split.next(),
            split.journal());
    if (!goOn) {
      throw new JournalDamagedException(what);
    }
    LOG.error("Going on, although {}", what);
    return journal.released();
  }

  private static @Nullable Listener listener(
      MllpSplit split, SourceSettings settings, Intake intake, Gate gate, Tally tally)
      throws IOException {
    Address address = Address.of(split.address());
    if (!settings.addresses().contains(address)) {
      LOG.warn("{} is no longer configured: only its journal is delivered.", address);
      return null;
    }
    Tls tls = settings.tls();
    SSLContext context = tls == null ? null : tls.context();
    AllowList allowed = tls == null ? null : new AllowList(tls.allow());
    return Listener.open(
        address,
        settings.plaintextAllowed(),
        new Connection.Shared(settings.answering(), context, allowed, intake, gate, tally));
  }

  String address() {
    return address;
  }

  MllpSplit split() {
    return new MllpSplit(address, journal.id().toString(), cursor.next());
  }

  boolean hasNext() {
    return cursor.hasNext();
  }

  /** The next message; null where none waits. */
  @Nullable Message read() throws IOException {
    if (!intake.isAlive()) {
      throw new IOException("the journal " + journal.path() + " is no longer written");
    }
    JournalEntry entry = cursor.read();
    return entry == null
        ? null
        : new Message(
            entry.payload(),
            address + "@" + entry.sequence(),
            Instant.ofEpochMilli(entry.received()),
            entry.sender());
  }

  /** The messages below are in a completed checkpoint. */
  void release(long below) {
    gate.open(below);
    intake.release(below);
  }

  int connections() {
    return listener == null ? 0 : listener.connections();
  }

  long undelivered() {
    return journal.next() - cursor.next();
  }

  long bytes() {
    return journal.bytes();
  }

  @Override
  public void close() throws Exception {
    try (Journal first = journal;
        JournalCursor second = cursor;
        Intake third = intake;
        @Nullable Listener fourth = listener) {
      // In the order from the last to the first, each also when another fails.
    }
  }

  private static void close(Journal journal, @Nullable Intake intake) throws IOException {
    try (journal) {
      if (intake != null) {
        intake.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
