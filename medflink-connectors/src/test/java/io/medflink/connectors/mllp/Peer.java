// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A sender of plain sockets that shares no code with what it tests. */
final class Peer implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  Peer(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static String message(String controlId, String text) {
    return message("MON", controlId, text, "");
  }

  /** An ORU of one OBX; {@code modes} are MSH-15 and MSH-16, such as {@code AL|NE}. */
  static String message(String application, String controlId, String text, String modes) {
    return "MSH|^~\\&|"
        + application
        + "|WARD|MEDFLINK|HOSP|20261124080000||ORU^R01^ORU_R01|"
        + controlId
        + "|P|2.5|||"
        + modes
        + "\rPID|1||123^^^H^MR\rOBX|1|ST|X||"
        + text
        + "\r";
  }

  static byte[] frame(String... messages) {
    StringBuilder frames = new StringBuilder();
    for (String message : messages) {
      frames.append('\013').append(message).append("\034\r");
    }
    return frames.toString().getBytes(StandardCharsets.UTF_8);
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void send(String... messages) throws IOException {
    send(frame(messages));
  }

  /** The answer's MSA, such as {@code AA|7}; null where the connection ended. */
  String answer() throws IOException {
    int read = in.read();
    if (read < 0) {
      return null;
    }
    if (read != 0x0b) {
      throw new IOException("no frame but " + read);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (read = in.read(); read != 0x1c; read = in.read()) {
      if (read < 0) {
        return null;
      }
      bytes.write(read);
    }
    if (in.read() != 0x0d) {
      throw new IOException("no CR");
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    String msa = text.substring(text.indexOf("\rMSA|") + 5);
    return msa.substring(0, msa.indexOf('\r'));
  }

  String ask(String message) throws IOException {
    send(message);
    return answer();
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
