// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final class Found implements FrameReader.Out {
    final List<String> all = new ArrayList<>();

    @Override
    public void message(byte[] message) {
      all.add(new String(message, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void refused(Refusal why, byte[] head) {
      all.add(why + ":" + new String(head, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void truncated() {
      all.add("truncated");
    }

    @Override
    public void stray(int bytes) {
      all.add("stray");
    }
  }

  private static List<String> read(String... pieces) throws InterruptedException {
    Found found = new Found();
    FrameReader reader = new FrameReader(10);
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
      reader.feed(bytes, 0, bytes.length, found);
    }
    reader.end(found);
    return found.all;
  }

  @Test
  void pipelinedMessagesInOneReadAreAllFound() throws InterruptedException {
    assertThat(read("\013a\034\r\013b\034\r\r\n\013\034\r")).containsExactly("a", "b", "");
  }

  @Test
  void aMessageMayHaveTheLimitsLengthAndNotOneByteMore() throws InterruptedException {
    assertThat(read("\0131234567890\034\r")).containsExactly("1234567890");
    assertThat(read("\0131234567890x\034\r\013b\034\r"))
        .containsExactly("TOO_LARGE:1234567890", "b");
  }

  @Test
  void anEndWithoutCrIsToldAndTheNextFrameFound() throws InterruptedException {
    assertThat(read("\013a\034\013b\034\r")).containsExactly("BAD_FRAME:a", "b");
    assertThat(read("\013a\034x\034\r\013b\034\r")).containsExactly("BAD_FRAME:a", "stray", "b");
  }

  @Test
  void aFrameThatAnotherInterruptsOrThatEndsWithTheConnectionIsTruncated()
      throws InterruptedException {
    assertThat(read("\013a\013b\034\r\013c")).containsExactly("truncated", "b", "truncated");
    assertThat(read("\013a\034")).containsExactly("truncated");
  }

  @Test
  void bytesOutsideFramesAreCounted() throws InterruptedException {
    assertThat(read("GET /\r\n\013a\034\r")).containsExactly("stray", "a");
  }

  @Test
  void everySplitPointOf100MessagesGivesTheSame() throws InterruptedException {
    Random random = new Random(1);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String message = "MSH|^~\\&|A|B|||2026||ORU^R01|" + i + "|P|2.5\rOBX|1|" + "é".repeat(i % 7);
      sent.add(message);
      stream.write(FrameReader.VT);
      stream.writeBytes(message.getBytes(StandardCharsets.ISO_8859_1));
      stream.write(FrameReader.FS);
      stream.write(FrameReader.CR);
    }
    byte[] bytes = stream.toByteArray();
    for (int split = 0; split <= bytes.length; split++) {
      Found found = new Found();
      FrameReader reader = new FrameReader(1000);
      reader.feed(bytes, 0, split, found);
      reader.feed(bytes, split, bytes.length, found);
      assertThat(found.all).isEqualTo(sent);
    }
    for (int round = 0; round < 200; round++) {
      Found found = new Found();
      FrameReader reader = new FrameReader(1000);
      int at = 0;
      while (at < bytes.length) {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(1 + round));
        reader.feed(bytes, at, to, found);
        at = to;
      }
      assertThat(found.all).isEqualTo(sent);
    }
  }

  @Test
  void aFrameIsOpenFromItsFirstByteToItsLast() throws InterruptedException {
    FrameReader reader = new FrameReader(10);
    Found found = new Found();
    assertThat(reader.open()).isZero();
    reader.feed(new byte[] {FrameReader.VT, 'a'}, 0, 2, found);
    assertThat(reader.open()).isEqualTo(1);
    reader.feed(new byte[] {FrameReader.FS}, 0, 1, found);
    assertThat(reader.open()).isEqualTo(1);
    reader.feed(new byte[] {FrameReader.CR, FrameReader.VT}, 0, 2, found);
    assertThat(reader.open()).isEqualTo(2);
  }
}
