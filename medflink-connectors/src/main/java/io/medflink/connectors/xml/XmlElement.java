// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.xml.XmlPath.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One element of a document that is written. */
final class XmlElement {
  private final Name name;
  private final @Nullable XmlElement outer;
  private final Map<Name, String> attributes = new LinkedHashMap<>();
  private final List<XmlElement> children = new ArrayList<>();
  private String text = "";
  private boolean nil;

  XmlElement(Name name, @Nullable XmlElement outer) {
    this.name = name;
    this.outer = outer;
  }

  /** A new child. */
  XmlElement child(Name childName) {
    XmlElement child = new XmlElement(childName, this);
    children.add(child);
    return child;
  }

  /** The element at the end of a path, made where there is none; with {@code fresh} a new one. */
  XmlElement to(XmlPath path, boolean fresh) {
    XmlElement at = this;
    for (int i = 0; i < path.up() && at.outer != null; i++) {
      at = at.outer;
    }
    for (int i = 0; i < path.steps().size(); i++) {
      Name step = path.steps().get(i);
      XmlElement last = fresh && i == path.steps().size() - 1 ? null : at.last(step);
      at = last == null ? at.child(step) : last;
    }
    return at;
  }

  private @Nullable XmlElement last(Name step) {
    for (int i = children.size() - 1; i >= 0; i--) {
      if (children.get(i).name.equals(step)) {
        return children.get(i);
      }
    }
    return null;
  }

  void text(String newText) {
    text = newText;
  }

  void attribute(Name attribute, String value) {
    attributes.put(attribute, value);
  }

  /** Says that the value is unknown, where an element has to be there. */
  void nil() {
    nil = true;
  }

  /** Writes the document of which this is the root. */
  void write(StringBuilder out, Map<String, String> namespaces) {
    StringBuilder declared = new StringBuilder();
    namespaces.forEach(
        (prefix, uri) -> {
          declared.append(" xmlns:").append(prefix).append("=\"");
          escape(uri, declared);
          declared.append('"');
        });
    if (hasNil()) {
      declared.append(" xmlns:xsi=\"").append(XmlNode.SCHEMA_INSTANCE).append('"');
    }
    write(out, declared.toString());
  }

  private boolean hasNil() {
    return nil || children.stream().anyMatch(XmlElement::hasNil);
  }

  private void write(StringBuilder out, String declared) {
    out.append('<').append(qualified(name)).append(declared);
    attributes.forEach(
        (attribute, value) -> {
          out.append(' ').append(qualified(attribute)).append("=\"");
          escape(value, out);
          out.append('"');
        });
    if (nil) {
      out.append(" xsi:nil=\"true\"");
    }
    if (text.isEmpty() && children.isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    escape(text, out);
    children.forEach(child -> child.write(out, ""));
    out.append("</").append(qualified(name)).append('>');
  }

  private static String qualified(Name name) {
    return name.prefix() == null ? name.local() : name.prefix() + ":" + name.local();
  }

  /** Line ends and tabs too: readers make spaces of them in attributes. */
  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\t', '\n', '\r' -> out.append("&#").append((int) c).append(';');
        default -> out.append(c);
      }
    }
  }
}
