// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.Interval;
import io.medflink.core.Questionnaire;
import io.medflink.models.RiskModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FunctionsITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  private TableEnvironment sql;

  @BeforeEach
  void load() {
    sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    sql.executeSql("LOAD MODULE medflink");
  }

  private List<Row> rows(String query) {
    return CollectionUtil.iteratorToList(sql.executeSql(query).collect());
  }

  /** One call, over a column so that the planner folds no constant. */
  private Row call(String function) {
    return (Row) rows("SELECT " + function + " FROM (VALUES (1)) AS t(k)").get(0).getField(0);
  }

  @Test
  void the_module_lists_its_functions() {
    List<String> names =
        rows("SHOW FUNCTIONS").stream().map(row -> (String) row.getField(0)).toList();
    assertThat(names)
        .contains("predict_diabetes", "predict_hypertension", "optimize_resources", "erlang_b")
        .contains("news2", "threshold", "ada_risk_test", "framingham_diabetes_2007");
  }

  @Test
  void the_documented_patients_are_answered() {
    List<Row> rows =
        rows(
            "SELECT name, r.model, r.low, r.high, r.level, r.reason FROM (SELECT name,"
                + " predict_diabetes(age, glucose, pressure, 'mmol/L', 'cm[Hg]') AS r FROM (SELECT"
                + " name, CAST(age AS INT) AS age, CAST(glucose AS FLOAT) AS glucose, CAST(pressure"
                + " AS FLOAT) AS pressure FROM (VALUES ('Alice', 80, 5.5, 7.0), ('Bob', 85, 6.0,"
                + " 8.0), ('Charlie', 90, 7.5, 9.0), ('Dora', 55, 5.5, 8.0)) AS v(name, age,"
                + " glucose, pressure)))");
    assertThat(rows.get(0).getField(1)).isEqualTo("ada-risk-test");
    assertThat(rows.get(0).getField(2)).isEqualTo(3.0);
    assertThat(rows.get(1).getField(1)).isEqualTo("ada-risk-test");
    assertThat(rows.get(2).getField(1)).isNull();
    assertThat(rows.get(2).getField(4)).isEqualTo("HIGH");
    assertThat((String) rows.get(2).getField(5)).contains("diagnostic range");
    assertThat(rows.get(3).getField(1)).isEqualTo("framingham-diabetes-2007");
    assertThat((double) rows.get(3).getField(2)).isLessThan((double) rows.get(3).getField(3));
  }

  @Test
  void positional_functions_take_any_number_null_and_the_impossible() {
    List<String> numbers = new ArrayList<>();
    for (String type : List.of("INT", "BIGINT", "SMALLINT", "FLOAT", "DOUBLE", "DECIMAL(10, 2)")) {
      for (String value : List.of("55", "0", "-3", "NULL")) {
        numbers.add("CAST(" + value + " AS " + type + ")");
      }
    }
    for (String value : List.of("NaN", "Infinity", "-Infinity", "1e300")) {
      numbers.add("CAST('" + value + "' AS DOUBLE)");
    }
    numbers.add("NULL");
    String columns =
        numbers.stream()
            .flatMap(
                x ->
                    List.of(
                            "predict_diabetes(X, 5.5, 70)",
                            "predict_diabetes(55, X, 70)",
                            "predict_diabetes(55, 5.5, X)",
                            "predict_diabetes(X, X, X, 'mmol/L', NULL)",
                            "predict_hypertension(X, 'F', 25, 120, 80, FALSE, 1)",
                            "predict_hypertension(55, NULL, X, X, X, NULL, X)",
                            "optimize_resources(X, 20)",
                            "optimize_resources(10, X)",
                            "optimize_resources(10, 20, X, 3)",
                            "optimize_resources(10, 20, 3, X, X, X)")
                        .stream()
                        .map(f -> f.replace("X", x)))
            .collect(Collectors.joining(", "));
    Row row = rows("SELECT " + columns + " FROM (VALUES (1)) AS t(k)").get(0);
    assertThat(row.getArity()).isEqualTo(numbers.size() * 10);
    for (int i = 0; i < row.getArity(); i++) {
      Row answer = (Row) row.getField(i);
      boolean capacity = i % 10 >= 6;
      boolean figures = answer.getField(capacity ? 0 : 1) != null;
      Object why = answer.getField(capacity ? answer.getArity() - 1 : 5);
      assertThat(figures || why != null).as("column " + i).isTrue();
    }
  }

  @Test
  void wide_integers_from_columns_work_too() {
    Row row =
        (Row)
            rows("SELECT optimize_resources(COUNT(*), SUM(n)) FROM (VALUES (1), (2)) AS t(n)")
                .get(0)
                .getField(0);
    assertThat(row.getField("recommended_doctors")).isNotNull();
  }

  @Test
  void resources_are_balanced_as_documented() {
    Row row = call("optimize_resources(k + 99, 5)");
    assertThat((double) row.getField("sustainable_census")).isEqualTo(75);
    assertThat(row.getField("recommended_doctors")).isEqualTo(6);
    assertThat(row.getField("doctor_gap")).isEqualTo(1);
    assertThat(row.getField("binding_resource")).isEqualTo("DOCTORS");
    Row fraction = call("optimize_resources(k + 0.5, 5)");
    assertThat(fraction.getField("sustainable_census")).isNull();
    assertThat((String) fraction.getField("assumptions")).contains("bed_count is no whole number");
    Row demand = call("optimize_resources(k + 19, 2, 4, 5)");
    assertThat(demand.getField("offered_load")).isEqualTo(20.0);
    assertThat(demand.getField("p_delay")).isEqualTo(1.0);
    assertThat((int) demand.getField("required_beds")).isGreaterThan(20);
  }

  @Test
  void erlang_answers_null_for_the_impossible() {
    Row row =
        rows("SELECT erlang_b(2, 1), erlang_c(2, 1), erlang_b(-1, 1), erlang_c(2, NULL)").get(0);
    assertThat((double) row.getField(0)).isEqualTo(0.2);
    assertThat((double) row.getField(1)).isEqualTo(1 / 3.0);
    assertThat(row.getField(2)).isNull();
    assertThat(row.getField(3)).isNull();
  }

  @Test
  void hypertension_is_the_model_by_position() {
    Row row = call("predict_hypertension(k + 54, 'F', 25, 120, 80, FALSE, 1)");
    Interval expected =
        new Questionnaire(RiskModels.byId("framingham-htn-2008"))
            .assess(
                Map.of(
                    "age",
                    55,
                    "sex",
                    "F",
                    "bmi",
                    25,
                    "sbp",
                    120,
                    "dbp",
                    80,
                    "smoker",
                    false,
                    "parents_htn",
                    1));
    assertThat(row.getField("low")).isEqualTo(expected.predictions()[0].low());
    assertThat(row.getField("high")).isEqualTo(row.getField("low"));
    assertThat(row.getField("level")).isEqualTo(expected.level().name());
    assertThat((String[]) row.getField("missing")).isEmpty();
  }

  @Test
  void names_may_be_left_out_and_come_in_any_order() {
    Row row = call("news2(spo2 => 96e0, rr => k * 20e0, on_o2 => FALSE)");
    Interval expected =
        new Questionnaire(RiskModels.byId("news2"))
            .assess(Map.of("rr", 20, "spo2", 96, "on_o2", false));
    assertThat(row.getField("low")).isEqualTo(expected.predictions()[0].low());
    assertThat(row.getField("high")).isEqualTo(expected.predictions()[0].high());
    assertThat((String[]) row.getField("missing")).isEqualTo(expected.missing());
    assertThat(row.getField("risk")).isNull();
  }

  @Test
  void a_named_number_that_is_no_double_is_refused_by_flink() {
    assertThatThrownBy(() -> call("news2(rr => k)"))
        .hasStackTraceContaining("Mismatch of function's argument data type 'DOUBLE'");
    assertThat(call("news2(rr => CAST(k AS DOUBLE))").getField("low")).isEqualTo(3.0);
  }

  /** Flink drops an argument whose name it doesn't know; what was meant is then told as missing. */
  @Test
  void a_misspelt_name_leaves_its_input_missing() {
    Row row = call("news2(pulse => 80e0)");
    assertThat((String[]) row.getField("missing")).contains("hr");
    assertThat((double) row.getField("high")).isEqualTo(20);
  }
}
