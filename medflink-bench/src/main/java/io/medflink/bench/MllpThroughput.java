// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.connectors.mllp.AckMode;
import io.medflink.connectors.mllp.MllpOptions;
import io.medflink.connectors.mllp.MllpSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * How many messages a second does an MLLP source in a Flink job acknowledge? {@code java -cp
 * medflink-bench/target/benchmarks.jar io.medflink.bench.MllpThroughput [seconds] [folder]}.
 *
 * <p>Messages of 700 bytes, each with a control id of its own, from senders in the same process
 * over loopback, checkpoints every second, the journal in the folder (a temporary one). A sender
 * has so many messages unanswered: 1 is what most hospital systems do.
 */
public final class MllpThroughput {
  private static final String MESSAGE =
      "MSH|^~\\&|MON%d|WARD|MEDFLINK|HOSP|20261124080000||ORU^R01^ORU_R01|%d|P|2.5\r"
          + "PID|1||123^^^HOSP^MR\rPV1|1|I|W1^R1^B1\rOBR|1||1|NEWS2|||20261124080000\r"
          + "OBX|1|NM|8867-4^Heart rate^LN||88|/min^^UCUM|||||F|||20261124080000\r".repeat(8);

  private final int port;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  private MllpThroughput(int port) {
    this.port = port;
  }

  /** Seconds for each figure (10), and where the journal lies. */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    Path parent =
        args.length > 1 ? Path.of(args[1]) : Path.of(System.getProperty("java.io.tmpdir"));
    System.out.println("| ack.mode | connections | unanswered | acknowledged/s |");
    System.out.println("|---|---|---|---|");
    for (AckMode mode : AckMode.values()) {
      for (int connections : new int[] {1, 8}) {
        for (int window : new int[] {1, 256}) {
          double rate = measure(mode, connections, window, seconds, parent);
          System.out.printf(
              "| %s | %d | %d | %,.0f |%n",
              mode.name().toLowerCase(Locale.ROOT), connections, window, rate);
        }
      }
    }
  }

  private static double measure(AckMode mode, int connections, int window, int seconds, Path parent)
      throws Exception {
    Path folder = Files.createTempDirectory(parent, "mllp-throughput");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    JobClient job = job(mode, port, folder);
    MllpThroughput run = new MllpThroughput(port);
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int number = i;
      Thread sender = new Thread(() -> run.send(number, window), "sender " + i);
      sender.start();
      senders.add(sender);
    }
    // Warm: until there were answers for as long as is measured.
    while (run.acknowledged.get() == 0) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    run.count(seconds);
    double rate = run.count(seconds);
    run.over.set(true);
    for (Thread sender : senders) {
      sender.join();
    }
    job.cancel().get();
    delete(folder);
    return rate;
  }

  private static JobClient job(AckMode mode, int port, Path folder) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    env.fromSource(
            MllpSource.listen("127.0.0.1:" + port)
                .with(MllpOptions.JOURNAL, folder.toString())
                .with(MllpOptions.ACK_MODE, mode)
                .build(),
            WatermarkStrategy.noWatermarks(),
            "mllp")
        .sinkTo(new DiscardingSink<>());
    return env.executeAsync();
  }

  private double count(int seconds) {
    long before = acknowledged.get();
    long start = System.nanoTime();
    long end = start + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return (acknowledged.get() - before) * 1e9 / (System.nanoTime() - start);
  }

  private void send(int number, int window) {
    long sent = 0;
    long answered = 0;
    while (!over.get()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (!over.get()) {
          while (sent < answered + window) {
            out.write(frame(number, sent++));
          }
          for (int read = in.read(); read != 0x1c; read = in.read()) {
            if (read < 0) {
              throw new IOException("closed");
            }
          }
          answered++;
          acknowledged.incrementAndGet();
        }
      } catch (IOException e) {
        // The job is about to listen: all that is unanswered is sent again.
        sent = answered;
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static byte[] frame(int number, long id) {
    String message = String.format(Locale.ROOT, MESSAGE, number, id);
    return ("\013" + message + "\034\r").getBytes(StandardCharsets.US_ASCII);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
