// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class SeenPairsTest {
  private static final String[] UNITS = {"mg/dL", "g/L", "umol/L", "mmol/L", "[degF]", "Cel", "??"};

  @Test
  void aPairSeenBeforeAllocatesNothing() {
    String[] froms = copies();
    String[] tos = copies();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    double sum = 0;
    // Until it is compiled, which takes its time on a busy machine.
    for (int round = 0; round < 200 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      sum += sum(froms, tos, 20_000);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();
    assertThat(sum).isPositive();
  }

  @Test
  void aFloodOfOddUnitsIsBoundedAndLosesNothing() {
    for (int i = 0; i < 3 * Pairs.CAPACITY; i++) {
      assertThat(Units.convert(i, "mg{" + i + "}", "g")).hasValue(i / 1000.0);
      assertThat(Units.refusal("odd" + i)).isEqualTo(Refusal.NOT_UCUM);
      assertThat(Units.convert(98.6, "[degF]", "Cel")).hasValue(37);
    }
    assertThat(Units.remembered()).isBetween(Pairs.CAPACITY / 2, Pairs.CAPACITY);
  }

  @Test
  void theLatestPairIsFoundAndAnEvictedOneIsNot() {
    Pairs pairs = new Pairs();
    // Aa and BB have the same hash, so all of these want the same slots.
    List<String> clashing =
        List.of(
            "AaAaAaAa",
            "AaAaAaBB",
            "AaAaBBAa",
            "AaAaBBBB",
            "AaBBAaAa",
            "AaBBAaBB",
            "AaBBBBAa",
            "AaBBBBBB",
            "BBAaAaAa",
            "BBAaAaBB");
    for (String text : clashing) {
      pairs.keep(new Resolved(text, "m", null, null, Refusal.NOT_UCUM));
      assertThat(pairs.find(text, "m", null)).isNotNull();
      assertThat(pairs.find(text, "m", Analyte.GLUCOSE)).isNull();
    }
    assertThat(pairs.size()).isEqualTo(8);
    assertThat(pairs.find(clashing.get(0), "m", null)).isNull();
  }

  @Test
  void tooLongTextsAreNotKept() {
    Pairs pairs = new Pairs();
    String text = "m".repeat(Units.MAX_LENGTH + 1);
    pairs.keep(new Resolved(text, "m", null, null, Refusal.TOO_LONG));
    assertThat(pairs.size()).isZero();
  }

  @Test
  void threadsAgree() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    Callable<Double> work =
        () -> {
          start.await();
          double sum = 0;
          for (int i = 0; i < 20_000; i++) {
            sum += Units.convert(i, "ug{" + i % 5_000 + "}/L", "ng/mL").orElseThrow();
          }
          return sum;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Double> sum : threads.invokeAll(List.of(work, work))) {
        assertThat(sum.get()).isEqualTo(199_990_000.0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static double sum(String[] froms, String[] tos, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      String from = froms[i % froms.length];
      String to = tos[i / froms.length % tos.length];
      Conversion conversion = Units.conversion(from, to, Analyte.GLUCOSE);
      if (conversion != null) {
        sum += conversion.apply(i);
      }
    }
    return sum;
  }

  /** Equal to what was resolved, but never the same object. */
  private static String[] copies() {
    String[] copies = new String[UNITS.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = String.valueOf(UNITS[i].toCharArray());
    }
    return copies;
  }
}
