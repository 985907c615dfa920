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
  HBA1C("4548-4", "%", Analyte.HBA1C, "59261-8"),
  BILIRUBIN("1975-2", "mg/dL", Analyte.BILIRUBIN, "14631-6"),
  PLATELETS("777-3", "10*9/L", Range.closedOpen(0, Double.POSITIVE_INFINITY), "26515-7"),
  LEUKOCYTES("6690-2", "10*9/L", Range.closedOpen(0, Double.POSITIVE_INFINITY), "26464-8"),
  /** Of 100 leukocytes; the equivalent is by manual count. */
  BAND_FORMS("26508-2", "%", Range.closed(0, 100), "764-1"),
  ARTERIAL_OXYGEN("2703-7", "mm[Hg]", Range.open(0, 800)),
  ARTERIAL_CARBON_DIOXIDE("2019-8", "mm[Hg]", Range.open(0, 300)),
  /** Arterial oxygen pressure over the fraction inspired (0 to 1): P/F. */
  HOROWITZ_INDEX("50984-4", "mm[Hg]", Range.open(0, 4000)),
  /** Estimated from creatinine by CKD-EPI 2021; older equations are other quantities. */
  ESTIMATED_GFR("98979-8", "mL/min/{1.73_m2}", Range.closedOpen(0, Double.POSITIVE_INFINITY)),
  /** Of a spot sample of urine. */
  ALBUMIN_CREATININE_RATIO("9318-7", "mg/g", Analyte.ALBUMIN_CREATININE_RATIO, "14959-1"),
  /** Of serum or plasma. */
  ALBUMIN("1751-7", "g/dL", Range.open(0, Double.POSITIVE_INFINITY)),
  /** Told as phosphorus. */
  PHOSPHATE("2777-1", "mg/dL", Analyte.PHOSPHATE, "14879-1"),
  /** Of serum or plasma; one charge, so that 1 mmol is 1 meq. */
  BICARBONATE("1963-8", "meq/L", Range.open(0, Double.POSITIVE_INFINITY)),
  /** Total calcium corrected for albumin, by whatever rule the source has. */
  CORRECTED_CALCIUM("medflink:corrected-calcium", "mg/dL", Analyte.CALCIUM),
  /** The mean of a continuous glucose monitor over its whole report. */
  MEAN_SENSOR_GLUCOSE("97507-8", "mg/dL", Analyte.GLUCOSE),
  /** Interstitial, by a continuous monitor. */
  SENSOR_GLUCOSE("99504-3", "mg/dL", Analyte.GLUCOSE, "105272-9"),
  /** Creatinine before the present illness, as a person states it. */
  CREATININE_BASELINE("medflink:creatinine-baseline", "mg/dL", Analyte.CREATININE);

  private final String loinc;
  private final String unit;
  private final @Nullable Analyte analyte;
  private final Range possible;
  private final List<String> equivalents;

  Lab(String loinc, String unit, Analyte analyte, String... equivalents) {
    this.loinc = loinc;
    this.unit = unit;
    this.analyte = analyte;
    this.possible = Range.open(0, Double.POSITIVE_INFINITY);
    this.equivalents = List.of(equivalents);
  }

  Lab(String loinc, String unit, Range possible, String... equivalents) {
    this.loinc = loinc;
    this.unit = unit;
    this.analyte = null;
    this.possible = possible;
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
    return possible;
  }

  @Override
  public @Nullable Analyte analyte() {
    return analyte;
  }

  @Override
  public List<String> equivalents() {
    return equivalents;
  }

  @Override
  public Input.Scope scope() {
    return Input.Scope.PATIENT;
  }
}
