// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static io.medflink.connectors.mllp.Peer.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal on a file system of 1 MiB, where this user may mount one. */
@Timeout(60)
class DiskFullTest {
  @TempDir Path folder;
  private boolean mounted;

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @BeforeEach
  void mount() throws InterruptedException {
    try {
      mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
    } catch (IOException e) {
      mounted = false;
    }
    Assumptions.assumeTrue(mounted, "mounting a tmpfs is not allowed here");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", folder.toString())).isTrue();
    }
  }

  @Test
  void aFullDiskRefusesAndLosesNothingAndIsWrittenAgainWhenThereIsRoom() throws Exception {
    Configuration options = Station.options(folder.resolve("journals"));
    Path ballast = Files.write(folder.resolve("ballast"), new byte[500_000]);
    List<String> acknowledged = new ArrayList<>();
    MllpSplit split;
    try (Station station = Station.open(options);
        Peer peer = station.peer()) {
      int number = fill(peer, 0, acknowledged);
      assertThat(number).isBetween(20, 60);
      assertThat(peer.ask(message("" + number, text(number))))
          .isEqualTo("AR|" + number + "|JOURNAL_FAILED");
      assertThat(peer.ask(message("0", text(0)))).isEqualTo("AA|0"); // repeated
      Files.delete(ballast);
      assertThat(peer.ask(message("" + number, text(number)))).isEqualTo("AA|" + number);
      acknowledged.add(text(number));
      assertThat(station.delivered(acknowledged.size())).isEqualTo(acknowledged);
      split = MllpSplit.fresh(Address.of(station.inbox().split().address()));
      fill(peer, number + 1, acknowledged);
    }
    try (Station station = Station.restore(split, options)) {
      assertThat(station.delivered(acknowledged.size())).isEqualTo(acknowledged);
      assertThat(station.inbox().hasNext()).isFalse();
      station.checkpoint();
      try (Peer peer = station.peer()) {
        String answer = peer.ask(message("next", "n"));
        while (answer.endsWith("JOURNAL_FAILED")) { // until the checkpoint has made room
          answer = peer.ask(message("next", "n"));
        }
        assertThat(answer).isEqualTo("AA|next");
        assertThat(peer.ask(message("1", text(1)))).isEqualTo("AA|1"); // repeated
        assertThat(station.delivered(1)).containsExactly("n");
      }
    }
  }

  private static String text(int number) {
    return number + "x".repeat(10_000);
  }

  /** Sends until one is refused; its number. */
  private static int fill(Peer peer, int from, List<String> acknowledged) throws IOException {
    int number = from;
    while (peer.ask(message("" + number, text(number))).equals("AA|" + number)) {
      acknowledged.add(text(number));
      number++;
    }
    return number;
  }
}
