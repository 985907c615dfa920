// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ErlangTest {

  @Test
  void blockingIsThatOfTheForwardRecursion() {
    Random random = new Random(20261);
    for (int i = 0; i < 2_000; i++) {
      int servers = random.nextInt(3_000);
      double load = servers * (0.5 + random.nextDouble()) + random.nextDouble();
      double expected = recursion(servers, load);
      assertThat(ErlangB.blocking(servers, load))
          .isCloseTo(expected, within(1e-11 * expected + 1e-300));
    }
  }

  @Test
  void delayIsThatOfTheQueueLengthsAddedUp() {
    Random random = new Random(20262);
    for (int i = 0; i < 500; i++) {
      int servers = 1 + random.nextInt(60);
      double load = servers * (0.05 + 0.9 * random.nextDouble());
      double expected = delayFromBirthsAndDeaths(servers, load);
      assertThat(ErlangC.probDelay(servers, load)).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void nothingIsOfferedOrNothingServes() {
    assertThat(ErlangB.blocking(0, 0)).isOne();
    assertThat(ErlangB.blocking(0, 3)).isOne();
    assertThat(ErlangB.blocking(3, 0)).isZero();
    assertThat(ErlangC.probDelay(0, 0)).isOne();
    assertThat(ErlangC.probDelay(3, 0)).isZero();
    assertThat(ErlangC.maxLoad(0, 0.05)).isZero();
    assertThat(ErlangB.maxLoad(0, 0.05)).isZero();
    assertThat(ErlangC.requiredServers(0, 0.05)).isOne();
  }

  @Test
  void atOrAboveTheServersEveryArrivalWaitsAndTheQueueIsNotStable() {
    assertThat(ErlangC.probDelay(10, 10)).isOne();
    assertThat(ErlangC.probDelay(10, 1e300)).isOne();
    assertThat(ErlangC.stable(10, 10)).isFalse();
    assertThat(ErlangC.stable(10, Math.nextDown(10.0))).isTrue();
    assertThat(ErlangC.probDelay(10, Math.nextDown(10.0))).isLessThanOrEqualTo(1);
  }

  @Test
  void manyServersCostLittleAndApproachTheHalfinWhittLimit() {
    // s = a + beta·sqrt(a) with beta = 1: P(delay) tends to [1 + beta·Phi(beta)/phi(beta)]^-1.
    double load = 1e9;
    int servers = (int) (load + Math.sqrt(load));
    assertThat(ErlangC.probDelay(servers, load)).isCloseTo(0.223361, within(1e-4));
    assertThat(ErlangB.blocking(Integer.MAX_VALUE, 1)).isZero();
    assertThat(ErlangC.maxLoad(Integer.MAX_VALUE, 0.05)).isBetween(2.1473e9, 2.1475e9);
    assertThat(ErlangC.requiredServers(1e9, 0.05)).isBetween(1_000_030_000, 1_000_070_000);
    assertThat(ErlangB.requiredServers(1e9, 1e-300)).isBetween(1_000_000_000, 1_100_000_000);
  }

  @Test
  void greatestLoadsAndFewestServersAreTight() {
    Random random = new Random(20263);
    for (int i = 0; i < 300; i++) {
      int servers = 1 + random.nextInt(400);
      double share = 0.001 + 0.5 * random.nextDouble();
      double lost = ErlangB.maxLoad(servers, share);
      double waits = ErlangC.maxLoad(servers, share);
      assertThat(ErlangB.blocking(servers, lost)).isLessThanOrEqualTo(share);
      assertThat(ErlangB.blocking(servers, lost * (1 + 1e-9))).isGreaterThan(share);
      assertThat(ErlangC.probDelay(servers, waits)).isLessThanOrEqualTo(share);
      assertThat(ErlangC.probDelay(servers, waits * (1 + 1e-9))).isGreaterThan(share);
      assertThat(ErlangB.requiredServers(lost, share)).isEqualTo(servers);
      assertThat(ErlangC.requiredServers(waits, share)).isEqualTo(servers);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void aLoadThatIsNoneIsRefusedByName(double load) {
    assertRefused("offeredLoad", () -> ErlangB.blocking(1, load));
    assertRefused("offeredLoad", () -> ErlangC.probDelay(1, load));
    assertRefused("offeredLoad", () -> ErlangC.stable(1, load));
    assertRefused("offeredLoad", () -> ErlangB.requiredServers(load, 0.1));
    assertRefused("offeredLoad", () -> ErlangC.requiredServers(load, 0.1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0, 1, 1.5, Double.NaN})
  void aShareThatIsNoneIsRefusedByName(double share) {
    assertRefused("maxBlocking", () -> ErlangB.maxLoad(1, share));
    assertRefused("maxBlocking", () -> ErlangB.requiredServers(1, share));
    assertRefused("maxProbDelay", () -> ErlangC.maxLoad(1, share));
    assertRefused("maxProbDelay", () -> ErlangC.requiredServers(1, share));
  }

  @Test
  void negativeServersAndLoadsBeyondAnyHospitalAreRefusedByName() {
    assertRefused("servers", () -> ErlangB.blocking(-1, 1));
    assertRefused("servers", () -> ErlangB.maxLoad(-1, 0.1));
    assertRefused("servers", () -> ErlangC.probDelay(-1, 1));
    assertRefused("servers", () -> ErlangC.maxLoad(-1, 0.1));
    assertRefused("offeredLoad", () -> ErlangB.requiredServers(1.1e9, 0.1));
    assertRefused("offeredLoad", () -> ErlangC.requiredServers(1.1e9, 0.1));
  }

  private static void assertRefused(String argument, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(argument + " ");
  }

  private static double recursion(int servers, double load) {
    double blocking = 1;
    for (int k = 1; k <= servers; k++) {
      blocking = load * blocking / (k + load * blocking);
    }
    return blocking;
  }

  /** P(N ≥ s) of the stationary distribution p(n+1) = p(n)·a/min(n+1, s), cut off far out. */
  private static double delayFromBirthsAndDeaths(int servers, double load) {
    double p = 1;
    double all = 0;
    double waiting = 0;
    for (int n = 0; n < servers + 2_000; n++) {
      all += p;
      waiting += n >= servers ? p : 0;
      p *= load / Math.min(n + 1, servers);
    }
    return waiting / all;
  }
}
