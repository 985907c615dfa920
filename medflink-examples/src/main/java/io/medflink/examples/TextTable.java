// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Rows for people to read: columns as wide as they need be, numbers to the right. */
final class TextTable {
  private final List<String> header;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  TextTable(List<String> header) {
    this.header = List.copyOf(header);
  }

  TextTable(String... header) {
    this(List.of(header));
  }

  /** Adds a row of as many cells as there are columns. */
  TextTable add(@Nullable Object... cells) {
    List<@Nullable Object> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell);
    }
    rows.add(row);
    return this;
  }

  /** Adds a row. */
  TextTable add(Row row) {
    Object[] cells = new Object[row.getArity()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.getField(i);
    }
    return add(cells);
  }

  void print(PrintStream out) {
    int[] width = new int[header.size()];
    for (int i = 0; i < width.length; i++) {
      width[i] = header.get(i).length();
      for (List<@Nullable Object> row : rows) {
        width[i] = Math.max(width[i], text(row.get(i)).length());
      }
    }
    line(header, width, out);
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < width.length; i++) {
      rule.append(i == 0 ? "-" : "-+-").append("-".repeat(width[i]));
    }
    out.println(rule.append('-'));
    rows.forEach(row -> line(row, width, out));
  }

  private static void line(List<? extends @Nullable Object> cells, int[] width, PrintStream out) {
    StringBuilder line = new StringBuilder(" ");
    for (int i = 0; i < width.length; i++) {
      String text = text(cells.get(i));
      String gap = " ".repeat(width[i] - text.length());
      line.append(i == 0 ? "" : " | ");
      line.append(cells.get(i) instanceof Number ? gap + text : text + gap);
    }
    out.println(line.toString().stripTrailing());
  }

  /** NULL as SQL writes it, four decimals, a row in parentheses, a list in brackets. */
  static String text(@Nullable Object cell) {
    if (cell == null) {
      return "NULL";
    }
    if (cell instanceof Double || cell instanceof Float) {
      double number = ((Number) cell).doubleValue();
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? String.format(Locale.ROOT, "%.1f", number)
          : String.format(Locale.ROOT, "%.4g", number);
    }
    if (cell instanceof Row row) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < row.getArity(); i++) {
        parts.add(text(row.getField(i)));
      }
      return "(" + String.join(", ", parts) + ")";
    }
    if (cell instanceof Object[] array) {
      return List.of(array).stream()
          .map(TextTable::text)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return cell.toString();
  }
}
