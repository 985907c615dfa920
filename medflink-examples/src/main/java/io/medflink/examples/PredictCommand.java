// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scenario 2 over Kafka. */
@Command(
    name = "predict",
    description =
        "Shows every patient's risk of diabetes and hypertension, of a topic of medflink-json.")
final class PredictCommand implements Callable<Integer> {

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(
      names = "--topic",
      defaultValue = Scenarios.OBSERVATIONS,
      description = "The topic; by default ${DEFAULT-VALUE}.")
  private String topic = Scenarios.OBSERVATIONS;

  @Option(names = "--seed", defaultValue = "7", description = "Of the synthetic ward.")
  private long seed = 7;

  @Override
  public Integer call() throws Exception {
    kafka.with(
        scenarios -> scenarios.fillObservations(seed),
        scenarios ->
            System.out.println(
                scenarios.predict(kafka.isEmbedded() ? Scenarios.OBSERVATIONS : topic)));
    return 0;
  }
}
