// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.json.MedflinkJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a shuffle a row is bytes, of another form for each precision of its moments. */
class RowFieldsTest {
  private static final Instant MOMENT = Instant.parse("2026-11-24T08:00:00.123456789Z");

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 9})
  void aMomentIsReadWithThePrecisionThatItsColumnHas(int precision) {
    assertThat(
            written(
                ObservationFormat.encoding(new MedflinkJson()),
                precision,
                List.of("patient_id", "code", "status"),
                List.of("ts", "issued", "received"),
                List.of("mrn|1", "8867-4", "final")))
        .contains("\"time\":\"2026-11-24T08:00:00.123Z\"")
        .contains("\"issued\":\"2026-11-24T08:00:00.123Z\"")
        .contains("\"received\":\"2026-11-24T08:00:00.123Z\"");
    assertThat(
            written(
                ObservationFormat.movementsEncoding(MedflinkJson::encode),
                precision,
                List.of("kind", "patient_id"),
                List.of("ts", "recorded", "received"),
                List.of("admit", "mrn|1")))
        .contains("\"occurred\":\"2026-11-24T08:00:00.123Z\"")
        .contains("\"recorded\":\"2026-11-24T08:00:00.123Z\"")
        .contains("\"received\":\"2026-11-24T08:00:00.123Z\"");
    assertThat(
            written(
                ObservationFormat.controlsEncoding(MedflinkJson::encode),
                precision,
                List.of("kind", "patient_id", "author"),
                List.of("ts", "until", "issued"),
                List.of("suspend", "mrn|1", "sister")))
        .contains("\"from\":\"2026-11-24T08:00:00.123Z\"")
        .contains("\"until\":\"2026-11-24T08:00:00.123Z\"")
        .contains("\"issued\":\"2026-11-24T08:00:00.123Z\"");
  }

  private static String written(
      EncodingFormat<SerializationSchema<RowData>> format,
      int precision,
      List<String> texts,
      List<String> times,
      List<String> values) {
    DataTypes.Field[] fields = new DataTypes.Field[texts.size() + times.size()];
    GenericRowData row = new GenericRowData(fields.length);
    for (int i = 0; i < fields.length; i++) {
      boolean text = i < texts.size();
      String name = text ? texts.get(i) : times.get(i - texts.size());
      fields[i] =
          DataTypes.FIELD(name, text ? DataTypes.STRING() : DataTypes.TIMESTAMP_LTZ(precision));
      row.setField(
          i, text ? StringData.fromString(values.get(i)) : TimestampData.fromInstant(MOMENT));
    }
    DataType table = DataTypes.ROW(fields);
    RowData bytes = new RowDataSerializer((RowType) table.getLogicalType()).toBinaryRow(row);
    SerializationSchema<RowData> writer = format.createRuntimeEncoder(null, table);
    return new String(writer.serialize(bytes), StandardCharsets.UTF_8);
  }
}
