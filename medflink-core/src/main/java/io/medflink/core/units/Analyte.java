// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

/** Temporary. */
public enum Analyte {
  GLUCOSE,
  CHOLESTEROL,
  TRIGLYCERIDE,
  CREATININE,
  BILIRUBIN,
  ALBUMIN_CREATININE_RATIO,
  HBA1C
}
