// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a resource and where it stands. Absent, null and empty are null; a property of
 * another JSON type than FHIR gives it is refused with its path.
 */
record FhirObject(String path, Map<String, Object> properties) {

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
    if (!(property instanceof String text)) {
      throw new BadInputException(RejectCode.UNDECODABLE, at(name));
    }
    return text.isBlank() ? null : text;
  }

  /** The number, NaN when absent. */
  double number(String name) {
    Object property = properties.get(name);
    if (property == null) {
      return Double.NaN;
    }
    if (!(property instanceof Double number)) {
      throw new BadInputException(RejectCode.UNDECODABLE, at(name));
    }
    if (number.isInfinite()) {
      throw new BadInputException(RejectCode.IMPOSSIBLE_VALUE, at(name));
    }
    return number;
  }

  boolean flag(String name) {
    if (properties.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw new BadInputException(RejectCode.UNDECODABLE, at(name));
  }

  @Nullable FhirObject object(String name) {
    Object property = properties.get(name);
    return property == null ? null : object(property, at(name));
  }

  /** The objects of a list; a lone object counts as a list of one, as in FHIR before R4. */
  List<FhirObject> objects(String name) {
    Object property = properties.get(name);
    if (property == null) {
      return List.of();
    }
    if (!(property instanceof List<?> list)) {
      return List.of(object(property, at(name)));
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
    @SuppressWarnings("unchecked") // Resources builds no other maps.
    Map<String, Object> map = (Map<String, Object>) property;
    return new FhirObject(path, map);
  }

  /** Where it stands; never what it says. */
  @Override
  public String toString() {
    return "FhirObject[" + path + "]";
  }
}
