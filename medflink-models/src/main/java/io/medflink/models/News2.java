// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Setting;
import io.medflink.core.Steps;
import io.medflink.core.Vital;

/**
 * National Early Warning Score 2: how acutely ill an adult is, 0 to 20.
 *
 * <p>Source: Royal College of Physicians. National Early Warning Score (NEWS) 2. London: RCP, 2017,
 * charts 1 and 2. Each value is rounded half up to the chart's resolution (temperature 0.1 Cel, the
 * others 1) before it scores. Not for patients under 16, not in pregnancy and not on excluded wards
 * (both by setting); an unknown age is told.
 *
 * <p>Consciousness by ACVPU; or V, P and U of an AVPU scale, whose A leaves new confusion open; or
 * by a Glasgow coma score, only under the policy {@code kelly2004}: 15 is alert, under 15 is not
 * (medians A 15, V 13, P 8, U 3: Kelly CA, Upex A, Bateman DN. Ann Emerg Med 2004;44:108–13).
 */
public final class News2 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "news2",
          "2017",
          "Royal College of Physicians. National Early Warning Score (NEWS) 2: Standardising the"
              + " assessment of acute-illness severity in the NHS. London: RCP, 2017",
          "Acute illness of patients of 16 years and over; not in pregnancy, not after spinal-cord"
              + " injury");

  private static final Steps RESPIRATION = Steps.upTo(1, 3, 8, 1, 11, 0, 20, 2, 24, 3);
  private static final Steps SATURATION = Steps.upTo(1, 3, 91, 2, 93, 1, 95, 0);
  private static final Steps SATURATION_2_AIR = Steps.upTo(1, 3, 83, 2, 85, 1, 87, 0);
  private static final Steps SATURATION_2_OXYGEN =
      Steps.upTo(1, 3, 83, 2, 85, 1, 87, 0, 92, 1, 94, 2, 96, 3);
  private static final Steps PRESSURE = Steps.upTo(1, 3, 90, 2, 100, 1, 110, 0, 219, 3);
  private static final Steps PULSE = Steps.upTo(1, 3, 40, 1, 50, 0, 90, 1, 110, 2, 130, 3);
  private static final Steps TEMPERATURE = Steps.upTo(0.1, 3, 35.0, 1, 36.0, 0, 38.0, 1, 39.0, 2);

  private static final Input RR =
      CARD.input(Input.of("rr", Vital.RESPIRATORY_RATE).cells(RESPIRATION));
  private static final Input SPO2 =
      CARD.input(
          Input.of("spo2", Vital.OXYGEN_SATURATION)
              .cells(SATURATION, SATURATION_2_AIR, SATURATION_2_OXYGEN));
  private static final Input ON_O2 = CARD.input(Derived.onOxygen("on_o2"));
  private static final Input SBP =
      CARD.input(Input.of("sbp", Vital.SYSTOLIC_PRESSURE).cells(PRESSURE));
  private static final Input HR = CARD.input(Input.of("hr", Vital.HEART_RATE).cells(PULSE));
  private static final Input ACVPU =
      CARD.inputUnless(News2::isToldOtherwise, Input.of("acvpu", Vital.CONSCIOUSNESS));
  private static final Input TEMP =
      CARD.input(Input.of("temp_c", Vital.BODY_TEMPERATURE).cells(TEMPERATURE));
  private static final Input SCALE =
      CARD.input(Input.setting("spo2_scale", Setting.SPO2_SCALE, "1"));
  private static final Input CONFUSION_IS_NEW =
      CARD.input(Input.setting("confusion_is_new", Setting.CONFUSION_IS_NEW, "yes"));
  private static final Input AGE = CARD.input(Derived.age("age").optional());
  private static final Input AVPU = CARD.input(Input.of("avpu", Vital.AVPU).optional());
  private static final Input GCS =
      CARD.inputUnless(
          News2::isWithoutGcs, Input.of("gcs", Vital.GLASGOW_COMA_SCORE).falling().optional());
  private static final Input BY_GCS =
      CARD.input(Input.setting("consciousness_by_gcs", Setting.CONSCIOUSNESS_BY_GCS, "none"));
  private static final Input PREGNANT =
      CARD.input(Input.setting("pregnant", Setting.PREGNANCY, "no"));
  private static final Input EXCLUDED =
      CARD.input(Input.setting("excluded", Setting.EARLY_WARNING_EXCLUDED, "no"));

  private static final Output SCORE = CARD.output("score", "{score}");
  private static final Output RISK = CARD.coded("risk", "low", "low-medium", "medium", "high");

  private static final double ALERT = ACVPU.code("A");
  private static final double CONFUSED = ACVPU.code("C");
  private static final double AVPU_ALERT = AVPU.code("A");
  private static final double SCALE_2 = SCALE.code("2");
  private static final double KELLY = BY_GCS.code("kelly2004");
  private static final int FULLY_CONSCIOUS = 15;

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 16) {
      answer.notApplicable("under 16 years: NEWS2 is for 16 and over");
      return;
    }
    if (chart.yes(PREGNANT) || chart.yes(EXCLUDED)) {
      answer.notApplicable(
          chart.yes(PREGNANT)
              ? "pregnant: NEWS2 is not for pregnancy"
              : "excluded by setting: NEWS2 is not used here");
      return;
    }
    if (contradictsAvpu(chart)) {
      answer.notApplicable("avpu is alert");
      return;
    }
    if (Double.isNaN(age)) {
      answer.note("age unknown: NEWS2 is for 16 and over");
    }
    boolean oxygen = chart.yes(ON_O2);
    Steps saturation =
        chart.value(SCALE) != SCALE_2
            ? SATURATION
            : oxygen ? SATURATION_2_OXYGEN : SATURATION_2_AIR;
    int rr = answer.counts(RR, RESPIRATION.points(chart.value(RR)));
    int spo2 = answer.counts(SPO2, saturation.points(chart.value(SPO2)));
    int sbp = answer.counts(SBP, PRESSURE.points(chart.value(SBP)));
    int hr = answer.counts(HR, PULSE.points(chart.value(HR)));
    int acvpu = consciousness(chart, answer);
    int temp = answer.counts(TEMP, TEMPERATURE.points(chart.value(TEMP)));
    int score = rr + spo2 + answer.counts(ON_O2, oxygen ? 2 : 0) + sbp + hr + acvpu + temp;
    boolean red = rr == 3 || spo2 == 3 || sbp == 3 || hr == 3 || acvpu == 3 || temp == 3;
    answer.set(SCORE, score);
    answer.set(RISK, score >= 7 ? 3 : score >= 5 ? 2 : red ? 1 : 0);
    answer.level(
        score >= 7
            ? RiskLevel.HIGH
            : score >= 5 ? RiskLevel.MEDIUM : red ? RiskLevel.LOW_MEDIUM : RiskLevel.LOW);
  }

  /** The newest of what tells it counts; of two at one time the worse. */
  private static int consciousness(Chart chart, Answer answer) {
    double word = chart.value(ACVPU);
    boolean alert = word == ALERT || (word == CONFUSED && !chart.yes(CONFUSION_IS_NEW));
    Input by = ACVPU;
    double avpu = chart.value(AVPU);
    boolean impaired = !Double.isNaN(avpu) && avpu != AVPU_ALERT;
    if (impaired && (Double.isNaN(word) || chart.time(AVPU) >= chart.time(ACVPU))) {
      by = AVPU;
      alert = false;
    }
    double gcs = chart.value(BY_GCS) == KELLY ? chart.value(GCS) : Double.NaN;
    boolean known = !Double.isNaN(chart.value(by));
    boolean newer = !known || chart.time(GCS) > chart.time(by);
    if (newer ? !Double.isNaN(gcs) : chart.time(GCS) == chart.time(by) && gcs < FULLY_CONSCIOUS) {
      by = GCS;
      alert = gcs == FULLY_CONSCIOUS;
    }
    return answer.counts(by, alert ? 0 : 3);
  }

  /** While no ACVPU is known: voice, pain and none by AVPU, or a coma score under a policy. */
  private static boolean isToldOtherwise(Chart chart) {
    double avpu = chart.value(AVPU);
    return (!Double.isNaN(avpu) && avpu != AVPU_ALERT)
        || (chart.value(BY_GCS) == KELLY && !Double.isNaN(chart.value(GCS)));
  }

  /** No policy says what a coma score means. */
  private static boolean isWithoutGcs(Chart chart) {
    return chart.value(BY_GCS) != KELLY;
  }

  /** AVPU's alert leaves new confusion open, and nothing else. */
  private static boolean contradictsAvpu(Chart chart) {
    double word = chart.value(ACVPU);
    return chart.time(ACVPU) == Long.MIN_VALUE
        && chart.value(AVPU) == AVPU_ALERT
        && !Double.isNaN(word)
        && word != ALERT
        && word != CONFUSED;
  }
}
