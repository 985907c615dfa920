// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.connectors.mllp.Tally.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One sender's connection: a thread reads messages on and on, another one answers them in their
 * order. A sender that doesn't take its answers is not read from any more.
 */
final class Connection implements FrameReader.Out {
  /** What all connections of one address share. */
  record Shared(
      Answering answering,
      @Nullable SSLContext tls,
      @Nullable AllowList allowed,
      Intake intake,
      Gate gate,
      Tally tally) {}

  private static final int UNANSWERED = 1024;
  private static final int FLUSH = 1 << 15;
  private static final long NEVER = Long.MAX_VALUE;

  private record Pending(@Nullable Msh msh, CompletableFuture<Receipt> receipt) {}

  private static final Pending END = new Pending(null, new CompletableFuture<>());

  private final Socket raw;
  private final Shared shared;
  private final Thread reader;
  private final FrameReader frames;
  private final BlockingQueue<Pending> pending = new ArrayBlockingQueue<>(UNANSWERED);
  private Predicate<Msh> maySend = msh -> true;
  private @Nullable String sender;
  private volatile long readUntil;
  private volatile long writeUntil = NEVER;
  private volatile boolean closed;

  Connection(Socket raw, Shared shared, String name, Runnable onEnd) {
    this.raw = raw;
    this.shared = shared;
    frames = new FrameReader(shared.answering().maxMessage());
    readUntil = in(shared.answering().readTimeout());
    reader = new Thread(() -> run(onEnd), name);
    reader.setDaemon(true);
  }

  void start() {
    reader.start();
  }

  private void run(Runnable onEnd) {
    try (raw) {
      Socket socket = secured();
      if (socket != null) {
        serve(socket);
      }
    } catch (IOException e) {
      // The sender went, or was closed: what it wasn't told it keeps.
    } catch (InterruptedException e) {
      // Closed.
    } finally {
      onEnd.run();
    }
  }

  /** The connection in clear; null where its other end may not connect. */
  private @Nullable Socket secured() throws IOException {
    SSLContext tls = shared.tls();
    AllowList allowed = shared.allowed();
    if (tls == null || allowed == null) {
      return raw;
    }
    SSLSocket socket = Tls.server(tls, raw);
    Predicate<Msh> senders = null;
    try {
      X509Certificate certificate = Tls.handshake(socket);
      senders = allowed.senders(certificate);
      sender = certificate.getSubjectX500Principal().getName();
    } catch (IOException e) {
      // Said by the count: strangers must not fill the log.
    }
    if (senders == null) {
      shared.tally().count(Event.CONNECTIONS_REFUSED);
      socket.close();
      return null;
    }
    maySend = senders;
    return socket;
  }

  private void serve(Socket socket) throws IOException, InterruptedException {
    Thread writer = new Thread(() -> answer(socket), reader.getName() + " answers");
    writer.setDaemon(true);
    writer.start();
    try {
      read(socket.getInputStream());
      frames.end(this);
      pending.put(END);
      readUntil = in(shared.answering().idleTimeout());
      writer.join();
    } finally {
      closed = true;
      writer.interrupt();
    }
  }

  private void read(InputStream in) throws IOException, InterruptedException {
    byte[] bytes = new byte[1 << 14];
    long frame = 0;
    long frameUntil = NEVER;
    readUntil = in(shared.answering().idleTimeout());
    int read = in.read(bytes);
    while (read >= 0) {
      readUntil = NEVER;
      frames.feed(bytes, 0, read, this);
      long open = frames.open();
      if (open != frame) {
        frame = open;
        frameUntil = in(shared.answering().readTimeout());
      }
      readUntil = open == 0 ? in(shared.answering().idleTimeout()) : frameUntil;
      read = in.read(bytes);
    }
  }

  @Override
  public void message(byte[] message) throws InterruptedException {
    shared.tally().count(Event.RECEIVED);
    Msh msh = Msh.of(message);
    if (msh == null) {
      refuse(Refusal.NOT_HL7, null);
    } else if (msh.isAcknowledgment()) {
      shared.tally().count(Event.ACKNOWLEDGMENT);
    } else if (!maySend.test(msh)) {
      refuse(Refusal.SENDER_NOT_ALLOWED, msh);
    } else {
      Received received = new Received(msh, message, sender, System.currentTimeMillis());
      shared.intake().submit(received);
      pending.put(new Pending(msh, received.receipt()));
    }
  }

  @Override
  public void refused(Refusal why, byte[] head) throws InterruptedException {
    shared.tally().count(Event.RECEIVED);
    refuse(why, Msh.of(head));
  }

  private void refuse(Refusal why, @Nullable Msh msh) throws InterruptedException {
    shared.tally().count(why);
    pending.put(new Pending(msh, CompletableFuture.completedFuture(Receipt.refused(why))));
  }

  @Override
  public void truncated() {
    shared.tally().count(Event.TRUNCATED);
  }

  @Override
  public void stray(int bytes) {
    shared.tally().count(Event.STRAY_BYTES, bytes);
  }

  private void answer(Socket socket) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    try (raw) {
      OutputStream out = socket.getOutputStream();
      Pending next = pending.take();
      while (!next.equals(END)) {
        if (answers.size() > FLUSH || !isTold(next)) {
          flush(answers, out);
        }
        Receipt receipt = next.receipt().get();
        if (receipt.refusal() == null && shared.answering().mode() == AckMode.CHECKPOINT) {
          shared.gate().await(receipt.sequence());
        }
        answers.writeBytes(
            Acknowledgment.to(
                next.msh(), receipt.refusal(), shared.answering().codes(), Instant.now()));
        Pending after = pending.poll();
        if (after == null) {
          flush(answers, out);
          after = pending.take();
        }
        next = after;
      }
      flush(answers, out);
      socket.close();
    } catch (IOException | InterruptedException | ExecutionException e) {
      // The sender went, or this was closed; closing the connection ends the reader too.
    }
  }

  private boolean isTold(Pending next) {
    if (!next.receipt().isDone()) {
      return false;
    }
    Receipt receipt = next.receipt().join();
    return receipt.refusal() != null
        || shared.answering().mode() != AckMode.CHECKPOINT
        || shared.gate().isOpen(receipt.sequence());
  }

  private void flush(ByteArrayOutputStream answers, OutputStream out) throws IOException {
    if (answers.size() > 0) {
      writeUntil = in(shared.answering().readTimeout());
      answers.writeTo(out);
      out.flush();
      writeUntil = NEVER;
      answers.reset();
    }
  }

  /** Closes where a deadline is over. */
  void check() {
    long now = now();
    if (!closed && (now > readUntil || now > writeUntil)) {
      shared.tally().count(Event.TIMED_OUT);
      close();
    }
  }

  /** Closes at once: the socket below TLS, which never waits. */
  void close() {
    closed = true;
    try {
      raw.close();
    } catch (IOException e) {
      shared.tally().count(Event.FAILURES);
    }
    reader.interrupt();
  }

  void join(Duration patience) throws InterruptedException {
    reader.join(Math.max(1, patience.toMillis()));
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  private static long in(Duration duration) {
    return now() + duration.toMillis();
  }
}
