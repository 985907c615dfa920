// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Demographic;
import io.medflink.core.Lab;
import io.medflink.core.Observation;
import io.medflink.core.ObservationType;
import io.medflink.core.Panel;
import io.medflink.core.Vital;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A day of an invented ward, the same for the same seed: 24 patients, observed every half hour.
 * Some of them deteriorate and some of these recover. Sensors fall off (a heart rate of 0), jump,
 * or state °C and send °F; some °F are stated as such; values are missing, late, corrected and
 * withdrawn. Nobody in it ever lived.
 */
final class SyntheticWard {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final int HOURS = 24;
  static final int PATIENTS = 24;

  private static final Duration STEP = Duration.ofMinutes(30);
  private static final int STEPS = HOURS * 2;

  private record Sent(Instant received, Panel panel) {}

  private final Random random;
  private final List<Sent> sent = new ArrayList<>();

  private SyntheticWard(long seed) {
    random = new Random(seed);
  }

  /** All panels, in the order in which they arrive. */
  static List<Panel> panels(long seed) {
    SyntheticWard ward = new SyntheticWard(seed);
    for (int patient = 1; patient <= PATIENTS; patient++) {
      ward.admit(patient);
    }
    ward.sent.sort(Comparator.comparing(Sent::received));
    return ward.sent.stream().map(s -> s.panel().withReceived(s.received())).toList();
  }

  private void admit(int patient) {
    double told = patient % 3 == 0 ? 1 : 0.6; // of a third everything is known
    List<Observation> known = new ArrayList<>();
    int age = 35 + random.nextInt(50);
    known.add(
        Observation.coded(
            Demographic.BIRTH_DATE,
            LocalDate.of(2025 - age, 1 + random.nextInt(12), 1 + random.nextInt(28)).toString()));
    known.add(Observation.coded(Demographic.SEX, random.nextBoolean() ? "F" : "M"));
    known.add(Observation.of(Vital.BODY_HEIGHT, 155 + random.nextInt(35)));
    known.add(Observation.of(Vital.BODY_WEIGHT, 55 + random.nextInt(50)));
    maybe(told, known, Observation.of("14771-0", round(4.6 + 2.2 * random.nextDouble()), "mmol/L"));
    maybe(told, known, Observation.of(Lab.HDL_CHOLESTEROL, 30 + random.nextInt(40)));
    maybe(told, known, Observation.of(Lab.TRIGLYCERIDES, 80 + random.nextInt(140)));
    maybe(told, known, Observation.of(Vital.DIASTOLIC_PRESSURE, 65 + random.nextInt(25)));
    maybe(told, known, Observation.coded(Demographic.SMOKER, random.nextBoolean() ? "yes" : "no"));
    maybe(told, known, Observation.coded(Demographic.PARENT_WITH_DIABETES, "no"));
    maybe(told, known, Observation.coded(Demographic.PARENTS_WITH_HYPERTENSION, "1"));
    if (patient % 3 != 1) {
      known.add(Observation.coded(Demographic.HYPERTENSION_TREATED, "no"));
    }
    send(patient, START, Duration.ofSeconds(20), known);

    boolean falls = patient % 4 == 0;
    boolean recovers = patient % 8 == 0;
    double onset = 4 + random.nextInt(8);
    double baseline = 62 + random.nextInt(22);
    for (int step = 1; step < STEPS; step++) {
      double hour = step / 2.0;
      double illness = falls ? Math.min(1, Math.max(0, (hour - onset) / 6)) : 0;
      if (recovers && hour > onset + 8) {
        illness = Math.max(0, 1 - (hour - onset - 8) / 5);
      }
      observe(patient, step, baseline, illness);
    }
  }

  /** One round: vitals that drift as an infection makes them, and what goes wrong on the way. */
  private void observe(int patient, int step, double baseline, double illness) {
    Instant time = START.plus(STEP.multipliedBy(step)).plusSeconds(patient);
    List<Observation> seen = new ArrayList<>();
    double heart = baseline + 60 * illness + 4 * random.nextGaussian();
    double fault = random.nextDouble();
    if (fault < 0.01) {
      heart = 0; // the lead is off
    } else if (fault < 0.02) {
      heart += 110; // somebody moved
    }
    maybe(0.95, seen, vital(Vital.HEART_RATE, heart, patient, step));
    maybe(0.9, seen, vital(Vital.RESPIRATORY_RATE, 15 + 12 * illness + noise(1), patient, step));
    maybe(0.95, seen, vital(Vital.OXYGEN_SATURATION, 97 - 6 * illness + noise(0.7), patient, step));
    maybe(0.8, seen, vital(Vital.SYSTOLIC_PRESSURE, 126 - 34 * illness + noise(4), patient, step));
    if (step % 2 == 0) {
      seen.add(temperature(36.8 + 2.2 * illness + 0.2 * random.nextGaussian(), patient, step));
    }
    if (step % 4 == 1) {
      seen.add(Observation.of(Vital.OXYGEN_FLOW, illness > 0.5 ? 4 : 0));
    }
    if (step % 8 == 1) {
      seen.add(Observation.coded(Vital.CONSCIOUSNESS, illness > 0.9 ? "V" : "A"));
    }
    boolean late = random.nextDouble() < 0.03;
    send(patient, time, late ? Duration.ofMinutes(50) : Duration.ofSeconds(5), seen);
    if (fault < 0.02) {
      Observation corrected = vital(Vital.HEART_RATE, baseline + 60 * illness, patient, step);
      Observation.Status status =
          fault < 0.005 ? Observation.Status.ENTERED_IN_ERROR : Observation.Status.CORRECTED;
      send(patient, time, Duration.ofMinutes(40), List.of(corrected.withStatus(status)));
    }
  }

  private Observation temperature(double celsius, int patient, int step) {
    double fault = random.nextDouble();
    double fahrenheit = round(celsius * 1.8 + 32);
    if (fault < 0.03) {
      return vital(Vital.BODY_TEMPERATURE, fahrenheit, patient, step);
    }
    return fault < 0.2
        ? Observation.of(Vital.BODY_TEMPERATURE.loinc(), fahrenheit, "[degF]")
        : vital(Vital.BODY_TEMPERATURE, celsius, patient, step);
  }

  private static Observation vital(ObservationType type, double value, int patient, int step) {
    double shown = type == Vital.BODY_TEMPERATURE ? round(value) : Math.rint(value);
    double most = type == Vital.OXYGEN_SATURATION ? 100 : Double.MAX_VALUE;
    return Observation.of(type, Math.min(shown, most))
        .withId(type.loinc() + "/" + patient + "/" + step)
        .withMethod(Observation.Method.DEVICE);
  }

  private void send(int patient, Instant time, Duration delay, List<Observation> seen) {
    if (!seen.isEmpty()) {
      Instant received = time.plus(delay);
      Panel panel =
          Panel.of("demo|%02d".formatted(patient), time, seen.toArray(Observation[]::new))
              .withStay("stay-" + patient, "Demo", patient % 2 == 0 ? "East" : "West", "" + patient)
              .withIssued(received);
      sent.add(new Sent(received, panel));
    }
  }

  private void maybe(double chance, List<Observation> to, Observation observation) {
    if (random.nextDouble() < chance) {
      to.add(observation);
    }
  }

  private double noise(double width) {
    return width * random.nextGaussian();
  }

  private static double round(double value) {
    return Math.rint(value * 10) / 10;
  }
}
