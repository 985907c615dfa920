// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * By how much cases differ, on a machine that others use too: CPU time of the one thread
 * (collections of garbage and compilation are other threads'), all cases in one JVM in random order
 * each round, one slot each. The first case is what the others are compared with.
 */
final class Ratios {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Where the compiler sees that results are needed. */
  static @Nullable Object sink;

  /** So many operations at once that asking for the time costs little beside them. */
  interface Pass {
    Object run() throws Exception;
  }

  private record Case(String name, int operations, Pass pass, double[] nanos) {}

  private final int rounds;
  private final long slotNanos;
  private final List<Case> cases = new ArrayList<>();

  Ratios(int rounds, int slotMillis) {
    this.rounds = rounds;
    slotNanos = slotMillis * 1_000_000L;
  }

  /** A case that does so many operations in a pass. */
  void add(String name, int operations, Pass pass) {
    cases.add(new Case(name, operations, pass, new double[rounds]));
  }

  /**
   * Measures after as many rounds without measuring, and prints of each case the least and the
   * median time of an operation, its bytes, its least in units of the first case's least, and that
   * ratio within each round by median and quartiles.
   */
  void print() throws Exception {
    List<Case> order = new ArrayList<>(cases);
    Random random = new Random(1);
    for (int round = -rounds; round < rounds; round++) {
      Collections.shuffle(order, random);
      for (Case one : order) {
        double slot = slot(one);
        if (round >= 0) {
          one.nanos()[round] = slot;
        }
      }
    }
    double[] first = cases.get(0).nanos();
    for (Case one : cases) {
      double[] ratios = new double[rounds];
      Arrays.setAll(ratios, i -> one.nanos()[i] / first[i]);
      System.out.printf(
          Locale.ROOT,
          "%-32s ns %10.1f / %10.1f   B %8d   ratio %7.2f; %7.2f [%.2f..%.2f]%n",
          one.name(),
          quantile(one.nanos(), 0),
          quantile(one.nanos(), 0.5),
          bytes(one),
          quantile(one.nanos(), 0) / quantile(first, 0),
          quantile(ratios, 0.5),
          quantile(ratios, 0.25),
          quantile(ratios, 0.75));
    }
  }

  private double slot(Case one) throws Exception {
    long from = THREADS.getCurrentThreadCpuTime();
    long now = from;
    long passes = 0;
    while (now < from + slotNanos) {
      sink = one.pass().run();
      passes++;
      now = THREADS.getCurrentThreadCpuTime();
    }
    return (double) (now - from) / (passes * one.operations());
  }

  /** What one operation allocates; the pass itself may box its result. */
  private static long bytes(Case one) throws Exception {
    int passes = 8;
    long from = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < passes; i++) {
      sink = one.pass().run();
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - from;
    return bytes / passes / one.operations();
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  }
}
