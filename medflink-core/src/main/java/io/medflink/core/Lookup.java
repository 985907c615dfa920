// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a {@link CodeMap} (the code, the unit or the value) by its conditions: a hash table
 * that is asked once for each combination of stated conditions, the most specific first. It
 * allocates nothing and is never changed.
 */
final class Lookup implements Serializable {
  private static final long serialVersionUID = 1;

  /** Bits by falling weight, as the columns stand from left to right. */
  static final int FEED = 32;

  static final int SYSTEM = 16;
  static final int CODE = 8;
  static final int LOINC = 4;
  static final int UNIT = 2;
  static final int VALUE = 1;

  private final @Nullable Row[] slots;
  private final int[] masks;

  private Lookup(@Nullable Row[] slots, int[] masks) {
    this.slots = slots;
    this.masks = masks;
  }

  /** Throws when two rows answer differently under the same conditions. */
  static Lookup of(List<Row> rows) {
    Map<Conditions, Row> distinct = new LinkedHashMap<>();
    for (Row row : rows) {
      Row other = distinct.putIfAbsent(row.conditions(), row);
      if (other != null && !other.answer().equals(row.answer())) {
        throw CodeMapFile.error(row.line(), "contradicts line " + other.line());
      }
    }
    @Nullable Row[] slots =
        new @Nullable Row[Math.max(2, Integer.highestOneBit(distinct.size()) * 4)];
    for (Row row : distinct.values()) {
      int at = row.conditions().slot(slots.length);
      while (slots[at] != null) {
        at = (at + 1) & (slots.length - 1);
      }
      slots[at] = row;
    }
    int[] masks =
        distinct.keySet().stream()
            .mapToInt(c -> -c.stated())
            .distinct()
            .sorted()
            .map(m -> -m)
            .toArray();
    return new Lookup(slots, masks);
  }

  /** The answer of the most specific row that applies; null when none does. */
  @Nullable String find(
      String feed, String system, String code, String loinc, String unit, String value) {
    for (int mask : masks) {
      int at = slot(slots.length, mask, feed, system, code, loinc, unit, value);
      for (Row row = slots[at]; row != null; row = slots[at]) {
        if (row.conditions().hold(mask, feed, system, code, loinc, unit, value)) {
          return row.answer();
        }
        at = (at + 1) & (slots.length - 1);
      }
    }
    return null;
  }

  private static int slot(
      int length,
      int mask,
      String feed,
      String system,
      String code,
      String loinc,
      String unit,
      String value) {
    int hash = mask;
    hash = (mask & FEED) == 0 ? hash : 31 * hash + feed.hashCode();
    hash = (mask & SYSTEM) == 0 ? hash : 31 * hash + system.hashCode();
    hash = (mask & CODE) == 0 ? hash : 31 * hash + code.hashCode();
    hash = (mask & LOINC) == 0 ? hash : 31 * hash + loinc.hashCode();
    hash = (mask & UNIT) == 0 ? hash : 31 * hash + unit.hashCode();
    hash = (mask & VALUE) == 0 ? hash : 31 * hash + value.hashCode();
    return (hash ^ (hash >>> 16)) & (length - 1);
  }

  /**
   * Where a row applies.
   *
   * @param stated the bits of the conditions that are stated; the others are empty and always hold
   */
  record Conditions(
      int stated, String feed, String system, String code, String loinc, String unit, String value)
      implements Serializable {

    boolean hold(
        int mask,
        String otherFeed,
        String otherSystem,
        String otherCode,
        String otherLoinc,
        String otherUnit,
        String otherValue) {
      return mask == stated
          && ((mask & FEED) == 0 || feed.equals(otherFeed))
          && ((mask & SYSTEM) == 0 || system.equals(otherSystem))
          && ((mask & CODE) == 0 || code.equals(otherCode))
          && ((mask & LOINC) == 0 || loinc.equals(otherLoinc))
          && ((mask & UNIT) == 0 || unit.equals(otherUnit))
          && ((mask & VALUE) == 0 || value.equals(otherValue));
    }

    int slot(int length) {
      return Lookup.slot(length, stated, feed, system, code, loinc, unit, value);
    }
  }

  /** What holds under conditions, and the line that says so. */
  record Row(Conditions conditions, String answer, int line) implements Serializable {}
}
