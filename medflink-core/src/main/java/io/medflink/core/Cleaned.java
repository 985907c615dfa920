// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.Observation.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Observations after cleaning. */
final class Cleaned {
  private Cleaned() {}

  /** In place of a value that was refused. */
  static Observation refused(Observation o, String code) {
    return of(o, code, Double.NaN, null, null, null, null, Double.NaN, Double.NaN)
        .with(Observation.Artefact.REFUSED);
  }

  /** The observation with what is clean; itself when nothing differs. */
  static Observation of(
      Observation o,
      String code,
      double value,
      @Nullable String text,
      @Nullable String unit,
      @Nullable String localUnit,
      @Nullable Comparator comparator,
      double low,
      double high) {
    boolean same =
        code.equals(o.code())
            && Double.compare(value, o.value()) == 0
            && Objects.equals(text, o.text())
            && Objects.equals(unit, o.unit())
            && o.localSystem() == null
            && o.localCode() == null
            && Objects.equals(localUnit, o.localUnit())
            && o.localText() == null
            && comparator == o.comparator()
            && Double.compare(low, o.rangeLow()) == 0
            && Double.compare(high, o.rangeHigh()) == 0;
    return same
        ? o
        : new Observation(
            code,
            value,
            text,
            unit,
            o.status(),
            null,
            null,
            localUnit,
            null,
            o.id(),
            comparator,
            low,
            high,
            o.flag(),
            o.method(),
            o.artefacts());
  }
}
