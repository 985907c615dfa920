// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What remains of a journal's file when its messages are in a checkpoint: which they were, so that
 * repeated ones are still told after a restart.
 */
final class JournalKeys {
  static final String SUFFIX = ".keys";

  private static final int KEY = 2 * Digest.BYTES + Long.BYTES;

  /** One message. */
  record Key(Digest id, Digest content, long sequence) {}

  private JournalKeys() {}

  static void write(Path folder, long base, List<Key> keys) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(keys.size() * KEY + Integer.BYTES);
    for (Key key : keys) {
      key.id().write(bytes);
      key.content().write(bytes);
      bytes.putLong(key.sequence());
    }
    bytes.putInt(crc(bytes)).flip();
    Path path = folder.resolve(JournalFile.name(base, SUFFIX));
    Path part = folder.resolve(JournalFile.name(base, SUFFIX + ".part"));
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
      JournalFile.syncFolder(folder);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  static List<Key> read(Path path) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    int end = bytes.limit() - Integer.BYTES;
    if (end < 0 || end % KEY != 0 || bytes.getInt(end) != crc(bytes.duplicate().position(end))) {
      throw new JournalDamagedException("unreadable: " + path);
    }
    List<Key> keys = new ArrayList<>(end / KEY);
    while (bytes.position() < end) {
      keys.add(new Key(Digest.read(bytes), Digest.read(bytes), bytes.getLong()));
    }
    return keys;
  }

  /** How many a file holds. */
  static long count(Path path) throws IOException {
    return (Files.size(path) - Integer.BYTES) / KEY;
  }

  /** Of all bytes before the position. */
  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().flip());
    return (int) crc.getValue();
  }
}
