// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.formats.StrictXml;
import io.medflink.connectors.xml.XmlPath.Name;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** One element of a row, or outside it, with what is in it. */
final class XmlNode {
  static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

  private record Attribute(String namespace, String local, String value) {}

  private final String namespace;
  private final String local;
  private final @Nullable XmlNode outer;
  private final List<Attribute> attributes;
  private final List<XmlNode> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /** The element at the cursor, with its attributes only. */
  XmlNode(StrictXml xml, @Nullable XmlNode outer) {
    this.outer = outer;
    namespace = xml.namespace();
    local = xml.name();
    attributes = new ArrayList<>(xml.attributes());
    for (int i = 0; i < xml.attributes(); i++) {
      attributes.add(
          new Attribute(xml.attributeNamespace(i), xml.attributeName(i), xml.attribute(i)));
    }
  }

  /** The element at the cursor, with all that is in it; the cursor moves to its end. */
  static XmlNode read(StrictXml xml, @Nullable XmlNode outer) throws XMLStreamException {
    XmlNode node = new XmlNode(xml, outer);
    while (true) {
      switch (xml.next()) {
        case START -> node.children.add(read(xml, node));
        case TEXT -> node.text.append(xml.text());
        case END -> {
          return node;
        }
      }
    }
  }

  /** Adds a child that was read apart. */
  void add(XmlNode child) {
    children.add(child);
  }

  int size() {
    return children.size();
  }

  @Nullable XmlNode outer() {
    return outer;
  }

  void children(Name name, List<XmlNode> into) {
    for (XmlNode child : children) {
      if (name.is(child.namespace, child.local)) {
        into.add(child);
      }
    }
  }

  /** An attribute's value; one without a prefix in the path is of no namespace. */
  @Nullable String attribute(Name name) {
    for (Attribute a : attributes) {
      boolean same =
          name.namespace() == null ? a.namespace.isEmpty() : name.namespace().equals(a.namespace);
      if (same && name.local().equals(a.local)) {
        return a.value;
      }
    }
    return null;
  }

  /** The text of the element itself, null where {@code xsi:nil} says that there is none. */
  @Nullable String text() {
    return isNil() ? null : text.toString();
  }

  boolean isNil() {
    for (Attribute a : attributes) {
      if (a.namespace.equals(SCHEMA_INSTANCE) && a.local.equals("nil")) {
        return a.value.equals("true") || a.value.equals("1");
      }
    }
    return false;
  }
}
