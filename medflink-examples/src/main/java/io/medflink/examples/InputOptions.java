// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.CodeMap;
import io.medflink.core.Decoder;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files of a command, and how they are to be read. */
final class InputOptions {

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private @Nullable Format format;

  @Mixin private CodesOption codes = new CodesOption();

  @Mixin private FeedsOption feeds = new FeedsOption();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The zone of times that state none, such as Europe/Paris.")
  private @Nullable ZoneId zone;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files (also .gz), and folders with all that is in them.")
  private List<Path> paths = new ArrayList<>();

  Format format() {
    if (format == null) {
      throw Failure.usage("--format is needed");
    }
    return format;
  }

  /** The format's decoder; feeds that can't be used end the command before it began. */
  Decoder decoder() {
    return format().decoder(zone, feeds.read());
  }

  /** The code map, given or of the feeds; null for none. */
  @Nullable CodeMap codes() {
    return codes.read(feeds.read());
  }

  List<Path> paths() {
    return List.copyOf(paths);
  }
}
