// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * What can be set of the FHIR sink, in Java and in SQL alike; the module's README lists them with
 * their defaults.
 */
public final class FhirOptions {
  /** What becomes of a resource that the server refuses for good, or that can't be written. */
  public enum OnRefusal {
    /** The job fails: nothing is left out before a person knows. */
    FAIL,
    /** It is told in a dead letter and left out. */
    DEAD_LETTER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What the rows of a table become. */
  public enum Resources {
    RISK_ASSESSMENT,
    FLAG,
    OBSERVATION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The server's base, such as {@code https://fhir.example.org/r4}. */
  public static final ConfigOption<String> URL =
      ConfigOptions.key("url")
          .stringType()
          .noDefaultValue()
          .withDescription("the server's base, https");

  /** What becomes of a resource that the server refuses. */
  public static final ConfigOption<OnRefusal> ON_REFUSAL =
      ConfigOptions.key("on-refusal")
          .enumType(OnRefusal.class)
          .defaultValue(OnRefusal.FAIL)
          .withDescription("a resource that is refused for good: fail, dead-letter");

  /** Where refused resources are told of. */
  public static final ConfigOption<String> DEAD_LETTERS =
      ConfigOptions.key("dead-letter.folder")
          .stringType()
          .noDefaultValue()
          .withDescription("folder of the dead letters, on any of Flink's file systems");

  /** Resources of a bundle. */
  public static final ConfigOption<Integer> MAX_ENTRIES =
      ConfigOptions.key("bundle.max-entries")
          .intType()
          .defaultValue(100)
          .withDescription("resources of a bundle");

  /** Bytes of a bundle. */
  public static final ConfigOption<MemorySize> MAX_SIZE =
      ConfigOptions.key("bundle.max-size")
          .memoryType()
          .defaultValue(MemorySize.parse("1mb"))
          .withDescription("a resource alone that is larger is refused as TOO_LARGE");

  /** How long a resource waits for others. */
  public static final ConfigOption<Duration> MAX_DELAY =
      ConfigOptions.key("bundle.max-delay")
          .durationType()
          .defaultValue(Duration.ofMillis(200))
          .withDescription("a resource waits for others no longer");

  /** For one answer. */
  public static final ConfigOption<Duration> REQUEST_TIMEOUT =
      ConfigOptions.key("request-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription("for one answer, its last byte included; then it is asked again");

  /** For one bundle, however often it is sent. */
  public static final ConfigOption<Duration> DEADLINE =
      ConfigOptions.key("deadline")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription("for one bundle, however often it is sent; then the job fails");

  /** Whether http is allowed, to the loopback address. */
  public static final ConfigOption<Boolean> ALLOW_PLAINTEXT =
      ConfigOptions.key("allow-plaintext")
          .booleanType()
          .defaultValue(false)
          .withDescription("http, to the loopback address only");

  /** Whose certificates are trusted. */
  public static final ConfigOption<String> TRUST_STORE =
      ConfigOptions.key("tls.trust-store")
          .stringType()
          .noDefaultValue()
          .withDescription("PKCS #12 file with the server's authorities; without it the JDK's own");

  /** The own key and certificate. */
  public static final ConfigOption<String> KEY_STORE =
      ConfigOptions.key("tls.key-store")
          .stringType()
          .noDefaultValue()
          .withDescription("PKCS #12 file with the own key and certificate, where the server asks");

  /** The password of both stores. */
  public static final ConfigOption<String> PASSWORD_FILE =
      ConfigOptions.key("tls.password-file")
          .stringType()
          .noDefaultValue()
          .withDescription("text file with the password of both");

  /** Where access tokens come from. */
  public static final ConfigOption<String> TOKEN_URL =
      ConfigOptions.key("oauth.token-url")
          .stringType()
          .noDefaultValue()
          .withDescription("where access tokens come from (client credentials), https");

  /** The client's name there. */
  public static final ConfigOption<String> CLIENT_ID =
      ConfigOptions.key("oauth.client-id")
          .stringType()
          .noDefaultValue()
          .withDescription("the client's name there");

  /** The client's secret. */
  public static final ConfigOption<String> SECRET_FILE =
      ConfigOptions.key("oauth.client-secret-file")
          .stringType()
          .noDefaultValue()
          .withDescription("text file with the client's secret, read for each token");

  /** What is asked for. */
  public static final ConfigOption<String> SCOPE =
      ConfigOptions.key("oauth.scope")
          .stringType()
          .noDefaultValue()
          .withDescription("what is asked for, such as system/*.write");

  /** What a table's rows become. */
  public static final ConfigOption<Resources> RESOURCE =
      ConfigOptions.key("resource")
          .enumType(Resources.class)
          .noDefaultValue()
          .withDescription("what the rows are: risk-assessment, flag, observation");

  /** The URIs of identifiers by authority. */
  public static final ConfigOption<Map<String, String>> SYSTEMS =
      ConfigOptions.key("systems")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "'systems.AUTHORITY': the URI of its identifiers; else"
                  + " urn:medflink:authority:AUTHORITY");

  /** Which figures are probabilities. */
  public static final ConfigOption<List<String>> PROBABILITIES =
      ConfigOptions.key("probabilities")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription("'MODEL OUTPUT' (several with ;) whose figures are probabilities");

  /** Those of the sink, in the order of the README. */
  static List<ConfigOption<?>> ofSink() {
    return List.of(
        URL,
        ON_REFUSAL,
        DEAD_LETTERS,
        MAX_ENTRIES,
        MAX_SIZE,
        MAX_DELAY,
        REQUEST_TIMEOUT,
        DEADLINE,
        ALLOW_PLAINTEXT,
        TRUST_STORE,
        KEY_STORE,
        PASSWORD_FILE,
        TOKEN_URL,
        CLIENT_ID,
        SECRET_FILE,
        SCOPE);
  }

  /** Those of a table, in the order of the README. */
  static List<ConfigOption<?>> ofTable() {
    return Stream.concat(Stream.of(RESOURCE, SYSTEMS, PROBABILITIES), ofSink().stream()).toList();
  }

  private FhirOptions() {}
}
