// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.connectors.formats.ObservationFormat;
import io.medflink.connectors.formats.ObservationFormat.OnReject;
import io.medflink.core.Cleaner;
import io.medflink.core.Decoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** {@code 'format' = 'hl7v2'} in Flink SQL. */
@Internal
public final class Hl7v2FormatFactory implements DeserializationFormatFactory {

  /** What the rows of a table are. */
  public enum Records {
    OBSERVATIONS,
    MOVEMENTS
  }

  private static final Duration ANY = Duration.ofSeconds(Long.MAX_VALUE / 4);

  private static final ConfigOption<Records> RECORDS =
      ConfigOptions.key("records")
          .enumType(Records.class)
          .defaultValue(Records.OBSERVATIONS)
          .withDescription("Whether a row is an observation or a movement.");
  private static final ConfigOption<OnReject> REJECTS =
      ConfigOptions.key("rejects")
          .enumType(OnReject.class)
          .defaultValue(OnReject.FAIL)
          .withDescription("Whether what cannot be read fails the job or becomes a row.");
  private static final ConfigOption<String> FEEDS =
      ConfigOptions.key("feeds")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The file of feed profiles, with their code maps; without it one sender by these"
                  + " options.");
  private static final ConfigOption<String> FEED =
      ConfigOptions.key("feed").stringType().noDefaultValue().withDescription("The feed's name.");
  private static final ConfigOption<String> ZONE =
      ConfigOptions.key("zone")
          .stringType()
          .noDefaultValue()
          .withDescription("The zone of times that state no offset, such as Europe/Berlin.");
  private static final ConfigOption<List<String>> AUTHORITIES =
      ConfigOptions.key("authorities")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription("Assigning authorities by priority, such as 'HOSPITAL=mrn;NHS^NH=nhs'.");
  private static final ConfigOption<List<String>> PROCESSING =
      ConfigOptions.key("processing")
          .stringType()
          .asList()
          .defaultValues("P")
          .withDescription("What of MSH-11 is real traffic, such as 'P;T'.");

  static Set<ConfigOption<?>> options() {
    return Set.of(RECORDS, REJECTS, FEEDS, FEED, ZONE, AUTHORITIES, PROCESSING);
  }

  @Override
  public String factoryIdentifier() {
    return "hl7v2";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return options();
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    Decoder decoder = options.getOptional(FEEDS).isPresent() ? byFeeds(options) : oneFeed(options);
    return options.get(RECORDS) == Records.MOVEMENTS
        ? ObservationFormat.movements(decoder, options.get(REJECTS), new Hl7v2Header())
        : ObservationFormat.decoding(decoder, options.get(REJECTS), new Hl7v2Header());
  }

  private static Decoder byFeeds(ReadableConfig options) {
    for (ConfigOption<?> other : List.of(FEED, ZONE, AUTHORITIES)) {
      if (options.getOptional(other).isPresent()) {
        throw new ValidationException(
            "'hl7v2." + other.key() + "' is of one sender: the profiles of 'hl7v2.feeds' say it.");
      }
    }
    String file = options.get(FEEDS);
    try {
      Feeds feeds = Feeds.read(Path.of(file));
      Hl7v2 decoder = new Hl7v2().withFeeds(feeds);
      // How far into the future is the profiles' affair.
      return feeds.hasCodes()
          ? new MappedHl7v2(decoder, Cleaner.with(feeds.codeMap()).tolerance(ANY))
          : decoder;
    } catch (IllegalArgumentException e) {
      throw new ValidationException("'hl7v2.feeds' " + file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new ValidationException(
          "'hl7v2.feeds' or a code map that it names can't be read: " + file);
    }
  }

  private static Hl7v2 oneFeed(ReadableConfig options) {
    Hl7v2 decoder = new Hl7v2().withProcessing(options.get(PROCESSING).toArray(String[]::new));
    if (options.getOptional(FEED).isPresent()) {
      decoder = decoder.withFeed(options.get(FEED));
    }
    if (options.getOptional(ZONE).isPresent()) {
      decoder = decoder.withZone(zone(options.get(ZONE)));
    }
    List<String> authorities = options.getOptional(AUTHORITIES).orElse(List.of());
    for (String authority : authorities) {
      int equal = authority.lastIndexOf('=');
      if (equal < 1 || equal == authority.length() - 1) {
        throw new ValidationException(
            "'hl7v2.authorities' is a list such as 'HOSPITAL=mrn;NHS^NH=nhs'.");
      }
      decoder =
          decoder.withAuthority(authority.substring(0, equal), authority.substring(equal + 1));
    }
    return authorities.isEmpty() ? decoder.withFallbackToSender() : decoder;
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new ValidationException("'hl7v2.zone' is no time zone: " + name);
    }
  }
}
