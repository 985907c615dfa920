// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection to a receiver. */
final class ClientConnection implements Closeable, FrameReader.Out {
  private static final int LONGEST_ANSWER = 1 << 16;

  private final Socket raw;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final FrameReader frames = new FrameReader(LONGEST_ANSWER);
  private final ArrayDeque<byte[]> answers = new ArrayDeque<>();
  private final byte[] bytes = new byte[1 << 12];

  private ClientConnection(Socket raw, Socket socket) throws IOException {
    this.raw = raw;
    this.socket = socket;
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  static ClientConnection open(SinkSettings settings, @Nullable SSLContext tls) throws IOException {
    InetAddress host = settings.address().resolve();
    int timeout = Math.toIntExact(settings.ackTimeout().toMillis());
    Socket raw = new Socket();
    try {
      raw.connect(new InetSocketAddress(host, settings.address().port()), timeout);
      raw.setTcpNoDelay(true);
      raw.setKeepAlive(true);
      raw.setSoTimeout(timeout);
      if (tls == null) {
        return new ClientConnection(raw, raw);
      }
      SSLSocket secured = Tls.client(tls, raw, settings.address());
      Tls.handshake(secured);
      return new ClientConnection(raw, secured);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  void send(byte[] message) throws IOException {
    byte[] frame = new byte[message.length + 3];
    frame[0] = FrameReader.VT;
    System.arraycopy(message, 0, frame, 1, message.length);
    frame[message.length + 1] = FrameReader.FS;
    frame[message.length + 2] = FrameReader.CR;
    out.write(frame);
    out.flush();
  }

  /** The next answer; waits for it so many milliseconds. */
  byte[] answer(int millis) throws IOException, InterruptedException {
    socket.setSoTimeout(Math.max(1, millis));
    while (answers.isEmpty()) {
      int read = in.read(bytes);
      if (read < 0) {
        throw new EOFException("the receiver closed the connection");
      }
      frames.feed(bytes, 0, read, this);
    }
    return answers.remove();
  }

  @Override
  public void message(byte[] message) {
    answers.add(message);
  }

  @Override
  public void refused(Refusal why, byte[] head) {
    // What is no answer acknowledges nothing: the message is sent again.
  }

  @Override
  public void truncated() {}

  @Override
  public void stray(int count) {}

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
