// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The three scenarios, one after the other. */
@Command(
    name = "demo",
    description =
        "Runs the three scenarios on a synthetic ward, and ends with a summary. Takes under two"
            + " minutes.")
final class DemoCommand implements Callable<Integer> {

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(names = "--seed", defaultValue = "7", description = "Of the synthetic ward.")
  private long seed = 7;

  @Override
  public Integer call() throws Exception {
    long began = System.nanoTime();
    PrintStream out = System.out;
    out.println("MedFlink demo: invented patients, no medical device, nothing to be relied on.");
    kafka.with(
        servers -> {
          try (Cluster cluster = Cluster.start()) {
            Scenarios scenarios = new Scenarios(cluster, servers, out);
            out.println("Kafka at " + servers + ", Flink in this process.");
            scenarios.fillObservations(seed);
            scenarios.fillCensuses();
            out.println();
            out.println("1. Monitor: who deteriorates? NEWS2 of a ward of 24 over a day");
            String first =
                scenarios.monitor(Scenarios.OBSERVATIONS, SyntheticWard.START, SyntheticWard.HOURS);
            out.println();
            out.println("2. Predict: risk of diabetes in 8 years, of hypertension in 4");
            String second = scenarios.predict(Scenarios.OBSERVATIONS);
            out.println();
            out.println("3. Optimize: what beds and doctors carry, and what the demand asks for");
            String third = scenarios.optimize(Scenarios.CENSUSES);
            out.println();
            out.println("Summary");
            for (String line : List.of(first, second, third)) {
              out.println("  " + line);
            }
          }
        });
    out.printf("  done in %d s%n", (System.nanoTime() - began) / 1_000_000_000);
    return 0;
  }
}
