// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

/** Ends a command with one clear line, which says nothing of a patient, and an exit code. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exit;

  private Failure(String message, int exit) {
    super(message, null, false, false);
    this.exit = exit;
  }

  /** Something could not be read or done. */
  static Failure of(String message) {
    return new Failure(message, 1);
  }

  /** The command was used wrongly. */
  static Failure usage(String message) {
    return new Failure(message, 2);
  }

  int exit() {
    return exit;
  }
}
