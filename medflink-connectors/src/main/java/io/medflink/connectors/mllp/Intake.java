// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.connectors.mllp.Tally.Event;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes a journal: takes what all connections handed in meanwhile, tells new
 * from repeated, and writes and syncs the new ones at once. Then each is told what became of it.
 */
final class Intake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCH = 4096;

  /** Of messages that wait to be written, in KiB. */
  private static final int WAITING = 64 << 10;

  /**
   * @param early whether receipts don't wait for the disk
   * @param deliverConflicts whether a control id over other content is a new message
   */
  record Rules(boolean early, boolean deliverConflicts) implements Serializable {}

  private record New(Received received, Seen.@Nullable Place before) {}

  private record Accepted(Received received, long sequence) {}

  private static final Object WAKE = new Object();

  private final Journal journal;
  private final Rules rules;
  private final Tally tally;
  private final Runnable onWritten;
  private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(WAITING);
  private final Thread thread;
  private volatile long releaseBelow;
  private volatile boolean closed;
  private boolean failing;
  private boolean full;

  /** Calls {@code onWritten} when there is more to read. */
  Intake(Journal journal, Rules rules, Tally tally, Runnable onWritten, String name) {
    this.journal = journal;
    this.rules = rules;
    this.tally = tally;
    this.onWritten = onWritten;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands a message in; waits while too much waits already. Its receipt comes later. */
  void submit(Received received) throws InterruptedException {
    room.acquire(permits(received));
    queue.add(received);
  }

  /** The messages below are in a completed checkpoint. */
  void release(long below) {
    releaseBelow = below;
    queue.add(WAKE);
  }

  private static int permits(Received received) {
    return Math.min(WAITING, 1 + (received.size() >> 10));
  }

  private void run() {
    List<Received> batch = new ArrayList<>();
    try {
      while (!closed) {
        take(batch);
        release(); // first: it makes room
        if (!batch.isEmpty()) {
          write(batch);
          batch.forEach(received -> room.release(permits(received)));
        }
      }
    } catch (InterruptedException e) {
      // Closed: what waits was never acknowledged.
    } catch (RuntimeException | Error e) {
      // Without this thread nothing is acknowledged any more: the senders keep what they have.
      LOG.error("The thread of journal {} ended by {}.", journal.path(), e.getClass().getName());
      onWritten.run();
    }
  }

  /** Whether messages are still taken in. */
  boolean isAlive() {
    return thread.isAlive();
  }

  private void take(List<Received> batch) throws InterruptedException {
    batch.clear();
    long bytes = 0;
    Object taken = queue.take();
    while (taken != null) {
      if (taken instanceof Received received) {
        batch.add(received);
        bytes += received.size();
      }
      taken = bytes < BATCH_BYTES && batch.size() < BATCH ? queue.poll() : null;
    }
  }

  private void write(List<Received> batch) {
    List<JournalEntry> entries = new ArrayList<>(batch.size());
    List<New> added = new ArrayList<>(batch.size());
    List<Accepted> repeated = new ArrayList<>();
    long first = journal.next();
    long size = 0;
    for (Received received : batch) {
      Seen.Place before = journal.seen().find(received.id());
      boolean same = before != null && before.content().equals(received.content());
      if (before != null && same) {
        repeated.add(new Accepted(received, before.sequence()));
        continue;
      }
      if (before != null && !rules.deliverConflicts()) {
        refuse(received, Refusal.CONTROL_ID_CONFLICT);
        continue;
      }
      JournalEntry entry = received.entry(first + entries.size());
      if (!journal.hasRoom(size + entry.size())) {
        full();
        refuse(received, Refusal.JOURNAL_FULL);
        continue;
      }
      size += entry.size();
      entries.add(entry);
      added.add(new New(received, before));
      journal.seen().add(received.id(), received.content(), entry.sequence());
      if (rules.early()) {
        received.receipt().complete(Receipt.accepted(entry.sequence()));
      }
    }
    boolean written = entries.isEmpty() || append(entries);
    for (int i = added.size() - 1; i >= 0 && !written; i--) {
      journal.seen().undo(added.get(i).received().id(), added.get(i).before());
    }
    for (int i = 0; i < added.size(); i++) {
      tell(added.get(i).received(), first + i, written, Event.ACCEPTED);
    }
    for (Accepted again : repeated) {
      boolean held = written || again.sequence() < first;
      tell(again.received(), again.sequence(), held, Event.DUPLICATE);
    }
    if (!entries.isEmpty() && written) {
      onWritten.run();
    }
  }

  private boolean append(List<JournalEntry> entries) {
    try {
      journal.append(entries);
      if (failing) {
        LOG.info("The journal {} is written again.", journal.path());
      }
      failing = false;
      full = false;
      return true;
    } catch (IOException e) {
      failed(e);
      return false;
    }
  }

  private void full() {
    if (!full) {
      LOG.warn(
          "The journal {} is full, messages are refused. Completed checkpoints empty it.",
          journal.path());
    }
    full = true;
  }

  private void failed(IOException e) {
    tally.count(Event.FAILURES);
    if (!failing) {
      LOG.error("The journal {} can't be written: {}", journal.path(), e.toString());
    }
    failing = true;
  }

  private void tell(Received received, long sequence, boolean held, Event event) {
    if (held) {
      tally.count(event);
      received.receipt().complete(Receipt.accepted(sequence));
    } else if (received.receipt().isDone()) {
      tally.count(Event.LOST);
    } else {
      refuse(received, Refusal.JOURNAL_FAILED);
    }
  }

  private void refuse(Received received, Refusal why) {
    tally.count(why);
    received.receipt().complete(Receipt.refused(why));
  }

  private void release() {
    try {
      journal.release(releaseBelow);
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Ends the thread; what was handed in and not told is not acknowledged. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    queue.add(WAKE);
    thread.join();
  }
}
