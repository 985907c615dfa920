// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command wrote and how it ended. */
record Ran(int exit, String out, String err) {

  /** Runs a command as the command line does; it must not write to the file descriptors. */
  static Ran command(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
      int exit = Main.run(args);
      return new Ran(
          exit, written.toString(StandardCharsets.UTF_8), told.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** The lines on standard error. */
  List<String> errLines() {
    return err.lines().toList();
  }

  /** The lines on standard output. */
  List<String> outLines() {
    return out.lines().toList();
  }
}
