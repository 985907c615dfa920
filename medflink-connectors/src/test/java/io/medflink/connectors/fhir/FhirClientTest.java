// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.RejectCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink's client makes of servers that do everything wrong. */
@Timeout(60)
class FhirClientTest {
  private static final String CANARY = "Doe";

  @TempDir Path folder;

  private final FhirTally tally =
      new FhirTally(
          new SimpleCounter(),
          new SimpleCounter(),
          new SimpleCounter(),
          new SimpleCounter(),
          new SimpleCounter(),
          new SimpleCounter(),
          new SimpleCounter(),
          new SimpleCounter());
  private final Configuration options = new Configuration();
  private Misbehaving server;

  @BeforeEach
  void open() throws IOException {
    server = new Misbehaving();
    options.set(FhirOptions.URL, server.url());
    options.set(FhirOptions.ALLOW_PLAINTEXT, true);
    options.set(FhirOptions.REQUEST_TIMEOUT, Duration.ofSeconds(5));
    options.set(FhirOptions.DEADLINE, Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private FhirClient client() throws IOException {
    FhirSettings settings = FhirSettings.of(options);
    String dead = settings.deadLetters();
    return new FhirClient(settings, tally, dead == null ? null : new DeadLetters(dead, null, 0));
  }

  private static FhirUpdate update(String id) {
    String resource = "{\"resourceType\":\"Flag\",\"text\":\"" + CANARY + id + "\"}";
    return new FhirUpdate("Flag", "urn:medflink:alert", id, resource.getBytes(UTF_8));
  }

  private static List<FhirUpdate> updates(int number) {
    return IntStream.range(0, number).mapToObj(i -> update("u" + i)).toList();
  }

  private List<String> deadLetters() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("dead"))) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void aBundleIsATransactionOfConditionalUpdates() throws Exception {
    client().send(updates(3));
    assertThat(server.bundles).containsExactly(List.of("u0", "u1", "u2"));
    assertThat(server.resources.get("u1").path("text").asText()).isEqualTo(CANARY + "u1");
    assertThat(update("u1").url()).isEqualTo("Flag?identifier=urn%3Amedflink%3Aalert%7Cu1");
    assertThat(tally.sent().getCount()).isEqualTo(3);
    assertThat(tally.bundles().getCount()).isEqualTo(1);
  }

  @Test
  void aServerThatAsksToWaitIsWaitedFor() throws Exception {
    String at =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(2).atOffset(ZoneOffset.UTC));
    server.next.add(Misbehaving.status(429, "Retry-After", "1"));
    server.next.add(Misbehaving.status(503, "Retry-After", at));
    Instant began = Instant.now();
    client().send(updates(1));
    assertThat(Duration.between(began, Instant.now()))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
    assertThat(tally.throttled().getCount()).isEqualTo(2);
    assertThat(tally.retries().getCount()).isEqualTo(2);
    assertThat(server.resources).hasSize(1);
  }

  @Test
  void aWaitBeyondTheDeadlineFailsAtOnce() {
    server.next.add(Misbehaving.status(503, "Retry-After", "999999999"));
    assertThatThrownBy(() -> client().send(updates(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("until the deadline: 503");
  }

  @Test
  void aBundleWhoseAnswerIsLostIsSentAgain() throws Exception {
    options.set(FhirOptions.REQUEST_TIMEOUT, Duration.ofMillis(700));
    server.next.add((request, body) -> server.carryOut(body)); // and never answers
    server.next.add((request, body) -> request.close());
    server.next.add(
        (request, body) -> {
          request.sendResponseHeaders(200, 1_000);
          request.getResponseBody().write('{');
          request.getResponseBody().flush(); // and no more
        });
    client().send(updates(2));
    assertThat(server.bundles).hasSize(4).allMatch(b -> b.equals(List.of("u0", "u1")));
    assertThat(server.resources).hasSize(2);
    assertThat(tally.sent().getCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}",
        "<html>Please log in</html>",
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[]}",
        "{\"type\":\"batch-response\",\"entry\":[{\"response\":{\"status\":\"200\"}}]}",
        "{\"type\":\"transaction-response\",\"entry\":[{\"response\":{\"status\":\"500\"}}]}",
        "{\"type\":\"transaction-response\",\"entry\":[{\"response\":{\"status\":\"200\"}}"
      })
  void whatIsNoTransactionsAnswerIsNotTakenForOne(String answer) {
    options.set(FhirOptions.DEADLINE, Duration.ofMillis(300));
    server.always = (request, body) -> Misbehaving.answer(request, 200, answer);
    assertThatThrownBy(() -> client().send(updates(1)))
        .hasMessageContaining("until the deadline: 200 without a transaction's answer");
    assertThat(tally.sent().getCount()).isZero();
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    options.set(FhirOptions.DEADLINE, Duration.ofMillis(1));
    server.always =
        (request, body) -> {
          request.sendResponseHeaders(200, 0);
          byte[] part = new byte[1 << 20];
          for (int i = 0; i < 1_000; i++) {
            request.getResponseBody().write(part);
          }
          request.close();
        };
    assertThatThrownBy(() -> client().send(updates(1))).hasMessageContaining("no answer");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 410, 412, 413, 422})
  void theOneThatIsRefusedIsFoundAndTold(int status) throws Exception {
    options.set(FhirOptions.ON_REFUSAL, FhirOptions.OnRefusal.DEAD_LETTER);
    options.set(FhirOptions.DEAD_LETTERS, folder.resolve("dead").toString());
    String outcome =
        ("{\"resourceType\":\"OperationOutcome\",\"text\":{\"div\":\"DOE\"},\"issue\":["
                + "{\"severity\":\"error\",\"code\":\"required\",\"diagnostics\":\"DOE\"},"
                + "{\"code\":\"DOE\"},{\"code\":\"value\"},{\"code\":\"required\"}]}")
            .replace("DOE", CANARY);
    server.always = server.refusing(status, "u5", outcome);
    if (status == 409) {
      client().send(updates(6).subList(5, 6)); // five times, each later
    } else {
      client().send(updates(8));
      assertThat(server.resources.keySet())
          .containsExactlyInAnyOrder("u0", "u1", "u2", "u3", "u4", "u6", "u7");
      assertThat(tally.sent().getCount()).isEqualTo(7);
    }
    assertThat(tally.errors().getCount()).isEqualTo(1);
    assertThat(deadLetters()).hasSize(1);
    assertThat(deadLetters().get(0))
        .contains("\"code\":\"REFUSED_BY_SERVER\",\"said\":\"" + status + " required,value\"")
        .contains("\"resource\":\"Flag\",\"identifier\":\"urn:medflink:alert|u5\"")
        .contains(update("u5").sha256())
        .doesNotContain(CANARY);
  }

  @Test
  void aRefusalFailsTheJobUnlessDeadLettersAreAskedFor() {
    server.always = server.refusing(422, "u0", "{\"issue\":[{\"code\":\"invariant\"}]}");
    assertThatThrownBy(() -> client().send(updates(1)))
        .hasMessageMatching("Flag refused: REFUSED_BY_SERVER 422 invariant \\(SHA-256 .{8}…\\).*")
        .hasNoCause();
    assertThatThrownBy(() -> client().refuse(null, RejectCode.NO_PATIENT_ID, "patientId"))
        .hasMessageContaining("NO_PATIENT_ID patientId");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308, 401, 403, 404, 405, 415, 501})
  void aWrongAddressOrCredentialFailsAtOnce(int status) throws Exception {
    try (Misbehaving other = new Misbehaving()) {
      server.next.add(Misbehaving.status(status, "Location", other.url()));
      assertThatThrownBy(() -> client().send(updates(2)))
          .hasMessageStartingWith("the FHIR server answers " + status);
      assertThat(other.bundles).isEmpty();
    }
    assertThat(server.bundles).hasSize(1);
  }

  @Test
  void aServerThatIsDownFailsTheJobAtTheDeadline() throws Exception {
    options.set(FhirOptions.DEADLINE, Duration.ofMillis(400));
    server.always = Misbehaving.status(500);
    assertThatThrownBy(() -> client().send(updates(1))).hasMessageContaining("deadline: 500");
    server.close();
    assertThatThrownBy(() -> client().send(updates(1)))
        .hasMessageContaining("deadline: no answer: java.net.ConnectException");
  }

  private void withToken() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
    options.set(FhirOptions.TOKEN_URL, server.tokenUrl());
    options.set(FhirOptions.CLIENT_ID, "ward app");
    options.set(FhirOptions.SECRET_FILE, secret.toString());
    options.set(FhirOptions.SCOPE, "system/*.write");
  }

  @Test
  void oneTokenServesUntilItsEnd() throws Exception {
    withToken();
    FhirClient client = client();
    for (int i = 0; i < 3; i++) {
      client.send(updates(1));
    }
    String basic = Base64.getEncoder().encodeToString("ward+app:s3cret".getBytes(UTF_8));
    assertThat(server.tokenRequests)
        .containsExactly(
            "Basic " + basic + " grant_type=client_credentials&scope=system%2F*.write");
    assertThat(server.authorizations).containsOnly("Bearer t").hasSize(3);
    assertThat(tally.tokens().getCount()).isEqualTo(1);
    assertThat(FhirSettings.of(options).toString()).doesNotContain("s3cret");
  }

  @Test
  void aTokenIsRenewedWhenItEndsAndWhenTheServerDoesNotTakeIt() throws Exception {
    withToken();
    server.token =
        (request, body) ->
            Misbehaving.answer(
                request,
                200,
                "{\"access_token\":\"t" + server.tokenRequests.size() + "\",\"expires_in\":0}");
    FhirClient client = client();
    client.send(updates(1));
    client.send(updates(1));
    assertThat(server.authorizations).containsExactly("Bearer t1", "Bearer t2");
    server.next.add(Misbehaving.status(401));
    client.send(updates(1));
    assertThat(server.authorizations).endsWith("Bearer t3", "Bearer t4");
    server.next.add(Misbehaving.status(401));
    server.next.add(Misbehaving.status(401));
    assertThatThrownBy(() -> client.send(updates(1))).hasMessageContaining("answers 401");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "<html>", "{\"access_token\":\"a b\"}", "{\"access_token\":\"s3cret\\n\"}"})
  void withoutATokenNothingIsSentAndNothingSecretTold(String answer) throws Exception {
    withToken();
    options.set(FhirOptions.DEADLINE, Duration.ofMillis(200));
    server.token = (request, body) -> Misbehaving.answer(request, 200, answer);
    assertThatThrownBy(() -> client().send(updates(1)))
        .hasMessageContaining("no token")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"))
        .hasNoCause();
    assertThat(server.bundles).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "url, http://127.0.0.1/fhir, false",
    "url, http://192.0.2.1/fhir, true",
    "url, https://user:secret@localhost/fhir, true",
    "url, https://localhost/fhir?a=b, true",
    "url, fhir, true",
    "oauth.token-url, http://192.0.2.1/token, true",
    "bundle.max-entries, 0, true",
    "bundle.max-size, 1 b, true",
    "deadline, 0 s, true",
    "on-refusal, dead-letter, true",
    "tls.key-store, k.p12, true"
  })
  void whatCannotBeIsToldByItsOption(String option, String value, boolean plaintext) {
    FhirSettings.of(options);
    options.set(FhirOptions.ALLOW_PLAINTEXT, plaintext);
    options.setString(option, value);
    assertThatThrownBy(() -> FhirSettings.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the option '")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }
}
