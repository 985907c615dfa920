// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static io.medflink.connectors.mllp.Peer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.formats.Certificates;
import io.medflink.connectors.mllp.Tally.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
  @TempDir static Path stores;
  private static Certificates certificates;

  @TempDir Path folder;

  @BeforeAll
  static void createCertificates() throws Exception {
    certificates = new Certificates(stores);
    certificates.create(
        "server=dns:localhost,ip:127.0.0.1",
        "icu=dns:icu.example,uri:urn:ward:icu,ip:10.1.2.3",
        "expired=dns:icu.example",
        "stranger=dns:icu.example");
    certificates.trust("senders", "icu", "expired");
    certificates.trust("servers", "server");
  }

  static Configuration secure(Configuration options, String... allow) {
    options.set(MllpOptions.TLS_KEY_STORE, certificates.store("server").toString());
    options.set(MllpOptions.TLS_TRUST_STORE, certificates.store("senders").toString());
    options.set(MllpOptions.TLS_PASSWORD_FILE, certificates.passwordFile().toString());
    options.set(MllpOptions.TLS_ALLOW, List.of(allow));
    return options;
  }

  private Station open(String... allow) throws Exception {
    return Station.open(secure(Station.options(folder), allow));
  }

  private static Peer peer(Station station, SSLContext context) throws IOException {
    return new Peer(context.getSocketFactory().createSocket("127.0.0.1", station.port()));
  }

  /** What a sender gets: an answer, or nothing because the connection is not served. */
  private static String ask(Station station, SSLContext context) {
    try (Peer peer = peer(station, context)) {
      return peer.ask(message("1", "a"));
    } catch (IOException e) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subject:CN=icu,O=Ward",
        "subject:O=Ward, CN=icu",
        "dns:ICU.example",
        "uri:urn:ward:icu",
        "ip:10.1.2.3",
        "sha256:FINGERPRINT",
        "*",
        "dns:icu.example -> MON|WARD"
      })
  void whoIsAllowedIsServed(String entry) throws Exception {
    String allowed = entry.replace("FINGERPRINT", certificates.fingerprint("icu"));
    boolean turned = entry.startsWith("subject:O=");
    try (Station station = open("dns:other.example", allowed)) {
      assertThat(ask(station, certificates.context("icu", "servers")))
          .isEqualTo(turned ? null : "AA|1");
      assertThat(station.tally.of(Event.CONNECTIONS_REFUSED)).isEqualTo(turned ? 1 : 0);
    }
  }

  @Test
  void whoIsTrustedAndNotAllowedIsNotServed() throws Exception {
    try (Station station =
        open("dns:other.example", "subject:CN=icu", "sha256:" + "00".repeat(32), "ip:10.1.2.4")) {
      assertThat(ask(station, certificates.context("icu", "servers"))).isNull();
      assertThat(station.tally.of(Event.CONNECTIONS_REFUSED)).isEqualTo(1);
      assertThat(station.tally.of(Event.RECEIVED)).isZero();
    }
  }

  @Test
  void whoIsNotTrustedHasExpiredShowsNoCertificateOrSpeaksPlainOrOldTlsIsNotServed()
      throws Exception {
    try (Station station = open("*", "dns:icu.example")) {
      assertThat(ask(station, certificates.context("stranger", "servers"))).isNull();
      assertThat(ask(station, certificates.context("expired", "servers"))).isNull();
      assertThat(ask(station, certificates.context(null, "servers"))).isNull();
      try (Peer plain = station.peer()) {
        plain.send(message("1", "a"));
        assertThat(plainAnswer(plain)).isNull();
      }
      try (SSLSocket old =
          (SSLSocket)
              certificates
                  .context("icu", "servers")
                  .getSocketFactory()
                  .createSocket("127.0.0.1", station.port())) {
        old.setEnabledProtocols(new String[] {"TLSv1.1"});
        assertThatThrownBy(old::startHandshake).isInstanceOf(IOException.class);
      }
      assertThat(ask(station, certificates.context("icu", "servers"))).isEqualTo("AA|1");
      assertThat(station.tally.of(Event.RECEIVED)).isEqualTo(1);
      assertThat(station.delivered(1)).containsExactly("a");
    }
  }

  /** An alert of TLS is no answer. */
  private static String plainAnswer(Peer peer) {
    try {
      return peer.answer();
    } catch (IOException e) {
      return null;
    }
  }

  @Test
  void aCertificateMaySendUnderItsNameOnly() throws Exception {
    try (Station station = open("dns:icu.example -> MON|WARD");
        Peer peer = peer(station, certificates.context("icu", "servers"))) {
      assertThat(peer.ask(message("LAB", "1", "a", ""))).isEqualTo("AE|1|SENDER_NOT_ALLOWED");
      assertThat(peer.ask(message("MON", "2", "b", ""))).isEqualTo("AA|2");
      assertThat(station.delivered(1)).containsExactly("b");
      assertThat(station.tally.of(Refusal.SENDER_NOT_ALLOWED)).isEqualTo(1);
    }
  }

  @Test
  void aMessageTellsWhoseCertificateWasShownAlsoFromTheJournal() throws Exception {
    Configuration options = secure(Station.options(folder), "*");
    try (Station station = Station.open(options)) {
      assertThat(ask(station, certificates.context("icu", "servers"))).isEqualTo("AA|1");
    }
    try (Station again = Station.open(options)) {
      assertThat(again.inbox().read().sender()).isEqualTo("CN=icu,O=Ward");
    }
  }

  @Test
  void wrongEntriesAndUnreadableStoresAreTold() throws Exception {
    Configuration options = Station.options(folder);
    assertThatThrownBy(() -> SourceSettings.of(secure(options, "icu.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("icu.example");
    assertThatThrownBy(() -> SourceSettings.of(secure(options)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allow-list");
    Path wrong = Files.writeString(folder.resolve("wrong"), "CANARY");
    secure(options, "*").set(MllpOptions.TLS_PASSWORD_FILE, wrong.toString());
    assertThatThrownBy(() -> Station.open(options))
        .isInstanceOf(IOException.class)
        .message()
        .doesNotContain("CANARY");
  }

  @Test
  void theSinkShowsItsCertificateAndWantsThatOfItsHost() throws Exception {
    try (Station station = open("dns:icu.example")) {
      Configuration options = new Configuration();
      options.set(MllpOptions.TLS_KEY_STORE, certificates.store("icu").toString());
      options.set(MllpOptions.TLS_TRUST_STORE, certificates.store("servers").toString());
      options.set(MllpOptions.TLS_PASSWORD_FILE, certificates.passwordFile().toString());
      options.set(MllpOptions.ADDRESS, List.of("127.0.0.1:" + station.port()));
      try (MllpClient client =
          new MllpClient(SinkSettings.of(options), new UnregisteredMetricsGroup())) {
        client.send(message("1", "a").getBytes(StandardCharsets.UTF_8));
        client.flush();
      }
      // The certificate is of 127.0.0.1 and localhost.
      options.set(MllpOptions.ADDRESS, List.of("127.0.0.2:" + station.port()));
      options.set(MllpOptions.DEADLINE, Duration.ofMillis(500));
      try (MllpClient client =
          new MllpClient(SinkSettings.of(options), new UnregisteredMetricsGroup())) {
        assertThatThrownBy(() -> client.send(message("2", "b").getBytes(StandardCharsets.UTF_8)))
            .hasMessageContaining("deadline");
      }
      assertThat(station.delivered(1)).containsExactly("a");
      assertThat(station.inbox().hasNext()).isFalse();
    }
  }
}
