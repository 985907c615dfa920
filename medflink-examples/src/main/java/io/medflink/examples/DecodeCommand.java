// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.CodeMap;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a format makes of files, and what its code map lacks; see {@link DecodedFiles}. */
@Command(
    name = "decode",
    description = {
      "Decodes files without Flink: panels, movements and rejects come out as NDJSON, each with its"
          + " file and position.",
      "Panels are as sent; with --codes, or feeds that name code maps, they are cleaned by these."
          + " The last line on standard error is the account, as one JSON object. Exit code 0 when"
          + " the input was read to its end, 1 when something could not be read, 2 for wrong usage."
    })
final class DecodeCommand implements Callable<Integer> {

  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--suggest-codes",
      paramLabel = "FILE",
      description =
          "Writes what is not mapped as rows of a code map to fill in, with how often each was"
              + " seen.")
  private @Nullable Path suggestions;

  @Override
  public Integer call() throws IOException {
    Inputs inputs = Inputs.find(input.format(), input.paths());
    CodeMap map = input.codes();
    Suggestions asked = new Suggestions(map == null ? CodeMap.none() : map);
    OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
    DecodedFiles files = new DecodedFiles(input.format(), input.decoder(), asked, map != null, out);
    for (String file : inputs.files()) {
      files.decode(file);
      out.flush();
      if (System.out.checkError()) {
        throw Failure.of("can't write to standard output");
      }
    }
    if (suggestions != null) {
      asked.write(suggestions);
    }
    inputs.skipped("decode").ifPresent(System.err::println);
    files.unreadable().forEach(f -> System.err.println("medflink decode: can't read " + f));
    System.err.println(files.account());
    return files.unreadable().isEmpty() ? 0 : 1;
  }
}
