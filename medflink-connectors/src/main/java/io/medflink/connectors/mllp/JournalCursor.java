// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a journal's synced messages in order, while it is written. */
final class JournalCursor implements Closeable {
  private static final int CHUNK = 1 << 16;

  private final Journal journal;
  private long next;
  private long base = -1;
  private @Nullable FileChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocate(CHUNK).limit(0);

  JournalCursor(Journal journal, long next) {
    this.journal = journal;
    this.next = next;
  }

  /** The number of the next message. */
  long next() {
    return next;
  }

  boolean hasNext() {
    return next < journal.next();
  }

  /** The next message; null where none is synced. */
  @Nullable JournalEntry read() throws IOException {
    if (!hasNext()) {
      return null;
    }
    Map.Entry<Long, Path> file = journal.file(next);
    if (file == null) {
      throw new JournalDamagedException("entry " + next + " is not in " + journal.path());
    }
    if (file.getKey() != base || channel == null) {
      close();
      channel = FileChannel.open(file.getValue(), StandardOpenOption.READ);
      channel.position(JournalFile.HEAD);
      buffer.limit(0);
      base = file.getKey();
    }
    while (true) {
      JournalEntry.Read read = JournalEntry.read(buffer);
      if (read != null && read.entry().sequence() == next) {
        next++;
        return read.entry();
      }
      // Entries before the one that is wanted are passed; else more is needed.
      if (read == null && !fill(channel)) {
        throw new JournalDamagedException("entry " + next + " is unreadable: " + file.getValue());
      }
    }
  }

  /** Reads on; false at the end of the file or where what is there is no entry. */
  private boolean fill(FileChannel from) throws IOException {
    int needed = Math.max(0, JournalEntry.bodyLength(buffer)) + JournalEntry.OVERHEAD;
    if (buffer.remaining() >= needed || needed > from.size()) {
      return false;
    }
    if (needed > buffer.capacity()) {
      buffer = ByteBuffer.allocate(needed).put(buffer);
    } else {
      buffer.compact();
    }
    int read = from.read(buffer);
    buffer.flip();
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
