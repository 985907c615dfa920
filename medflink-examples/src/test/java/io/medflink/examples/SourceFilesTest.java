// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the text of every Java file, in all modules. */
class SourceFilesTest {
  private static final int LINES = 300;

  @Test
  void no_main_file_is_longer_than_300_lines() {
    assertThat(mainFiles().filter(file -> read(file).size() > LINES)).isEmpty();
  }

  @Test
  void every_file_begins_with_its_licence() {
    assertThat(
            javaFiles()
                .filter(
                    file -> !read(file).get(0).equals("// SPDX-License-Identifier: Apache-2.0")))
        .isEmpty();
  }

  @Test
  void every_package_is_described_and_null_marked() {
    assertThat(mainFiles().map(Path::getParent).distinct().toList())
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .content()
                    .contains("/**", "@NullMarked"));
  }

  @Test
  void no_file_leaves_work_for_later() {
    // Written apart, so that this file passes.
    List<String> marks = List.of("TO" + "DO", "FIX" + "ME", "@Dis" + "abled", "Thread." + "sleep(");
    assertThat(
            javaFiles()
                .filter(
                    file ->
                        read(file).stream().anyMatch(l -> marks.stream().anyMatch(l::contains))))
        .isEmpty();
  }

  private static Stream<Path> mainFiles() {
    return javaFiles().filter(file -> file.toString().contains("src/main/java"));
  }

  private static Stream<Path> javaFiles() {
    try (Stream<Path> modules = Files.list(root())) {
      List<Path> files =
          modules
              .map(module -> module.resolve("src"))
              .filter(Files::isDirectory)
              .flatMap(SourceFilesTest::walk)
              .filter(file -> file.toString().endsWith(".java"))
              .toList();
      assertThat(files).isNotEmpty();
      return files.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("medflink-core"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
