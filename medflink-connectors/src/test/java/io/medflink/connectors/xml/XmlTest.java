// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.BOOLEAN;
import static org.apache.flink.table.api.DataTypes.BYTES;
import static org.apache.flink.table.api.DataTypes.DATE;
import static org.apache.flink.table.api.DataTypes.DECIMAL;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.FLOAT;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.SMALLINT;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIME;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.apache.flink.table.api.DataTypes.TINYINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.connectors.formats.Shared;
import io.medflink.core.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlTest {
  private static final RowType VITALS =
      type(
          FIELD("ward", STRING()),
          FIELD("patient", STRING()),
          FIELD("code", STRING()),
          FIELD("val", DOUBLE()),
          FIELD("note", STRING()));
  private static final Xml WARD =
      Xml.rows("/ward/patient/vital", VITALS)
          .withNamespace("m", "urn:m")
          .withPath("ward", "../../@name")
          .withPath("patient", "../mrn")
          .withPath("code", "@m:code")
          .withPath("val", "m:value")
          .withPath("note", ".");
  private static final String DOCUMENT =
      """
      <?xml version="1.0"?>
      <ward name="7 &amp; 8" xmlns:x="urn:m">
        <other><patient><vital/></patient></other>
        <patient><mrn>1</mrn><age>70</age>
          <vital x:code="HR" code="no">a<x:value>80.5</x:value><value>no</value>b</vital>
          <vital x:code="RR"><x:value> </x:value></vital>
        </patient>
        <patient><vital><x:value>7</x:value></vital><mrn>2</mrn></patient>
      </ward>
      """;

  private static RowType type(DataTypes.Field... fields) {
    return (RowType) ROW(fields).getLogicalType();
  }

  private static List<RowData> read(Xml xml, RowType type, byte[] document) throws IOException {
    List<RowData> rows = new ArrayList<>();
    xml.reader(InternalTypeInfo.of(type)).deserialize(document, new ListCollector<>(rows));
    return rows;
  }

  private static List<String> told(Xml xml, RowType type, String document) throws IOException {
    return read(xml, type, document.getBytes(UTF_8)).stream().map(Object::toString).toList();
  }

  @Test
  void readsRepeatedElementsByPathsWithAttributesNamespacesAndWhatIsOutside() throws IOException {
    assertThat(told(WARD, VITALS, DOCUMENT))
        .containsExactly(
            "+I(7 & 8,1,HR,80.5,ab)", "+I(7 & 8,1,RR,null,)", "+I(7 & 8,null,null,7.0,)");
  }

  @Test
  void writesWhatItReadsBackForEachType() throws IOException {
    RowType type =
        type(
            FIELD("id", BIGINT()),
            FIELD("s", STRING()),
            FIELD("b", BOOLEAN()),
            FIELD("t", TINYINT()),
            FIELD("h", SMALLINT()),
            FIELD("i", INT()),
            FIELD("f", FLOAT()),
            FIELD("d", DOUBLE()),
            FIELD("n", DECIMAL(10, 3)),
            FIELD("day", DATE()),
            FIELD("at", TIME(3)),
            FIELD("ts", TIMESTAMP(9)),
            FIELD("ltz", TIMESTAMP_LTZ(3)),
            FIELD("raw", BYTES()),
            FIELD("given", ARRAY(STRING())),
            FIELD("name", ROW(FIELD("family", STRING()), FIELD("use", STRING()))),
            FIELD("line", ARRAY(ROW(FIELD("x", INT()), FIELD("tags", ARRAY(INT()))))));
    Xml xml =
        Xml.rows("/p:list/p:item", type)
            .withNamespace("p", "urn:p?a=1&b=2")
            .withPath("id", "@p:id")
            .withPath("given", "name/given")
            .withPath("name.use", "@use")
            .withPath("line.tags", "tag/@no");
    String document =
        """
        <p:list xmlns:p="urn:p?a=1&amp;b=2"><p:item p:id="-7"><s>a &lt;b&gt;
        c</s><b>true</b><t>-128</t><h>5</h><i>6</i><f>1.5</f><d>1.0E-7</d><n>12.340</n>\
        <day>2026-11-24</day><at>08:00:00.5</at><ts>2026-11-24T08:00:00.123456789</ts>\
        <ltz>2026-11-24T08:00:00.5+01:00</ltz><raw>AQ ID</raw>\
        <name use="usual"><given>A</given><given>B</given><family>C</family></name>\
        <line><x>1</x><tag no="1"/><tag no="2"/></line><line><x>2</x></line></p:item></p:list>
        """;

    List<RowData> rows = read(xml, type, document.getBytes(UTF_8));
    byte[] written = xml.writer().serialize(rows.get(0));

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getTimestamp(12, 3).toInstant()).isEqualTo("2026-11-24T07:00:00.500Z");
    assertThat(rows.get(0).getRow(15, 2).getString(0)).isEqualTo(StringData.fromString("C"));
    assertThat(rows.get(0).getArray(16).getRow(0, 2).getArray(1).toIntArray())
        .containsExactly(1, 2);
    assertThat(new String(written, UTF_8))
        .startsWith(
            "<p:list xmlns:p=\"urn:p?a=1&amp;b=2\"><p:item p:id=\"-7\"><s>a &lt;b&gt;&#10;c</s>")
        .contains("<name use=\"usual\"><given>A</given><given>B</given><family>C</family></name>")
        .contains("<line><x>1</x><tag no=\"1\"/><tag no=\"2\"/></line><line><x>2</x></line>");
    assertThat(xml.writer().serialize(read(xml, type, written).get(0))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "DOUBLE,    NaN,                  UNDECODABLE",
    "DOUBLE,    '1,5',                UNDECODABLE",
    "DOUBLE,    1e999,                IMPOSSIBLE_VALUE",
    "FLOAT,     1e39,                 IMPOSSIBLE_VALUE",
    "INT,       1.0,                  UNDECODABLE",
    "INT,       2147483648,           UNDECODABLE",
    "BOOLEAN,   yes,                  UNDECODABLE",
    "DECIMAL,   1.2345,               UNDECODABLE",
    "DECIMAL,   99999999,             UNDECODABLE",
    "DATE,      2026-02-30,           UNDECODABLE",
    "TS,        2026-11-24T08:00:00,  NO_TIME_ZONE",
    "TS,        2026-11-24,           IMPRECISE_TIME",
    "BYTES,     AQ-ID,                UNDECODABLE",
  })
  void refusesWhatTheColumnCannotHold(String type, String text, String code) {
    RowType columns =
        type(
            FIELD(
                "v",
                switch (type) {
                  case "DOUBLE" -> DOUBLE();
                  case "FLOAT" -> FLOAT();
                  case "INT" -> INT();
                  case "BOOLEAN" -> BOOLEAN();
                  case "DECIMAL" -> DECIMAL(9, 3);
                  case "DATE" -> DATE();
                  case "TS" -> TIMESTAMP_LTZ(3);
                  default -> BYTES();
                }));
    String document = "<r><x><v>" + text + "</v></x></r>";
    assertThatThrownBy(() -> told(Xml.rows("/r/x", columns), columns, document))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(code + " in row[0].v")
        .hasMessageNotContaining(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'<mrn>1',       '<mrn>1</mrn><mrn>2',                 UNDECODABLE in row[0].patient",
    "'<?xml',        '<!DOCTYPE ward><?xml',               UNDECODABLE",
    "'<ward',        '<!DOCTYPE w [<!ENTITY e SYSTEM \"file:/etc/passwd\">]><ward', UNDECODABLE",
    "'</ward>',      '',                                   UNDECODABLE",
    "'ward',         'hall',                               UNDECODABLE in row",
  })
  void refusesDocumentsBeforeTheirFirstRow(String part, String wrong, String refusal) {
    assertThatThrownBy(() -> told(WARD, VITALS, DOCUMENT.replace(part, wrong)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(refusal);
  }

  @Test
  void refusesPathsAndTypesThatAreNone() {
    for (Xml wrong :
        List.of(
            Xml.rows("ward", VITALS),
            Xml.rows("/ward/@x", VITALS),
            Xml.rows("/q:ward", VITALS),
            WARD.withPath("nonsense", "a"),
            WARD.withPath("val", "@a/b"),
            WARD.withPath("val", "a b"),
            Xml.rows("/r", type(FIELD("m", MAP(STRING(), STRING())))),
            Xml.rows("/r", type(FIELD("two words", STRING()))),
            Xml.rows("/r", type(FIELD("a", ARRAY(ARRAY(INT()))))))) {
      assertThatThrownBy(wrong::writer).isInstanceOf(ValidationException.class);
    }
  }

  @Test
  void refusesToWriteWhatXmlCannotHold() {
    RowType one = type(FIELD("s", STRING()));
    assertThatThrownBy(
            () ->
                Xml.rows("/r", one)
                    .writer()
                    .serialize(GenericRowData.of(StringData.fromString("a\u0001"))))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("UNDECODABLE in s");
  }

  @Test
  void neverThrowsAnythingElseWhateverTheBytes() throws IOException {
    byte[] bytes = DOCUMENT.getBytes(UTF_8);
    Random random = new Random(9);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] broken =
          Arrays.copyOf(bytes, i % 3 == 0 ? 1 + random.nextInt(bytes.length) : bytes.length);
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      try {
        assertThat(read(WARD, VITALS, broken)).hasSizeLessThanOrEqualTo(3);
      } catch (BadInputException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_000);
    for (Path file : Shared.files("security/vectors/xml-attacks", ".xml")) {
      assertThatThrownBy(() -> read(WARD, VITALS, Files.readAllBytes(file)))
          .isInstanceOf(BadInputException.class)
          .hasNoCause();
    }
  }
}
