// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiver that does what the test says to each message in turn: answers such as {@code AA}
 * (comma between several; {@code AA|other} names another message), {@code -} says nothing, {@code
 * !} closes.
 */
final class Receiver implements AutoCloseable {
  final List<String> received = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> script = new LinkedBlockingQueue<>();
  private final ServerSocket server;
  private final Thread thread;
  private final AtomicInteger connections = new AtomicInteger();

  Receiver(String... script) throws IOException {
    this.script.addAll(List.of(script));
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread = new Thread(this::run, "receiver");
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        serve(socket);
      } catch (IOException e) {
        // The sender went, or the test is over.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    while (true) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int read = in.read();
      while (read != 0x1c) {
        if (read < 0) {
          return;
        }
        bytes.write(read);
        read = in.read();
      }
      in.readNBytes(1);
      String[] msh = bytes.toString(StandardCharsets.ISO_8859_1).split("\\|", -1);
      received.add(msh[9]);
      String step = script.isEmpty() ? "AA" : script.remove();
      if (step.equals("!")) {
        return;
      }
      for (String answer : step.equals("-") ? new String[0] : step.split(",", -1)) {
        String msa = answer.contains("|") ? answer : answer + "|" + msh[9];
        socket
            .getOutputStream()
            .write(
                ("\013MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|" + msa + "|CANARY\r\034\r")
                    .getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }

  @Override
  public void close() throws Exception {
    server.close();
    thread.join();
  }
}
