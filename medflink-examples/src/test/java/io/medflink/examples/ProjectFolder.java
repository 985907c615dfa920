// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where the project lies, and the folder {@code shared} beside it. */
final class ProjectFolder {
  private ProjectFolder() {}

  /** The project's root. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("medflink-core"))) {
        return at;
      }
    }
    throw new IllegalStateException("not inside the project");
  }

  /** A file or folder under {@code shared}; where it is absent the test is skipped. */
  static Path shared(String name) {
    Path path = root().resolveSibling("shared").resolve(name);
    Assumptions.assumeTrue(Files.isReadable(path), () -> "skipped: no " + path);
    return path;
  }
}
