// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

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
      description = "Local codes, units and values to LOINC, UCUM and values.")
  private @Nullable Path file;

  boolean isGiven() {
    return file != null;
  }

  /** The code map; one that can't be used ends the command before it began. */
  CodeMap read() {
    return file == null ? CodeMap.none() : read(file);
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
