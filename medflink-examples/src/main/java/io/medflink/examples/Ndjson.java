// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/**
 * One file, or standard output, of a line for each element, for a job of one process and one
 * writer.
 */
final class Ndjson<T> implements Sink<T> {
  private static final long serialVersionUID = 1;

  /** Makes lines of elements. */
  interface Lines<T> extends Serializable {

    /** Takes the next element. */
    void add(T element, OutputStream out) throws IOException;

    /** Is told that there are no more. */
    default void end(OutputStream out) throws IOException {}
  }

  private final @Nullable String file;
  private final Lines<T> lines;

  /** Writes to a file, or to standard output when it is null. */
  Ndjson(@Nullable String file, Lines<T> lines) {
    this.file = file;
    this.lines = lines;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    OutputStream open =
        file == null ? new FileOutputStream(FileDescriptor.out) : new FileOutputStream(file);
    OutputStream out = new BufferedOutputStream(open, 1 << 16);
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context context) throws IOException {
        lines.add(element, out);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException {
        if (endOfInput) {
          lines.end(out);
        }
        out.flush();
      }

      @Override
      public void close() throws IOException {
        if (file == null) {
          out.flush();
        } else {
          out.close();
        }
      }
    };
  }
}
