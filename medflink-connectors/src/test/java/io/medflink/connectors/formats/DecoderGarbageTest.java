// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.medflink.connectors.hl7v2.Hl7v2;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What decoding leaves to the garbage collector beyond the records that it hands on. */
final class DecoderGarbageTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MESSAGES = 512;
  private static final int PATIENTS = 40;

  /** Where the compiler sees that things are needed. */
  static @Nullable Object sink;

  @Test
  void aResultInHl7LeavesAtMost600BytesBeyondItsRecords() {
    byte[][] messages = new byte[MESSAGES][];
    Random random = new Random(3);
    for (int i = 0; i < MESSAGES; i++) {
      messages[i] = result(random, i).getBytes(US_ASCII);
    }
    long beyond = beyondRecords(new Hl7v2().withAuthority("WARD", "mrn"), messages);
    assertThat(beyond).isLessThanOrEqualTo(600);
  }

  /** Bytes per message, once each patient was seen. */
  private static long beyondRecords(Decoder decoder, byte[][] messages) {
    List<Panel> panels = new ArrayList<>();
    Decoder.Out out =
        Decoder.Out.of(
            panels::add,
            movement -> {},
            ignored -> {},
            rejected -> {
              throw new IllegalStateException(rejected.toString());
            });
    for (byte[] message : messages) {
      decoder.decode(new Message(message, null, null), out);
    }
    List<Panel> records = List.copyOf(panels);
    assertThat(records.size()).isGreaterThanOrEqualTo(messages.length);
    byte[] @Nullable [][] identities = identities(records);
    long kept = least(i -> copy(records, identities));
    long all =
        least(
            i -> {
              panels.clear();
              for (byte[] message : messages) {
                decoder.decode(new Message(message, null, null), out);
              }
            });
    return (all - kept) / messages.length;
  }

  /** The least of several times: the compiler allocates too, and not yet avoids it. */
  private static long least(Consumer<Integer> work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      work.accept(i);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  /** The bytes of each observation's identity; null for those that several panels share. */
  private static byte[] @Nullable [][] identities(List<Panel> panels) {
    IdentityHashMap<Observation, Integer> times = new IdentityHashMap<>();
    for (Panel panel : panels) {
      for (Observation o : panel.observations()) {
        times.merge(o, 1, Integer::sum);
      }
    }
    byte[] @Nullable [][] identities = new byte[panels.size()][][];
    for (int i = 0; i < identities.length; i++) {
      Observation[] values = panels.get(i).observations();
      if (times.get(values[0]) == 1) {
        identities[i] = new byte[values.length][];
        Arrays.setAll(identities[i], k -> String.valueOf(values[k].id()).getBytes(US_ASCII));
      }
    }
    return identities;
  }

  /** What panels need if only identities are texts of their own. */
  private static void copy(List<Panel> panels, byte[] @Nullable [][] identities) {
    for (int i = 0; i < identities.length; i++) {
      Panel panel = panels.get(i);
      Observation[] values = panel.observations();
      byte[][] ids = identities[i];
      if (ids != null) {
        Observation[] copies = new Observation[values.length];
        for (int k = 0; k < copies.length; k++) {
          copies[k] = values[k].withId(new String(ids[k], US_ASCII));
        }
        values = copies;
      }
      sink = Instant.ofEpochMilli(panel.time().toEpochMilli());
      sink = panel.withObservations(values);
    }
  }

  private static String result(Random random, int i) {
    int patient = random.nextInt(PATIENTS);
    String time = "20261124%02d%02d%02d+0100".formatted(i / 60 % 24, i % 60, random.nextInt(60));
    StringBuilder text = new StringBuilder();
    text.append("MSH|^~\\&|MON|WARD|M|M|").append(time).append("||ORU^R01^ORU_R01|").append(i);
    text.append("|P|2.5.1|||||||UNICODE UTF-8\rPID|1||").append(1000 + patient);
    text.append("^^^WARD^MR||Doe^J||19700301|F\rPV1|1|I|ICU^7^B^GEN||||||||||||||||V")
        .append(patient);
    text.append("\rOBR|1|P").append(i).append("|F").append(i).append("|V^Vitals^L|||").append(time);
    for (int k = 0; k < 8; k++) {
      text.append("\rOBX|").append(k + 1).append("|NM|888").append(k).append("-4^Sign^LN||");
      text.append(random.nextInt(99)).append('.').append(random.nextInt(10));
      text.append("|/min^^UCUM|60 - 100|").append(random.nextInt(9) == 0 ? "H" : "N");
      text.append("|||F|||").append(time);
    }
    return text.append('\r').toString();
  }
}
