// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scenario 3 over Kafka. */
@Command(
    name = "optimize",
    description = "Shows what each ward's demand asks for, of a topic of censuses in JSON.")
final class OptimizeCommand implements Callable<Integer> {

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(
      names = "--topic",
      defaultValue = Scenarios.CENSUSES,
      description = "The topic; by default ${DEFAULT-VALUE}.")
  private String topic = Scenarios.CENSUSES;

  @Override
  public Integer call() throws Exception {
    kafka.with(
        scenarios -> scenarios.fillCensuses(),
        scenarios ->
            System.out.println(
                scenarios.optimize(kafka.isEmbedded() ? Scenarios.CENSUSES : topic)));
    return 0;
  }
}
