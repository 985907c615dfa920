// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS 1.3 or 1.2, where both sides show certificates. Nothing secret is in here: key and password
 * are read from files where the connection is.
 *
 * @param keyStore a PKCS #12 or JKS file with the own key and certificate
 * @param trustStore one with the authorities that the other side's certificate may come from
 * @param passwordFile a text file that holds the password of both
 * @param allow who may connect, see {@link AllowList}; of no use to a client
 */
record Tls(String keyStore, String trustStore, String passwordFile, List<String> allow)
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  SSLContext context() throws IOException {
    char[] password = Files.readString(Path.of(passwordFile)).strip().toCharArray();
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(KeyStore.getInstance(new File(keyStore), password), password);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(KeyStore.getInstance(new File(trustStore), password));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "no keys for TLS from "
              + keyStore
              + " and "
              + trustStore
              + ": "
              + e.getClass().getName());
    }
  }

  /** The server's side of an accepted connection. */
  static SSLSocket server(SSLContext context, Socket accepted) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
    socket.setUseClientMode(false);
    socket.setNeedClientAuth(true);
    socket.setEnabledProtocols(PROTOCOLS);
    return socket;
  }

  /** The client's side of a connection; the server's certificate has to be of this host. */
  static SSLSocket client(SSLContext context, Socket connected, Address address)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(connected, address.host(), address.port(), true);
    socket.setEnabledProtocols(PROTOCOLS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  /**
   * Shakes hands, and gives the other side's certificate. The JDK takes one that lies itself in the
   * trust store without looking at its dates: they are looked at here.
   */
  static X509Certificate handshake(SSLSocket socket) throws IOException {
    socket.startHandshake();
    X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    try {
      certificate.checkValidity();
    } catch (CertificateException e) {
      throw new IOException("the other side's certificate has expired or is not valid yet");
    }
    return certificate;
  }
}
