// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskModel;
import io.medflink.core.Setting;
import io.medflink.core.Vital;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * AHA PREVENT: risks of cardiovascular disease, atherosclerotic disease, heart failure, coronary
 * heart disease and stroke within 10 or 30 years (a setting, 10 by default), without race.
 *
 * <p>Source: Khan SS et al. Circulation 2024;149:430–49 (online 2023), supplement. {@code risk = 1
 * / (1 + e^-z)}; the coefficients of z are in {@code prevent-2023.csv}. Age in a, cholesterol in
 * mg/dL (0.02586 mmol/L each), pressure in mm[Hg], BMI in kg/m2, eGFR (CKD-EPI 2021) in
 * mL/min/{1.73_m2}, urine albumin to creatinine in mg/g, HbA1c in %, deprivation as a decile.
 *
 * <p>Which equation is a setting: base, with one of the three optional values, or full; by default
 * (auto) base where none of them is known, the one with it where one is, else full. An optional
 * value that an equation has and the patient hasn't (or only with a comparator) counts by the
 * publication's own term for missing. The reason names the equation taken.
 *
 * <p>For ages 30–79 (30–59 for 30 years), total cholesterol 130–320, HDL 20–100, systolic 90–180,
 * BMI 18.5 to under 40, eGFR 15–140; HbA1c 4.5–15 and albumin 0.1–25000 where the equation has
 * them; no cardiovascular disease or heart failure; else not applicable. There is no answer without
 * the age, as the 30-year equations have its square, whose extreme may lie inside. At a known age z
 * is multi-affine in the others but for bends at 110 mm[Hg], 30 kg/m2 and 60 mL/min/{1.73_m2}, so
 * that ends and bends are the extremes. The publication has no categories: the level is UNKNOWN.
 */
public final class Prevent2023 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "prevent-2023",
          "2023",
          "Khan SS, Matsushita K, Sang Y, et al. Development and validation of the American Heart"
              + " Association's PREVENT equations. Circulation 2024;149:430-49",
          "10- and 30-year risk of cardiovascular disease, ages 30 to 79 (30 years: to 59), without"
              + " cardiovascular disease or heart failure; from the United States");

  private static final Duration YEAR = Duration.ofDays(366);

  private static final Input AGE = CARD.input(Derived.age("age").required());
  private static final Input SEX = CARD.input(Input.of("sex", Demographic.SEX).ofPatient());
  private static final Input TC =
      CARD.input(
          Input.of("tc_mg_dl", Lab.TOTAL_CHOLESTEROL)
              .ofPatient(YEAR)
              .corners(Range.closed(130, 320)));
  private static final Input HDL =
      CARD.input(
          Input.of("hdl_mg_dl", Lab.HDL_CHOLESTEROL)
              .ofPatient(YEAR)
              .corners(Range.closed(20, 100)));
  private static final Input SBP =
      CARD.input(
          Input.of("sbp", Vital.SYSTOLIC_PRESSURE)
              .ofPatient(YEAR)
              .corners(Range.closed(90, 180), 110));
  private static final Input TREATED =
      CARD.input(Input.of("bp_treated", Demographic.HYPERTENSION_TREATED).ofPatient(YEAR));
  private static final Input STATIN =
      CARD.input(Input.of("statin", Demographic.STATIN).ofPatient(YEAR));
  private static final Input DIABETES =
      CARD.input(Input.of("diabetes", Demographic.DIABETES).ofPatient());
  private static final Input SMOKER =
      CARD.input(Input.of("smoker", Demographic.SMOKER).ofPatient(YEAR).rising());
  private static final Input BMI =
      CARD.input(
          Derived.bodyMassIndex("bmi").ofPatient(YEAR).corners(Range.closedOpen(18.5, 40), 30));
  private static final Input EGFR =
      CARD.input(
          Input.of("egfr", Lab.ESTIMATED_GFR).ofPatient(YEAR).corners(Range.closed(15, 140), 60));
  private static final Input UACR =
      CARD.inputUnless(
          Prevent2023::isWithoutUacr,
          Input.of("uacr_mg_g", Lab.ALBUMIN_CREATININE_RATIO)
              .ofPatient(YEAR)
              .corners(Range.closed(0.1, 25_000))
              .optional());
  private static final Input HBA1C =
      CARD.inputUnless(
          Prevent2023::isWithoutHba1c,
          Input.of("hba1c_pct", Lab.HBA1C)
              .ofPatient(YEAR)
              .corners(Range.closed(4.5, 15))
              .optional());
  private static final Input SDI =
      CARD.input(Input.of("sdi", Demographic.DEPRIVATION_DECILE).ofPatient().optional());
  private static final Input MODEL =
      CARD.input(Input.setting("model", Setting.PREVENT_MODEL, "auto"));
  private static final Input YEARS =
      CARD.input(Input.setting("years", Setting.PREVENT_YEARS, "10"));
  private static final Input CVD =
      CARD.input(Input.of("cvd", Demographic.CARDIOVASCULAR_DISEASE).ofPatient().optional());

  private static final Output[] RISKS =
      PreventEquation.OUTCOMES.stream()
          .map(outcome -> CARD.output(outcome, "1"))
          .toArray(Output[]::new);

  private static final PreventEquation[] EQUATIONS = PreventEquation.all();

  private static final int UACR_MODEL = PreventEquation.MODELS.indexOf("uacr");
  private static final int HBA1C_MODEL = PreventEquation.MODELS.indexOf("hba1c");
  private static final int SDI_MODEL = PreventEquation.MODELS.indexOf("sdi");
  private static final int FULL_MODEL = PreventEquation.MODELS.indexOf("full");
  private static final int[] CHOSEN =
      MODEL.codes().stream().mapToInt(PreventEquation.MODELS::indexOf).toArray();

  private static final String[] NOTES =
      PreventEquation.MODELS.stream().map(model -> model + " equation").toArray(String[]::new);
  private static final String[] NOT_TOLD =
      PreventEquation.MODELS.stream()
          .map(
              model ->
                  model
                      + " equation; taken for without cardiovascular disease and heart failure: not"
                      + " told")
          .toArray(String[]::new);

  private static final double MMOL_PER_MG = 0.02586;

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    int model = model(chart);
    String refusal = refusal(chart, model);
    if (refusal != null) {
      answer.notApplicable(refusal);
      return;
    }
    answer.note((Double.isNaN(chart.value(CVD)) ? NOT_TOLD : NOTES)[model]);
    answerAll(chart, answer, model);
  }

  /** The position of the equations to take, by the setting or by what is known. */
  private static int model(Chart chart) {
    int chosen = chosen(chart);
    if (chosen >= 0) {
      return chosen;
    }
    int model = 0;
    if (!Double.isNaN(chart.value(UACR))) {
      model = UACR_MODEL;
    }
    if (!Double.isNaN(chart.value(HBA1C))) {
      model = model == 0 ? HBA1C_MODEL : FULL_MODEL;
    }
    if (!Double.isNaN(chart.value(SDI))) {
      model = model == 0 ? SDI_MODEL : FULL_MODEL;
    }
    return model;
  }

  /** The equations chosen have no term for it. */
  private static boolean isWithoutUacr(Chart chart) {
    int chosen = chosen(chart);
    return chosen >= 0 && chosen != UACR_MODEL && chosen != FULL_MODEL;
  }

  private static boolean isWithoutHba1c(Chart chart) {
    int chosen = chosen(chart);
    return chosen >= 0 && chosen != HBA1C_MODEL && chosen != FULL_MODEL;
  }

  /** By the setting; -1 for the one of what is known. */
  private static int chosen(Chart chart) {
    double setting = chart.value(MODEL);
    return Double.isNaN(setting) ? -1 : CHOSEN[(int) setting];
  }

  private static @Nullable String refusal(Chart chart, int model) {
    double age = chart.value(AGE);
    if (age < 30 || age >= 80) {
      return "age outside 30 to 79 years, which the equations do not cover";
    }
    if (age >= 60 && chart.value(YEARS) == 1) {
      return "age outside 30 to 59 years, which the 30-year equations do not cover";
    }
    if (!TC.published().contains(chart.value(TC))) {
      return "total cholesterol outside 130 to 320 mg/dL";
    }
    if (!HDL.published().contains(chart.value(HDL))) {
      return "HDL cholesterol outside 20 to 100 mg/dL";
    }
    if (!SBP.published().contains(chart.value(SBP))) {
      return "systolic pressure outside 90 to 180 mm[Hg]";
    }
    if (!BMI.published().contains(chart.value(BMI))) {
      return "body mass index outside 18.5 to under 40 kg/m2";
    }
    if (!EGFR.published().contains(chart.value(EGFR))) {
      return "eGFR outside 15 to 140 mL/min/{1.73_m2}";
    }
    double uacr = chart.value(UACR);
    if ((model == UACR_MODEL || model == FULL_MODEL) && (uacr < 0.1 || uacr > 25_000)) {
      return "urine albumin to creatinine outside 0.1 to 25000 mg/g";
    }
    double hba1c = chart.value(HBA1C);
    if ((model == HBA1C_MODEL || model == FULL_MODEL) && (hba1c < 4.5 || hba1c > 15)) {
      return "HbA1c outside 4.5 to 15 %";
    }
    return chart.yes(CVD)
        ? "known cardiovascular disease or heart failure: the equations are for a first event"
        : null;
  }

  private static void answerAll(Chart chart, Answer answer, int model) {
    double age = (chart.value(AGE) - 55) / 10;
    double nonHdl = (chart.value(TC) - chart.value(HDL)) * MMOL_PER_MG - 3.5;
    double hdl = (chart.value(HDL) * MMOL_PER_MG - 1.3) / 0.3;
    double sbpLow = (Math.min(chart.value(SBP), 110) - 110) / 20;
    double sbpHigh = (Math.max(chart.value(SBP), 110) - 130) / 20;
    double bmiLow = (Math.min(chart.value(BMI), 30) - 25) / 5;
    double bmiHigh = (Math.max(chart.value(BMI), 30) - 30) / 5;
    double egfrLow = (Math.min(chart.value(EGFR), 60) - 60) / -15;
    double egfrHigh = (Math.max(chart.value(EGFR), 60) - 90) / -15;
    double diabetes = chart.value(DIABETES);
    double smoker = chart.value(SMOKER);
    double treated = chart.value(TREATED);
    double statin = chart.value(STATIN);
    double uacr = chart.value(UACR);
    double lnUacr = Math.log(uacr);
    double hba1c = chart.value(HBA1C) - 5.3;
    // The codes of the deciles begin at 0.
    double decile = chart.value(SDI) + 1;

    int first =
        (2 * (2 * model + (int) chart.value(YEARS)) + (int) chart.value(SEX)) * RISKS.length;
    for (int i = 0; i < RISKS.length; i++) {
      PreventEquation b = EQUATIONS[first + i];
      double z =
          b.constant()
              + (b.age() + b.age2() * age) * age
              + (b.nonhdl() + b.statinNonhdl() * statin + b.ageNonhdl() * age) * nonHdl
              + (b.hdl() + b.ageHdl() * age) * hdl
              + b.sbpLt110() * sbpLow
              + (b.sbpGe110() + b.bptxSbp() * treated + b.ageSbp() * age) * sbpHigh
              + (b.dm() + b.ageDm() * age) * diabetes
              + (b.smoking() + b.ageSmoking() * age) * smoker
              + b.bmiLt30() * bmiLow
              + (b.bmiGe30() + b.ageBmiGe30() * age) * bmiHigh
              + (b.egfrLt60() + b.ageEgfrLt60() * age) * egfrLow
              + b.egfrGe60() * egfrHigh
              + b.bptx() * treated
              + b.statin() * statin
              + (Double.isNaN(uacr) ? b.uacrMissing() : b.lnUacr() * lnUacr)
              + (Double.isNaN(hba1c)
                  ? b.hba1cMissing()
                  : (diabetes == 1 ? b.hba1cDm() : b.hba1cNodm()) * hba1c)
              + deprivation(b, decile);
      answer.set(RISKS[i], 1 / (1 + Math.exp(-z)));
      if (i == 0 && answer.isExplained()) {
        answer.constant(b.constant());
        answer.counts(AGE, (b.age() + b.age2() * age) * age);
        answer.counts(TC, (b.nonhdl() + b.statinNonhdl() * statin + b.ageNonhdl() * age) * nonHdl);
        answer.counts(HDL, (b.hdl() + b.ageHdl() * age) * hdl);
        double sbp = b.sbpGe110() + b.bptxSbp() * treated + b.ageSbp() * age;
        answer.counts(SBP, b.sbpLt110() * sbpLow + sbp * sbpHigh);
        answer.counts(DIABETES, (b.dm() + b.ageDm() * age) * diabetes);
        answer.counts(SMOKER, (b.smoking() + b.ageSmoking() * age) * smoker);
        answer.counts(BMI, b.bmiLt30() * bmiLow + (b.bmiGe30() + b.ageBmiGe30() * age) * bmiHigh);
        answer.counts(
            EGFR, (b.egfrLt60() + b.ageEgfrLt60() * age) * egfrLow + b.egfrGe60() * egfrHigh);
        answer.counts(TREATED, b.bptx() * treated);
        answer.counts(STATIN, b.statin() * statin);
        answer.counts(UACR, Double.isNaN(uacr) ? b.uacrMissing() : b.lnUacr() * lnUacr);
        double hba1cTerm = (diabetes == 1 ? b.hba1cDm() : b.hba1cNodm()) * hba1c;
        answer.counts(HBA1C, Double.isNaN(hba1c) ? b.hba1cMissing() : hba1cTerm);
        answer.counts(SDI, deprivation(b, decile));
      }
    }
  }

  private static double deprivation(PreventEquation b, double decile) {
    return decile >= 7
        ? b.sdi7To10()
        : decile >= 4 ? b.sdi4To6() : decile >= 1 ? 0 : b.sdiMissing();
  }
}
