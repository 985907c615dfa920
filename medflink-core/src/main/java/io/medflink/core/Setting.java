// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a clinician decides for one patient. Settings come by {@link Control}, never by inference.
 */
public enum Setting implements ObservationType {
  /** NEWS2's SpO2 scale: 2 only for confirmed hypercapnic failure with a target of 88–92 %. */
  SPO2_SCALE("medflink:spo2-scale", "1", "2"),
  /** Whether a "C" of this patient is new confusion; "no" where it is the patient's usual state. */
  CONFUSION_IS_NEW("medflink:confusion-is-new", "no", "yes"),
  /** How many years the prediction of hypertension looks ahead. */
  HYPERTENSION_YEARS("medflink:hypertension-years", "1", "2", "4"),
  /** The risk region of SCORE2 that the country of residence belongs to. */
  SCORE2_REGION("medflink:score2-region", "low", "moderate", "high", "very_high"),
  /** Which of PREVENT's equations; auto is the one for what is known. */
  PREVENT_MODEL("medflink:prevent-model", "auto", "base", "uacr", "hba1c", "sdi", "full"),
  /** How many years PREVENT looks ahead. */
  PREVENT_YEARS("medflink:prevent-years", "10", "30"),
  /** Whether the kidney failure risk equation takes the baseline of North America. */
  KFRE_NORTH_AMERICA("medflink:kfre-north-america", "no", "yes"),
  /** Whose bands name the FINDRISC: the Finnish form's, or those of some web calculators. */
  FINDRISC_BANDS("medflink:findrisc-bands", "finnish", "mdcalc"),
  /** Whether the patient is pregnant. */
  PREGNANCY("82810-3", "no", "yes"),
  /** Whether the ward is one where early warning scores for adults are not used. */
  EARLY_WARNING_EXCLUDED("medflink:early-warning-excluded", "no", "yes"),
  /** By whose medians a Glasgow coma score stands for alert, voice, pain or unresponsive. */
  CONSCIOUSNESS_BY_GCS("medflink:consciousness-by-gcs", "none", "kelly2004");

  private final String loinc;
  private final List<String> codes;

  Setting(String loinc, String... codes) {
    this.loinc = loinc;
    this.codes = List.of(codes);
  }

  @Override
  public String loinc() {
    return loinc;
  }

  @Override
  public @Nullable String unit() {
    return null;
  }

  @Override
  public List<String> codes() {
    return codes;
  }
}
