// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom we trust and, where the server asks, who we are. Nothing secret is in here.
 *
 * @param trustStore a PKCS #12 or JKS file with the authorities of the server's certificate, null
 *     for those that the JDK trusts
 * @param keyStore one with the own key and certificate, null without
 * @param passwordFile a text file that holds the password of both
 */
record FhirTls(@Nullable String trustStore, @Nullable String keyStore, String passwordFile)
    implements Serializable {
  private static final long serialVersionUID = 1;

  SSLContext context() throws IOException {
    char[] password = Files.readString(Path.of(passwordFile)).strip().toCharArray();
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trustStore == null ? null : KeyStore.getInstance(new File(trustStore), password));
      KeyManager[] keys = null;
      if (keyStore != null) {
        KeyManagerFactory own =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(KeyStore.getInstance(new File(keyStore), password), password);
        keys = own.getKeyManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no keys for TLS: " + e.getClass().getName());
    }
  }
}
