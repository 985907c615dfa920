// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medflink.core.Alert;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import io.medflink.core.Vital;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A real server carries out what the sink sends: src/test/fhir-server, by {@code -Pfhir-server}.
 */
@Timeout(600)
@EnabledIfSystemProperty(named = "medflink.fhir.server", matches = ".+")
class FhirServerITCase {
  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Process server;
  private static String url = "";

  @BeforeAll
  static void start() throws IOException {
    Path built = Path.of(System.getProperty("medflink.fhir.server"));
    String jars = Files.readString(built.resolve("classpath"));
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                built.resolve("classes") + File.pathSeparator + jars,
                "FhirServer")
            .redirectError(built.resolve("log").toFile())
            .start();
    BufferedReader said = server.inputReader();
    while (!url.startsWith("http://")) {
      url = said.readLine();
      assertThat(url).as("the server ended; see " + built.resolve("log")).isNotNull();
    }
  }

  @AfterAll
  static void stop() {
    server.destroy();
  }

  private static JsonNode get(String query) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/" + query))
            .header("Cache-Control", "no-cache")
            .build();
    return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static FhirSink.Builder sink() {
    return FhirSink.to(url)
        .with(FhirOptions.ALLOW_PLAINTEXT, true)
        .with(FhirOptions.MAX_DELAY, Duration.ofMillis(50));
  }

  private static StreamExecutionEnvironment env() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    return env;
  }

  private static void send(Alert... alerts) throws Exception {
    StreamExecutionEnvironment env = env();
    env.fromData(alerts).keyBy(Alert::id).sinkTo(sink().build(new FhirFlag()));
    env.execute();
  }

  /** Each resource's version by its identifier. */
  private static Map<String, String> versions(String type, String system) throws Exception {
    Map<String, String> versions = new TreeMap<>();
    JsonNode found = get(type + "?_count=500&identifier=" + system.replace("|", "%7C"));
    for (JsonNode entry : found.path("entry")) {
      JsonNode resource = entry.path("resource");
      String known = resource.path("identifier").path(0).path("value").asText();
      String before = versions.put(known, resource.path("meta").path("versionId").asText());
      assertThat(before).as("one resource of an identity").isNull();
    }
    return versions;
  }

  @Test
  void eachEpisodeIsOneFlagInItsLastStateAndAReplayChangesNothing() throws Exception {
    Alert[] alerts = new Alert[Episodes.EPISODES * 5];
    for (int i = 0; i < alerts.length; i++) {
      int step = i / Episodes.EPISODES;
      long number =
          step == 4
              ? (long) (Episodes.STEPS - 1) * Episodes.EPISODES
              : (long) step * Episodes.EPISODES;
      alerts[i] = Episodes.alert(number + i % Episodes.EPISODES);
    }
    send(alerts);
    assertThat(versions("Flag", "urn:medflink:alert|")).hasSize(Episodes.EPISODES);
    send(alerts);
    Map<String, String> versions = versions("Flag", "urn:medflink:alert|");
    assertThat(versions).hasSize(Episodes.EPISODES);

    Alert[] last = new Alert[Episodes.EPISODES];
    System.arraycopy(alerts, alerts.length - last.length, last, 0, last.length);
    send(last);
    assertThat(versions("Flag", "urn:medflink:alert|")).isEqualTo(versions);
    JsonNode flag = get("Flag?identifier=urn:medflink:alert%7Cepisode-3");
    assertThat(flag.path("total").asInt()).isEqualTo(1);
    JsonNode resource = flag.path("entry").path(0).path("resource");
    assertThat(resource.path("status").asText()).isEqualTo("inactive");
    assertThat(resource.path("code").path("text").asText()).isEqualTo("step 49");
  }

  @Test
  void assessmentsAndObservationsAreTakenOnce() throws Exception {
    for (int run = 0; run < 2; run++) {
      StreamExecutionEnvironment env = env();
      env.fromData(
              new RiskAssessment(
                  "mrn|7",
                  "e1",
                  null,
                  "w",
                  null,
                  "news2",
                  "2017",
                  Episodes.ONSET,
                  1,
                  RiskAssessment.Status.FINAL,
                  new Prediction[] {new Prediction("score", 3, 9)},
                  RiskLevel.LOW,
                  RiskLevel.HIGH,
                  new String[] {"hr"},
                  "why",
                  null,
                  null))
          .sinkTo(sink().build(new FhirRiskAssessment()));
      env.fromData(
              new Panel(
                  "mrn|7",
                  "e1",
                  null,
                  null,
                  null,
                  Episodes.ONSET,
                  null,
                  null,
                  "f",
                  new String[0],
                  new Observation[] {
                    Observation.of(Vital.HEART_RATE, 88),
                    Observation.coded(Vital.CONSCIOUSNESS, "V")
                  }))
          .sinkTo(sink().build(new FhirObservations()));
      env.execute();
      assertThat(versions("RiskAssessment", "urn:medflink:assessment|").values())
          .containsExactly("1");
      assertThat(versions("Observation", "urn:medflink:observation|").values())
          .containsExactly("1", "1");
    }
  }

  @Test
  void whatTheServerRefusesIsTold() throws Exception {
    FhirUpdate broken =
        new FhirUpdate(
            "Flag",
            "urn:medflink:alert",
            "broken",
            "{\"resourceType\":\"Flag\",\"status\":\"Doe\"}".getBytes(StandardCharsets.UTF_8));
    FhirReply reply =
        new FhirHttp(FhirSettings.of(options()))
            .post(
                URI.create(url),
                Map.of("Content-Type", "application/fhir+json"),
                FhirBundle.of(List.of(broken)));
    assertThat(reply.status()).isBetween(400, 422);
    assertThat(FhirBundle.issues(reply.body())).isNotEmpty();
  }

  private static Configuration options() {
    Configuration options = new Configuration();
    options.set(FhirOptions.URL, url);
    options.set(FhirOptions.ALLOW_PLAINTEXT, true);
    return options;
  }
}
