// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a SQL script. */
@Command(
    name = "sql",
    description = {
      "Runs a SQL script on a Flink cluster and a Kafka broker in this process, and prints each"
          + " result when it is complete.",
      "$${bootstrap.servers} in the script is the broker's address; a SELECT over Kafka ends where"
          + " the table says 'scan.bounded.mode' = 'latest-offset'."
    })
final class SqlCommand implements Callable<Integer> {

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Parameters(paramLabel = "FILE", description = "The script.")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    String script = read();
    if (SqlScript.split(script).isEmpty()) {
      return 0;
    }
    kafka.with(
        servers -> {
          try (Cluster cluster = Cluster.start()) {
            new SqlRun(cluster.tables(), System.out).run(script, servers);
          }
        });
    return 0;
  }

  private String read() {
    if (file == null) {
      throw Failure.usage("which script?");
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Failure.of("can't read " + file);
    }
  }
}
