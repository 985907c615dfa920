// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.core.CodeMap;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The code map of a command. */
final class CodesOption {

  @Option(
      names = "--codes",
      paramLabel = "MAP.csv",
      description =
          "Local codes, units and values to LOINC, UCUM and values; without it those that the feeds"
              + " name.")
  private @Nullable Path file;

  /** The code map, null for none; one that can't be used ends the command before it began. */
  @Nullable CodeMap read(@Nullable Feeds feeds) {
    if (file != null) {
      return read(file);
    }
    if (feeds == null || !feeds.hasCodes()) {
      return null;
    }
    try {
      return feeds.codeMap();
    } catch (IllegalArgumentException e) {
      throw Failure.of("can't use " + e.getMessage());
    } catch (IOException e) {
      throw Failure.of("can't read a code map that the feeds name");
    }
  }

  private static CodeMap read(Path file) {
    try {
      return CodeMap.read(file);
    } catch (IllegalArgumentException e) {
      throw Failure.of("can't use the code map " + file + ": " + e.getMessage());
    } catch (IOException e) {
      throw Failure.of("can't read the code map " + file);
    }
  }
}
