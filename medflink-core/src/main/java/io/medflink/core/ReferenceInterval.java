// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.units.Analyte;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a laboratory says beside a value: its reference interval (HL7 OBX-7, FHIR {@code
 * referenceRange}) and its flag (OBX-8, {@code interpretation}). A model that declares it gets it
 * with each value of the type from {@link Observation#rangeHigh} and {@link Observation#flag};
 * nothing of it outlives the value that it was told with.
 *
 * @param of the type of the value
 * @param part which part of it
 */
public record ReferenceInterval(ObservationType of, Part part) implements ObservationType {
  private static final long serialVersionUID = 1;
  private static final List<String> NO_YES = List.of("no", "yes");
  private static final Set<String> HIGH = Set.of("H", "HH", "HU", ">");
  private static final Set<String> NOT_HIGH = Set.of("N", "L", "LL", "LU", "<");

  /** A part of it. */
  public enum Part {
    /** Its high end, in the value's unit. */
    UPPER_LIMIT,
    /** Whether the value is above it: by the flag, else by the high end. */
    ABOVE
  }

  /** The high end. */
  public static ReferenceInterval upperLimit(ObservationType of) {
    return new ReferenceInterval(of, Part.UPPER_LIMIT);
  }

  /** Whether the value is above it. */
  public static ReferenceInterval above(ObservationType of) {
    return new ReferenceInterval(of, Part.ABOVE);
  }

  @Override
  public String name() {
    return of.name() + "_" + part.name();
  }

  @Override
  public String loinc() {
    String code = of.loinc().replace("medflink:", "");
    return "medflink:" + (part == Part.ABOVE ? "above-" : "upper-limit-") + code;
  }

  @Override
  public @Nullable String unit() {
    return part == Part.ABOVE ? null : of.unit();
  }

  @Override
  public Range possible() {
    return part == Part.ABOVE ? Range.closed(0, 1) : of.possible();
  }

  @Override
  public List<String> codes() {
    return part == Part.ABOVE ? NO_YES : List.of();
  }

  @Override
  public Input.Scope scope() {
    return of.scope();
  }

  @Override
  public @Nullable Analyte analyte() {
    return part == Part.ABOVE ? null : of.analyte();
  }

  /** What an observation of the type says of it, NaN when it says nothing. */
  double number(Observation o) {
    if (part == Part.UPPER_LIMIT) {
      return of.possible().contains(o.rangeHigh()) ? o.rangeHigh() : Double.NaN;
    }
    String flag = o.flag();
    if (flag != null && (HIGH.contains(flag) || NOT_HIGH.contains(flag))) {
      return HIGH.contains(flag) ? 1 : 0;
    }
    boolean told = o.comparator() == null && !Double.isNaN(o.rangeHigh());
    return told ? (o.value() > o.rangeHigh() ? 1 : 0) : Double.NaN;
  }
}
