// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Interval;
import io.medflink.core.ModelCard;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;
import io.medflink.models.RiskModels;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MlPredictITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  private final TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());

  private List<Row> rows(String query) {
    return CollectionUtil.iteratorToList(sql.executeSql(query).collect());
  }

  private void createNews2(String with) {
    sql.executeSql(
        "CREATE MODEL ward INPUT (rr INT, spo2 FLOAT, on_o2 BOOLEAN, acvpu STRING, temp_c"
            + " DECIMAL(4, 1)) OUTPUT (model STRING, low DOUBLE, high DOUBLE, level STRING,"
            + " missing ARRAY<STRING>, reason STRING, score DOUBLE, risk STRING) WITH ("
            + with
            + ")");
  }

  @Test
  void numbers_of_any_type_and_null_are_answered() {
    createNews2("'provider'='medflink', 'model'='news2', 'task'='regression'");
    List<Row> rows =
        rows(
            "SELECT * FROM ML_PREDICT((SELECT CAST(rr AS INT) AS rr, CAST(spo2 AS FLOAT) AS"
                + " spo2, on_o2, acvpu, CAST(temp_c AS DECIMAL(4, 1)) AS temp_c FROM (VALUES (25,"
                + " 96.0, FALSE, 'A', 37.0), (CAST(NULL AS INT), CAST(NULL AS DECIMAL(3, 1)),"
                + " CAST(NULL AS BOOLEAN), CAST(NULL AS STRING), CAST(NULL AS DECIMAL(3, 1))),"
                + " (-1, 96.0, FALSE, 'X', 37.0)) AS v(rr, spo2, on_o2, acvpu, temp_c)), MODEL"
                + " ward, DESCRIPTOR(rr, spo2, on_o2, acvpu, temp_c))");
    Interval expected =
        new Questionnaire(RiskModels.byId("news2"))
            .assess(Map.of("rr", 25, "spo2", 96, "on_o2", false, "acvpu", "A", "temp_c", 37));
    // Rows of a VALUES clause come in any order.
    rows.sort(
        Comparator.comparingInt(row -> -Objects.requireNonNullElse((Integer) row.getField(0), 0)));
    assertThat(rows.get(0).getField(6)).isEqualTo(expected.predictions()[0].low());
    assertThat(rows.get(0).getField(7)).isEqualTo(expected.predictions()[0].high());
    assertThat((String[]) rows.get(0).getField(9)).containsExactly(expected.missing());
    assertThat(rows.get(0).getField(11)).as("not certain").isNull();
    assertThat(rows.get(1).getField(7)).isEqualTo(20.0);
    assertThat(rows.get(2).getField(6)).isNull();
    assertThat((String) rows.get(2).getField(10)).contains("rr: impossible").contains("acvpu");
  }

  @Test
  void wrong_models_and_columns_are_told_when_planning() {
    assertRefused("x DOUBLE", "low DOUBLE", "news2", "no input x of news2; there are rr, spo2");
    assertRefused("rr STRING", "low DOUBLE", "news2", "input rr is declared STRING");
    assertRefused("rr DOUBLE", "low INT", "news2", "output low is declared INT, is to be DOUBLE");
    assertRefused("rr DOUBLE", "x INT", "news2", "no output x of news2; there are model, low");
    assertRefused(
        "rr DOUBLE", "low DOUBLE", "nothing", "no model nothing; there are ada-risk-test");
  }

  /** Of a user, found by its class name; it wants more than a row holds. */
  public static final class Trend implements RiskModel {
    private static final ModelCard CARD = ModelCard.of("trend", "1", "a test", "tests");

    static {
      CARD.input(Input.of("rr", Vital.RESPIRATORY_RATE).history(Duration.ofHours(1)));
      CARD.output("slope", "1");
    }

    @Override
    public ModelCard card() {
      return CARD;
    }

    @Override
    public void assess(Chart chart, Answer answer) {
      throw new AssertionError("never asked");
    }
  }

  @Test
  void a_model_with_a_history_is_referred_to_assess() {
    assertRefused(
        "rr DOUBLE", "low DOUBLE", Trend.class.getName(), "trend looks at a history, which no row");
  }

  private void assertRefused(String input, String output, String model, String message) {
    String type = input.endsWith("STRING") ? "STRING" : "DOUBLE";
    sql.executeSql(
        "CREATE TEMPORARY MODEL wrong INPUT ("
            + input
            + ") OUTPUT ("
            + output
            + ") WITH ('provider'='medflink', 'model'='"
            + model
            + "')");
    assertThatThrownBy(
            () ->
                rows(
                    "SELECT * FROM ML_PREDICT((SELECT CAST(NULL AS "
                        + type
                        + ") AS a), MODEL wrong, DESCRIPTOR(a))"))
        .hasStackTraceContaining(message);
    sql.executeSql("DROP TEMPORARY MODEL wrong");
  }
}
