// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** A JSON object of a card and where it stands; what is wrong is told by the path of the field. */
record CardField(JsonNode node, String path) {

  IllegalArgumentException fault(String name, String what) {
    return new IllegalArgumentException(path + name + ": " + what);
  }

  void only(String names) {
    if (!node.isObject()) {
      throw new IllegalArgumentException((path.isEmpty() ? "the card" : path) + ": no object");
    }
    Set<String> known = Set.of(names.split(",", -1));
    for (var field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw new IllegalArgumentException(
            path + "an unknown field; there are " + names.replace(",", ", "));
      }
    }
  }

  CardField without(String name) {
    if (has(name)) {
      throw fault(name, "not of this kind of model");
    }
    return this;
  }

  /** A field that is an object itself. */
  CardField object(String name) {
    if (!has(name)) {
      throw fault(name, "missing");
    }
    return new CardField(node.path(name), path + name + ".");
  }

  boolean has(String name) {
    return node.has(name);
  }

  String text(String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw fault(name, value.isMissingNode() ? "missing" : "no text");
    }
    return value.textValue();
  }

  double number(String name) {
    JsonNode value = node.path(name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw fault(name, value.isMissingNode() ? "missing" : "no finite number");
    }
    return value.doubleValue();
  }

  double number(String name, double otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  boolean truth(String name) {
    if (!node.path(name).isBoolean()) {
      throw fault(name, "neither true nor false");
    }
    return node.path(name).booleanValue();
  }

  <E extends Enum<E>> E word(String name, Class<E> type) {
    String word = text(name).toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(word)) {
        return constant;
      }
    }
    throw fault(name, "none of " + List.of(type.getEnumConstants()));
  }

  <T> List<T> list(String name, Function<CardField, T> element) {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw fault(name, value.isMissingNode() ? "missing" : "no list");
    }
    List<T> list = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      list.add(element.apply(new CardField(value.get(i), path + name + "[" + i + "].")));
    }
    return List.copyOf(list);
  }
}
