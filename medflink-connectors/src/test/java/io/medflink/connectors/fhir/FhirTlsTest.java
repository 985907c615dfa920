// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.formats.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sink's client and https: a hospital's own authority, and certificates of its clients. */
@Timeout(60)
class FhirTlsTest {
  @TempDir static Path stores;
  private static Certificates certificates;

  private final Configuration options = new Configuration();

  @BeforeAll
  static void createCertificates() throws Exception {
    certificates = new Certificates(stores);
    certificates.create(
        "fhir=dns:localhost", "elsewhere=dns:fhir.example", "ward=dns:ward.example");
    certificates.trust("servers", "fhir", "elsewhere");
    certificates.trust("clients", "ward");
  }

  private static Misbehaving server(String name, boolean wantsCertificates) throws Exception {
    return new Misbehaving(certificates.context(name, "clients"), wantsCertificates);
  }

  private void put(Misbehaving server) throws Exception {
    options.set(FhirOptions.URL, server.url());
    options.set(FhirOptions.DEADLINE, Duration.ofMillis(150));
    options.set(FhirOptions.REQUEST_TIMEOUT, Duration.ofSeconds(20));
    SimpleCounter any = new SimpleCounter();
    FhirTally tally = new FhirTally(any, any, any, any, any, any, any, any);
    FhirUpdate flag = new FhirUpdate("Flag", "urn:medflink:alert", "u", "{}".getBytes(UTF_8));
    new FhirClient(FhirSettings.of(options), tally, null).send(List.of(flag));
  }

  private void trust(String store) {
    options.set(FhirOptions.TRUST_STORE, certificates.store(store).toString());
    options.set(FhirOptions.PASSWORD_FILE, certificates.passwordFile().toString());
  }

  @Test
  void trustsTheAuthoritiesOfItsTrustStoreForResourcesAndTokens() throws Exception {
    trust("servers");
    try (Misbehaving server = server("fhir", false)) {
      options.set(FhirOptions.TOKEN_URL, server.tokenUrl());
      options.set(FhirOptions.CLIENT_ID, "ward");
      Path secret = Files.writeString(stores.resolve("secret"), "s3cret");
      options.set(FhirOptions.SECRET_FILE, secret.toString());
      put(server);
      assertThat(server.resources).containsOnlyKeys("u");
      assertThat(server.authorizations).containsExactly("Bearer t");
    }
  }

  @Test
  void sendsNothingToWhomItDoesNotTrust() throws Exception {
    try (Misbehaving unknown = server("fhir", false)) {
      refused(unknown);
      trust("clients");
      refused(unknown);
    }
    trust("servers");
    try (Misbehaving ofAnotherName = server("elsewhere", false)) {
      refused(ofAnotherName);
    }
  }

  @Test
  void showsItsOwnCertificateWhereTheServerAsks() throws Exception {
    trust("servers");
    try (Misbehaving server = server("fhir", true)) {
      refused(server);
      options.set(FhirOptions.KEY_STORE, certificates.store("fhir").toString());
      refused(server);
      options.set(FhirOptions.KEY_STORE, certificates.store("ward").toString());
      put(server);
      assertThat(server.resources).containsOnlyKeys("u");
    }
  }

  @Test
  void aKeyStoreAloneLeavesTheTrustToTheJdk() throws Exception {
    options.set(FhirOptions.KEY_STORE, certificates.store("ward").toString());
    options.set(FhirOptions.PASSWORD_FILE, certificates.passwordFile().toString());
    try (Misbehaving server = server("fhir", true)) {
      refused(server);
    }
  }

  private void refused(Misbehaving server) {
    assertThatThrownBy(() -> put(server))
        .hasMessageMatching(".*until the deadline: no answer: j.*(SSL|IO)[A-Za-z]*Exception")
        .hasNoCause();
    assertThat(server.bundles).isEmpty();
  }
}
