// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.xml.XmlPath.Name;
import io.medflink.connectors.xml.XmlValue.Many;
import io.medflink.connectors.xml.XmlValue.Nested;
import io.medflink.connectors.xml.XmlValue.Scalar;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeUtils;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a table stand in XML.
 *
 * @param row the path of the elements that are rows, from the root
 * @param namespaces by the prefixes that paths use
 * @param paths of columns by their names, of nested ones with dots; a column without one is the
 *     child element of its name
 * @param zone of moments that state none
 */
record XmlMapping(
    String row, Map<String, String> namespaces, Map<String, String> paths, @Nullable ZoneId zone)
    implements Serializable {
  private static final XmlPath ITSELF = new XmlPath(0, List.of(), null);

  /** The columns of a table but those that tell rejects, or a validation error. */
  Nested columns(RowType table, Set<String> apart) {
    Set<String> unused = new HashSet<>(paths.keySet());
    Nested columns = new Nested("", ITSELF, fields(table, "", apart, unused));
    if (!unused.isEmpty()) {
      throw new ValidationException("'xml.paths' names no column of the table: " + unused);
    }
    return columns;
  }

  /** The steps to the rows' elements. */
  List<Name> rowPath() {
    try {
      return XmlPath.ofRow(row, namespaces);
    } catch (IllegalArgumentException e) {
      throw new ValidationException("'xml.row': " + e.getMessage());
    }
  }

  private List<XmlValue> fields(
      RowType type, String prefix, Set<String> apart, Set<String> unused) {
    List<XmlValue> fields = new ArrayList<>();
    for (RowType.RowField field : type.getFields()) {
      String column = prefix + field.getName();
      if (!apart.contains(column)) {
        String path = paths.getOrDefault(column, field.getName());
        unused.remove(column);
        fields.add(value(field.getType(), column, path(column, path), unused));
      }
    }
    return fields;
  }

  private XmlPath path(String column, String path) {
    try {
      return XmlPath.of(path, namespaces);
    } catch (IllegalArgumentException e) {
      throw new ValidationException("'xml.paths." + column + "': " + e.getMessage());
    }
  }

  private XmlValue value(LogicalType type, String column, XmlPath path, Set<String> unused) {
    if (type instanceof RowType nested) {
      return new Nested(
          column, elements(column, path), fields(nested, column + ".", Set.of(), unused));
    }
    if (type instanceof ArrayType array) {
      LogicalType element = array.getElementType();
      if (element instanceof ArrayType) {
        throw new ValidationException("Column '" + column + "': XML has no lists of lists.");
      }
      XmlPath own = new XmlPath(0, List.of(), path.attribute());
      return new Many(
          column,
          path,
          value(element, column, own, unused),
          LogicalTypeUtils.toInternalConversionClass(element),
          ArrayData.createElementGetter(element));
    }
    return new Scalar(column, path, XmlScalar.of(type, zone, column));
  }

  private static XmlPath elements(String column, XmlPath path) {
    if (path.attribute() != null) {
      throw new ValidationException("'xml.paths." + column + "': a ROW is no attribute");
    }
    return path;
  }
}
