// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Alias;
import io.medflink.core.Input;
import io.medflink.core.Interval;
import io.medflink.core.Observation;
import io.medflink.core.ObservationType;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.core.units.Units;
import io.medflink.models.RiskModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every model answers alike by each face of SQL, all of them in one job a face. */
class AllModelsITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final String CARD =
      """
      {"format": "medflink-model-card/1", "kind": "recalibrated", "id": "cvd-here",
       "version": "1", "citation": "Made up for a test",
       "model": {"id": "framingham-cvd-2008", "version": "2008"},
       "intercept": 0.2, "slope": 0.9, "levels": [{"from": 0, "level": "LOW"}]}
      """;

  @TempDir static Path folder;
  private static String card = "";

  @BeforeAll
  static void writeACard() throws IOException {
    card = Files.writeString(folder.resolve("cvd-here.json"), CARD).toString();
  }

  private static List<RiskModel> ofLatestValues() {
    return RiskModels.all().stream().filter(Models::isOfLatestValues).toList();
  }

  /** Each model as ASSESS and CREATE MODEL name it, also by ids with a vital, and a card's file. */
  private static Map<String, RiskModel> named() {
    Map<String, RiskModel> models = new LinkedHashMap<>();
    RiskModels.all().forEach(model -> models.put(model.id(), model));
    for (String vital :
        List.of(
            "respiratory-rate",
            "oxygen-saturation",
            "systolic-pressure",
            "diastolic-pressure",
            "mean-pressure",
            "body-temperature")) {
      models.put("trend-" + vital, RiskModels.byId("trend-" + vital));
    }
    String limit = "threshold-oxygen-saturation-under-92";
    models.put(limit, RiskModels.byId(limit));
    models.put(card, RiskModels.byId(card));
    return models;
  }

  private static String name(RiskModel model) {
    return model.id().replace('-', '_');
  }

  private static Map<String, Object> samples(RiskModel model) {
    Map<String, Object> values = new HashMap<>();
    int i = 0;
    for (Input input : model.card().inputs()) {
      if (i++ % 3 < 2) {
        values.put(input.name(), Samples.of(input));
      }
    }
    return values;
  }

  /** The same, numbers that have another name in its unit by that. */
  private static Map<String, Object> samplesInOtherUnits(RiskModel model) {
    Map<String, Object> values = samples(model);
    for (Input input : model.card().inputs()) {
      if (!input.aliases().isEmpty()) {
        Alias alias = input.aliases().get(0);
        double number = (double) Samples.of(input);
        values.remove(input.name());
        values.put(
            alias.name(),
            Units.conversion(input.unit(), alias.unit(), input.types().get(0).analyte())
                .apply(number));
      }
    }
    return values;
  }

  private static TableEnvironment batch() {
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    sql.getConfig().set("parallelism.default", "1");
    sql.executeSql("LOAD MODULE medflink");
    return sql;
  }

  private static List<Row> rows(TableEnvironment sql, String query) {
    return CollectionUtil.iteratorToList(sql.executeSql(query).collect());
  }

  @Test
  void as_a_function() {
    record Call(RiskModel model, Map<String, Object> values) {}
    List<Call> calls = new ArrayList<>();
    for (RiskModel model : ofLatestValues()) {
      calls.add(new Call(model, samples(model)));
      Map<String, Object> others = samplesInOtherUnits(model);
      if (!others.equals(samples(model))) {
        calls.add(new Call(model, others));
      }
    }
    assertThat(calls).hasSizeGreaterThan(ofLatestValues().size() + 1);
    // Over a column, so that the planner folds no constant.
    String query =
        calls.stream()
            .map(
                call ->
                    call.values().entrySet().stream()
                        .map(value -> value.getKey() + " => " + Samples.literal(value.getValue()))
                        .collect(Collectors.joining(", ", name(call.model()) + "(", ")")))
            .collect(Collectors.joining(", ", "SELECT ", " FROM (VALUES (1)) AS t(k)"));
    Row row = rows(batch(), query).get(0);
    for (int c = 0; c < calls.size(); c++) {
      RiskModel model = calls.get(c).model();
      Interval expected = new Questionnaire(model).assess(calls.get(c).values());
      Row answer = (Row) row.getField(c);
      for (Column column : Column.ofFunction(model)) {
        assertThat(answer.getField(column.name()))
            .as(model.id() + "." + column.name())
            .isEqualTo(column.of().apply(expected));
      }
    }
  }

  @Test
  void by_ml_predict() {
    TableEnvironment sql = batch();
    List<String> queries = new ArrayList<>();
    Map<String, List<String>> expected = new TreeMap<>();
    for (Map.Entry<String, RiskModel> named : named().entrySet()) {
      RiskModel model = named.getValue();
      if (!Models.isOfLatestValues(model)) {
        continue;
      }
      List<Input> inputs = model.card().inputs();
      List<Column> outputs = Column.all(model);
      sql.executeSql(
          "CREATE MODEL %s INPUT (%s) OUTPUT (%s) WITH ('provider'='medflink', 'model'='%s')"
              .formatted(
                  name(model),
                  joined(
                      inputs.stream().map(i -> quoted(i.name()) + " " + Models.type(i)).toList()),
                  joined(
                      outputs.stream()
                          .map(
                              c ->
                                  quoted(c.name())
                                      + " "
                                      + c.type().getLogicalType().asSerializableString())
                          .toList()),
                  named.getKey()));
      Map<String, Object> values = samples(model);
      String names = joined(inputs.stream().map(i -> "i_" + i.name()).toList());
      queries.add(
          // Flink 2.3.0 takes two models with the same columns over the same rows for one: each has
          // a row of its own.
          "SELECT k, ARRAY[%s] FROM ML_PREDICT((SELECT * FROM (VALUES ('%s', %s)) AS v(k, %s)), MODEL %s,"
                  .formatted(
                      joined(
                          outputs.stream()
                              .map(c -> "CAST(" + quoted(c.name()) + " AS STRING)")
                              .toList()),
                      model.id(),
                      joined(inputs.stream().map(i -> literal(i, values)).toList()),
                      names,
                      name(model))
              + " DESCRIPTOR("
              + names
              + "))");
      Interval answer = new Questionnaire(model).assess(values);
      expected.put(model.id(), outputs.stream().map(c -> text(c.of().apply(answer))).toList());
    }
    Map<String, List<String>> answers = new TreeMap<>();
    for (Row row : rows(sql, String.join(" UNION ALL ", queries))) {
      answers.put((String) row.getField(0), Arrays.asList((String[]) row.getField(1)));
    }
    assertThat(answers).isEqualTo(expected).containsKey("cvd-here");
  }

  /** Some names, such as value, are words of SQL. */
  private static String quoted(String name) {
    return "`" + name + "`";
  }

  private static String joined(List<String> parts) {
    return String.join(", ", parts);
  }

  private static String literal(Input input, Map<String, Object> values) {
    Object value = values.get(input.name());
    return value == null ? "CAST(NULL AS " + Models.type(input) + ")" : Samples.literal(value);
  }

  /** As SQL's CAST writes it. */
  private static String text(Object value) {
    return value == null
        ? null
        : value instanceof String[] texts
            ? Arrays.toString(texts)
            : value instanceof Boolean ? value.toString().toUpperCase(Locale.ROOT) : "" + value;
  }

  @Test
  void by_assess() {
    Collection<RiskModel> models = named().values();
    Map<String, Facts> patients =
        Map.of("all", Facts.of(models), "gaps", Facts.of(models).withGaps());
    List<Row> observations = new ArrayList<>();
    patients.forEach(
        (patient, facts) -> {
          for (ObservationType type : facts.values().keySet()) {
            Observation o = facts.observation(type);
            observations.add(
                Row.of(
                    patient,
                    NOON,
                    o.code(),
                    Double.isNaN(o.value()) ? null : o.value(),
                    o.text(),
                    o.unit()));
          }
        });
    StreamTableEnvironment sql = stream(observations);
    List<String> queries = new ArrayList<>();
    named()
        .forEach(
            (name, model) ->
                queries.add(
                    "SELECT * FROM ASSESS(input => TABLE observations PARTITION BY patient_id,"
                        + " model => '%s', on_time => DESCRIPTOR(ts), uid => '%s')"
                            .formatted(name, model.id())));
    List<Row> rows = rows(sql, String.join(" UNION ALL ", queries));
    assertThat(rows).extracting(row -> row.getField("kind")).containsOnly("assessment");
    Map<String, String> answers = new TreeMap<>();
    for (Row row : rows) {
      if ("FINAL".equals(row.getField("status"))) {
        answers.put(
            row.getField("patient_id") + " " + row.getField("model"),
            "%s %s %s %s"
                .formatted(
                    row.getField("low"),
                    row.getField("high"),
                    row.getField("level"),
                    Arrays.toString((String[]) row.getField("missing"))));
      }
    }
    Map<String, String> expected = new TreeMap<>();
    patients.forEach(
        (patient, facts) -> {
          for (RiskModel model : models) {
            if (!facts.concern(model)) {
              continue; // A moment without any value of a model is none of its moments.
            }
            Interval interval = new Questionnaire(model).assess(facts.inputs(model, NOON));
            List<Column> columns = Column.ofFunction(model);
            expected.put(
                patient + " " + model.id(),
                columns.subList(1, 5).stream()
                    .map(c -> text(c.of().apply(interval)))
                    .collect(Collectors.joining(" ")));
          }
        });
    assertThat(answers)
        .isEqualTo(expected)
        .containsKeys(models.stream().map(model -> "all " + model.id()).toArray(String[]::new));
  }

  private static StreamTableEnvironment stream(List<Row> observations) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
    StreamTableEnvironment sql = StreamTableEnvironment.create(env);
    sql.executeSql("LOAD MODULE medflink");
    sql.createTemporaryView(
        "observations",
        env.fromData(
            observations,
            Types.ROW_NAMED(
                new String[] {"patient_id", "ts", "code", "val", "text", "unit"},
                Types.STRING,
                Types.INSTANT,
                Types.STRING,
                Types.DOUBLE,
                Types.STRING,
                Types.STRING)),
        Schema.newBuilder()
            .column("patient_id", "STRING")
            .column("ts", "TIMESTAMP_LTZ(3)")
            .column("code", "STRING")
            .column("val", "DOUBLE")
            .column("text", "STRING")
            .column("unit", "STRING")
            .watermark("ts", "ts - INTERVAL '1' SECOND")
            .build());
    return sql;
  }
}
