// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. Exit codes: 0 done, 1 something could not be read or done, 2 wrong usage. */
@Command(
    name = "medflink",
    description = "Clinical data streams on Apache Flink. Not a medical device.",
    synopsisSubcommandLabel = "[COMMAND]",
    footer = "Without a command: demo.",
    subcommands = {
      DemoCommand.class,
      MonitorCommand.class,
      PredictCommand.class,
      OptimizeCommand.class,
      SqlCommand.class,
      ReplayCommand.class,
      AssessCommand.class,
      FitCommand.class,
      AlarmsCommand.class,
      CompareCommand.class,
      DecodeCommand.class,
      ModelsCommand.class
    })
final class Main implements Callable<Integer> {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  /** Runs a command. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command and says how it ended; whatever goes wrong is one line on standard error. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
          return say(line.getErr(), command, oneLine(wrong), 2);
        });
    line.setExecutionExceptionHandler(
        (failed, command, given) -> {
          String name = command.getCommandSpec().qualifiedName();
          for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof Failure failure) {
              return say(line.getErr(), name, oneLine(failure), failure.exit());
            }
          }
          // Its message may quote what was read.
          return say(line.getErr(), name, "failed: " + root(failed).getClass().getName(), 1);
        });
    return line.execute(args);
  }

  @Override
  public Integer call() throws Exception {
    return new DemoCommand().call();
  }

  private static int say(PrintWriter err, String command, String what, int exit) {
    err.println(command + ": " + what);
    err.flush();
    return exit;
  }

  private static Throwable root(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String oneLine(Throwable failed) {
    return String.valueOf(failed.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
