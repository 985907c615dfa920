// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A file of reference vectors: CSV (RFC 4180) with a header and the columns model (or method),
 * input, expected (both JSON objects), tolerance (absolute) and source, in any order.
 */
public final class VectorsFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Room for the rounding of a double where a row asks for tolerance 0. */
  private static final double ROUNDING = 1e-9;

  private VectorsFile() {}

  /** One vector; {@code line} counts records, the header is 1. */
  public record Row(
      int line, String model, JsonNode input, JsonNode expected, double tolerance, String source) {}

  /** Reads every row; a file that is not in this form is an error that names the record. */
  public static List<Row> read(Path file) throws IOException {
    return read(file, null);
  }

  /** Reads every row of a file about one model, without the column that names it. */
  public static List<Row> read(Path file, @Nullable String only) throws IOException {
    List<String[]> records;
    try (var in = Files.newBufferedReader(file);
        var values =
            new CsvMapper()
                .readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .<String[]>readValues(in)) {
      records = values.readAll();
    }
    String[] header = records.get(0);
    int model = only == null ? column(header, "model", "method") : -1;
    int input = column(header, "input");
    int expected = column(header, "expected");
    int tolerance = column(header, "tolerance");
    int source = column(header, "source");
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < records.size(); i++) {
      String[] record = records.get(i);
      if (record.length == 1 && record[0].isBlank()) {
        continue;
      }
      if (record.length != header.length) {
        throw new IOException(file + ": record " + (i + 1) + " has " + record.length + " columns");
      }
      String slack = record[tolerance].strip();
      rows.add(
          new Row(
              i + 1,
              only == null ? record[model].strip() : only,
              JSON.readTree(record[input]),
              JSON.readTree(record[expected]),
              slack.isEmpty() ? 0 : Double.parseDouble(slack),
              record[source]));
    }
    return rows;
  }

  /**
   * Whether an answer agrees: every name of {@code expected} is there and agrees; numbers within
   * the absolute tolerance (0 = exact for whole numbers, up to rounding for others), all else
   * exactly. An absent answer agrees only with null.
   */
  public static boolean agrees(JsonNode expected, JsonNode actual, double tolerance) {
    if (expected.isObject()) {
      for (var field : expected.properties()) {
        if (!agrees(field.getValue(), actual.path(field.getKey()), tolerance)) {
          return false;
        }
      }
      return actual.isObject();
    }
    if (expected.isArray()) {
      boolean same = actual.isArray() && actual.size() == expected.size();
      for (int i = 0; same && i < expected.size(); i++) {
        same = agrees(expected.get(i), actual.get(i), tolerance);
      }
      return same;
    }
    if (expected.isNull()) {
      return actual.isNull() || actual.isMissingNode();
    }
    if (expected.isNumber()) {
      double e = expected.doubleValue();
      double a = actual.doubleValue();
      boolean rounded = tolerance == 0 && expected.isFloatingPointNumber();
      double slack = rounded ? ROUNDING * Math.max(1, Math.abs(e)) : tolerance;
      return actual.isNumber() && (Double.compare(e, a) == 0 || Math.abs(e - a) <= slack);
    }
    return expected.equals(actual);
  }

  /**
   * The file named by a system property (it must exist; relative to the project's root), else one
   * under the folder {@code shared} beside the project: where that is absent the test is skipped.
   */
  public static Path locate(String property, String shared) throws IOException {
    Path root = root();
    String named = System.getProperty(property);
    if (named != null && !named.isBlank()) {
      Path file = root.resolve(named).normalize();
      if (!Files.isReadable(file)) {
        throw new IOException(property + " names a file that can't be read: " + file);
      }
      return file;
    }
    Path file = root.resolveSibling("shared").resolve(shared);
    Assumptions.assumeTrue(
        Files.isReadable(file), () -> "skipped: no " + file + " and no -D" + property);
    return file;
  }

  private static Path root() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("medflink-core"))) {
        return at;
      }
    }
    throw new IOException("not inside the project");
  }

  private static int column(String[] header, String... names) throws IOException {
    for (int i = 0; i < header.length; i++) {
      String title = header[i].replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT);
      for (String name : names) {
        if (title.equals(name) || title.startsWith(name + " ")) {
          return i;
        }
      }
    }
    throw new IOException("no column " + String.join(" or ", names));
  }
}
