// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** {@code host:port}; a host of IPv6 stands in brackets. */
record Address(String host, int port) implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it isn't one
   */
  static Address of(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon)).strip();
    String port = text.substring(colon + 1).strip();
    if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("no host:port: " + text);
    }
    return new Address(host.replaceAll("^\\[|]$", ""), Integer.parseInt(port));
  }

  InetAddress resolve() throws UnknownHostException {
    return InetAddress.getByName(host);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
