// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;

/** Inputs that follow from several types, the same for every model. */
public final class Derived {
  private static final Range AGES = Range.closed(0, 130);

  private Derived() {}

  /** Completed years of life ({@code a}) at the moment's date in UTC, from the birth date. */
  public static Input age(String name) {
    return Input.derived(name, "a", AGES, Derived::years, Demographic.BIRTH_DATE).ofPatient();
  }

  /** kg/m2 as sent, else from weight and height. */
  public static Input bodyMassIndex(String name) {
    return Input.derived(
        name,
        "kg/m2",
        Vital.BODY_MASS_INDEX.possible(),
        Derived::massIndex,
        Vital.BODY_MASS_INDEX,
        Vital.BODY_WEIGHT,
        Vital.BODY_HEIGHT);
  }

  /**
   * Whether the patient breathes added oxygen: yes when the flow is over 0 L/min, the fraction over
   * 21 % or the device other than room air; no when one of them says air. Where they contradict
   * each other, or nothing is told, it is unknown.
   */
  public static Input onOxygen(String name) {
    return Input.derived(
        name,
        Input.NO_YES,
        Derived::oxygen,
        Vital.OXYGEN_FLOW,
        Vital.OXYGEN_FRACTION,
        Vital.OXYGEN_DEVICE);
  }

  /**
   * Whether mentation is altered: yes when told so, or when consciousness is anything but alert (C,
   * V, P or U); no when told so. "Alert" alone leaves it open: on AVPU it does not exclude
   * confusion.
   */
  public static Input alteredMentation(String name) {
    return Input.derived(
        name, Input.NO_YES, Derived::altered, Vital.ALTERED_MENTATION, Vital.CONSCIOUSNESS);
  }

  /**
   * Mean arterial pressure (mm[Hg]): the newer of the one sent and (systolic + 2 diastolic) / 3 of
   * a pair measured at one time; of two at one time the one sent.
   */
  public static Input meanPressure(String name) {
    return Input.derived(
        name,
        "mm[Hg]",
        Vital.MEAN_PRESSURE.possible(),
        Derived::mean,
        Vital.MEAN_PRESSURE,
        Vital.SYSTOLIC_PRESSURE,
        Vital.DIASTOLIC_PRESSURE);
  }

  private static double mean(Derivation.Sources sources) {
    long told = sources.time(Vital.SYSTOLIC_PRESSURE);
    boolean pair = told != Long.MIN_VALUE && told == sources.time(Vital.DIASTOLIC_PRESSURE);
    if (!pair || sources.time(Vital.MEAN_PRESSURE) >= told) {
      return sources.value(Vital.MEAN_PRESSURE);
    }
    double systolic = sources.value(Vital.SYSTOLIC_PRESSURE);
    double diastolic = sources.value(Vital.DIASTOLIC_PRESSURE);
    return diastolic <= systolic ? (systolic + 2 * diastolic) / 3 : Double.NaN;
  }

  private static double altered(Derivation.Sources sources) {
    return sources.value(Vital.CONSCIOUSNESS) > 0 ? 1 : sources.value(Vital.ALTERED_MENTATION);
  }

  private static double years(Derivation.Sources sources) {
    double day = sources.value(Demographic.BIRTH_DATE);
    if (Double.isNaN(day)) {
      return Double.NaN;
    }
    LocalDate born = LocalDate.ofEpochDay((long) day);
    LocalDate today = Instant.ofEpochMilli(sources.moment()).atZone(ZoneOffset.UTC).toLocalDate();
    return today.isBefore(born) ? Double.NaN : Period.between(born, today).getYears();
  }

  private static double massIndex(Derivation.Sources sources) {
    double sent = sources.value(Vital.BODY_MASS_INDEX);
    if (!Double.isNaN(sent)) {
      return sent;
    }
    double metres = sources.value(Vital.BODY_HEIGHT) / 100;
    return sources.value(Vital.BODY_WEIGHT) / (metres * metres);
  }

  private static double oxygen(Derivation.Sources sources) {
    double flow = sources.value(Vital.OXYGEN_FLOW);
    double fraction = sources.value(Vital.OXYGEN_FRACTION);
    double device = sources.value(Vital.OXYGEN_DEVICE);
    boolean yes = flow > 0 || fraction > 21 || device == 1;
    boolean no = flow == 0 || fraction <= 21 || device == 0;
    return yes == no ? Double.NaN : yes ? 1 : 0;
  }
}
