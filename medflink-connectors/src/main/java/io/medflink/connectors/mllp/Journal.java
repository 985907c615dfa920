// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were taken in and may not yet be in a checkpoint, on disk in the order of their
 * sequence numbers. One thread writes; {@link JournalCursor}s read what is synced from any thread.
 *
 * <p>A write that fails leaves the journal as it was, and the next one is tried in a new file: what
 * a failed sync left of a file can't be known.
 */
final class Journal implements Closeable {
  /**
   * @param bytes of messages not yet released that are kept at most
   * @param seen messages that are remembered to tell repeated ones
   */
  record Limits(long bytes, int seen) implements Serializable {}

  private static final long FILE_BYTES = 16L << 20;

  private final JournalFolder folder;
  private final Limits limits;
  private final long fileBytes;
  private final Seen seen;
  private final ConcurrentSkipListMap<Long, Path> files = new ConcurrentSkipListMap<>();
  private final Map<Long, Long> lengths = new HashMap<>();
  private @Nullable JournalFile current;
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final AtomicLong bytes = new AtomicLong();
  private volatile long released;
  private final AtomicLong next = new AtomicLong();

  private Journal(JournalFolder folder, Limits limits) {
    this.folder = folder;
    this.limits = limits;
    this.fileBytes = Math.max(1, Math.min(FILE_BYTES, limits.bytes() / 8));
    this.seen = new Seen(limits.seen());
  }

  /**
   * Opens or creates a journal and reads back what a crash left: an end that was torn is cut off.
   *
   * @throws JournalDamagedException where messages that were on disk are unreadable
   * @throws IOException also where another source has it open
   */
  static Journal open(Path path, Limits limits) throws IOException {
    JournalFolder folder = JournalFolder.open(path);
    Journal journal = new Journal(folder, limits);
    try {
      journal.recover();
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private void recover() throws IOException {
    NavigableMap<Long, Path> logs = folder.files(JournalFile.SUFFIX);
    NavigableMap<Long, Path> keys = folder.files(JournalKeys.SUFFIX);
    TreeSet<Long> bases = new TreeSet<>(logs.keySet());
    bases.addAll(keys.keySet());
    for (long base : bases) {
      Path log = logs.get(base);
      if (log != null) {
        Long end = logs.higherKey(base);
        recover(log, base, end == null ? Long.MAX_VALUE : end);
      } else {
        Path file = Objects.requireNonNull(keys.get(base));
        JournalKeys.read(file).forEach(this::remember);
      }
    }
    if (files.isEmpty()) {
      next.accumulateAndGet(folder.released(), Math::max);
    }
    released = Math.min(Math.max(folder.released(), first()), next.get());
  }

  private void recover(Path log, long base, long end) throws IOException {
    check(base >= next.get() && (files.isEmpty() || base == next.get()), log);
    next.set(base);
    long length = JournalFile.scan(log, folder.id(), base, end, e -> remember(key(e)));
    boolean last = end == Long.MAX_VALUE;
    check(last || next.get() == end, log);
    if (last && next.get() == base) {
      Files.delete(log);
      return;
    }
    files.put(base, log);
    count(base, length);
    if (last) {
      current = JournalFile.reopen(log, base, length);
    }
  }

  private void check(boolean holds, Path log) throws JournalDamagedException {
    if (!holds) {
      throw new JournalDamagedException(
          "entry " + next.get() + " of the journal is missing: " + log);
    }
  }

  private void remember(JournalKeys.Key key) {
    seen.add(key.id(), key.content(), key.sequence());
    next.set(key.sequence() + 1);
  }

  UUID id() {
    return folder.id();
  }

  Path path() {
    return folder.path();
  }

  Seen seen() {
    return seen;
  }

  /** The first message kept. */
  long first() {
    Map.Entry<Long, Path> oldest = files.firstEntry();
    return oldest == null ? next.get() : oldest.getKey();
  }

  /** The first message that is in no completed checkpoint, as far as is known. */
  long released() {
    return released;
  }

  /** The number of the next message; all below are on disk. */
  long next() {
    return next.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** Whether so much more is within the limit. */
  boolean hasRoom(long more) {
    return bytes.get() + more <= limits.bytes();
  }

  /** Writes and syncs them all, or none: {@link #next()} tells. They are numbered from next(). */
  void append(List<JournalEntry> entries) throws IOException {
    int size = entries.stream().mapToInt(JournalEntry::size).sum();
    if (buffer.capacity() < size || (buffer.capacity() > 1 << 22 && size < 1 << 20)) {
      buffer = ByteBuffer.allocate(Math.max(size, 1 << 16));
    }
    buffer.clear();
    entries.forEach(entry -> entry.write(buffer, next.get()));
    buffer.flip();
    if (current != null && current.length() >= fileBytes) {
      roll();
    }
    JournalFile file = current;
    if (file == null) {
      file = JournalFile.create(folder.path(), folder.id(), next.get());
      current = file;
      count(file.base(), JournalFile.HEAD);
    }
    try {
      file.append(buffer);
    } catch (IOException e) {
      file.giveUp();
      current = null;
      if (file.length() <= JournalFile.HEAD) {
        count(file.base(), 0);
      }
      throw e;
    }
    count(file.base(), file.length());
    files.put(file.base(), file.path());
    next.addAndGet(entries.size());
  }

  private void count(long base, long length) {
    Long before = length == 0 ? lengths.remove(base) : lengths.put(base, length);
    bytes.addAndGet(length - (before == null ? 0 : before));
  }

  private void roll() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  /** The messages below are in a completed checkpoint: their files may go. */
  void release(long below) throws IOException {
    if (below <= released) {
      return;
    }
    released = Math.min(below, next.get());
    folder.released(released);
    if (current != null && released == next.get() && current.length() >= fileBytes / 2) {
      roll();
    }
    for (Map.Entry<Long, Path> file : files.entrySet()) {
      boolean written = current != null && current.base() == file.getKey();
      if (written || end(file.getKey()) > released) {
        break;
      }
      drop(file.getKey(), file.getValue());
    }
    forgetOldKeys();
  }

  private long end(long base) {
    Long higher = files.higherKey(base);
    return higher == null ? next.get() : higher;
  }

  /** Replaces a file by its keys; on a full disk the room that it leaves is needed for them. */
  private void drop(long base, Path log) throws IOException {
    List<JournalKeys.Key> keys = new ArrayList<>();
    try {
      JournalFile.scan(log, folder.id(), base, end(base), entry -> keys.add(key(entry)));
    } catch (JournalDamagedException e) {
      // It was delivered and is in a checkpoint: only its last keys are lost.
    }
    try {
      JournalKeys.write(folder.path(), base, keys);
      remove(base);
    } catch (IOException e) {
      remove(base);
      JournalKeys.write(folder.path(), base, keys);
    }
  }

  private static JournalKeys.Key key(JournalEntry entry) {
    return new JournalKeys.Key(entry.id(), entry.content(), entry.sequence());
  }

  private void remove(long base) throws IOException {
    Path path = files.remove(base);
    count(base, 0);
    if (path != null) {
      Files.deleteIfExists(path);
    }
  }

  private void forgetOldKeys() throws IOException {
    NavigableMap<Long, Path> keys = folder.files(JournalKeys.SUFFIX);
    long more = 0;
    for (Path path : keys.descendingMap().values()) {
      if (more >= limits.seen()) {
        Files.deleteIfExists(path);
      } else {
        more += JournalKeys.count(path);
      }
    }
  }

  /** The first number of the file that holds a message, and the file. */
  Map.@Nullable Entry<Long, Path> file(long sequence) {
    return files.floorEntry(sequence);
  }

  @Override
  public void close() throws IOException {
    try (Closeable last = folder;
        Closeable first = current) {
      // Both, also when one fails.
    }
  }
}
