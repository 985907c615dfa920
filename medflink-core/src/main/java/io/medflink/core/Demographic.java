// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stays with the patient: birth, sex, habits, history and family. */
public enum Demographic implements ObservationType {
  /** An ISO 8601 date. */
  BIRTH_DATE("21112-8"),
  /** Sex as the models' publications use it. */
  SEX("46098-0", "F", "M"),
  SMOKER("medflink:smoker", "no", "yes"),
  PHYSICALLY_ACTIVE("medflink:physically-active", "no", "yes"),
  HYPERTENSION("medflink:hypertension", "no", "yes"),
  HYPERTENSION_TREATED("medflink:hypertension-treated", "no", "yes"),
  DIABETES("medflink:diabetes", "no", "yes"),
  GESTATIONAL_DIABETES("medflink:gestational-diabetes", "no", "yes"),
  PARENT_WITH_DIABETES("medflink:parent-with-diabetes", "no", "yes"),
  /** A parent, brother or sister. */
  CLOSE_RELATIVE_WITH_DIABETES("medflink:close-relative-with-diabetes", "no", "yes"),
  PARENTS_WITH_HYPERTENSION("medflink:parents-with-hypertension", "0", "1", "2"),
  /** As the patient tells it, in the words of the equations that ask for it. */
  RACE("medflink:race", "white", "black", "other"),
  /** A heart attack, angina, a stroke, a leg's arteries or heart failure in the past. */
  CARDIOVASCULAR_DISEASE("medflink:cardiovascular-disease", "no", "yes"),
  STATIN("medflink:statin", "no", "yes"),
  /** Decile of the Social Deprivation Index of the patient's ZIP code, 10 the most deprived. */
  DEPRIVATION_DECILE(
      "medflink:deprivation-decile", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");

  private final String loinc;
  private final List<String> codes;

  Demographic(String loinc, String... codes) {
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

  @Override
  public boolean isDate() {
    return codes.isEmpty();
  }
}
