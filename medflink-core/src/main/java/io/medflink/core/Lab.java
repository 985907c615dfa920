// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.units.Analyte;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Laboratory values. The equivalents in molar units are the same analyte: {@code Clean} converts
 * them by its molar rule.
 */
public enum Lab implements ObservationType {
  GLUCOSE("2345-7", "mg/dL", Analyte.GLUCOSE, "14749-6"),
  /** Whole blood reads about a tenth lower than plasma: a type of its own. */
  BLOOD_GLUCOSE("2339-0", "mg/dL", Analyte.GLUCOSE, "15074-8"),
  /** Only what the source calls fasting; a glucose of unknown kind never counts as it. */
  FASTING_GLUCOSE("1558-6", "mg/dL", Analyte.GLUCOSE, "14771-0"),
  TOTAL_CHOLESTEROL("2093-3", "mg/dL", Analyte.CHOLESTEROL, "14647-2"),
  HDL_CHOLESTEROL("2085-9", "mg/dL", Analyte.CHOLESTEROL, "14646-4"),
  TRIGLYCERIDES("2571-8", "mg/dL", Analyte.TRIGLYCERIDE, "14927-8"),
  CREATININE("2160-0", "mg/dL", Analyte.CREATININE, "14682-9"),
  HBA1C("4548-4", "%", Analyte.HBA1C, "59261-8");

  private final String loinc;
  private final String unit;
  private final Analyte analyte;
  private final List<String> equivalents;

  Lab(String loinc, String unit, Analyte analyte, String... equivalents) {
    this.loinc = loinc;
    this.unit = unit;
    this.analyte = analyte;
    this.equivalents = List.of(equivalents);
  }

  @Override
  public String loinc() {
    return loinc;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public Range possible() {
    return Range.open(0, Double.POSITIVE_INFINITY);
  }

  @Override
  public @Nullable Analyte analyte() {
    return analyte;
  }

  @Override
  public List<String> equivalents() {
    return equivalents;
  }
}
