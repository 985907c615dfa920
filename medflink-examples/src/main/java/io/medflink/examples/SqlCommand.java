// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a SQL script. */
@Command(
    name = "sql",
    description = {
      "Runs a SQL script on a Flink cluster in this process, with a Kafka broker where it names"
          + " ${bootstrap.servers}, and prints each result when it is complete.",
      "$${bootstrap.servers} in the script is the broker's address; a SELECT over Kafka ends where"
          + " the table says 'scan.bounded.mode' = 'latest-offset'."
    })
final class SqlCommand implements Callable<Integer> {

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "What ${NAME} in the script stands for, such as a path; may be repeated.")
  private Map<String, String> variables = Map.of();

  @Parameters(paramLabel = "FILE", description = "The script.")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    String script = filled(read());
    if (SqlScript.split(script).isEmpty()) {
      return 0;
    }
    if (script.contains("${bootstrap.servers}")) {
      kafka.with(servers -> run(script, servers));
    } else {
      run(script, "");
    }
    return 0;
  }

  private static void run(String script, String servers) throws Exception {
    try (Cluster cluster = Cluster.start()) {
      new SqlRun(cluster.tables(), System.out).run(script, servers);
    }
  }

  private String filled(String script) {
    String filled = script;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = "${" + variable.getKey() + "}";
      if (!filled.contains(name)) {
        throw Failure.usage("the script has no " + name);
      }
      // In SQL a quote in a string is written twice.
      filled = filled.replace(name, variable.getValue().replace("'", "''"));
    }
    return filled;
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
