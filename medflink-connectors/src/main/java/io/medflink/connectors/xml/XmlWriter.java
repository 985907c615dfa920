// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.xml.XmlPath.Name;
import io.medflink.connectors.xml.XmlValue.Many;
import io.medflink.connectors.xml.XmlValue.Nested;
import io.medflink.connectors.xml.XmlValue.Scalar;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * Writes each row as a document. What is unknown is left out.
 *
 * @param path the elements from the root to the row
 * @param namespaces by prefix
 * @param columns of the row
 */
record XmlWriter(List<Name> path, Map<String, String> namespaces, Nested columns)
    implements SerializationSchema<RowData> {

  @Override
  public byte[] serialize(RowData row) {
    XmlElement root = new XmlElement(path.get(0), null);
    XmlElement at = root;
    for (Name step : path.subList(1, path.size())) {
      at = at.child(step);
    }
    fill(at, columns, row);
    StringBuilder text = new StringBuilder(512);
    root.write(text, namespaces);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void fill(XmlElement at, Nested columns, RowData row) {
    for (int i = 0; i < columns.fields().size(); i++) {
      if (!row.isNullAt(i)) {
        add(at, columns.fields().get(i), row, i);
      }
    }
  }

  private static void add(XmlElement at, XmlValue value, RowData row, int i) {
    if (value instanceof Scalar scalar) {
      scalar(at, scalar, scalar.type().format(row, i));
    } else if (value instanceof Nested nested) {
      fill(at.to(nested.path(), false), nested, row.getRow(i, nested.fields().size()));
    } else if (value instanceof Many many) {
      ArrayData array = row.getArray(i);
      for (int k = 0; k < array.size(); k++) {
        XmlElement element = at.to(many.path(), true);
        Object field = many.getter().getElementOrNull(array, k);
        if (field == null) {
          element.nil();
        } else {
          add(element, many.element(), GenericRowData.of(field), 0);
        }
      }
    }
  }

  private static void scalar(XmlElement at, Scalar scalar, String text) {
    if (!isXml(text)) {
      throw new BadInputException(RejectCode.UNDECODABLE, scalar.column());
    }
    Name attribute = scalar.path().attribute();
    if (attribute == null) {
      at.to(scalar.path(), false).text(text);
    } else {
      at.to(scalar.path(), false).attribute(attribute, text);
    }
  }

  /** The characters that a document of XML 1.0 may hold. */
  private static boolean isXml(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || (c >= 0x20 && c <= 0xD7FF)
                    || (c >= 0xE000 && c <= 0xFFFD)
                    || c >= 0x10000);
  }
}
