// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

/**
 * What does a model cost beside its formula written by hand, on a machine that others use too?
 * {@code java -Xbatch -XX:+UseSerialGC -Xms1g -Xmx1g -cp medflink-bench/target/benchmarks.jar
 * io.medflink.bench.ModelRatios FORMULA [rounds]}, FORMULA of {@link FormulasBenchmark} or {@code
 * card}: the model of {@link LogisticBenchmark}, also by its peers.
 *
 * <p>By {@link Ratios}, slots of {@value #SLOT_MILLIS} ms. One formula a JVM, as what the compiler
 * learns of one would serve another; what counts is the ratio of the least.
 */
public final class ModelRatios {
  private static final int SLOT_MILLIS = 30;

  private ModelRatios() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    Ratios ratios = new Ratios(args.length > 1 ? Integer.parseInt(args[1]) : 80, SLOT_MILLIS);
    if (args[0].equals("card")) {
      LogisticBenchmark bench = new LogisticBenchmark();
      bench.fill();
      ratios.add("card by hand", LogisticBenchmark.ROWS, bench::byHand);
      ratios.add("card by hand, in range", LogisticBenchmark.ROWS, bench::byHandInRange);
      ratios.add("card medflink", LogisticBenchmark.ROWS, bench::medflink);
      ratios.add("card jpmml", LogisticBenchmark.ROWS, bench::jpmml);
      ratios.add("card tribuo", LogisticBenchmark.ROWS, bench::tribuo);
    } else {
      FormulasBenchmark bench = new FormulasBenchmark();
      bench.formula = args[0];
      bench.fill();
      ratios.add(args[0] + " by hand", FormulasBenchmark.ROWS, bench::byHand);
      ratios.add(args[0] + " model", FormulasBenchmark.ROWS, bench::byModel);
    }
    ratios.print();
  }
}
