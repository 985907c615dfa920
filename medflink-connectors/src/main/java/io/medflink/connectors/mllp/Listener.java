// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.connectors.mllp.Tally.Event;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts the connections of one address. Two threads a connection, and two of its own: one
 * accepts, one closes what is slow.
 */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServerSocket server;
  private final Connection.Shared shared;
  private final String name;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private final Thread watchdog;
  private volatile boolean closed;

  private Listener(ServerSocket server, Connection.Shared shared, String name) {
    this.server = server;
    this.shared = shared;
    this.name = name;
    acceptor = new Thread(this::accept, name + " accepts");
    watchdog = new Thread(this::watch, name + " watches");
    acceptor.setDaemon(true);
    watchdog.setDaemon(true);
    acceptor.start();
    watchdog.start();
  }

  /**
   * Listens, in clear only on loopback unless this is allowed.
   *
   * @throws IOException where the address can't be had, or where it would be plain text
   */
  static Listener open(Address address, boolean plaintextAllowed, Connection.Shared shared)
      throws IOException {
    InetAddress host = address.resolve();
    if (shared.tls() == null && !plaintextAllowed && !host.isLoopbackAddress()) {
      throw new IOException(address + " without TLS is refused: it is not the loopback address");
    }
    return new Listener(
        bind(new InetSocketAddress(host, address.port())), shared, "mllp " + address);
  }

  /** Waits a while: a failed task's source closes while its successor opens. */
  private static ServerSocket bind(InetSocketAddress address) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      ServerSocket server = new ServerSocket();
      try {
        server.setReuseAddress(true);
        server.bind(address, 128);
        return server;
      } catch (BindException e) {
        server.close();
        if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      } catch (IOException e) {
        server.close();
        throw e;
      }
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.size();
  }

  private void accept() {
    while (!closed) {
      try {
        serve(server.accept());
      } catch (IOException e) {
        if (!closed) {
          shared.tally().count(Event.FAILURES);
          LOG.warn("{} could not accept a connection: {}", name, e.toString());
          LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    if (connections.size() >= shared.answering().maxConnections()) {
      shared.tally().count(Event.CONNECTIONS_REFUSED);
      socket.close();
      return;
    }
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    Connection[] self = new Connection[1];
    Connection connection = new Connection(socket, shared, name, () -> connections.remove(self[0]));
    self[0] = connection;
    connections.add(connection);
    connection.start();
    if (closed) {
      connection.close();
    }
  }

  private void watch() {
    long pause = Math.min(1_000, shared.answering().readTimeout().toMillis() / 4 + 1);
    while (!closed) {
      LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
      connections.forEach(Connection::check);
    }
  }

  /** Closes the address and all connections: what was not acknowledged stays with its sender. */
  @Override
  public void close() throws IOException, InterruptedException {
    closed = true;
    server.close();
    LockSupport.unpark(watchdog);
    // All of them, also where this thread is interrupted: waiting comes after.
    connections.forEach(Connection::close);
    acceptor.join();
    for (Connection connection : connections) {
      connection.join(PATIENCE);
    }
    watchdog.join();
  }
}
