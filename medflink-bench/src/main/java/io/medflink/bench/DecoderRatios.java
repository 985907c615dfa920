// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * By how much do the decoders differ from what they are compared with, on a machine that others use
 * too? {@code java -XX:+UseSerialGC -Xms1g -Xmx1g -cp medflink-bench/target/benchmarks.jar
 * io.medflink.bench.DecoderRatios [rounds] [hl7v2|fhir]}.
 *
 * <p>CPU time of the one thread (collections of garbage and compilation are other threads'), all
 * cases in one JVM in random order each round, {@value #SLOT_MILLIS} ms each; a ratio is that of
 * one round, told by its median and quartiles. What counts is the lower quartile. Bytes per
 * operation are exact.
 */
public final class DecoderRatios {
  private static final int SLOT_MILLIS = 40;
  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static @Nullable Object sink;

  private interface Case {
    Object read(int message) throws Exception;
  }

  private DecoderRatios() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    String which = args.length > 1 ? args[1] : "";
    if (!which.equals("fhir")) {
      Hl7v2Benchmark hl7 = new Hl7v2Benchmark();
      Map<String, Case> cases = new LinkedHashMap<>();
      cases.put("hl7v2 medflink", hl7::medflink);
      cases.put("hl7v2 split", hl7::split);
      cases.put("hl7v2 split, five fields", hl7::splitFive);
      cases.put("hl7v2 hapi", hl7::hapi);
      cases.put("hl7v2 hapi, five fields", hl7::hapiFive);
      compare(cases, rounds);
    }
    if (!which.equals("hl7v2")) {
      FhirBenchmark fhir = new FhirBenchmark();
      Map<String, Case> cases = new LinkedHashMap<>();
      cases.put("fhir-json medflink", fhir::medflinkJson);
      cases.put("fhir-json jackson", fhir::jackson);
      cases.put("fhir-json jackson, five fields", fhir::jacksonFive);
      cases.put("fhir-json hapi", fhir::hapiJson);
      cases.put("fhir-xml medflink", fhir::medflinkXml);
      cases.put("fhir-xml hapi", fhir::hapiXml);
      compare(cases, rounds);
    }
  }

  /** Prints each case and how many times the first one's cost it is. */
  private static void compare(Map<String, Case> cases, int rounds) throws Exception {
    List<String> names = List.copyOf(cases.keySet());
    Map<String, double[]> nanos = new LinkedHashMap<>();
    names.forEach(name -> nanos.put(name, new double[rounds]));
    List<String> order = new ArrayList<>(names);
    Random random = new Random(1);
    for (int round = -rounds / 2 - 5; round < rounds; round++) {
      Collections.shuffle(order, random);
      for (String name : order) {
        double slot = slot(cases.get(name));
        if (round >= 0) {
          nanos.get(name)[round] = slot;
        }
      }
    }
    double[] ours = nanos.get(names.get(0));
    for (String name : names) {
      double[] its = nanos.get(name);
      double[] ratios = new double[rounds];
      Arrays.setAll(ratios, i -> its[i] / ours[i]);
      System.out.printf(
          Locale.ROOT,
          "%-32s ns %8.0f / %8.0f   B %8d   ratio %7.2f [%.2f..%.2f]%n",
          name,
          quantile(its, 0),
          quantile(its, 0.5),
          bytes(cases.get(name)),
          quantile(ratios, 0.5),
          quantile(ratios, 0.25),
          quantile(ratios, 0.75));
    }
  }

  private static double slot(Case what) throws Exception {
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
  private static long bytes(Case what) throws Exception {
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
