// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.units.Analyte;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of value: its code, its unit and what can be true of it.
 *
 * <p>{@link Vital}, {@link Lab}, {@link Demographic} and {@link Setting} are the ones that come
 * with MedFlink; an application adds its own as an enum of its own.
 */
public interface ObservationType extends Serializable {

  /** The name in messages and metrics, such as {@code HEART_RATE}. */
  String name();

  /** The canonical code: LOINC, or {@code medflink:…} where LOINC has none. */
  String loinc();

  /** Other LOINC codes of the same thing; {@code Clean} writes the canonical one. */
  default List<String> equivalents() {
    return List.of();
  }

  /** The canonical UCUM unit; null for coded values and dates. */
  @Nullable String unit();

  /** The numbers that can be true; all others are artefacts and rejected. */
  default Range possible() {
    return Range.closed(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** The codes of a coded value; their position is its number in a {@link Chart}. */
  default List<String> codes() {
    return List.of();
  }

  /** Whether the value is an ISO 8601 date, kept in a {@link Chart} as days since 1970-01-01. */
  default boolean isDate() {
    return false;
  }

  /** Whether a value counts within its stay only, unless an {@link Input} says otherwise. */
  default Input.Scope scope() {
    return Input.Scope.ENCOUNTER;
  }

  /** The substance, where mass and molar units both occur. */
  default @Nullable Analyte analyte() {
    return null;
  }

  /** What no body does between two neighbouring values; null where there is no rule. */
  default @Nullable Jump jump() {
    return null;
  }

  /**
   * A change too fast to be true: more than {@code change} (in the canonical unit) between two
   * neighbours at most {@code within} apart. The value stays; the doubt is told.
   *
   * @param change the greatest believable difference, in the canonical unit
   * @param within neighbours farther apart than this are not compared
   */
  record Jump(double change, Duration within) implements Serializable {}
}
