// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.jspecify.annotations.Nullable;

/** How a column's value is read from an element, and how it is written. */
sealed interface XmlValue extends Serializable {

  /**
   * The value in Flink's internal form, null when unknown.
   *
   * @throws BadInputException naming the column
   */
  @Nullable Object read(XmlNode at);

  /** The way from the element around it. */
  XmlPath path();

  /** A text, number, truth, date or time. */
  record Scalar(String column, XmlPath path, XmlScalar type) implements XmlValue {
    @Override
    public @Nullable Object read(XmlNode at) {
      List<XmlNode> found = path.from(at);
      XmlPath.Name attribute = path.attribute();
      String text = null;
      int seen = 0;
      for (XmlNode node : found) {
        String value = attribute == null ? node.text() : node.attribute(attribute);
        if (attribute == null || value != null) {
          text = value;
          seen++;
        }
      }
      if (seen > 1) {
        throw new BadInputException(RejectCode.UNDECODABLE, column);
      }
      return text == null ? null : type.parse(text, column);
    }
  }

  /** The elements of one name. */
  record Many(
      String column,
      XmlPath path,
      XmlValue element,
      Class<?> internal,
      ArrayData.ElementGetter getter)
      implements XmlValue {
    @Override
    public @Nullable Object read(XmlNode at) {
      List<@Nullable Object> elements = new ArrayList<>();
      XmlPath.Name attribute = path.attribute();
      for (XmlNode node : path.from(at)) {
        if (attribute == null || node.attribute(attribute) != null) {
          elements.add(element.read(node));
        }
      }
      // Flink unboxes arrays of exactly its own internal class.
      Object[] array = (Object[]) Array.newInstance(internal, elements.size());
      return elements.isEmpty() ? null : new GenericArrayData(elements.toArray(array));
    }
  }

  /** An element with columns of its own. */
  record Nested(String column, XmlPath path, List<XmlValue> fields) implements XmlValue {
    @Override
    public @Nullable Object read(XmlNode at) {
      List<XmlNode> found = path.from(at);
      if (found.size() > 1) {
        throw new BadInputException(RejectCode.UNDECODABLE, column);
      }
      return found.isEmpty() || found.get(0).isNil() ? null : row(found.get(0));
    }

    GenericRowData row(XmlNode node) {
      GenericRowData row = new GenericRowData(fields.size());
      for (int i = 0; i < fields.size(); i++) {
        row.setField(i, fields.get(i).read(node));
      }
      return row;
    }
  }
}
