// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key stores made by the JDK's keytool: self-signed, trusted one by one. */
public final class Certificates {
  private static final String PASSWORD = "not-secret";

  private final Path folder;

  public Certificates(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(passwordFile(), PASSWORD + "\n");
  }

  public Path passwordFile() {
    return folder.resolve("password");
  }

  public Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  /**
   * Keys of their own: each {@code NAME=alternative names} is {@code CN=NAME,O=Ward}; one named
   * {@code expired} has expired.
   */
  public void create(String... named) throws Exception {
    List<Process> running = new ArrayList<>();
    for (String each : named) {
      String name = each.substring(0, each.indexOf('='));
      running.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  name,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name + ",O=Ward",
                  "-ext",
                  "san=" + each.substring(name.length() + 1),
                  "-startdate",
                  name.equals("expired") ? "-10d" : "-1d",
                  "-validity",
                  "5",
                  "-keystore",
                  store(name).toString(),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    for (Process process : running) {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed");
      }
    }
  }

  private Certificate certificate(String name) throws Exception {
    return KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray()).getCertificate(name);
  }

  /** A store that trusts these. */
  public void trust(String store, String... names) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (String name : names) {
      trusted.setCertificateEntry(name, certificate(name));
    }
    try (OutputStream out = Files.newOutputStream(store(store))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  public String fingerprint(String name) throws Exception {
    byte[] encoded = certificate(name).getEncoded();
    return HexFormat.ofDelimiter(":")
        .withUpperCase()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
  }

  /** One end's TLS of our own making; {@code name} null shows no certificate. */
  public SSLContext context(String name, String trusted) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    if (name != null) {
      keys.init(
          KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray()),
          PASSWORD.toCharArray());
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(KeyStore.getInstance(new File(store(trusted).toString()), PASSWORD.toCharArray()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(name == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
