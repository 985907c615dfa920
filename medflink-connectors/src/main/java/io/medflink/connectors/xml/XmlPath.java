// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way from one element to others: {@code a/b} children, {@code @id} an attribute, {@code ..}
 * the element outside, {@code .} itself.
 *
 * @param up how many elements outwards
 * @param steps the children from there
 * @param attribute the attribute of the last one, null for its text
 */
record XmlPath(int up, List<Name> steps, @Nullable Name attribute) implements Serializable {
  private static final Pattern NAME =
      Pattern.compile("(?:([\\p{L}_][\\p{L}\\p{N}._-]*):)?([\\p{L}_][\\p{L}\\p{N}._-]*)");

  /**
   * A name.
   *
   * @param prefix as written in the path
   * @param namespace null for any
   * @param local the name without its prefix
   */
  record Name(@Nullable String prefix, @Nullable String namespace, String local)
      implements Serializable {

    boolean is(String otherNamespace, String otherLocal) {
      return local.equals(otherLocal) && (namespace == null || namespace.equals(otherNamespace));
    }

    static Name of(String text, Map<String, String> namespaces) {
      var name = NAME.matcher(text);
      if (!name.matches()) {
        throw new IllegalArgumentException("'" + text + "' is no XML name");
      }
      String prefix = name.group(1);
      String namespace = prefix == null ? null : namespaces.get(prefix);
      if (prefix != null && namespace == null) {
        throw new IllegalArgumentException("no namespace is given for the prefix '" + prefix + "'");
      }
      return new Name(prefix, namespace, name.group(2));
    }
  }

  /**
   * A path from a row's element.
   *
   * @throws IllegalArgumentException when it is none, with the reason
   */
  static XmlPath of(String text, Map<String, String> namespaces) {
    int up = 0;
    List<Name> steps = new ArrayList<>();
    Name attribute = null;
    for (String step : text.split("/", -1)) {
      if (attribute != null) {
        throw new IllegalArgumentException("'" + text + "' goes on behind an attribute");
      } else if (step.equals("..") && steps.isEmpty()) {
        up++;
      } else if (step.startsWith("@")) {
        attribute = Name.of(step.substring(1), namespaces);
      } else if (!step.equals(".")) {
        steps.add(Name.of(step, namespaces));
      }
    }
    return new XmlPath(up, steps, attribute);
  }

  /**
   * The path of the row's element from outside the document.
   *
   * @throws IllegalArgumentException when it is none, with the reason
   */
  static List<Name> ofRow(String text, Map<String, String> namespaces) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("'" + text + "' doesn't begin with /");
    }
    XmlPath path = of(text.substring(1), namespaces);
    if (path.up > 0 || path.attribute != null || path.steps.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is no path of elements");
    }
    return path.steps;
  }

  /** The elements that it leads to; of an attribute the elements that may have it. */
  List<XmlNode> from(XmlNode row) {
    XmlNode start = row;
    for (int i = 0; i < up && start != null; i++) {
      start = start.outer();
    }
    List<XmlNode> found = start == null ? List.of() : List.of(start);
    for (Name step : steps) {
      List<XmlNode> next = new ArrayList<>();
      for (XmlNode node : found) {
        node.children(step, next);
      }
      found = next;
    }
    return found;
  }
}
