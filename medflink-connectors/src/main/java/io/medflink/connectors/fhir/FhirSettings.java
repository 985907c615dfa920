// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/** {@link FhirOptions} read and checked. Nothing secret is in here: secrets stand in files. */
record FhirSettings(
    URI url,
    @Nullable String deadLetters,
    int maxEntries,
    long maxBytes,
    Duration maxDelay,
    Duration requestTimeout,
    Duration deadline,
    @Nullable FhirTls tls,
    @Nullable OAuth oauth)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Where and for whom tokens are fetched. */
  record OAuth(URI tokenUrl, String clientId, String secretFile, @Nullable String scope)
      implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /** Longer than the client's own loop can take for a bundle; only a fault of ours gets there. */
  Duration longest() {
    return deadline.multipliedBy(2L * maxEntries + 1).plusDays(1);
  }

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException for what can't be, naming the option
   */
  static FhirSettings of(ReadableConfig options) {
    boolean plaintext = options.get(FhirOptions.ALLOW_PLAINTEXT);
    URI url = url(required(options, FhirOptions.URL), FhirOptions.URL, plaintext);
    int maxEntries = options.get(FhirOptions.MAX_ENTRIES);
    check(maxEntries >= 1 && maxEntries <= 10_000, FhirOptions.MAX_ENTRIES, "1 to 10000");
    long maxBytes = options.get(FhirOptions.MAX_SIZE).getBytes();
    check(maxBytes >= 10_000 && maxBytes <= 16 << 20, FhirOptions.MAX_SIZE, "10000 bytes to 16 mb");
    boolean deadLetter = options.get(FhirOptions.ON_REFUSAL) == FhirOptions.OnRefusal.DEAD_LETTER;
    return new FhirSettings(
        url,
        deadLetter ? required(options, FhirOptions.DEAD_LETTERS) : null,
        maxEntries,
        maxBytes,
        positive(options, FhirOptions.MAX_DELAY),
        positive(options, FhirOptions.REQUEST_TIMEOUT),
        positive(options, FhirOptions.DEADLINE),
        tls(options),
        oauth(options, plaintext));
  }

  private static @Nullable FhirTls tls(ReadableConfig options) {
    String trustStore = options.get(FhirOptions.TRUST_STORE);
    String keyStore = options.get(FhirOptions.KEY_STORE);
    if (trustStore == null && keyStore == null) {
      return null;
    }
    return new FhirTls(trustStore, keyStore, required(options, FhirOptions.PASSWORD_FILE));
  }

  private static @Nullable OAuth oauth(ReadableConfig options, boolean plaintext) {
    String tokenUrl = options.get(FhirOptions.TOKEN_URL);
    return tokenUrl == null
        ? null
        : new OAuth(
            url(tokenUrl, FhirOptions.TOKEN_URL, plaintext),
            required(options, FhirOptions.CLIENT_ID),
            required(options, FhirOptions.SECRET_FILE),
            options.get(FhirOptions.SCOPE));
  }

  /** An address with nothing in it that could be a secret. */
  private static URI url(String text, ConfigOption<?> option, boolean plaintext) {
    URI url;
    try {
      url = new URI(text.strip().replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      throw wrong(option, "an address");
    }
    boolean plain = url.getHost() != null && url.getUserInfo() == null;
    check(plain && url.getQuery() == null && url.getFragment() == null, option, "a bare address");
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      boolean http = "http".equalsIgnoreCase(url.getScheme());
      check(
          http && plaintext && isLoopback(url.getHost()),
          option,
          "https, or http to the loopback address with 'allow-plaintext'");
    }
    return url;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Duration positive(ReadableConfig options, ConfigOption<Duration> option) {
    Duration value = options.get(option);
    check(value.toMillis() > 0, option, "more than 0");
    return value;
  }

  private static <V> V required(ReadableConfig options, ConfigOption<V> option) {
    return options
        .getOptional(option)
        .orElseThrow(
            () -> new IllegalArgumentException("the option '" + option.key() + "' is needed"));
  }

  private static void check(boolean holds, ConfigOption<?> option, String wanted) {
    if (!holds) {
      throw wrong(option, wanted);
    }
  }

  private static IllegalArgumentException wrong(ConfigOption<?> option, String wanted) {
    return new IllegalArgumentException("the option '" + option.key() + "' must be: " + wanted);
  }
}
