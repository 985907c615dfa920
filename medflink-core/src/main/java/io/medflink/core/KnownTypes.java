// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.Observation.Comparator;
import io.medflink.core.units.Analyte;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types by each of their codes: those of MedFlink and an application's own. */
final class KnownTypes implements Serializable {
  private static final long serialVersionUID = 1;

  private final HashMap<String, Known> byCode = new HashMap<>();

  /** An application's own type takes the place of MedFlink's with the same code. */
  static KnownTypes with(ObservationType... own) {
    KnownTypes types = new KnownTypes();
    ObservationType[][] all = {
      Vital.values(), Lab.values(), Demographic.values(), Setting.values(), own
    };
    for (ObservationType[] some : all) {
      Map<String, Known> added = new HashMap<>();
      for (ObservationType type : some) {
        Known known = Known.of(type);
        types.add(added, type.loinc(), known);
        type.equivalents().forEach(code -> types.add(added, code, known));
      }
    }
    return types;
  }

  private void add(Map<String, Known> added, String code, Known known) {
    Known other = added.put(code, known);
    if (other != null && !other.loinc().equals(known.loinc())) {
      throw new IllegalArgumentException("two types have the code " + code);
    }
    byCode.put(code, known);
  }

  @Nullable Known get(String code) {
    return byCode.get(code);
  }

  /** What cleaning asks of a type, asked once. */
  record Known(
      String loinc,
      @Nullable String unit,
      Range possible,
      List<String> codes,
      boolean isDate,
      @Nullable Analyte analyte)
      implements Serializable {

    static Known of(ObservationType type) {
      return new Known(
          type.loinc(),
          type.unit(),
          type.possible(),
          List.copyOf(type.codes()),
          type.isDate(),
          type.analyte());
    }

    /** Points and counts are pure numbers: a missing unit leaves nothing open. */
    boolean needsNoUnit() {
      return unit != null && (unit.equals("1") || unit.startsWith("{"));
    }

    /** Neither a number nor coded nor a date: nothing to check. */
    boolean isFree() {
      return unit == null && codes.isEmpty() && !isDate;
    }

    /** Whether some number that the comparator leaves open can be true. */
    boolean isPossible(@Nullable Comparator comparator, double value) {
      if (comparator == null || !Double.isFinite(value)) {
        return Double.isFinite(value) && possible.contains(value);
      }
      return switch (comparator) {
        case LESS -> value > possible.low();
        case LESS_OR_EQUAL ->
            value > possible.low() || (value == possible.low() && possible.lowIncluded());
        case GREATER -> value < possible.high();
        case GREATER_OR_EQUAL ->
            value < possible.high() || (value == possible.high() && possible.highIncluded());
      };
    }

    /** The text as this type writes it; null when it is none of its values. */
    @Nullable String text(String sent) {
      if (isDate) {
        return date(sent);
      }
      int at = codes.indexOf(sent);
      return at < 0 ? null : codes.get(at);
    }

    /** The day that a date or a date with time states, whole days only. */
    private static @Nullable String date(String sent) {
      try {
        if (sent.length() == 10) {
          LocalDate.parse(sent);
          return sent;
        }
        return sent.length() == 8
            ? LocalDate.parse(sent, DateTimeFormatter.BASIC_ISO_DATE).toString()
            : LocalDate.parse(sent, DateTimeFormatter.ISO_DATE_TIME).toString();
      } catch (DateTimeException e) {
        return null;
      }
    }
  }
}
