// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.KnownTypes.Known;
import io.medflink.core.Lookup.Conditions;
import io.medflink.core.Lookup.Row;
import io.medflink.core.units.Units;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads and checks the CSV of a {@link CodeMap}. Errors name the line and quote no local text. */
final class CodeMapFile {
  private static final List<String> COLUMNS =
      List.of("feed", "system", "code", "loinc", "local_unit", "unit", "local_value", "value");

  private final KnownTypes types;
  private final List<Row> loincs = new ArrayList<>();
  private final List<Row> units = new ArrayList<>();
  private final List<Row> values = new ArrayList<>();
  private int rows;
  private String feed = "";

  CodeMapFile(KnownTypes types) {
    this.types = types;
  }

  static IllegalArgumentException error(int line, String reason) {
    return new IllegalArgumentException("line " + line + ": " + reason);
  }

  CodeMap read(Reader csv) throws IOException {
    add(csv, "");
    return map();
  }

  CodeMap map() {
    return new CodeMap(
        rows, Lookup.of(loincs), Lookup.of(agreed()), Lookup.of(units), Lookup.of(values));
  }

  /** Adds a file, whose rows that state no feed are about this one. */
  void add(Reader csv, String ofFeed) throws IOException {
    feed = ofFeed;
    BufferedReader text = new BufferedReader(csv);
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
      readAll(parser);
    }
  }

  private void readAll(CSVParser parser) {
    Map<String, Integer> columns = null;
    int line = 1;
    Iterator<CSVRecord> records = parser.iterator();
    while (hasNext(records, line)) {
      CSVRecord record = records.next();
      if (columns == null) {
        columns = header(record, line);
      } else if (record.size() > 1 || !record.get(0).isEmpty()) {
        if (record.size() != columns.size()) {
          throw error(
              line, record.size() + " fields where the header has " + columns.size() + " columns");
        }
        add(new Fields(record, columns, feed), line);
      }
      line = (int) parser.getCurrentLineNumber() + 1;
    }
    if (columns == null) {
      throw error(1, "the header is missing");
    }
  }

  /** The library's exceptions may quote what they read. */
  @SuppressWarnings("UnusedException")
  private static boolean hasNext(Iterator<CSVRecord> records, int line) {
    try {
      return records.hasNext();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw error(line, "not CSV as RFC 4180 has it, such as an open quote");
    }
  }

  private static Map<String, Integer> header(CSVRecord record, int line) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < record.size(); i++) {
      if (columns.put(record.get(i), i) != null) {
        throw error(line, "two columns have one name");
      }
    }
    for (String column : COLUMNS) {
      if (!columns.containsKey(column)) {
        throw error(line, "the column " + column + " is missing");
      }
    }
    return columns;
  }

  private void add(Fields row, int line) {
    rows++;
    String code = row.get("code");
    String loinc = row.get("loinc");
    String unit = row.get("unit");
    String value = row.get("value");
    boolean nothingSent =
        (!unit.isEmpty() && row.get("local_unit").isEmpty())
            || (!value.isEmpty() && row.get("local_value").isEmpty());
    if (code.isEmpty() && loinc.isEmpty() && nothingSent) {
      throw error(line, "a unit or value for what comes without one needs a code or a loinc");
    }
    if (unit.isEmpty() && value.isEmpty() && (loinc.isEmpty() || code.isEmpty())) {
      throw error(line, "it answers nothing: loinc (with a code), unit and value are empty");
    }
    Known known = check(loinc, unit, value, line);
    String condition = !code.isEmpty() ? "" : known == null ? loinc : known.loinc();
    if (!code.isEmpty() && !loinc.isEmpty()) {
      loincs.add(new Row(row.conditions("", 0), loinc, line));
    }
    if (!unit.isEmpty()) {
      units.add(new Row(row.conditions(condition, Lookup.UNIT), unit, line));
    }
    if (!value.isEmpty()) {
      values.add(new Row(row.conditions(condition, Lookup.VALUE), value, line));
    }
  }

  private @Nullable Known check(String loinc, String unit, String value, int line) {
    Known known = loinc.isEmpty() ? null : types.get(loinc);
    if (!loinc.isEmpty() && known == null && !Loinc.isCode(loinc)) {
      throw error(line, "loinc " + loinc + " is no LOINC code: its check digit is wrong");
    }
    if (!unit.isEmpty() && !Units.isValid(unit)) {
      throw error(line, "unit " + unit + " is not UCUM (case-sensitive)");
    }
    if (known == null) {
      return null;
    }
    if (!unit.isEmpty()
        && (known.unit() == null
            || Units.conversion(unit, known.unit(), known.analyte()) == null)) {
      throw error(line, "unit " + unit + " cannot be converted to that of " + loinc);
    }
    if (!value.isEmpty() && !isValue(known, value)) {
      throw error(line, "value is none of those of " + loinc);
    }
    return known;
  }

  private static boolean isValue(Known known, String value) {
    return known.unit() == null
        ? known.isFree() || known.text(value) != null
        : Double.isFinite(number(value));
  }

  /** NaN when it is no number. */
  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** For each feed, system and code the LOINC on which all its rows agree. */
  private List<Row> agreed() {
    Map<Conditions, Row> byCode = new HashMap<>();
    Set<Conditions> disputed = new HashSet<>();
    for (Row row : loincs) {
      Conditions c = row.conditions();
      int stated = c.stated() & ~(Lookup.UNIT | Lookup.VALUE);
      Conditions code = new Conditions(stated, c.feed(), c.system(), c.code(), "", "", "");
      Row other = byCode.putIfAbsent(code, new Row(code, row.answer(), row.line()));
      if (other != null && !other.answer().equals(row.answer())) {
        disputed.add(code);
      }
    }
    byCode.keySet().removeAll(disputed);
    return new ArrayList<>(byCode.values());
  }

  /** One row by the names of its columns. */
  private record Fields(CSVRecord row, Map<String, Integer> columns, String feed) {
    String get(String column) {
      return row.get(columns.getOrDefault(column, 0));
    }

    /** What is stated, and what the answer needs to be exact, nothing sent included. */
    Conditions conditions(String loinc, int exact) {
      String about = get("feed").isEmpty() ? feed : get("feed");
      String system = get("system").equals("LN") ? Loinc.SYSTEM : get("system");
      int stated =
          exact
              | bit(about, Lookup.FEED)
              | bit(system, Lookup.SYSTEM)
              | bit(get("code"), Lookup.CODE)
              | bit(loinc, Lookup.LOINC)
              | bit(get("local_unit"), Lookup.UNIT)
              | bit(get("local_value"), Lookup.VALUE);
      return new Conditions(
          stated, about, system, get("code"), loinc, get("local_unit"), get("local_value"));
    }

    private static int bit(String field, int bit) {
      return field.isEmpty() ? 0 : bit;
    }
  }
}
