// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.core.CodeMap;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Option(
      names = "--suggest-codes",
      paramLabel = "FILE",
      description =
          "Writes what is not mapped as rows of a code map to fill in, with how often each was"
              + " seen.")
  private @Nullable Path suggestions;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files (also .gz), and folders with all that is in them.")
  private List<Path> paths = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (format == null) {
      throw Failure.usage("--format is needed");
    }
    Inputs inputs = Inputs.find(format, paths);
    Feeds known = feeds.read();
    CodeMap map = codes.read(known);
    Suggestions asked = new Suggestions(map == null ? CodeMap.none() : map);
    OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
    DecodedFiles files =
        new DecodedFiles(format, format.decoder(zone, known), asked, map != null, out);
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
