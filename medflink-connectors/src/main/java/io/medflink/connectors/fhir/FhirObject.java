// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of a resource and where it stands, whether read from JSON or XML. Absent, null and
 * empty are null; a property of another type than FHIR gives it is refused with its path.
 */
record FhirObject(String path, Map<String, Object> properties) {

  /** A primitive as XML writes it: its type is known only to who asks for it. */
  record Lexical(String text) {}

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final int MAX_NUMBER = 100;

  boolean has(String name) {
    return properties.containsKey(name);
  }

  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
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

  @Nullable FhirObject object(String name) {
    Object property = properties.get(name);
    return property == null ? null : object(property, at(name));
  }

  /** The objects of a list; a lone object counts as a list of one, as in XML. */
  List<FhirObject> objects(String name) {
    Object property = properties.get(name);
    if (property == null) {
      return List.of();
    }
    if (!(property instanceof List<?> list)) {
      return List.of(object(property, at(name) + "[0]"));
    }
    List<FhirObject> objects = new ArrayList<>(list.size());
    for (Object element : list) {
      objects.add(object(element, at(name) + "[" + objects.size() + "]"));
    }
    return objects;
  }

  private static FhirObject object(@Nullable Object property, String path) {
    if (!(property instanceof Map<?, ?>)) {
      throw new BadInputException(RejectCode.UNDECODABLE, path);
    }
    @SuppressWarnings("unchecked") // Nobody builds other maps.
    Map<String, Object> map = (Map<String, Object>) property;
    return new FhirObject(path, map);
  }

  private BadInputException wrong(String name) {
    return new BadInputException(RejectCode.UNDECODABLE, at(name));
  }

  /** Where it stands; never what it says. */
  @Override
  public String toString() {
    return "FhirObject[" + path + "]";
  }
}
