// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads files, one message after the other, each with its position {@code file:line}. A file that
 * can't be read to its end is noted and the next one is read.
 */
final class ReadMessages extends ProcessFunction<String, Message> {
  private static final long serialVersionUID = 1;

  /** The accumulator of files that couldn't be read to their end. */
  static final String UNREADABLE = "replay.unreadable";

  /** The accumulator of bytes read, as they lie on disk. */
  static final String BYTES = "replay.bytes";

  private final Format.Framing framing;
  private transient ListAccumulator<String> unreadable;
  private transient LongCounter bytes;

  /** Reads files whose messages end so. */
  ReadMessages(Format.Framing framing) {
    this.framing = framing;
  }

  @Override
  public void open(OpenContext context) {
    unreadable = new ListAccumulator<>();
    getRuntimeContext().addAccumulator(UNREADABLE, unreadable);
    bytes = getRuntimeContext().getLongCounter(BYTES);
  }

  @Override
  public void processElement(String file, Context context, Collector<Message> out) {
    try (MessageLines lines = MessageLines.open(file, framing)) {
      for (Message next = lines.next(); next != null; next = lines.next()) {
        out.collect(next);
      }
      bytes.add(Files.size(Path.of(file)));
    } catch (IOException e) {
      // What it says may quote the file.
      unreadable.add(file);
    }
  }
}
