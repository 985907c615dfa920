// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.CapacityAdvice;
import io.medflink.core.Census;
import io.medflink.models.capacity.Balance.Binding;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CapacityBalanceTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final CapacityBalance model = new CapacityBalance();

  @Test
  void fewerDoctorsThanTheBedsAskForBindTheWard() {
    Balance balance = model.balance(100, 5);

    assertThat(balance.sustainableCensus()).isEqualTo(75);
    assertThat(balance.bedLimitedCensus()).isCloseTo(83.4, within(0.05));
    assertThat(balance.doctorLimitedCensus()).isEqualTo(75);
    assertThat(balance.recommendedDoctors()).isEqualTo(6);
    assertThat(balance.doctorGap()).isEqualTo(1);
    assertThat(balance.bindingResource()).isEqualTo(Binding.DOCTORS);
    assertThat(balance.plannedOccupancy()).isEqualTo(0.75);
    assertThat(balance.assumptions())
        .contains("M/M/s", "pooled beds", "24 h cover", "no skill mix", "0.05", "15 patients");
  }

  @Test
  void withoutBedsNothingIsCarried() {
    Balance balance = model.balance(0, 3);

    assertThat(balance.sustainableCensus()).isZero();
    assertThat(balance.plannedOccupancy()).isZero();
    assertThat(balance.recommendedDoctors()).isZero();
    assertThat(balance.bindingResource()).isEqualTo(Binding.BEDS);
    assertThat(model.balance(12, 0).sustainableCensus()).isZero();
    assertThat(model.balance(12, 0).bindingResource()).isEqualTo(Binding.DOCTORS);
    assertThat(model.balance(0, 0).bindingResource()).isEqualTo(Binding.NONE);
  }

  @Test
  void whatIsUnknownOrImpossibleGivesNoFigureButTheReason() {
    assertNone(model.balance(null, 1), "bed_count");
    assertNone(model.balance(-1, 1), "bed_count");
    assertNone(model.balance(1, null), "doctor_count");
    assertNone(model.balance(1, Integer.MIN_VALUE), "doctor_count");
    assertNone(new CapacityBalance(Double.NaN, 15).balance(1, 1), "max_prob_delay");
    assertNone(new CapacityBalance(1, 15).balance(1, 1), "max_prob_delay");
    assertNone(new CapacityBalance(0.05, 0).balance(1, 1), "patients_per_doctor");
    assertNone(
        new CapacityBalance(0.05, Double.POSITIVE_INFINITY).balance(1, 1), "patients_per_doctor");

    assertNone(model.require(null, 1, 1.0, 1.0), "bed_count");
    assertNone(model.require(1, -1, 1.0, 1.0), "doctor_count");
    assertNone(model.require(1, 1, null, 1.0), "arrivals_per_day");
    assertNone(model.require(1, 1, -0.1, 1.0), "arrivals_per_day");
    assertNone(model.require(1, 1, 1.0, null), "alos_days");
    assertNone(model.require(1, 1, 1.0, Double.NaN), "alos_days");
    assertNone(model.require(1, 1, 1.0, Double.POSITIVE_INFINITY), "alos_days");
    assertNone(model.require(1, 1, 1e300, 1e300), "offered load");
  }

  @Test
  void moreBedsOrDoctorsNeverCarryLess() {
    Random random = new Random(20264);
    for (int i = 0; i < 3_000; i++) {
      CapacityBalance any =
          new CapacityBalance(0.01 * (1 + random.nextInt(30)), 1 + random.nextInt(25));
      int beds = random.nextInt(600);
      int doctors = random.nextInt(60);
      double carried = any.balance(beds, doctors).sustainableCensus();
      assertThat(any.balance(beds + 1, doctors).sustainableCensus())
          .isGreaterThanOrEqualTo(carried);
      assertThat(any.balance(beds, doctors + 1).sustainableCensus())
          .isGreaterThanOrEqualTo(carried);
    }
  }

  @Test
  void aDemandAsksForBedsAndDoctors() {
    Requirement required = model.require(50, 2, 14.8, 2.9);

    assertThat(required.offeredLoad()).isCloseTo(42.92, within(1e-12));
    assertThat(required.requiredBeds()).isEqualTo(56);
    assertThat(required.bedGap()).isEqualTo(6);
    assertThat(required.requiredDoctors()).isEqualTo(3);
    assertThat(required.doctorGap()).isEqualTo(1);
    assertThat(required.probDelay()).isCloseTo(ErlangC.probDelay(50, 42.92), within(1e-9));
    assertThat(required.sustainableCensus()).isEqualTo(30);
    assertThat(required.bindingResource()).isEqualTo(Binding.DOCTORS);
    assertThat(required.plannedOccupancy()).isCloseTo(0.8584, within(1e-9));
    assertThat(required.assumptions()).startsWith("M/M/s");
  }

  @Test
  void moreDemandThanBedsIsSaid() {
    Requirement required = model.require(40, 9, 14.8, 2.9);

    assertThat(required.probDelay()).isOne();
    assertThat(required.plannedOccupancy()).isOne();
    assertThat(required.assumptions()).startsWith("more demand than beds");
  }

  @Test
  void theRequiredBedsAndDoctorsAreEnoughAndOneLessIsNot() {
    Random random = new Random(20265);
    for (int i = 0; i < 1_000; i++) {
      double arrivals = 0.1 + 30 * random.nextDouble();
      double stay = 0.1 + 10 * random.nextDouble();
      Requirement required = model.require(0, 0, arrivals, stay);
      int beds = required.requiredBeds();
      int doctors = required.requiredDoctors();
      assertThat(model.require(beds, 0, arrivals, stay).probDelay()).isLessThanOrEqualTo(0.05);
      assertThat(model.require(beds - 1, 0, arrivals, stay).probDelay()).isGreaterThan(0.05);
      assertThat(15.0 * doctors).isGreaterThanOrEqualTo(required.offeredLoad() * (1 - 1e-11));
      assertThat(15.0 * (doctors - 1)).isLessThan(required.offeredLoad());
    }
  }

  @Test
  void roundingDoesNotAskForAnotherDoctor() {
    assertThat((0.1 * 3) * 150).isGreaterThan(45);
    assertThat(model.require(60, 3, 0.1 * 3, 150.0).requiredDoctors()).isEqualTo(3);
    assertThat(new CapacityBalance(1e-9, 15).balance(1, 0).recommendedDoctors()).isOne();
  }

  @Test
  void theLargestCountsAreAnswered() {
    assertThat(model.balance(Integer.MAX_VALUE, Integer.MAX_VALUE).bindingResource())
        .isEqualTo(Binding.BEDS);
    assertThat(new CapacityBalance(0.5, 1).balance(Integer.MAX_VALUE, 0).doctorGap()).isPositive();
    assertThat(model.require(0, 0, 1e9, 1.0).requiredBeds()).isGreaterThan(1_000_000_000);
  }

  @Test
  void adviceCountsStaffedBedsButNoBlockedOnes() {
    assertThat(bedLimited(14, 10, 2)).isEqualTo(ErlangC.maxLoad(10, 0.05));
    assertThat(bedLimited(14, 10, 6)).isEqualTo(ErlangC.maxLoad(8, 0.05));
    assertThat(bedLimited(14, 10, null)).isEqualTo(ErlangC.maxLoad(10, 0.05));
    assertThat(bedLimited(14, null, 0)).isNaN();
    assertThat(bedLimited(14, 10, 15)).isNaN();
    assertThat(bedLimited(14, 10, -1)).isNaN();
  }

  @Test
  void adviceUsesTheDemandOnceADayAndAStayWereSeen() {
    CapacityAdvice early = model.advise(census(20, 2, Duration.ofHours(23), 9, 4, 12.0));
    CapacityAdvice seen = model.advise(census(20, 2, Duration.ofDays(2), 9, 4, 12.0));
    CapacityAdvice wrong = model.advise(census(20, 2, Duration.ofDays(2), 9, -4, -12.0));

    assertThat(early.figure("offered_load")).isNaN();
    assertThat(early.figure("recommended_doctors")).isOne();
    assertThat(early.reason()).isNull();
    assertThat(seen.figure("offered_load")).isCloseTo(13.5, within(1e-12));
    assertThat(seen.figure("required_beds")).isEqualTo(ErlangC.requiredServers(13.5, 0.05));
    assertThat(seen.figure("doctor_gap")).isEqualTo(-1);
    assertThat(seen.bindingResource()).isEqualTo("BEDS");
    assertThat(wrong.figure("required_beds")).isNaN();
    assertThat(wrong.reason()).contains("alos_days");
  }

  @Test
  void theTableOfBedLimitsIsBounded() {
    for (int i = 1; i <= BedLimits.CAPACITY + 100; i++) {
      BedLimits.maxLoad(1, i * 1e-6);
    }
    assertThat(BedLimits.size()).isEqualTo(BedLimits.CAPACITY);
    assertThat(BedLimits.maxLoad(10, 0.123456)).isEqualTo(ErlangC.maxLoad(10, 0.123456));
  }

  private double bedLimited(Integer physical, Integer staffed, Integer blocked) {
    Census census =
        new Census(
            "F", "W", NOON, physical, staffed, blocked, null, null, null, null, 1, null, null, null,
            null);
    return model.advise(census).figure("bed_limited_census");
  }

  private static Census census(
      Integer staffed,
      Integer doctors,
      Duration seen,
      Integer arrivals,
      Integer stays,
      Double stayDays) {
    return new Census(
        "F",
        "W",
        NOON,
        null,
        staffed,
        null,
        null,
        null,
        null,
        null,
        doctors,
        NOON.minus(seen),
        arrivals,
        stays,
        stayDays);
  }

  private static void assertNone(Balance balance, String reason) {
    assertThat(balance).isEqualTo(Balance.unknown(balance.assumptions()));
    assertThat(balance.assumptions()).contains(reason);
  }

  private static void assertNone(Requirement requirement, String reason) {
    assertThat(requirement).isEqualTo(Requirement.unknown(requirement.assumptions()));
    assertThat(requirement.assumptions()).contains(reason);
  }
}
