// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Journal.Limits LIMITS = new Journal.Limits(1 << 20, 100);

  @TempDir Path folder;

  private static JournalEntry entry(long sequence, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    Digest id = Digest.of("id" + sequence);
    return new JournalEntry(sequence, 1000 + sequence, id, Digest.of(payload), null, payload);
  }

  private static void append(Journal journal, int count) throws IOException {
    List<JournalEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long sequence = journal.next() + i;
      entries.add(entry(sequence, "m" + sequence));
    }
    journal.append(entries);
  }

  private static List<String> read(Journal journal, long from) throws IOException {
    List<String> all = new ArrayList<>();
    try (JournalCursor cursor = new JournalCursor(journal, from)) {
      while (cursor.hasNext()) {
        all.add(new String(cursor.read().payload(), StandardCharsets.UTF_8));
      }
      assertThat(cursor.read()).isNull();
    }
    return all;
  }

  private static List<String> messages(long from, long to) {
    return Stream.iterate(from, i -> i < to, i -> i + 1).map(i -> "m" + i).toList();
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
    }
  }

  private long files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(suffix)).count();
    }
  }

  @Test
  void whatWasWrittenIsReadBackAfterARestart() throws IOException {
    try (Journal journal = Journal.open(folder, LIMITS)) {
      append(journal, 3);
      append(journal, 1);
      assertThat(read(journal, 0)).isEqualTo(messages(0, 4));
      assertThat(read(journal, 2)).isEqualTo(messages(2, 4));
    }
    try (Journal journal = Journal.open(folder, LIMITS)) {
      assertThat(journal.next()).isEqualTo(4);
      assertThat(journal.seen().find(Digest.of("id3")).sequence()).isEqualTo(3);
      append(journal, 2);
      assertThat(read(journal, 0)).isEqualTo(messages(0, 6));
    }
  }

  @Test
  void aTornEndIsCutOffWhereverItIsTorn() throws IOException {
    long two;
    try (Journal journal = Journal.open(folder, LIMITS)) {
      append(journal, 2);
      two = Files.size(onlyFile());
      append(journal, 1);
    }
    byte[] all = Files.readAllBytes(onlyFile());
    for (int length = (int) two; length < all.length; length++) {
      Files.write(onlyFile(), Arrays.copyOf(all, length));
      try (Journal journal = Journal.open(folder, LIMITS)) {
        assertThat(read(journal, 0)).isEqualTo(messages(0, 2));
      }
    }
  }

  @Test
  void damageToWhatWasOnDiskIsNotTakenForATornEnd() throws IOException {
    try (Journal journal = Journal.open(folder, LIMITS)) {
      append(journal, 1);
      append(journal, 1);
    }
    byte[] all = Files.readAllBytes(onlyFile());
    for (int at = JournalFile.HEAD; at < JournalFile.HEAD + JournalEntry.OVERHEAD; at++) {
      byte[] damaged = all.clone();
      damaged[at] ^= 1;
      Files.write(onlyFile(), damaged);
      assertThatThrownBy(() -> Journal.open(folder, LIMITS))
          .isInstanceOf(JournalDamagedException.class)
          .hasMessageContaining("entry 0");
    }
  }

  @Test
  void aLaterEntryOfTheSameTornWriteIsNoDamage() throws IOException {
    try (Journal journal = Journal.open(folder, LIMITS)) {
      append(journal, 1);
      append(journal, 2);
    }
    byte[] all = Files.readAllBytes(onlyFile());
    all[JournalFile.HEAD + entry(0, "m0").size()] ^= 1;
    Files.write(onlyFile(), all);
    try (Journal journal = Journal.open(folder, LIMITS)) {
      assertThat(read(journal, 0)).isEqualTo(messages(0, 1));
    }
  }

  @Test
  void aMissingFileIsDamage() throws IOException {
    try (Journal journal = Journal.open(folder, new Journal.Limits(800, 100))) {
      for (int i = 0; i < 5; i++) {
        append(journal, 1);
      }
    }
    Files.delete(folder.resolve(JournalFile.name(2, ".log")));
    assertThatThrownBy(() -> Journal.open(folder, LIMITS))
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining("entry 2");
  }

  @Test
  void releasedMessagesLeaveTheirKeysOnlyAndAreStillKnown() throws IOException {
    Journal.Limits small = new Journal.Limits(4000, 10);
    try (Journal journal = Journal.open(folder, small)) {
      for (int i = 0; i < 50; i++) {
        append(journal, 1);
        if (i % 3 == 2) {
          journal.release(journal.next());
        }
      }
      assertThat(journal.bytes()).isLessThan(1500);
      assertThat(files(".keys")).isBetween(1L, 10L);
    }
    try (Journal journal = Journal.open(folder, small)) {
      assertThat(journal.next()).isEqualTo(50);
      assertThat(journal.released()).isEqualTo(48);
      assertThat(journal.seen().find(Digest.of("id42")).content()).isEqualTo(Digest.of("m42"));
      assertThat(journal.seen().count()).isEqualTo(10);
      assertThat(read(journal, 48)).isEqualTo(messages(48, 50));
    }
  }

  @Test
  void anEmptiedJournalGoesOnCounting() throws IOException {
    Journal.Limits small = new Journal.Limits(800, 10);
    try (Journal journal = Journal.open(folder, small)) {
      append(journal, 5);
      journal.release(5);
      assertThat(files(".log")).isZero();
      assertThat(journal.hasRoom(800)).isTrue();
    }
    try (Journal journal = Journal.open(folder, small)) {
      assertThat(journal.next()).isEqualTo(5);
      append(journal, 1);
      assertThat(read(journal, 5)).isEqualTo(messages(5, 6));
    }
  }

  @Test
  void aSecondOwnerIsRefused() throws IOException {
    try (Journal journal = Journal.open(folder, LIMITS)) {
      append(journal, 1);
      Thread.currentThread().interrupt(); // so that it isn't waited for
      assertThatThrownBy(() -> Journal.open(folder, LIMITS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void readingFollowsWritingOverFilesOfAnyLength() throws IOException {
    Random random = new Random(7);
    List<String> written = new ArrayList<>();
    try (Journal journal = Journal.open(folder, new Journal.Limits(1 << 20, 100));
        JournalCursor cursor = new JournalCursor(journal, 0)) {
      List<String> read = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        List<JournalEntry> entries = new ArrayList<>();
        for (int k = 0; k <= random.nextInt(4); k++) {
          String text = "x".repeat(random.nextInt(20_000));
          entries.add(entry(journal.next() + k, text));
          written.add(text);
        }
        journal.append(entries);
        while (cursor.hasNext() && random.nextInt(5) > 0) {
          read.add(new String(cursor.read().payload(), StandardCharsets.UTF_8));
        }
        journal.release(cursor.next());
      }
      while (cursor.hasNext()) {
        read.add(new String(cursor.read().payload(), StandardCharsets.UTF_8));
      }
      assertThat(read).isEqualTo(written);
    }
  }

  @Test
  void nobodyElseMayLookIntoItsFolder() throws IOException {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "the file system knows no owners");
    Path own = folder.resolve("a").resolve("b");
    Journal.open(own, LIMITS).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
  }

  @Test
  void anEntrySaysNothingOfItsMessage() {
    assertThat(entry(3, "CANARY").toString()).isEqualTo("JournalEntry[3, 6 bytes]");
  }
}
