// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scenario 1 over Kafka. */
@Command(
    name = "monitor",
    description = "Shows every patient's NEWS2 over a day, of a topic of medflink-json.")
final class MonitorCommand implements Callable<Integer> {

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(
      names = "--topic",
      defaultValue = Scenarios.OBSERVATIONS,
      description = "The topic; by default ${DEFAULT-VALUE}.")
  private String topic = Scenarios.OBSERVATIONS;

  @Option(
      names = "--from",
      defaultValue = "2026-01-01T00:00:00Z",
      description = "When the 24 hours shown begin; by default ${DEFAULT-VALUE}.")
  private Instant from = SyntheticWard.START;

  @Option(names = "--seed", defaultValue = "7", description = "Of the synthetic ward.")
  private long seed = 7;

  @Override
  public Integer call() throws Exception {
    kafka.with(
        scenarios -> scenarios.fillObservations(seed),
        scenarios ->
            System.out.println(
                scenarios.monitor(
                    kafka.isEmbedded() ? Scenarios.OBSERVATIONS : topic,
                    from,
                    SyntheticWard.HOURS)));
    return 0;
  }
}
