// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Cuts a script into statements: at semicolons outside of quotes, comments and statement sets.
 * Comments are left out, line numbers are kept.
 */
final class SqlScript {

  /**
   * One statement without its semicolon.
   *
   * @param line where it begins, from 1
   */
  record Statement(int line, String sql) {

    /** Whether it asks for rows. */
    boolean isQuery() {
      return QUERY.matcher(sql).lookingAt();
    }
  }

  private static final Pattern QUERY =
      Pattern.compile("[\\s(]*(SELECT|WITH|VALUES)\\b", Pattern.CASE_INSENSITIVE);

  private final String script;
  private final List<Statement> statements = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int line = 1;
  private int start = 1;
  private boolean inSet;

  private SqlScript(String script) {
    this.script = script;
  }

  /** The statements in their order. */
  static List<Statement> split(String script) {
    return new SqlScript(script).split();
  }

  private List<Statement> split() {
    while (at < script.length()) {
      char c = script.charAt(at);
      if (c == '\'' || c == '"' || c == '`') {
        quoted(c);
      } else if (script.startsWith("--", at)) {
        skipTo("\n", 0);
      } else if (script.startsWith("/*", at)) {
        skipTo("*/", 2);
        text.append(' ');
      } else if (c == ';') {
        at++;
        end();
      } else {
        take();
      }
    }
    inSet = false;
    end();
    return statements;
  }

  /** A quote in quotes is written twice, which reads as two quotes one after the other. */
  private void quoted(char quote) {
    take();
    while (at < script.length() && script.charAt(at) != quote) {
      take();
    }
    if (at < script.length()) {
      take();
    }
  }

  private void skipTo(String end, int length) {
    int to = script.indexOf(end, at + length);
    to = to < 0 ? script.length() : to + length;
    for (; at < to; at++) {
      line += script.charAt(at) == '\n' ? 1 : 0;
    }
  }

  private void take() {
    char c = script.charAt(at++);
    if (text.isEmpty() && Character.isWhitespace(c)) {
      line += c == '\n' ? 1 : 0;
      return;
    }
    if (text.isEmpty()) {
      start = line;
    }
    line += c == '\n' ? 1 : 0;
    text.append(c);
  }

  private void end() {
    String sql = text.toString().strip();
    String words = sql.toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (words.startsWith("EXECUTE STATEMENT SET") || words.startsWith("BEGIN STATEMENT SET")) {
      inSet = !words.endsWith(" END");
    }
    if (inSet) {
      text.append(";");
      return;
    }
    if (!sql.isEmpty()) {
      statements.add(new Statement(start, executable(sql)));
    }
    text.setLength(0);
  }

  /** The SQL client's form of a statement set in the form that every Flink understands. */
  private static String executable(String sql) {
    return sql.replaceFirst("(?i)^BEGIN\\s+STATEMENT\\s+SET\\s*;", "EXECUTE STATEMENT SET BEGIN ");
  }
}
