// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.medflink.connectors.mllp.Acknowledgment.Codes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Whatever a connection sends, it gives the same however it is cut, and answers that are read. */
class MllpFuzzTest {
  private static final int LIMIT = 200;

  private static final class Events implements FrameReader.Out {
    final List<String> all = new ArrayList<>();
    int strayBytes;

    @Override
    public void message(byte[] message) {
      all.add(new String(message, StandardCharsets.ISO_8859_1));
      answered(message, null);
    }

    @Override
    public void refused(Refusal why, byte[] head) {
      all.add(why + ":" + new String(head, StandardCharsets.ISO_8859_1));
      answered(head, why);
    }

    @Override
    public void truncated() {
      all.add("truncated");
    }

    @Override
    public void stray(int bytes) {
      strayBytes += bytes;
    }
  }

  /** By {@code -Pfuzz}: its agent alone takes longer than all other tests here. */
  @FuzzTest
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void anyBytes(byte[] bytes) throws InterruptedException {
    Events whole = events(bytes, Math.max(1, bytes.length));
    Events bytewise = events(bytes, 1);
    assertThat(bytewise.all).isEqualTo(whole.all);
    assertThat(bytewise.strayBytes).isEqualTo(whole.strayBytes);
    Msa.of(bytes);
  }

  private static Events events(byte[] bytes, int step) throws InterruptedException {
    Events events = new Events();
    FrameReader reader = new FrameReader(LIMIT);
    for (int at = 0; at < bytes.length; at += step) {
      reader.feed(bytes, at, Math.min(bytes.length, at + step), events);
    }
    reader.end(events);
    return events;
  }

  /** Each answer names its message, and is a frame of its own. */
  private static void answered(byte[] message, Refusal refusal) {
    Msh msh = Msh.of(message);
    for (Codes codes : Codes.values()) {
      byte[] answer = Acknowledgment.to(msh, refusal, codes, Instant.EPOCH);
      List<byte[]> frames = new ArrayList<>();
      try {
        new FrameReader(1 << 20)
            .feed(
                answer,
                0,
                answer.length,
                new FrameReader.Out() {
                  @Override
                  public void message(byte[] bytes) {
                    frames.add(bytes);
                  }

                  @Override
                  public void refused(Refusal why, byte[] head) {
                    throw new AssertionError("an answer that is no frame");
                  }

                  @Override
                  public void truncated() {
                    throw new AssertionError("an answer that is cut off");
                  }

                  @Override
                  public void stray(int bytes) {
                    throw new AssertionError("an answer with bytes outside its frames");
                  }
                });
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertThat(frames).hasSizeBetween(codes == Codes.ORIGINAL ? 1 : 0, 2);
      for (byte[] frame : frames) {
        Msa msa = Msa.of(frame);
        assertThat(msa).isNotNull();
        assertThat(msa.controlId()).isEqualTo(msh == null ? "" : msh.controlId());
        assertThat(msa.code()).matches(refusal == null ? "[AC]A" : "[AC][ER]");
      }
    }
  }

  @Test
  void messagesWithWrongBytesAnywhere() throws InterruptedException {
    Random random = new Random(5);
    byte[] special =
        "\013\034\r\n|^~\\&#MSHA\u00ef\u00bb\u00bf\0".getBytes(StandardCharsets.ISO_8859_1);
    byte[] right =
        Peer.frame(
            Peer.message("A", "1", "x", "AL|AL"), Peer.message("B", "2", "y".repeat(LIMIT), ""));
    for (int round = 0; round < 1_000; round++) {
      byte[] wrong = right.clone();
      for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
        // Mostly within the headers, where most depends on it.
        int at = random.nextInt(random.nextBoolean() ? 60 : wrong.length);
        wrong[at] =
            random.nextInt(4) == 0
                ? (byte) random.nextInt()
                : special[random.nextInt(special.length)];
      }
      anyBytes(wrong);
    }
  }
}
