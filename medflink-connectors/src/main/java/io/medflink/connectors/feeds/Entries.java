// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.feeds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML mapping with the lines that its entries stand on. */
final class Entries {
  private final Node mapping;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();

  private Entries(Node mapping) {
    this.mapping = mapping;
  }

  /**
   * Reads a mapping.
   *
   * @param known the names that may come, null for any
   * @throws IllegalArgumentException naming the line
   */
  static Entries of(Node node, @Nullable Set<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, "names and values were expected");
    }
    Entries entries = new Entries(mapping);
    for (NodeTuple tuple : mapping.getValue()) {
      String name = scalar(tuple.getKeyNode());
      if (known != null && !known.contains(name)) {
        throw error(tuple.getKeyNode(), "unknown name " + name);
      }
      if (entries.values.put(name, tuple.getValueNode()) != null) {
        throw error(tuple.getKeyNode(), name + " comes twice");
      }
      entries.keys.put(name, tuple.getKeyNode());
    }
    return entries;
  }

  static IllegalArgumentException error(Node node, String reason) {
    return new IllegalArgumentException(
        "line " + (node.getStartMark().getLine() + 1) + ": " + reason);
  }

  List<String> names() {
    return new ArrayList<>(values.keySet());
  }

  /** An error in the entry of a name, or in the mapping that lacks it. */
  IllegalArgumentException error(String name, String reason) {
    return error(keys.getOrDefault(name, mapping), reason);
  }

  Node needed(String name) {
    Node node = values.get(name);
    if (node == null) {
      throw error(name, name + " is missing");
    }
    return node;
  }

  @Nullable String text(String name) {
    Node node = values.get(name);
    return node == null ? null : scalar(node);
  }

  List<Node> list(String name, boolean needed) {
    Node node = values.get(name);
    if (node == null && !needed) {
      return List.of();
    }
    if (!(needed(name) instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw error(name, name + " is a list");
    }
    return sequence.getValue();
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Node node : list(name, false)) {
      texts.add(scalar(node));
    }
    return texts;
  }

  <T> T parse(String name, String reason, Function<String, T> parser) {
    try {
      return parser.apply(scalar(needed(name)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(error(name, reason).getMessage(), e);
    }
  }

  private static String scalar(Node node) {
    boolean plain =
        node instanceof ScalarNode
            && !node.getTag().equals(Tag.NULL)
            && node.getTag().startsWith("tag:yaml.org,2002:");
    if (!plain) {
      throw error(node, "a text was expected");
    }
    return ((ScalarNode) node).getValue();
  }
}
