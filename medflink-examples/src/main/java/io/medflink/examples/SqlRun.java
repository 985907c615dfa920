// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.examples.SqlScript.Statement;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/** Runs a script, one statement after the other, and prints each result when it is complete. */
final class SqlRun {
  private static final Pattern SET =
      Pattern.compile("SET\\s+'?([^'=]+?)'?\\s*=\\s*'?([^']*?)'?", Pattern.CASE_INSENSITIVE);

  private final StreamTableEnvironment tables;
  private final PrintStream out;

  SqlRun(StreamTableEnvironment tables, PrintStream out) {
    this.tables = tables;
    this.out = out;
  }

  /** Runs a script whose {@code ${bootstrap.servers}} is filled in. */
  void run(String script, String bootstrapServers) throws Exception {
    for (Statement statement :
        SqlScript.split(script.replace("${bootstrap.servers}", bootstrapServers))) {
      run(statement);
    }
  }

  private void run(Statement statement) throws Exception {
    Matcher set = SET.matcher(statement.sql());
    if (set.matches()) {
      tables.getConfig().set(set.group(1).strip(), set.group(2));
      return;
    }
    if (statement.isQuery()) {
      query(statement);
      return;
    }
    TableResult result = plan(statement, () -> tables.executeSql(statement.sql()));
    if (result.getJobClient().isPresent()) {
      running(statement, () -> result.await());
    } else if (result.getResultKind() == ResultKind.SUCCESS_WITH_CONTENT) {
      told(statement, result);
    }
  }

  /** Rows as they stand at the end. A changelog, so that an update takes back what it replaces. */
  @SuppressWarnings("try") // closing may be interrupted, which ends the command
  private void query(Statement statement) throws Exception {
    Table table = plan(statement, () -> tables.sqlQuery(statement.sql()));
    DataStream<Row> changes = plan(statement, () -> tables.toChangelogStream(table));
    TextTable text = new TextTable(table.getResolvedSchema().getColumnNames());
    running(
        statement,
        () -> {
          try (CloseableIterator<Row> rows = changes.executeAndCollect("query")) {
            standing(rows).forEach(text::add);
          }
        });
    out.println(statement.sql());
    text.print(out);
    out.println();
    out.flush();
  }

  /** What SHOW, DESCRIBE and EXPLAIN say. */
  @SuppressWarnings("try") // closing may be interrupted, which ends the command
  private void told(Statement statement, TableResult result) throws Exception {
    List<String> names = result.getResolvedSchema().getColumnNames();
    out.println(statement.sql());
    try (CloseableIterator<Row> rows = result.collect()) {
      if (names.size() == 1) {
        rows.forEachRemaining(row -> out.println(row.getField(0)));
      } else {
        TextTable table = new TextTable(names);
        rows.forEachRemaining(table::add);
        table.print(out);
      }
    }
    out.println();
    out.flush();
  }

  private static List<Row> standing(Iterator<Row> changes) {
    Map<Row, Integer> standing = new LinkedHashMap<>();
    while (changes.hasNext()) {
      Row row = changes.next();
      boolean added = row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER;
      row.setKind(RowKind.INSERT);
      standing.merge(row, added ? 1 : -1, Integer::sum);
      standing.remove(row, 0);
    }
    List<Row> rows = new ArrayList<>();
    standing.forEach((row, times) -> rows.addAll(Collections.nCopies(times, row)));
    return rows;
  }

  private interface Planned<T> {
    T get();
  }

  private interface Running {
    void run() throws Exception;
  }

  /** What is wrong with a statement quotes the statement, and nothing that is read. */
  private static <T> T plan(Statement statement, Planned<T> planned) {
    try {
      return planned.get();
    } catch (RuntimeException e) {
      throw at(statement, String.valueOf(root(e).getMessage()));
    }
  }

  /** A running job's message may quote what it read. */
  private static void running(Statement statement, Running running) throws Exception {
    try {
      running.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw at(statement, "the job failed: " + root(e).getClass().getName());
    }
  }

  private static Failure at(Statement statement, String what) {
    return Failure.of("line " + statement.line() + ": " + what);
  }

  private static Throwable root(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
