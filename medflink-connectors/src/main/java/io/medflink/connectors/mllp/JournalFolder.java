// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one journal: locked against a second owner, with its id in {@code journal.id}, and
 * in {@code released} how far it is in checkpoints. The latter is not synced: what it forgets is
 * delivered again to a job that starts without state.
 */
final class JournalFolder implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path path;
  private final UUID id;
  private final FileChannel lock;
  private final FileChannel released;

  private JournalFolder(Path path, UUID id, FileChannel lock, FileChannel released) {
    this.path = path;
    this.id = id;
    this.lock = lock;
    this.released = released;
  }

  static JournalFolder open(Path path) throws IOException {
    create(path);
    FileChannel lock = channel(path.resolve("lock"));
    try {
      if (!lock(lock)) {
        throw new IOException("the journal is in use by another source: " + path);
      }
      return new JournalFolder(path, id(path), lock, channel(path.resolve("released")));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** Messages lie here in clear: nobody else may look, where the file system knows owners. */
  private static void create(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(path);
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Waits a while: a failed task's source closes while its successor opens. */
  private static boolean lock(FileChannel channel) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return true;
        }
      } catch (OverlappingFileLockException e) {
        // Held in this process: waited for like any other owner.
      }
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static UUID id(Path folder) throws IOException {
    Path path = folder.resolve("journal.id");
    if (Files.exists(path)) {
      try {
        return UUID.fromString(Files.readString(path).strip());
      } catch (IllegalArgumentException e) {
        throw new JournalDamagedException("no journal's id: " + path);
      }
    }
    UUID id = UUID.randomUUID();
    Path part = folder.resolve("journal.id.part");
    Files.writeString(part, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    JournalFile.syncFolder(folder);
    return id;
  }

  Path path() {
    return path;
  }

  UUID id() {
    return id;
  }

  /** The files with a suffix, by their first sequence number. */
  NavigableMap<Long, Path> files(String suffix) throws IOException {
    NavigableMap<Long, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(path)) {
      all.filter(file -> file.getFileName().toString().matches("\\d{19}\\" + suffix))
          .forEach(file -> files.put(JournalFile.base(file, suffix), file));
    }
    return files;
  }

  /** The first message that is in no completed checkpoint, as far as is known. */
  long released() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    int read = released.read(bytes, 0);
    return read == bytes.capacity() && bytes.getInt(Long.BYTES) == crc(bytes.getLong(0))
        ? bytes.getLong(0)
        : 0;
  }

  void released(long below) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    released.write(bytes.putLong(below).putInt(crc(below)).flip(), 0);
  }

  private static int crc(long value) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    try (Closeable first = released;
        @Nullable Closeable second = lock) {
      // Both, also when one fails.
    }
  }
}
