// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A source's core without Flink: listens, keeps its journal, is read by the test. */
final class Station implements AutoCloseable {
  final Tally tally = new Tally(new UnregisteredMetricsGroup());
  private final Semaphore written = new Semaphore(0);
  private final Inbox inbox;
  private final int port;

  private Station(MllpSplit split, Configuration options) throws IOException {
    inbox = Inbox.open(split, SourceSettings.of(options), tally, written::release);
    port = Address.of(split.address()).port();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static Configuration options(Path folder) throws IOException {
    Configuration options = new Configuration();
    options.set(MllpOptions.ADDRESS, List.of("127.0.0.1:" + freePort()));
    options.set(MllpOptions.JOURNAL, folder.toString());
    return options;
  }

  static Station open(Configuration options) throws IOException {
    return new Station(
        MllpSplit.fresh(Address.of(options.get(MllpOptions.ADDRESS).get(0))), options);
  }

  static <V> Station open(Path folder, ConfigOption<V> option, V value) throws IOException {
    return open(options(folder).set(option, value));
  }

  static Station open(Path folder) throws IOException {
    return open(options(folder));
  }

  static Station restore(MllpSplit split, Configuration options) throws IOException {
    return new Station(split, options);
  }

  int port() {
    return port;
  }

  Peer peer() throws IOException {
    return new Peer(port);
  }

  Inbox inbox() {
    return inbox;
  }

  /** The OBX-5 of what is delivered next; waits for it. */
  List<String> delivered(int count) throws Exception {
    List<String> texts = new ArrayList<>();
    while (texts.size() < count) {
      while (!inbox.hasNext()) {
        if (!written.tryAcquire(20, TimeUnit.SECONDS)) {
          throw new AssertionError("delivered only " + texts);
        }
      }
      String message = new String(inbox.read().payload(), StandardCharsets.UTF_8);
      String value = message.substring(message.indexOf("|ST|X||") + 7);
      texts.add(value.substring(0, value.indexOf('\r')));
    }
    return texts;
  }

  /** As when a checkpoint of what was delivered completes. */
  void checkpoint() {
    inbox.release(inbox.split().next());
  }

  @Override
  public void close() throws Exception {
    inbox.close();
  }
}
