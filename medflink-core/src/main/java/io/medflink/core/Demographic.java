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
      "medflink:deprivation-decile", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
  /** Definite or probable, in hospital, as Charlson counts it. */
  MYOCARDIAL_INFARCTION("medflink:myocardial-infarction", "no", "yes"),
  /** Signs or symptoms of heart failure, or a reduced ejection fraction. */
  HEART_FAILURE("medflink:heart-failure", "no", "yes"),
  PERIPHERAL_VASCULAR_DISEASE("medflink:peripheral-vascular-disease", "no", "yes"),
  /** Stroke with few or no deficits, or TIA. */
  CEREBROVASCULAR_DISEASE("medflink:cerebrovascular-disease", "no", "yes"),
  DEMENTIA("medflink:dementia", "no", "yes"),
  CHRONIC_LUNG_DISEASE("medflink:chronic-lung-disease", "no", "yes"),
  CONNECTIVE_TISSUE_DISEASE("medflink:connective-tissue-disease", "no", "yes"),
  PEPTIC_ULCER("medflink:peptic-ulcer", "no", "yes"),
  MILD_LIVER_DISEASE("medflink:mild-liver-disease", "no", "yes"),
  SEVERE_LIVER_DISEASE("medflink:moderate-or-severe-liver-disease", "no", "yes"),
  DIABETES_WITH_ORGAN_DAMAGE("medflink:diabetes-with-organ-damage", "no", "yes"),
  HEMIPLEGIA("medflink:hemiplegia", "no", "yes"),
  RENAL_DISEASE("medflink:moderate-or-severe-renal-disease", "no", "yes"),
  /** Without metastases. */
  SOLID_TUMOUR("medflink:solid-tumour", "no", "yes"),
  LEUKAEMIA("medflink:leukaemia", "no", "yes"),
  LYMPHOMA("medflink:lymphoma", "no", "yes"),
  METASTATIC_TUMOUR("medflink:metastatic-tumour", "no", "yes"),
  AIDS("medflink:aids", "no", "yes"),
  STROKE("medflink:stroke", "no", "yes"),
  /** Stroke, TIA or thromboembolism. */
  STROKE_OR_EMBOLISM("medflink:stroke-tia-or-thromboembolism", "no", "yes"),
  /** Myocardial infarction, peripheral artery disease or aortic plaque. */
  VASCULAR_DISEASE("medflink:vascular-disease", "no", "yes"),
  /** Systolic pressure over 160 mm[Hg]. */
  UNCONTROLLED_HYPERTENSION("medflink:uncontrolled-hypertension", "no", "yes"),
  /** Dialysis, transplant, or creatinine over 200 umol/L. */
  ABNORMAL_RENAL_FUNCTION("medflink:abnormal-renal-function", "no", "yes"),
  /** Cirrhosis, or bilirubin over twice with enzymes over three times the upper limit. */
  ABNORMAL_LIVER_FUNCTION("medflink:abnormal-liver-function", "no", "yes"),
  /** Major bleeding in the past, or a disposition to it such as anaemia. */
  BLEEDING("medflink:bleeding", "no", "yes"),
  /** Under warfarin, less than 60 % of the time in the therapeutic range. */
  LABILE_INR("medflink:labile-inr", "no", "yes"),
  /** Antiplatelet drugs or NSAIDs. */
  BLEEDING_DRUGS("medflink:bleeding-drugs", "no", "yes"),
  /** At least eight drinks a week. */
  ALCOHOL("medflink:alcohol-8-drinks-a-week", "no", "yes"),
  /** Admitted as an emergency, not as planned. */
  ACUTE_ADMISSION("medflink:acute-admission", "no", "yes"),
  /** At least 30 minutes of it, at work or in leisure time. */
  DAILY_ACTIVITY("medflink:daily-activity-30-minutes", "no", "yes"),
  /** Vegetables, fruit or berries every day. */
  DAILY_VEGETABLES("medflink:daily-vegetables-or-fruit", "no", "yes"),
  /** Ever found, such as in an examination, an illness or a pregnancy. */
  HIGH_GLUCOSE_EVER("medflink:high-glucose-ever", "no", "yes"),
  /**
   * The closest relative with diabetes: second is a grandparent, aunt, uncle or first cousin; first
   * a parent, brother, sister or own child.
   */
  FAMILY_DIABETES("medflink:family-diabetes", "none", "second", "first");

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

  @Override
  public Input.Scope scope() {
    return Input.Scope.PATIENT;
  }
}
