// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process that holds the source is killed at random under load, again and again ({@code
 * -Dmedflink.kills}, {@code -Pkill}: 30). Senders send again what was not acknowledged, and only
 * that.
 */
class KillITCase {
  private static final int KILLS = Integer.getInteger("medflink.kills", 3);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void everyAcknowledgedMessageIsInTheOutputOnceWhateverIsKilled() throws Exception {
    long seed = Long.getLong("medflink.seed", System.nanoTime());
    Random random = new Random(seed);
    int port = Station.freePort();
    AtomicLong acknowledged = new AtomicLong();
    List<Persistent> senders = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Persistent sender = new Persistent(port, "S" + i, i == 0 ? 1 : 16, acknowledged);
      senders.add(sender);
      threads.add(new Thread(sender, "sender " + i));
    }
    threads.forEach(Thread::start);
    Process process = null;
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        process = start(port);
        Process running = process;
        long enough = acknowledged.get() + 1 + random.nextInt(5_000);
        await("acknowledgments", running, () -> acknowledged.get() >= enough);
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(500)).toNanos());
        process.destroyForcibly().waitFor();
      }
      process = start(port);
      senders.forEach(Persistent::finish);
      Process running = process;
      await("the rest", running, () -> threads.stream().noneMatch(Thread::isAlive));
      assertThat(senders).allMatch(sender -> sender.refused() == null);
      List<String> sent =
          senders.stream()
              .flatMap(
                  s ->
                      IntStream.range(0, s.sent())
                          .mapToObj(n -> Persistent.text("S" + senders.indexOf(s), n)))
              .sorted()
              .toList();
      await("the output", running, () -> output().size() >= sent.size());
      List<String> output = output();
      System.out.printf(
          "%d kills, %d messages acknowledged, %d in the output, seed %d%n",
          KILLS, acknowledged.get(), output.size(), seed);
      assertThat(output.stream().sorted().toList()).as("seed " + seed).isEqualTo(sent);
      assertThat(Files.readString(folder.resolve("log"))).doesNotContain("CANARY");
    } finally {
      senders.forEach(Persistent::giveUp);
      if (process != null) {
        process.destroyForcibly().waitFor();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private List<String> output() {
    try {
      return KilledJob.output(folder);
    } catch (IOException e) {
      return List.of(); // a file was renamed meanwhile
    }
  }

  private void await(String what, Process process, BooleanSupplier done) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError(
            "waited for " + what + ":\n" + Files.readString(folder.resolve("log")));
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private Process start(int port) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String opened : List.of("java.util", "java.lang", "java.time")) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    String logging = System.getProperty("log4j2.configurationFile");
    if (logging != null) {
      command.add("-Dlog4j2.configurationFile=" + logging);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledJob.class.getName(), folder.toString(), Integer.toString(port)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }
}
