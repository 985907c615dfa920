// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.formats.StrictXml;
import io.medflink.connectors.xml.XmlPath.Name;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the elements that are rows and reads one at a time. Outside of it only attributes are kept,
 * and the elements before it that some column asks for.
 *
 * @param path the elements from the root to the row
 * @param columns the columns' paths
 */
record XmlRows(List<Name> path, List<XmlPath> columns) implements Serializable {
  /** Of one element outside the rows. */
  private static final int MOST_KEPT = 1_000;

  /**
   * Reads a document to its end.
   *
   * @throws BadInputException {@code UNDECODABLE}, {@code TOO_LARGE}
   */
  void prove(byte[] document) {
    StrictXml.read(
        document,
        xml -> {
          if (!path.get(0).is(xml.namespace(), xml.name())) {
            throw new BadInputException(RejectCode.UNDECODABLE, "row");
          }
          inside(xml, 0, null, row -> {});
          return true;
        });
  }

  /** Hands on the rows of a document in their order, after it was proven. */
  void read(byte[] document, Consumer<XmlNode> rows) {
    StrictXml.readAgain(document, xml -> inside(xml, 0, null, rows));
  }

  /** The element at the cursor is the one of this depth, or not on the way. */
  private void inside(StrictXml xml, int depth, @Nullable XmlNode outer, Consumer<XmlNode> rows)
      throws XMLStreamException {
    if (!path.get(depth).is(xml.namespace(), xml.name())) {
      aside(xml, depth, outer);
    } else if (depth == path.size() - 1) {
      rows.accept(XmlNode.read(xml, outer));
    } else {
      XmlNode node = new XmlNode(xml, outer);
      while (xml.nextChild()) {
        inside(xml, depth + 1, node, rows);
      }
    }
  }

  private void aside(StrictXml xml, int depth, @Nullable XmlNode outer) throws XMLStreamException {
    if (outer == null || !isWanted(xml, path.size() - depth)) {
      xml.skip();
    } else if (outer.size() < MOST_KEPT) {
      outer.add(XmlNode.read(xml, outer));
    } else {
      throw new BadInputException(RejectCode.TOO_LARGE, null);
    }
  }

  private boolean isWanted(StrictXml xml, int up) {
    return columns.stream()
        .anyMatch(
            column ->
                column.up() == up
                    && !column.steps().isEmpty()
                    && column.steps().get(0).is(xml.namespace(), xml.name()));
  }
}
