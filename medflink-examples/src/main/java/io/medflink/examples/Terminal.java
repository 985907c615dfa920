// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.Console;

/** Whether somebody is looking. */
final class Terminal {
  private Terminal() {}

  /** Whether the command runs on a terminal, where progress may be drawn. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isThere() {
    Console console = System.console();
    if (console == null || System.getenv("TERM") == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console without a terminal, too.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
