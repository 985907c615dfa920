// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One night on one ward, then a prediction and a bed plan in a line each. */
@Command(
    name = "demo",
    description =
        "Shows one night on one ward as a timeline, with its books and alarms, then what the"
            + " scenarios predict and optimize come to. Takes under a minute.")
final class DemoCommand implements Callable<Integer> {

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(names = "--seed", defaultValue = "7", description = "Of the synthetic ward.")
  private long seed = 7;

  @Option(names = "--picture", paramLabel = "FILE.svg", description = "Draws the night as well.")
  private @Nullable Path picture;

  @Override
  public Integer call() throws Exception {
    long began = System.nanoTime();
    PrintStream out = System.out;
    out.println("MedFlink demo: invented patients, no medical device, nothing to be relied on.");
    kafka.with(
        servers -> {
          try (Cluster cluster = Cluster.start()) {
            out.println("Kafka at " + servers + ", Flink in this process.");
            out.println();
            out.println("One night on one ward, as HL7 v2 whose times state no zone");
            Night night = Night.on(cluster, servers);
            new NightTimeline(night).print(out);
            if (picture != null) {
              Files.writeString(picture, NightPicture.of(night));
              out.println(" the picture: " + picture);
            }
            PrintStream unseen =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            Scenarios scenarios = new Scenarios(cluster, servers, unseen);
            scenarios.fillObservations(seed);
            scenarios.fillCensuses();
            out.println();
            out.println("And by day");
            for (String line :
                List.of(
                    scenarios.predict(Scenarios.OBSERVATIONS),
                    scenarios.optimize(Scenarios.CENSUSES))) {
              out.println("  " + line);
            }
          }
        });
    out.printf("  done in %d s%n", (System.nanoTime() - began) / 1_000_000_000);
    return 0;
  }
}
