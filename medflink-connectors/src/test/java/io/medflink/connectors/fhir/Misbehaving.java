// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A FHIR server that does as a test says, and otherwise carries out conditional updates; and a
 * token server beside it. Resources are told by what stands behind {@code identifier=}.
 */
final class Misbehaving implements AutoCloseable {
  /** What becomes of one request. */
  interface Answer {
    void to(HttpExchange request, byte[] body) throws IOException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, JsonNode> resources = Collections.synchronizedMap(new LinkedHashMap<>());
  final List<List<String>> bundles = Collections.synchronizedList(new ArrayList<>());
  final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  final List<String> tokenRequests = Collections.synchronizedList(new ArrayList<>());
  final Queue<Answer> next = new ConcurrentLinkedQueue<>();
  volatile Answer always;
  volatile Answer token = (request, body) -> answer(request, 200, "{\"access_token\":\"t\"}");

  private final HttpServer server;

  Misbehaving() throws IOException {
    this(null, false);
  }

  /** One that speaks TLS, and may want to see certificates. */
  Misbehaving(SSLContext tls, boolean wantsCertificates) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      server = HttpServer.create(address, 0);
    } else {
      HttpsServer secure = HttpsServer.create(address, 0);
      secure.setHttpsConfigurator(
          new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters ours = tls.getDefaultSSLParameters();
              ours.setNeedClientAuth(wantsCertificates);
              parameters.setSSLParameters(ours);
            }
          });
      server = secure;
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/fhir", this::fhir);
    server.createContext(
        "/token",
        request -> {
          String body = new String(request.getRequestBody().readAllBytes(), UTF_8);
          tokenRequests.add(request.getRequestHeaders().getFirst("Authorization") + " " + body);
          token.to(request, new byte[0]);
        });
    server.start();
  }

  String url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://localhost:" + server.getAddress().getPort() + "/fhir";
  }

  String tokenUrl() {
    return url().replace("/fhir", "/token");
  }

  private void fhir(HttpExchange request) throws IOException {
    byte[] body = request.getRequestBody().readAllBytes();
    String authorization = request.getRequestHeaders().getFirst("Authorization");
    authorizations.add(authorization == null ? "" : authorization);
    List<String> identities = new ArrayList<>();
    for (JsonNode entry : JSON.readTree(body).path("entry")) {
      identities.add(identity(entry));
    }
    bundles.add(identities);
    Answer answer = next.poll();
    if (answer == null) {
      answer = always == null ? this::take : always;
    }
    answer.to(request, body);
  }

  private static String identity(JsonNode entry) {
    String url = entry.path("request").path("url").asText();
    String decoded = URLDecoder.decode(url.substring(url.indexOf('=') + 1), UTF_8);
    return decoded.substring(decoded.indexOf('|') + 1);
  }

  /** Carries the transaction out and says so. */
  void take(HttpExchange request, byte[] body) throws IOException {
    answer(request, 200, carryOut(body));
  }

  /** Carries the transaction out; gives what to answer. */
  String carryOut(byte[] body) throws IOException {
    StringBuilder entries = new StringBuilder();
    for (JsonNode entry : JSON.readTree(body).path("entry")) {
      boolean known = resources.put(identity(entry), entry.path("resource")) != null;
      entries.append(entries.isEmpty() ? "" : ",");
      entries.append("{\"response\":{\"status\":\"" + (known ? "200 OK" : "201 Created") + "\"}}");
    }
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":["
        + (entries + "]}");
  }

  /** Refuses each bundle that holds a certain resource. */
  Answer refusing(int status, String identity, String outcome) {
    return (request, body) -> {
      boolean holds = false;
      for (JsonNode entry : JSON.readTree(body).path("entry")) {
        holds |= identity(entry).equals(identity);
      }
      if (holds) {
        answer(request, status, outcome);
      } else {
        take(request, body);
      }
    };
  }

  static Answer status(int status, String... headers) {
    return (request, body) -> {
      for (int i = 0; i < headers.length; i += 2) {
        request.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      answer(request, status, "<html>no</html>");
    };
  }

  static void answer(HttpExchange request, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    request.sendResponseHeaders(status, bytes.length);
    request.getResponseBody().write(bytes);
    request.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
