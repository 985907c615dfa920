// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * One file of a journal: a head (mark, the journal's id, the first sequence number, CRC-32C), then
 * entries. Written by one thread.
 */
final class JournalFile implements Closeable {
  static final int HEAD = 4 + 16 + 8 + 4;
  static final String SUFFIX = ".log";

  private static final int MARK = 0x4d464a32;

  /** Of files whose entries tell no sender. */
  private static final int FORMER = 0x4d464a31;

  private final Path path;
  private final long base;
  private final FileChannel channel;
  private long length;

  private JournalFile(Path path, long base, FileChannel channel, long length) {
    this.path = path;
    this.base = base;
    this.channel = channel;
    this.length = length;
  }

  static String name(long base, String suffix) {
    return String.format("%019d%s", base, suffix);
  }

  static long base(Path path, String suffix) {
    String name = path.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - suffix.length()));
  }

  /** A new file, on disk with its name; one that was given up under this name is written over. */
  static JournalFile create(Path folder, UUID journal, long base) throws IOException {
    Path path = folder.resolve(name(base, SUFFIX));
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    JournalFile file = new JournalFile(path, base, channel, 0);
    try {
      ByteBuffer head = ByteBuffer.allocate(HEAD);
      head.putInt(MARK).putLong(journal.getMostSignificantBits());
      head.putLong(journal.getLeastSignificantBits()).putLong(base);
      head.putInt(crc(head)).flip();
      file.append(head);
      syncFolder(folder);
      return file;
    } catch (IOException e) {
      file.giveUp();
      throw e;
    }
  }

  /** Goes on with a file after its sound part. */
  static JournalFile reopen(Path path, long base, long length) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    JournalFile file = new JournalFile(path, base, channel, length);
    channel.truncate(length);
    channel.force(true);
    return file;
  }

  /** Makes a created or renamed file's name last. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  Path path() {
    return path;
  }

  long base() {
    return base;
  }

  long length() {
    return length;
  }

  /** Writes and syncs. After an exception the file holds what it held before, and is to be left. */
  void append(ByteBuffer bytes) throws IOException {
    long at = length;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    channel.force(false);
    length = at;
  }

  /**
   * Takes back what a failed write left. Where even that fails, the sequence number of the next
   * file tells where this one ends.
   */
  void giveUp() {
    try (channel) {
      channel.truncate(length);
      channel.force(true);
      if (length <= HEAD) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // Said by the caller, which has the first failure.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The sound entries of a file below {@code end} and the length of that part. */
  static long scan(Path path, UUID journal, long base, long end, Consumer<JournalEntry> out)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    if (bytes.remaining() >= HEAD && bytes.getInt(0) == FORMER) {
      throw new JournalDamagedException(
          "the journal is an earlier build's, which has to deliver it first: " + path);
    }
    long next = base;
    int sound = 0;
    if (bytes.remaining() >= HEAD && isHead(bytes, journal, base)) {
      sound = HEAD;
      bytes.position(HEAD);
      while (next < end) {
        JournalEntry.Read read = JournalEntry.read(bytes);
        if (read == null || read.entry().sequence() != next) {
          break;
        }
        out.accept(read.entry());
        next++;
        sound = bytes.position();
      }
    }
    if (next < end && wasSynced(bytes.position(sound), next)) {
      throw new JournalDamagedException(
          "entry " + next + " of the journal was on disk and is unreadable: " + path);
    }
    return sound;
  }

  /** Whether a later entry knows that {@code lost} was on disk: no torn end but damage. */
  private static boolean wasSynced(ByteBuffer bytes, long lost) {
    for (int at = bytes.position(); at <= bytes.limit() - JournalEntry.OVERHEAD; at++) {
      if (bytes.getInt(at) == JournalEntry.MARK) {
        JournalEntry.Read read = JournalEntry.read(bytes.duplicate().position(at));
        if (read != null && read.entry().sequence() > lost && read.synced() > lost) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isHead(ByteBuffer bytes, UUID journal, long base) {
    return bytes.getInt(0) == MARK
        && bytes.getLong(4) == journal.getMostSignificantBits()
        && bytes.getLong(12) == journal.getLeastSignificantBits()
        && bytes.getLong(20) == base
        && bytes.getInt(28) == crc(bytes.duplicate().position(28));
  }

  /** Of all bytes before the position. */
  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().flip());
    return (int) crc.getValue();
  }
}
