// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.feeds.Feeds;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The feed profiles of a command. */
final class FeedsOption {

  @Option(
      names = "--feeds",
      paramLabel = "FILE.yaml",
      description =
          "What is known of each sender, by its MSH-3 and MSH-4; others are refused. Without it"
              + " every sender is taken, and MSH-11 has to be P.")
  private @Nullable Path file;

  /** The profiles; a file that can't be used ends the command before it began. */
  @Nullable Feeds read() {
    if (file == null) {
      return null;
    }
    try {
      return Feeds.read(file);
    } catch (IllegalArgumentException e) {
      throw Failure.of("can't use the feeds " + file + ": " + e.getMessage());
    } catch (IOException e) {
      throw Failure.of("can't read the feeds " + file);
    }
  }
}
