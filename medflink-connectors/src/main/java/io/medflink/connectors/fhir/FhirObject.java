// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of a resource and where it stands, whether read from JSON or XML. Absent, null and
 * empty are null; a property of another type than FHIR gives it is refused with its path.
 */
final class FhirObject {
  /** A primitive as XML writes it: its type is known only to who asks for it. */
  record Lexical(String text) {}

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final int MAX_NUMBER = 100;

  private final @Nullable FhirObject outer;
  private final String name;
  private final int index;
  private final FhirProperties properties;

  /** An object at a path. */
  FhirObject(String path, FhirProperties properties) {
    this(null, path, -1, properties);
  }

  private FhirObject(
      @Nullable FhirObject outer, String name, int index, FhirProperties properties) {
    this.outer = outer;
    this.name = name;
    this.index = index;
    this.properties = properties;
  }

  FhirProperties properties() {
    return properties;
  }

  /** Put together when somebody asks, which only refusals do. */
  String path() {
    return outer == null ? name : outer.at(name) + (index < 0 ? "" : "[" + index + "]");
  }

  /** Whether it is the message itself. */
  boolean isRoot() {
    return outer == null && name.isEmpty();
  }

  boolean has(String property) {
    return properties.has(property);
  }

  String at(String property) {
    String path = path();
    return path.isEmpty() ? property : path + "." + property;
  }

  @Nullable String text(String name) {
    Object property = properties.get(name);
    if (property == null) {
      return null;
    }
    Object text = property instanceof Lexical lexical ? lexical.text : property;
    if (!(text instanceof String string)) {
      throw wrong(name);
    }
    return string.isBlank() ? null : string;
  }

  /** The number, NaN when absent. */
  double number(String name) {
    Object property = properties.get(name);
    if (property == null) {
      return Double.NaN;
    }
    double number;
    if (property instanceof Lexical lexical
        && lexical.text.length() <= MAX_NUMBER
        && NUMBER.matcher(lexical.text).matches()) {
      number = Double.parseDouble(lexical.text);
    } else if (property instanceof Double d) {
      number = d;
    } else {
      throw wrong(name);
    }
    if (Double.isInfinite(number)) {
      throw new BadInputException(RejectCode.IMPOSSIBLE_VALUE, at(name));
    }
    return number;
  }

  boolean flag(String name) {
    Object property = properties.get(name);
    if (property instanceof Lexical lexical && lexical.text.matches("true|false")) {
      return Boolean.parseBoolean(lexical.text);
    }
    if (property instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name);
  }

  @Nullable FhirObject object(String property) {
    Object value = properties.get(property);
    return value == null ? null : object(property, -1, value);
  }

  /** The objects of a list; a lone object counts as a list of one, as in XML. */
  List<FhirObject> objects(String property) {
    Object value = properties.get(property);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      return List.of(object(property, 0, value));
    }
    List<FhirObject> objects = new ArrayList<>(list.size());
    for (Object element : list) {
      objects.add(object(property, objects.size(), element));
    }
    return objects;
  }

  private FhirObject object(String property, int position, @Nullable Object value) {
    if (!(value instanceof FhirProperties inner)) {
      throw new BadInputException(
          RejectCode.UNDECODABLE, at(property) + (position < 0 ? "" : "[" + position + "]"));
    }
    return new FhirObject(this, property, position, inner);
  }

  private BadInputException wrong(String name) {
    return new BadInputException(RejectCode.UNDECODABLE, at(name));
  }

  /** Where it stands; never what it says. */
  @Override
  public String toString() {
    return "FhirObject[" + path() + "]";
  }
}
