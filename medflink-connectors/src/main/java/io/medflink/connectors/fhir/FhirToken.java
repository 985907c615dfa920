// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonToken;
import io.medflink.connectors.formats.StrictJson;
import io.medflink.core.BadInputException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An access token by OAuth 2.0 client credentials (RFC 6749 4.4, the client by HTTP Basic), kept
 * until shortly before its end. The secret is read from its file each time, so that it can be
 * changed while the job runs.
 */
final class FhirToken {
  /** A token that ends within this is fetched anew. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** How long one lasts that doesn't say. */
  private static final long DEFAULT_SECONDS = 300;

  private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final FhirSettings.OAuth settings;
  private final FhirHttp http;
  private @Nullable String token;
  private Instant until = Instant.MIN;

  FhirToken(FhirSettings.OAuth settings, FhirHttp http) {
    this.settings = settings;
    this.http = http;
  }

  /** Forgets the token: the server doesn't take it any more. */
  void forget() {
    token = null;
  }

  /** Whether one has to be fetched. */
  boolean isDue() {
    return token == null || !Instant.now().isBefore(until);
  }

  /**
   * The token, fetched where there is none that lasts.
   *
   * @throws IOException where none came; it tells nothing of what was sent or answered
   */
  String get() throws IOException, InterruptedException {
    if (token != null && !isDue()) {
      return token;
    }
    Instant asked = Instant.now();
    String scope = settings.scope();
    String body =
        "grant_type=client_credentials"
            + (scope == null ? "" : "&scope=" + URLEncoder.encode(scope, UTF_8));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("Accept", "application/json");
    headers.put("Authorization", "Basic " + basic());
    FhirReply reply = http.post(settings.tokenUrl(), headers, body.getBytes(UTF_8));
    if (reply.status() != 200) {
      throw new IOException("no token: the token server answers " + reply.status());
    }
    try {
      StrictJson.read(
          reply.body(),
          json -> {
            String told = null;
            long seconds = DEFAULT_SECONDS;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              String name = json.currentName();
              json.nextToken();
              if (name.equals("access_token")) {
                told = json.getValueAsString();
              } else if (name.equals("expires_in")) {
                seconds = Math.max(0, Math.min(86_400, json.getValueAsLong(DEFAULT_SECONDS)));
              }
              json.skipChildren();
            }
            keep(told, asked, Duration.ofSeconds(seconds));
            return seconds;
          });
    } catch (BadInputException e) {
      throw new IOException("no token: the token server's answer is not JSON");
    }
    if (token == null) {
      throw new IOException("no token: the token server's answer holds none");
    }
    return token;
  }

  /** Keeps a token that can stand in a header (RFC 6750 2.1), until shortly before its end. */
  private void keep(@Nullable String told, Instant asked, Duration lasts) {
    token = told != null && BEARER.matcher(told).matches() ? told : null;
    Duration half = lasts.dividedBy(2);
    until = asked.plus(lasts).minus(MARGIN.compareTo(half) < 0 ? MARGIN : half);
  }

  private String basic() throws IOException {
    String secret;
    try {
      secret = Files.readString(Path.of(settings.secretFile())).strip();
    } catch (IOException e) {
      throw new IOException("the file of the client's secret can't be read");
    }
    String pair =
        URLEncoder.encode(settings.clientId(), UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
    return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
