// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A substance that laboratories report by mass or by amount. UCUM alone refuses mg/dL to mmol/L,
 * rightly; knowing the substance makes it possible, for every expression of either kind.
 *
 * <p>Each constant is the factor in clinical use, not the best known molar mass: published models
 * and thresholds were converted by these. With an analyte, an expression that contains mol (or eq,
 * osm) is an amount and one without is not: to UCUM a mole is the pure number 6.02214076 × 10²³, so
 * that /L and mmol/L are commensurable; here they are refused.
 */
public enum Analyte {
  /** 1 mmol/L = 18.016 mg/dL (the older 18.0182 is also in use). */
  GLUCOSE("180.16", "1"),
  /** Total, HDL, LDL and non-HDL: 1 mmol/L = 38.67 mg/dL. */
  CHOLESTEROL("386.7", "1"),
  /** 1 mmol/L = 88.57 mg/dL, by convention (triglycerides are a mixture). */
  TRIGLYCERIDE("885.7", "1"),
  /** 1 mg/dL = 88.4 umol/L. */
  CREATININE("10", "0.0884"),
  /** Total and direct: 1 mg/dL = 17.1 umol/L. */
  BILIRUBIN("10", "0.0171"),
  /** 1 mmol/L = 4.008 mg/dL. */
  CALCIUM("40.08", "1"),
  /** Mass is that of its phosphorus: 1 mmol/L = 3.097 mg/dL. */
  PHOSPHATE("30.97", "1"),
  /** Urine albumin to creatinine, 1 mg/mmol = 8.84 mg/g: the amount is that of creatinine. */
  ALBUMIN_CREATININE_RATIO("10", "0.0884"),
  /**
   * Glycated haemoglobin, NGSP % = IFCC mmol/mol / 10.929 + 2.15 (the NGSP–IFCC master equation,
   * solved the other way for % to mmol/mol).
   *
   * <p>To UCUM both are pure numbers and 1 mmol/mol is 0.1 %. That holds for fractions, not between
   * these two scales, so the master equation takes precedence here: an amount per amount (mmol/mol)
   * is IFCC, a pure number (%, 1) is NGSP, and anything else is refused.
   */
  HBA1C;

  static final BigDecimal IFCC_PER_NGSP = new BigDecimal("10.929");
  static final BigDecimal NGSP_OFFSET = new BigDecimal("2.15");

  private final @Nullable BigDecimal gramsPerMole;

  Analyte() {
    gramsPerMole = null;
  }

  /** So many grams of it are so many moles: whichever way its factor is stated, it stays exact. */
  Analyte(String grams, String moles) {
    gramsPerMole = new BigDecimal(grams).divide(new BigDecimal(moles), Scale.PRECISION);
  }

  /** Null for HbA1c, whose rule is another. */
  @Nullable BigDecimal gramsPerMole() {
    return gramsPerMole;
  }
}
