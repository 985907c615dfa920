// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Derivation;
import io.medflink.core.Derived;
import io.medflink.core.Extreme;
import io.medflink.core.Input;
import io.medflink.core.Lab;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import io.medflink.core.Vital;
import java.time.Duration;

/**
 * Sepsis-related (sequential) organ failure assessment: how much six organ systems fail, 0 to 24,
 * and by how much more than before (Sepsis-3: a rise of 2 is organ dysfunction).
 *
 * <p>Source: Vincent JL et al. Intensive Care Med 1996;22:707–10, table 3; rise: Singer M et al.
 * JAMA 2016;315:801–10. The worst of the last 24 hours; urine is the newest volume of 24 hours;
 * infusions in ug/kg/min for at least an hour. 3 and 4 points for oxygenation need respiratory
 * support when the gas was taken, without it they are 2; the ratio is of each gas and the fraction
 * that was breathed then. {@code score} counts an organ that nobody measured as 0 (or as the least
 * that is possible), as is the custom; {@code total} is the exact interval of the same sum, and
 * {@code delta} is total - baseline: an interval while the baseline is unknown, since nobody but
 * the caller may take it for 0. No infusion told is no infusion, and the reason says so. Not under
 * 18 years; an unknown age is told. Level HIGH with organ dysfunction, else LOW; certain only where
 * the interval is.
 */
public final class Sofa1996 implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "sofa1996",
          "1996",
          "Vincent JL, Moreno R, Takala J, et al. The SOFA (Sepsis-related Organ Failure Assessment)"
              + " score to describe organ dysfunction/failure. Intensive Care Med 1996;22:707-10;"
              + " rise: Singer M, et al. Sepsis-3. JAMA 2016;315:801-10",
          "Organ failure of adults in intensive care, and the organ dysfunction of Sepsis-3; not the"
              + " SOFA-2 of 2025");

  /** Three and four points for oxygenation need respiratory support. */
  private static final int UNSUPPORTED_MOST = 2;

  /** Whether a gas was taken under respiratory support. */
  private static final double NO = 0;

  private static final double YES = 1;
  private static final double UNTOLD = 2;

  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration YEAR = Duration.ofDays(366);

  private static final Steps OXYGENATION = Steps.below(4, 100, 3, 200, 2, 300, 1, 400, 0);
  private static final Steps PLATELETS = Steps.below(4, 20, 3, 50, 2, 100, 1, 150, 0);
  private static final Steps BILIRUBIN = Steps.below(0, 1.2, 1, 2, 2, 6, 3, 12, 4);
  private static final Steps MEAN_PRESSURE = Steps.below(1, 70, 0);
  private static final Steps DOPAMINE = Steps.atMost(0, 0, 2, 5, 3, 15, 4);
  private static final Steps DOBUTAMINE = Steps.atMost(0, 0, 2);
  private static final Steps CATECHOLAMINE = Steps.atMost(0, 0, 3, 0.1, 4);
  private static final Steps COMA = Steps.below(4, 6, 3, 10, 2, 13, 1, 15, 0);
  private static final Steps CREATININE = Steps.below(0, 1.2, 1, 2, 2, 3.5, 3, 5, 4);
  private static final Steps URINE = Steps.below(4, 200, 3, 500, 0);

  private static final Input PF =
      CARD.input(ratio("pf_ratio", sources -> ratioUnder(sources, UNTOLD)));
  private static final Input PF_SUPPORTED =
      CARD.input(ratio("pf_supported", sources -> ratioUnder(sources, YES)));
  private static final Input PF_UNSUPPORTED =
      CARD.input(ratio("pf_unsupported", sources -> ratioUnder(sources, NO)));
  private static final Input PAO2 =
      CARD.inputUnless(
          Sofa1996::isRatioKnown,
          Input.of("pao2_mmhg", Lab.ARTERIAL_OXYGEN).worst(Extreme.LEAST, DAY).falling());
  private static final Input FIO2 =
      CARD.inputUnless(
          Sofa1996::isRatioKnown,
          Input.derived(
                  "fio2_pct",
                  "%",
                  Vital.OXYGEN_FRACTION.possible(),
                  Sofa1996::fraction,
                  Vital.OXYGEN_FRACTION,
                  Lab.ARTERIAL_OXYGEN)
              .worst(Extreme.GREATEST, DAY)
              .rising());
  private static final Input SUPPORT =
      CARD.inputUnless(
          chart -> Double.isNaN(chart.value(PF)) && isRatioKnown(chart),
          Input.of("resp_support", Vital.RESPIRATORY_SUPPORT)
              .worst(Extreme.GREATEST, DAY)
              .rising());
  private static final Input PLATELET_COUNT =
      CARD.input(Input.of("platelets_10e9_l", Lab.PLATELETS).worst(Extreme.LEAST, DAY).falling());
  private static final Input TOTAL_BILIRUBIN =
      CARD.input(Input.of("bilirubin_mg_dl", Lab.BILIRUBIN).worst(Extreme.GREATEST, DAY).rising());
  private static final Input MAP =
      CARD.input(Derived.meanPressure("map_mmhg").worst(Extreme.LEAST, DAY).falling());
  private static final Input DOPAMINE_RATE = CARD.input(infusion("dopamine", Vital.DOPAMINE_RATE));
  private static final Input DOBUTAMINE_RATE =
      CARD.input(infusion("dobutamine", Vital.DOBUTAMINE_RATE));
  private static final Input ADRENALINE_RATE =
      CARD.input(infusion("adrenaline", Vital.ADRENALINE_RATE));
  private static final Input NORADRENALINE_RATE =
      CARD.input(infusion("noradrenaline", Vital.NORADRENALINE_RATE));
  private static final Input GCS =
      CARD.input(Input.of("gcs", Vital.GLASGOW_COMA_SCORE).worst(Extreme.LEAST, DAY).falling());
  private static final Input SERUM_CREATININE =
      CARD.input(
          Input.of("creatinine_mg_dl", Lab.CREATININE).worst(Extreme.GREATEST, DAY).rising());
  private static final Input URINE_OUTPUT =
      CARD.input(Input.of("urine_ml_day", Vital.URINE_OUTPUT_24H).within(DAY).falling());
  private static final Input BASELINE =
      CARD.input(Input.of("baseline", Vital.SOFA_BASELINE).ofPatient(YEAR).falling());
  private static final Input[] INFUSIONS = {
    DOPAMINE_RATE, DOBUTAMINE_RATE, ADRENALINE_RATE, NORADRENALINE_RATE
  };
  private static final Steps[] RATES = {DOPAMINE, DOBUTAMINE, CATECHOLAMINE, CATECHOLAMINE};
  private static final Input AGE = CARD.input(Derived.age("age").optional());

  private static final Output TOTAL = CARD.output("total", "{score}");
  private static final Output SCORE = CARD.outputAtLeast("score", "{score}");
  private static final Output DELTA = CARD.output("delta", "{score}");
  private static final Output DYSFUNCTION = CARD.yesNo("organ_dysfunction");

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 18) {
      answer.notApplicable("under 18 years: SOFA is for adults");
      return;
    }
    boolean infusion = isToldOfInfusions(chart);
    if (!infusion && Double.isNaN(age)) {
      answer.note("age unknown: SOFA is for adults; no vasopressor told, taken for none");
    } else if (!infusion) {
      answer.note("no vasopressor told, taken for none");
    } else if (Double.isNaN(age)) {
      answer.note("age unknown: SOFA is for adults");
    }
    int total =
        respiration(chart, answer)
            + answer.counts(PLATELET_COUNT, PLATELETS.points(chart.value(PLATELET_COUNT)))
            + answer.counts(TOTAL_BILIRUBIN, BILIRUBIN.points(chart.value(TOTAL_BILIRUBIN)))
            + circulation(chart, answer)
            + answer.counts(GCS, COMA.points(chart.value(GCS)))
            + kidney(chart, answer);
    double delta = total - chart.value(BASELINE);
    answer.set(TOTAL, total);
    answer.set(SCORE, total);
    answer.set(DELTA, delta);
    answer.set(DYSFUNCTION, delta >= 2);
    answer.level(delta >= 2 ? RiskLevel.HIGH : RiskLevel.LOW);
  }

  private static boolean isToldOfInfusions(Chart chart) {
    return !Double.isNaN(chart.value(DOPAMINE_RATE))
        || !Double.isNaN(chart.value(DOBUTAMINE_RATE))
        || !Double.isNaN(chart.value(ADRENALINE_RATE))
        || !Double.isNaN(chart.value(NORADRENALINE_RATE));
  }

  private static int respiration(Chart chart, Answer answer) {
    double sent = chart.value(PF);
    double pair = isRatioKnown(chart) ? sent : 100 * chart.value(PAO2) / chart.value(FIO2);
    int points = oxygenation(pair);
    points = chart.yes(SUPPORT) ? points : Math.min(points, UNSUPPORTED_MOST);
    Input by = isRatioKnown(chart) ? PF : PAO2;
    int without = Math.min(oxygenation(chart.value(PF_UNSUPPORTED)), UNSUPPORTED_MOST);
    by = without > points ? PF_UNSUPPORTED : by;
    points = Math.max(points, without);
    int with = oxygenation(chart.value(PF_SUPPORTED));
    return answer.counts(with > points ? PF_SUPPORTED : by, Math.max(points, with));
  }

  private static int oxygenation(double ratio) {
    return Double.isNaN(ratio) ? 0 : OXYGENATION.points(ratio);
  }

  private static boolean isRatioKnown(Chart chart) {
    return !Double.isNaN(chart.value(PF))
        || !Double.isNaN(chart.value(PF_SUPPORTED))
        || !Double.isNaN(chart.value(PF_UNSUPPORTED));
  }

  private static Input infusion(String name, Vital rate) {
    return Input.of(name, rate).worst(Extreme.GREATEST, DAY).rising().optional();
  }

  private static Input ratio(String name, Derivation derivation) {
    return Input.derived(
            name,
            "mm[Hg]",
            Lab.HOROWITZ_INDEX.possible(),
            derivation,
            Lab.HOROWITZ_INDEX,
            Lab.ARTERIAL_OXYGEN,
            Vital.OXYGEN_FRACTION,
            Vital.RESPIRATORY_SUPPORT)
        .worst(Extreme.LEAST, DAY)
        .optional();
  }

  /** Of a gas when it is taken: as sent, else by the fraction told up to then. */
  private static double ratioUnder(Derivation.Sources sources, double support) {
    double told = sources.value(Vital.RESPIRATORY_SUPPORT);
    if ((Double.isNaN(told) ? UNTOLD : told) != support) {
      return Double.NaN;
    }
    if (sources.time(Lab.HOROWITZ_INDEX) == sources.moment()) {
      return sources.value(Lab.HOROWITZ_INDEX);
    }
    return sources.time(Lab.ARTERIAL_OXYGEN) == sources.moment()
        ? 100 * sources.value(Lab.ARTERIAL_OXYGEN) / sources.value(Vital.OXYGEN_FRACTION)
        : Double.NaN;
  }

  /** Not what was told only after a gas: that says nothing of it. */
  private static double fraction(Derivation.Sources sources) {
    long gas = sources.time(Lab.ARTERIAL_OXYGEN);
    return gas != Long.MIN_VALUE && gas < sources.time(Vital.OXYGEN_FRACTION)
        ? Double.NaN
        : sources.value(Vital.OXYGEN_FRACTION);
  }

  private static int circulation(Chart chart, Answer answer) {
    int points = MEAN_PRESSURE.points(chart.value(MAP));
    Input by = MAP;
    for (int i = 0; i < INFUSIONS.length; i++) {
      int others = given(RATES[i], chart.value(INFUSIONS[i]));
      by = others > points ? INFUSIONS[i] : by;
      points = Math.max(points, others);
    }
    return answer.counts(by, points);
  }

  private static int kidney(Chart chart, Answer answer) {
    int creatinine = CREATININE.points(chart.value(SERUM_CREATININE));
    int urine = URINE.points(chart.value(URINE_OUTPUT));
    return urine > creatinine
        ? answer.counts(URINE_OUTPUT, urine)
        : answer.counts(SERUM_CREATININE, creatinine);
  }

  private static int given(Steps rates, double rate) {
    return Double.isNaN(rate) ? 0 : rates.points(rate);
  }
}
