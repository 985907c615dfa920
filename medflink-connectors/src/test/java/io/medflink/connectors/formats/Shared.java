// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files that lie beside the project and never in it. */
public final class Shared {
  private Shared() {}

  /** The files of a folder under {@code ../shared}, sorted; skips the test where it is absent. */
  public static List<Path> files(String folder, String extension) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.exists(root.resolve("medflink-core/pom.xml"))) {
      root = root.getParent();
    }
    assertThat(root).as("the project's folder").isNotNull();
    Path directory = root.resolveSibling("shared").resolve(folder);
    assumeTrue(Files.isDirectory(directory), () -> "no ../shared/" + folder + ": skipped");
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(extension)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
