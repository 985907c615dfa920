// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BYTES;
import static org.apache.flink.table.api.DataTypes.DECIMAL;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.medflink.connectors.formats.Fuzzed;
import io.medflink.core.BadInputException;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Any bytes as rows and as panels, by {@code -Pfuzz}: its agent slows every other test. */
class XmlFuzzTest {
  private static final RowType COLUMNS =
      (RowType)
          ROW(
                  FIELD("ward", STRING()),
                  FIELD("val", DOUBLE()),
                  FIELD("number", INT()),
                  FIELD("price", DECIMAL(10, 2)),
                  FIELD("ts", TIMESTAMP_LTZ(3)),
                  FIELD("blob", BYTES()),
                  FIELD("tags", ARRAY(STRING())),
                  FIELD("inner", ROW(FIELD("a", STRING()), FIELD("b", ARRAY(INT())))))
              .getLogicalType();

  private static final DeserializationSchema<RowData> ROWS =
      Xml.rows("/w/v", COLUMNS)
          .withNamespace("m", "urn:m")
          .withZone(ZoneId.of("Europe/Berlin"))
          .withPath("ward", "../@name")
          .withPath("number", "m:number")
          .withPath("blob", "@blob")
          .withPath("tags", "tag")
          .reader(InternalTypeInfo.of(COLUMNS));

  @FuzzTest(maxDuration = "30m")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void anyBytesGiveRowsOrAreRefused(byte[] document) {
    check(document);
  }

  static void check(byte[] document) {
    Fuzzed.check(new MedflinkXml(), document);
    List<RowData> rows = new ArrayList<>();
    try {
      ROWS.deserialize(document, new ListCollector<>(rows));
    } catch (BadInputException e) {
      assertThat(e).hasNoCause();
    } catch (IOException e) {
      throw new AssertionError("an exception that isn't declared", e);
    }
    assertThat(rows).doesNotContainNull();
  }

  @Test
  void whatFuzzingBeginsWith() throws Exception {
    Fuzzed.beginnings(XmlFuzzTest.class, "anyBytesGiveRowsOrAreRefused", XmlFuzzTest::check);
  }
}
