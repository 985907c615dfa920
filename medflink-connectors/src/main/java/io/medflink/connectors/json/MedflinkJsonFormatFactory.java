// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import io.medflink.connectors.formats.MessageHeader;
import io.medflink.connectors.formats.ObservationFormat;
import io.medflink.connectors.formats.ObservationFormat.OnReject;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/** {@code 'format' = 'medflink-json'} in Flink SQL. */
@Internal
public final class MedflinkJsonFormatFactory
    implements DeserializationFormatFactory, SerializationFormatFactory {

  /** What the rows of a table are. */
  public enum Records {
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
      ConfigOptions.key("feed")
          .stringType()
          .noDefaultValue()
          .withDescription("The feed of panels that don't name theirs.");
  private static final ConfigOption<String> ZONE =
      ConfigOptions.key("zone")
          .stringType()
          .noDefaultValue()
          .withDescription("The zone of times that don't state theirs, such as Europe/Berlin.");

  @Override
  public String factoryIdentifier() {
    return "medflink-json";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(RECORDS, REJECTS, FEED, ZONE);
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    MedflinkJson json =
        new MedflinkJson()
            .withFeed(options.getOptional(FEED).orElse(null))
            .withZone(options.getOptional(ZONE).map(MedflinkJsonFormatFactory::zone).orElse(null));
    return switch (options.get(RECORDS)) {
      case OBSERVATIONS -> ObservationFormat.decoding(json, options.get(REJECTS));
      case MOVEMENTS -> ObservationFormat.movements(json, options.get(REJECTS), MessageHeader.NONE);
      case CONTROLS -> ObservationFormat.controls(json, options.get(REJECTS));
    };
  }

  @Override
  public EncodingFormat<SerializationSchema<RowData>> createEncodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    return switch (options.get(RECORDS)) {
      case OBSERVATIONS -> ObservationFormat.encoding(new MedflinkJson());
      case MOVEMENTS -> ObservationFormat.movementsEncoding(MedflinkJson::encode);
      case CONTROLS -> ObservationFormat.controlsEncoding(MedflinkJson::encode);
    };
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new ValidationException("'medflink-json.zone' is no time zone: " + name);
    }
  }
}
