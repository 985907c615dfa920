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
 * By how much do the decoders differ from what they are compared with, on a machine that others use
 * too? {@code java -Xbatch -XX:+UseSerialGC -Xms1g -Xmx1g -cp medflink-bench/target/benchmarks.jar
 * io.medflink.bench.DecoderRatios [rounds] [hl7v2|fhir]}.
 *
 * <p>CPU time of the one thread (collections of garbage and compilation are other threads'), all
 * cases in one JVM in random order each round, {@value #SLOT_MILLIS} ms each; a ratio is that of
 * one round, told by its median and quartiles. What counts is the lower quartile. Bytes per
 * operation are exact.
 */
public final class DecoderRatios {
  private static final int SLOT_MILLIS = 40;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Where the compiler sees that results are needed. */
  static @Nullable Object sink;

  private interface Reader {
    Object read(int message) throws Exception;
  }

  private record Case(String name, Reader reader, double[] nanos) {}

  private DecoderRatios() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    String which = args.length > 1 ? args[1] : "";
    if (!which.equals("fhir")) {
      Hl7v2Benchmark hl7 = new Hl7v2Benchmark();
      List<Case> cases = new ArrayList<>();
      cases.add(new Case("hl7v2 medflink", hl7::medflink, new double[rounds]));
      cases.add(new Case("hl7v2 medflink, strangers", hl7::strangers, new double[rounds]));
      cases.add(new Case("hl7v2 split", hl7::split, new double[rounds]));
      cases.add(new Case("hl7v2 split, five fields", hl7::splitFive, new double[rounds]));
      cases.add(new Case("hl7v2 hapi", hl7::hapi, new double[rounds]));
      cases.add(new Case("hl7v2 hapi, five fields", hl7::hapiFive, new double[rounds]));
      compare(cases, rounds);
    }
    if (!which.equals("hl7v2")) {
      FhirBenchmark fhir = new FhirBenchmark();
      List<Case> cases = new ArrayList<>();
      cases.add(new Case("fhir-json medflink", fhir::medflinkJson, new double[rounds]));
      cases.add(new Case("fhir-json medflink, no form twice", fhir::unlike, new double[rounds]));
      cases.add(new Case("fhir-json jackson", fhir::jackson, new double[rounds]));
      cases.add(new Case("fhir-json jackson, streaming", fhir::tokens, new double[rounds]));
      cases.add(new Case("fhir-json fastjson2", fhir::fastjson, new double[rounds]));
      cases.add(new Case("fhir-json jackson, five fields", fhir::jacksonFive, new double[rounds]));
      cases.add(new Case("fhir-json hapi", fhir::hapiJson, new double[rounds]));
      cases.add(new Case("fhir-xml medflink", fhir::medflinkXml, new double[rounds]));
      cases.add(new Case("fhir-xml hapi", fhir::hapiXml, new double[rounds]));
      compare(cases, rounds);
    }
  }

  /** Prints each case and how many times the first one's cost it is. */
  private static void compare(List<Case> cases, int rounds) throws Exception {
    List<Case> order = new ArrayList<>(cases);
    Random random = new Random(1);
    for (int round = -rounds; round < rounds; round++) {
      Collections.shuffle(order, random);
      for (Case one : order) {
        double slot = slot(one.reader());
        if (round >= 0) {
          one.nanos()[round] = slot;
        }
      }
    }
    double[] ours = cases.get(0).nanos();
    for (Case one : cases) {
      double[] ratios = new double[rounds];
      Arrays.setAll(ratios, i -> one.nanos()[i] / ours[i]);
      System.out.printf(
          Locale.ROOT,
          "%-32s ns %8.0f / %8.0f   B %8d   ratio %7.2f [%.2f..%.2f]%n",
          one.name(),
          quantile(one.nanos(), 0),
          quantile(one.nanos(), 0.5),
          bytes(one.reader()),
          quantile(ratios, 0.5),
          quantile(ratios, 0.25),
          quantile(ratios, 0.75));
    }
  }

  private static double slot(Reader what) throws Exception {
    long from = THREADS.getCurrentThreadCpuTime();
    long end = from + SLOT_MILLIS * 1_000_000L;
    long now = from;
    int count = 0;
    while (now < end) {
      for (int i = 0; i < 128; i++) {
        sink = what.read(count++ & (Hl7v2Benchmark.MESSAGES - 1));
      }
      now = THREADS.getCurrentThreadCpuTime();
    }
    return (double) (now - from) / count;
  }

  /** What one operation allocates, over all messages. */
  private static long bytes(Reader what) throws Exception {
    long from = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < Hl7v2Benchmark.MESSAGES; i++) {
      sink = what.read(i);
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - from) / Hl7v2Benchmark.MESSAGES;
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  }
}
