// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one object: a few names in two arrays, many in a hash table. Most objects of
 * FHIR have two to four, and a message hundreds of objects.
 */
final class FhirProperties {
  private static final int FEW = 16;

  private String[] names = new String[4];
  private Object[] values = new Object[4];
  private int size;
  private @Nullable Map<String, Object> many;

  @Nullable Object get(String name) {
    if (many != null) {
      return many.get(name);
    }
    int at = indexOf(name);
    return at < 0 ? null : values[at];
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** Sets a property, in place of one of that name. */
  void put(String name, Object value) {
    if (many != null) {
      many.put(name, value);
      return;
    }
    int at = indexOf(name);
    if (at >= 0) {
      values[at] = value;
    } else if (size == FEW) {
      many = new HashMap<>();
      for (int i = 0; i < size; i++) {
        many.put(names[i], values[i]);
      }
      many.put(name, value);
    } else {
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      names[size] = name;
      values[size++] = value;
    }
  }

  /** Sets a property by its place; of few properties only. */
  void set(int index, Object value) {
    values[index] = value;
  }

  private int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  int size() {
    return many == null ? size : many.size();
  }

  /** Whether a property's name begins so. */
  boolean hasPrefix(String prefix) {
    if (many != null) {
      return many.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }
    for (int i = 0; i < size; i++) {
      if (names[i].startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
