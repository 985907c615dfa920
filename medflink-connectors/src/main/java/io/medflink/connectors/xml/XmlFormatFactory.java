// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.formats.ObservationFormat.OnReject;
import io.medflink.connectors.xml.XmlValue.Nested;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/** {@code 'format' = 'xml'} in Flink SQL. */
@Internal
public final class XmlFormatFactory
    implements DeserializationFormatFactory, SerializationFormatFactory {
  private static final ConfigOption<String> ROW =
      ConfigOptions.key("row")
          .stringType()
          .noDefaultValue()
          .withDescription("The path of the elements that are rows, such as /ward/patient/vital.");
  private static final ConfigOption<Map<String, String>> PATHS =
      ConfigOptions.key("paths")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Where a column stands, from the row's element.");
  private static final ConfigOption<Map<String, String>> NAMESPACES =
      ConfigOptions.key("namespaces")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("The namespaces of the prefixes in paths.");
  private static final ConfigOption<String> ZONE =
      ConfigOptions.key("zone")
          .stringType()
          .noDefaultValue()
          .withDescription("The zone of TIMESTAMP_LTZ moments that state none.");
  private static final ConfigOption<OnReject> REJECTS =
      ConfigOptions.key("rejects")
          .enumType(OnReject.class)
          .defaultValue(OnReject.FAIL)
          .withDescription("Whether what cannot be read fails the job or becomes a row.");

  /** In the order in which {@link XmlReader} fills them. */
  private static final List<String> REJECT_COLUMNS =
      List.of("reject_code", "reject_field", "reject_sha256");

  @Override
  public String factoryIdentifier() {
    return "xml";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(ROW);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(PATHS, NAMESPACES, ZONE, REJECTS);
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    XmlMapping mapping = mapping(options);
    OnReject onReject = options.get(REJECTS);
    return new ProjectableDecodingFormat<>() {
      @Override
      public DeserializationSchema<RowData> createRuntimeDecoder(
          DynamicTableSource.Context source, DataType physical, int[][] projections) {
        RowType table = (RowType) physical.getLogicalType();
        Nested all = mapping.columns(table, apart(table, onReject));
        DataType produced = Projection.of(projections).project(physical);
        return reader(
            mapping, all, table, onReject, projections, source.createTypeInformation(produced));
      }

      @Override
      public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
      }
    };
  }

  private static XmlReader reader(
      XmlMapping mapping,
      Nested all,
      RowType table,
      OnReject onReject,
      int[][] projections,
      TypeInformation<RowData> type) {
    Set<String> apart = apart(table, onReject);
    List<XmlValue> fields = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    int[] rejects = {-1, -1, -1};
    for (int i = 0; i < projections.length; i++) {
      String name = table.getFieldNames().get(projections[i][0]);
      if (apart.contains(name)) {
        rejects[REJECT_COLUMNS.indexOf(name)] = i;
      } else {
        long before =
            table.getFieldNames().subList(0, projections[i][0]).stream()
                .filter(apart::contains)
                .count();
        fields.add(all.fields().get(projections[i][0] - (int) before));
        positions.add(i);
      }
    }
    return new XmlReader(
        new XmlRows(mapping.rowPath(), fields.stream().map(XmlValue::path).toList()),
        new Nested("", all.path(), fields),
        positions.stream().mapToInt(i -> i).toArray(),
        rejects,
        projections.length,
        onReject,
        type);
  }

  /** The columns that tell rejects and stand in no document. */
  private static Set<String> apart(RowType table, OnReject onReject) {
    if (onReject == OnReject.FAIL) {
      return Set.of();
    }
    for (String column : REJECT_COLUMNS) {
      int i = table.getFieldIndex(column);
      if (i < 0 || table.getTypeAt(i).getTypeRoot() != LogicalTypeRoot.VARCHAR) {
        throw new ValidationException("Rejects as rows need the column '" + column + " STRING'.");
      }
    }
    for (RowType.RowField field : table.getFields()) {
      if (!field.getType().isNullable()) {
        throw new ValidationException(
            "Column '" + field.getName() + "' is unknown in rejects: declare it without NOT NULL.");
      }
    }
    return Set.copyOf(REJECT_COLUMNS);
  }

  @Override
  public EncodingFormat<SerializationSchema<RowData>> createEncodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    XmlMapping mapping = mapping(options);
    return new EncodingFormat<>() {
      @Override
      public SerializationSchema<RowData> createRuntimeEncoder(
          DynamicTableSink.Context sink, DataType consumed) {
        RowType table = (RowType) consumed.getLogicalType();
        return new XmlWriter(
            mapping.rowPath(), mapping.namespaces(), mapping.columns(table, Set.of()));
      }

      @Override
      public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
      }
    };
  }

  private static XmlMapping mapping(ReadableConfig options) {
    return new XmlMapping(
        options.get(ROW),
        options.get(NAMESPACES),
        options.get(PATHS),
        options.getOptional(ZONE).map(XmlFormatFactory::zone).orElse(null));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new ValidationException("'xml.zone' is no time zone: " + name);
    }
  }
}
