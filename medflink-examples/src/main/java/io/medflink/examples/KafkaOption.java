// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka is: the user's own, or one in this process. */
final class KafkaOption {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Your own Kafka, instead of a broker in this process.")
  private @Nullable String bootstrapServers;

  /** A command's work, given the bootstrap servers. */
  interface Work {
    void run(String servers) throws Exception;
  }

  /** A command's work on the scenarios. */
  interface Part {
    void run(Scenarios scenarios) throws Exception;
  }

  /** Whether the broker is in this process, and empty. */
  boolean isEmbedded() {
    return bootstrapServers == null;
  }

  /** Does the work on a cluster in this process; a broker in this process is filled first. */
  void with(Part fill, Part work) throws Exception {
    with(
        servers -> {
          try (Cluster cluster = Cluster.start()) {
            Scenarios scenarios = new Scenarios(cluster, servers, System.out);
            if (isEmbedded()) {
              fill.run(scenarios);
            }
            work.run(scenarios);
          }
        });
  }

  /** Does the work with a broker for as long as it takes. */
  void with(Work work) throws Exception {
    if (bootstrapServers != null) {
      work.run(bootstrapServers);
      return;
    }
    try (Broker broker = Broker.start()) {
      work.run(broker.bootstrapServers());
    }
  }
}
