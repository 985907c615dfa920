// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.formats.MessageHeader;
import io.medflink.connectors.formats.ObservationFormat;
import io.medflink.connectors.formats.ObservationFormat.OnReject;
import io.medflink.core.Decoder;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FactoryUtil;

/** What {@code fhir-json} and {@code fhir-xml} have in common in Flink SQL. */
final class FhirFormat {
  /** What a row is. */
  enum Records {
    OBSERVATIONS,
    MOVEMENTS,
    CONTROLS
  }

  private static final ConfigOption<Records> RECORDS =
      ConfigOptions.key("records")
          .enumType(Records.class)
          .defaultValue(Records.OBSERVATIONS)
          .withDescription("Whether a row is an observation, a movement or a decision.");
  private static final ConfigOption<OnReject> REJECTS =
      ConfigOptions.key("rejects")
          .enumType(OnReject.class)
          .defaultValue(OnReject.FAIL)
          .withDescription("Whether what cannot be read fails the job or becomes a row.");
  private static final ConfigOption<String> FEED =
      ConfigOptions.key("feed").stringType().noDefaultValue().withDescription("The feed's name.");
  private static final ConfigOption<String> ZONE =
      ConfigOptions.key("zone")
          .stringType()
          .noDefaultValue()
          .withDescription("The zone of times that state none, such as Europe/Berlin.");
  private static final ConfigOption<List<String>> AUTHORITIES =
      ConfigOptions.key("authorities")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Identifiers' systems by priority, such as 'urn:oid:1.2.3=mrn'; without any, patients"
                  + " are known by their resource's id.");

  private FhirFormat() {}

  static Set<ConfigOption<?>> options() {
    return Set.of(RECORDS, REJECTS, FEED, ZONE, AUTHORITIES);
  }

  static DecodingFormat<DeserializationSchema<RowData>> decoding(
      Factory factory, ReadableConfig options, Function<FhirReading, Decoder> format) {
    FactoryUtil.validateFactoryOptions(factory, options);
    String name = factory.factoryIdentifier();
    Decoder decoder = format.apply(reading(name, options));
    OnReject rejects = options.get(REJECTS);
    return switch (options.get(RECORDS)) {
      case OBSERVATIONS -> ObservationFormat.decoding(decoder, rejects);
      case MOVEMENTS -> ObservationFormat.movements(decoder, rejects, MessageHeader.NONE);
      case CONTROLS -> ObservationFormat.controls(decoder, rejects);
    };
  }

  private static FhirReading reading(String name, ReadableConfig options) {
    FhirReading reading =
        FhirReading.STRICT
            .withFeed(options.getOptional(FEED).orElse(null))
            .withZone(options.getOptional(ZONE).map(zone -> zone(name, zone)).orElse(null));
    List<String> authorities = options.getOptional(AUTHORITIES).orElse(List.of());
    for (String authority : authorities) {
      int equal = authority.lastIndexOf('=');
      if (equal < 1 || equal == authority.length() - 1) {
        throw new ValidationException(
            "'" + name + ".authorities' is a list such as 'urn:oid:1.2.3=mrn;urn:oid:4.5=nhs'.");
      }
      reading =
          reading.withAuthority(authority.substring(0, equal), authority.substring(equal + 1));
    }
    return authorities.isEmpty() ? reading.withFallback() : reading;
  }

  private static ZoneId zone(String name, String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new ValidationException("'" + name + ".zone' is no time zone: " + zone);
    }
  }
}
