// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Interval;
import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file of patients: what a model asks for and what came of them. Columns are named as the model's
 * inputs; an empty cell, NA or NULL is unknown.
 *
 * @param values by input name, of those with a certain risk over 0 and under 1 and a known outcome
 * @param risks what the model predicts of them
 * @param outcomes what came of them
 * @param leftOut the other rows, by why, the reasons sorted
 * @param unused the columns that nobody asks for
 */
record JudgedRows(
    List<Map<String, Object>> values,
    double[] risks,
    boolean[] outcomes,
    Map<String, Integer> leftOut,
    List<String> unused) {

  /** Reads a file; what is wrong with it is told by its line, never by what stands there. */
  static JudgedRows read(Path file, RiskModel model, Output output, String outcome) {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).build();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser rows = CSVParser.parse(reader, format)) {
      List<String> columns = rows.getHeaderNames();
      if (!columns.contains(outcome)) {
        throw Failure.usage(file + ": no column " + outcome + "; --outcome names it");
      }
      return new Reading(model, output, outcome, columns).read(rows);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw Failure.of("can't read " + file + " as CSV with a header");
    }
  }

  /** What a model of a card, whose inputs have one name each, is asked of a row. */
  static Chart chart(RiskModel model, Map<String, Object> values) {
    Chart chart = new Chart(model);
    chart.clear(0);
    for (Input input : model.card().inputs()) {
      Object value = values.get(input.name());
      if (value instanceof Double number) {
        chart.set(input, number);
      } else if (value != null) {
        chart.set(input, input.code(value.toString()));
      }
    }
    return chart;
  }

  /** Rows one after the other. */
  private static final class Reading {
    private final Output output;
    private final String outcome;
    private final Questionnaire questionnaire;
    private final Map<String, Input> inputs = new LinkedHashMap<>();
    private final List<String> unused = new ArrayList<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final List<Map<String, Object>> used = new ArrayList<>();
    private final List<Double> risks = new ArrayList<>();
    private final List<Boolean> outcomes = new ArrayList<>();

    Reading(RiskModel model, Output output, String outcome, List<String> columns) {
      this.output = output;
      this.outcome = outcome;
      questionnaire = new Questionnaire(model);
      Map<String, Input> names = new HashMap<>();
      for (Input input : model.card().inputs()) {
        names.put(input.name(), input);
        input.aliases().forEach(alias -> names.put(alias.name(), input));
      }
      for (String column : columns) {
        Input input = names.get(column);
        if (input != null) {
          inputs.put(column, input);
        } else if (!column.equals(outcome)) {
          unused.add(column);
        }
      }
    }

    JudgedRows read(Iterable<CSVRecord> rows) {
      for (CSVRecord row : rows) {
        String why = row.isConsistent() ? take(row) : "another number of cells than the header";
        if (why != null) {
          leftOut.merge(why, 1, Integer::sum);
        }
      }
      boolean[] happened = new boolean[outcomes.size()];
      for (int i = 0; i < happened.length; i++) {
        happened[i] = outcomes.get(i);
      }
      double[] predicted = risks.stream().mapToDouble(risk -> risk).toArray();
      return new JudgedRows(used, predicted, happened, leftOut, unused);
    }

    /** Null when it counts, else why not. */
    private @Nullable String take(CSVRecord row) {
      Boolean happened = truth(row.get(outcome));
      if (happened == null) {
        return "no outcome: " + outcome + " is none of 0, 1, no, yes, false, true";
      }
      Map<String, Object> values = new HashMap<>();
      for (Map.Entry<String, Input> column : inputs.entrySet()) {
        String text = row.get(column.getKey());
        if (!isUnknown(text)) {
          values.put(column.getKey(), value(column.getValue(), text));
        }
      }
      Interval interval = questionnaire.assess(values);
      if (!interval.applicable()) {
        return "no answer: " + interval.reason();
      }
      double risk = interval.low(output);
      if (risk != interval.high(output)) {
        return "no certain risk without " + String.join(", ", interval.missing());
      }
      if (!(risk > 0 && risk < 1)) {
        return "a risk of 0 or 1 has no log odds";
      }
      risks.add(risk);
      outcomes.add(happened);
      used.add(values);
      return null;
    }

    private static Object value(Input input, String text) {
      Boolean truth = input.isYesNo() ? truth(text) : null;
      if (truth != null) {
        return truth;
      }
      if (!input.codes().isEmpty()) {
        return text;
      }
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException e) {
        return text;
      }
    }

    private static boolean isUnknown(String text) {
      return text.isEmpty() || text.equals("NA") || text.equals("NULL");
    }

    private static @Nullable Boolean truth(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "1", "yes", "true" -> true;
        case "0", "no", "false" -> false;
        default -> null;
      };
    }
  }
}
