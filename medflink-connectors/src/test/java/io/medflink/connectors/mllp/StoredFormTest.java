// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in checkpoints and journals has to be read by every later build. */
class StoredFormTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final UUID JOURNAL = new UUID(0x1122334455667788L, 0x99aabbccddeeff00L);
  private static final MllpSplit SPLIT = new MllpSplit("127.0.0.1:2575", JOURNAL.toString(), 7);
  private static final JournalEntry ENTRY =
      new JournalEntry(
          5, 1_000, new Digest(1, 2), new Digest(3, 4), "CN=icu", new byte[] {'M', 'S', 'H'});

  @Test
  void aSplitsBytesStay() throws IOException {
    var serializer = new StateSerializer<>(MllpSplit::write, MllpSplit::read);
    String bytes =
        "000e3132372e302e302e313a3235373500243131323233333434"
            + "2d353536362d373738382d393961612d6262636364646565666630300000000000000007";
    assertThat(HEX.formatHex(serializer.serialize(SPLIT))).isEqualTo(bytes);
    assertThat(serializer.deserialize(1, HEX.parseHex(bytes))).isEqualTo(SPLIT);
    assertThat(((SourceSplit) SPLIT).splitId()).isEqualTo("127.0.0.1:2575");
    assertThatThrownBy(() -> serializer.deserialize(2, HEX.parseHex(bytes)))
        .hasMessageContaining("version 2");
  }

  @Test
  void theEnumeratorsBytesStay() throws IOException {
    var serializer = new StateSerializer<>(Assigned::write, Assigned::read);
    Assigned state = new Assigned(List.of("a:1", "b:2"), List.of(new MllpSplit("b:2", "", 0)));
    String bytes = "000000020003613a310003623a32" + "000000010003623a3200000000000000000000";
    assertThat(HEX.formatHex(serializer.serialize(state))).isEqualTo(bytes);
    assertThat(serializer.deserialize(1, HEX.parseHex(bytes))).isEqualTo(state);
  }

  @Test
  void anEntrysBytesStay() {
    String bytes =
        "4d4c4c50"
            + "0000000d"
            + "f7d146b3"
            + "0000000000000005"
            + "0000000000000004"
            + "00000000000003e8"
            + "00000000000000010000000000000002"
            + "00000000000000030000000000000004"
            + "00000006434e3d696375"
            + "4d5348";
    ByteBuffer written = ByteBuffer.allocate(ENTRY.size());
    ENTRY.write(written, 4);
    assertThat(HEX.formatHex(written.array())).isEqualTo(bytes);
    JournalEntry.Read read = JournalEntry.read(written.flip());
    assertThat(read.synced()).isEqualTo(4);
    assertThat(read.entry().payload()).isEqualTo(ENTRY.payload());
    assertThat(read.entry().id()).isEqualTo(ENTRY.id());
    assertThat(read.entry().content()).isEqualTo(ENTRY.content());
    assertThat(read.entry().received()).isEqualTo(1_000);
    assertThat(read.entry().sender()).isEqualTo("CN=icu");
  }

  @Test
  void aFilesHeadAndAKeysFileStay(@TempDir Path folder) throws IOException {
    JournalFile.create(folder, JOURNAL, 5).close();
    JournalKeys.write(
        folder, 5, List.of(new JournalKeys.Key(new Digest(1, 2), new Digest(3, 4), 5)));
    assertThat(hex(folder))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "0000000000000000005.log",
                "4d464a32112233445566778899aabbccddeeff0000000000000000050db98f74",
                "0000000000000000005.keys",
                "0000000000000001000000000000000200000000000000030000000000000004"
                    + "0000000000000005541cb906"));
  }

  @Test
  void aJournalOfAnEarlierBuildIsNotTakenForAnEmptyOne(@TempDir Path folder) throws IOException {
    byte[] former =
        HEX.parseHex("4d464a31112233445566778899aabbccddeeff0000000000000000057fe4d3d3");
    Path file = Files.write(folder.resolve("0000000000000000005.log"), former);
    assertThatThrownBy(() -> JournalFile.scan(file, JOURNAL, 5, Long.MAX_VALUE, entry -> {}))
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining("an earlier build's");
  }

  private static Map<String, String> hex(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(
          Collectors.toMap(
              file -> file.getFileName().toString(),
              file -> {
                try {
                  return HEX.formatHex(Files.readAllBytes(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }));
    }
  }
}
