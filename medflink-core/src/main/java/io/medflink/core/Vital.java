// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vital signs and what belongs to them at the bedside.
 *
 * <p>Possible ranges: MIT mimic-code, {@code vitalsign.sql}; ours, and wide, where it has none.
 * Jumps: no publication gives them; the limits here are wide on purpose and stated in the module's
 * README.
 */
public enum Vital implements ObservationType {
  HEART_RATE("8867-4", "/min", Range.open(0, 300), jump(100, "PT1M")),
  /** Up to 150 and not mimic-code's 70: infants breathe faster than its adults. */
  RESPIRATORY_RATE("9279-1", "/min", Range.open(0, 150), jump(40, "PT1M")),
  OXYGEN_SATURATION("59408-5", "%", Range.openClosed(0, 100), jump(40, "PT10S"), "2708-6"),
  SYSTOLIC_PRESSURE("8480-6", "mm[Hg]", Range.open(0, 400), jump(100, "PT1M")),
  DIASTOLIC_PRESSURE("8462-4", "mm[Hg]", Range.open(0, 300), jump(80, "PT1M")),
  MEAN_PRESSURE("8478-0", "mm[Hg]", Range.open(0, 300), jump(80, "PT1M")),
  BODY_TEMPERATURE("8310-5", "Cel", Range.open(10, 50), jump(3, "PT10M")),
  BODY_WEIGHT("29463-7", "kg", Range.open(0, 700), null),
  BODY_HEIGHT("8302-2", "cm", Range.open(0, 300), null),
  BODY_MASS_INDEX("39156-5", "kg/m2", Range.open(0, 300), null),
  GLASGOW_COMA_SCORE("9269-2", "{score}", Range.closed(3, 15), null),
  OXYGEN_FLOW("3151-8", "L/min", Range.closed(0, 100), null),
  /** Its code is often misprinted 3150-6, whose check digit is wrong: taken for the same. */
  OXYGEN_FRACTION("3150-0", "%", Range.closed(20, 100), null, "3150-6"),
  /** Level of consciousness: alert, new confusion, voice, pain, unresponsive. */
  CONSCIOUSNESS("67775-7", List.of("A", "C", "V", "P", "U")),
  /** What the patient breathes through, mapped by the {@code CodeMap}. */
  OXYGEN_DEVICE("medflink:oxygen-device", List.of("air", "oxygen")),
  /** Invasive or not. */
  RESPIRATORY_SUPPORT("medflink:respiratory-support", List.of("no", "yes")),
  /** Work of breathing; apnoea is severe. */
  RESPIRATORY_EFFORT(
      "medflink:respiratory-effort", List.of("normal", "mild", "moderate", "severe")),
  CAPILLARY_REFILL("44963-7", "s", Range.closed(0, 60), null),
  ALTERED_MENTATION("medflink:altered-mentation", List.of("no", "yes")),
  /** The volume of 24 hours. */
  URINE_OUTPUT_24H("9192-6", "mL", Range.closed(0, 30_000), null, "3167-4"),
  DOPAMINE_RATE("medflink:dopamine-rate", "ug/kg/min", Range.closed(0, 100), null),
  DOBUTAMINE_RATE("medflink:dobutamine-rate", "ug/kg/min", Range.closed(0, 100), null),
  ADRENALINE_RATE("medflink:adrenaline-rate", "ug/kg/min", Range.closed(0, 20), null),
  NORADRENALINE_RATE("medflink:noradrenaline-rate", "ug/kg/min", Range.closed(0, 20), null),
  /** The SOFA score before the present illness. */
  SOFA_BASELINE("medflink:sofa-baseline", "{score}", Range.closed(0, 24), null),
  /** At the umbilicus. */
  WAIST_CIRCUMFERENCE("8280-0", "cm", Range.open(0, 300), null),
  /** Of the stay that ends or just ended. */
  LENGTH_OF_STAY("medflink:length-of-stay", "d", Range.closed(0, 36_500), null),
  /** Visits to an emergency department in the six months before the stay, without its own. */
  EMERGENCY_VISITS("medflink:emergency-visits-6-months", "{visit}", Range.closed(0, 1000), null),
  /** Charlson score by the weights of the LACE index, which are not those of 1987. */
  LACE_COMORBIDITY("medflink:lace-comorbidity", "{score}", Range.closed(0, 50), null),
  /** Collected since the patient's previous one. */
  URINE_VOLUME("9187-6", "mL", Range.closed(0, 30_000), null),
  /** Collected since the patient's previous one, divided by body weight. */
  URINE_VOLUME_BY_WEIGHT("medflink:urine-volume-by-weight", "mL/kg", Range.closed(0, 1000), null),
  /** Dialysis or filtration of any kind, now. */
  RENAL_REPLACEMENT("medflink:renal-replacement-therapy", List.of("no", "yes")),
  /** Alert, voice, pain, unresponsive, by a scale that doesn't ask for confusion. */
  AVPU("medflink:avpu", List.of("A", "V", "P", "U"));

  private final String loinc;
  private final @Nullable String unit;
  private final Range possible;
  private final @Nullable Jump jump;
  private final List<String> codes;
  private final List<String> equivalents;

  Vital(String loinc, String unit, Range possible, @Nullable Jump jump, String... equivalents) {
    this.loinc = loinc;
    this.unit = unit;
    this.possible = possible;
    this.jump = jump;
    this.codes = List.of();
    this.equivalents = List.of(equivalents);
  }

  Vital(String loinc, List<String> codes) {
    this.loinc = loinc;
    this.unit = null;
    this.possible = Range.closed(0, codes.size() - 1.0);
    this.jump = null;
    this.codes = codes;
    this.equivalents = List.of();
  }

  private static Jump jump(double change, String within) {
    return new Jump(change, Duration.parse(within));
  }

  @Override
  public String loinc() {
    return loinc;
  }

  @Override
  public @Nullable String unit() {
    return unit;
  }

  @Override
  public Range possible() {
    return possible;
  }

  @Override
  public @Nullable Jump jump() {
    return jump;
  }

  @Override
  public List<String> codes() {
    return codes;
  }

  @Override
  public List<String> equivalents() {
    return equivalents;
  }
}
