// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files to read, in their order: as given, those of a folder by path. Of a folder only those
 * that are called as the format's are, also with {@code .gz}; a file given by name is read whatever
 * it is called.
 *
 * @param files the files
 * @param bytes how large they are in all, as they lie there
 * @param others how many files of folders have other names
 */
record Inputs(List<String> files, long bytes, long others) {
  /** Finds the files; one that can't be read ends the command before it began. */
  static Inputs find(Format format, List<Path> paths) {
    List<String> files = new ArrayList<>();
    long bytes = 0;
    long others = 0;
    for (Path path : paths) {
      try {
        for (Path file : Files.isDirectory(path) ? walk(path) : List.of(path)) {
          boolean named = file.equals(path) || format.isNamed(file.toString());
          if (named && !Files.isReadable(file)) {
            throw Failure.of("can't read " + file);
          }
          if (named) {
            files.add(file.toString());
            bytes += Files.size(file);
          } else {
            others++;
          }
        }
      } catch (IOException | UncheckedIOException e) {
        throw Failure.of("can't read " + path);
      }
    }
    return new Inputs(files, bytes, others);
  }

  /** What to say of files that were passed over. */
  Optional<String> skipped(String command) {
    return others == 0
        ? Optional.empty()
        : Optional.of("medflink " + command + ": passed over " + others + " files of other types");
  }

  private static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
