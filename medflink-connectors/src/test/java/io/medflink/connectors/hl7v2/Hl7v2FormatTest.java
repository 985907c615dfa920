// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.ObservationFormat;
import io.medflink.connectors.formats.ObservationFormat.OnReject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.junit.jupiter.api.Test;

class Hl7v2FormatTest {

  @Test
  void theReadmeListsEveryOptionAndMetadataColumn() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    List<String> rows = new ArrayList<>();
    for (ConfigOption<?> option : Hl7v2FormatFactory.options()) {
      Object otherwise = option.defaultValue();
      String value =
          otherwise == null
              ? ""
              : "`"
                  + otherwise
                      .toString()
                      .toLowerCase(java.util.Locale.ROOT)
                      .replaceAll("[\\[\\]]", "")
                  + "`";
      rows.add(
          "| `hl7v2."
              + option.key()
              + "` | "
              + (option.key().equals("processing") ? "`P`" : value)
              + " |");
    }
    assertThat(
            readme
                .lines()
                .map(line -> line.replaceAll("(\\|[^|]*\\|[^|]*\\|).*", "$1"))
                .filter(line -> line.startsWith("| `hl7v2.")))
        .containsExactlyInAnyOrderElementsOf(
            rows.stream().map(row -> row.replace("|  |", "| |")).toList());
    for (Hl7v2Header.Field field : Hl7v2Header.Field.values()) {
      assertThat(readme).contains("`" + field.key() + "`");
    }
  }

  @Test
  void eachRowHasTheHeaderOfItsMessage() throws IOException {
    DecodingFormat<DeserializationSchema<RowData>> format =
        ObservationFormat.decoding(
            new Hl7v2().withFallbackToSender(), OnReject.FAIL, new Hl7v2Header());
    assertThat(format.listReadableMetadata()).containsKeys("control-id", "trigger-event");
    format.applyReadableMetadata(List.of("trigger-event", "control-id"));
    DeserializationSchema<RowData> schema =
        ((ProjectableDecodingFormat<DeserializationSchema<RowData>>) format)
            .createRuntimeDecoder(
                ScanRuntimeProviderContext.INSTANCE,
                DataTypes.ROW(DataTypes.FIELD("val", DataTypes.DOUBLE())),
                new int[][] {{0}});
    List<RowData> rows = new ArrayList<>();
    schema.deserialize(
        (message("a", 1) + message("b", 2)).getBytes(StandardCharsets.UTF_8),
        new ListCollector<>(rows));
    assertThat(rows)
        .extracting(r -> r.getDouble(0) + " " + r.getString(1) + " " + r.getString(2))
        .containsExactly("1.0 R01 a", "2.0 R01 b");
  }

  private static String message(String id, int value) {
    return "MSH|^~\\&|APP|FAC|||||ORU^R01|"
        + id
        + "|P|2.5\rPID|1||12^^^A\r"
        + "OBX|1|NM|c^^L||"
        + value
        + "||||||F|||20261124080000+0000\r";
  }
}
