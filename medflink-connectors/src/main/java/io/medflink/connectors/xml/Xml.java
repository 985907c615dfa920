// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.formats.ObservationFormat.OnReject;
import io.medflink.connectors.xml.XmlValue.Nested;
import io.medflink.core.BadInputException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code xml} for DataStream: rows from the repeated elements of any XML, both ways.
 *
 * <p>A column is the child element of its name, or stands where its path says, from the row's
 * element: {@code a/b} children, {@code @id} an attribute, {@code ..} the element outside (of whose
 * children those before the row), {@code .} itself. Names without a prefix are of any namespace. A
 * ROW is an element with columns of its own, an ARRAY every element of its path.
 *
 * <p>Absent, empty (but for STRING) and {@code xsi:nil} are NULL. Numbers, truths and dates are as
 * XML Schema writes them; nothing is rounded, clamped or cut. Two elements for one value are
 * refused. A document that can't be read to its end is refused before its first row. Limits: no
 * document type declaration, depth 64, texts and attributes of 1,000,000 characters.
 *
 * <p>Immutable.
 */
public final class Xml {
  private final RowType columns;
  private final XmlMapping mapping;

  private Xml(RowType columns, XmlMapping mapping) {
    this.columns = columns;
    this.mapping = mapping;
  }

  /**
   * Rows of XML.
   *
   * @param row the path of the elements that are rows, from the root: {@code /ward/patient/vital}
   * @param columns what is read of each
   */
  public static Xml rows(String row, RowType columns) {
    return new Xml(columns, new XmlMapping(row, Map.of(), Map.of(), null));
  }

  /** The same where a column, or with dots one inside another, stands elsewhere. */
  public Xml withPath(String column, String path) {
    return new Xml(
        columns,
        new XmlMapping(
            mapping.row(), mapping.namespaces(), with(mapping.paths(), column, path), zone()));
  }

  /** The same with a prefix for the paths. */
  public Xml withNamespace(String prefix, String uri) {
    return new Xml(
        columns,
        new XmlMapping(
            mapping.row(), with(mapping.namespaces(), prefix, uri), mapping.paths(), zone()));
  }

  /** The same for a sender whose TIMESTAMP_LTZ moments don't state their zone. */
  public Xml withZone(@Nullable ZoneId zone) {
    return new Xml(
        columns, new XmlMapping(mapping.row(), mapping.namespaces(), mapping.paths(), zone));
  }

  private @Nullable ZoneId zone() {
    return mapping.zone();
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }

  /**
   * Reads documents, each of any number of rows. What can't be read throws {@link
   * BadInputException} with code, column and digest.
   *
   * @param type of the rows, such as {@code InternalTypeInfo.of(columns)}
   * @throws ValidationException when a path or type is none
   */
  public DeserializationSchema<RowData> reader(TypeInformation<RowData> type) {
    Nested all = mapping.columns(columns, Set.of());
    return new XmlReader(
        new XmlRows(mapping.rowPath(), all.fields().stream().map(XmlValue::path).toList()),
        all,
        IntStream.range(0, columns.getFieldCount()).toArray(),
        new int[] {-1, -1, -1},
        columns.getFieldCount(),
        OnReject.FAIL,
        type);
  }

  /**
   * Writes each row as a document; what is unknown is left out, and a character that XML can't hold
   * throws {@link BadInputException}.
   *
   * @throws ValidationException when a path or type is none
   */
  public SerializationSchema<RowData> writer() {
    return new XmlWriter(
        mapping.rowPath(), mapping.namespaces(), mapping.columns(columns, Set.of()));
  }

  /** The number of columns; never what they hold. */
  @Override
  public String toString() {
    return "Xml[" + columns.getFieldCount() + " columns]";
  }
}
