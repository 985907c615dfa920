// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.examples.SqlScript.Statement;
import org.junit.jupiter.api.Test;

final class SqlScriptTest {

  @Test
  void statementsEndAtSemicolonsAndKnowTheirLines() {
    assertThat(SqlScript.split("SELECT 1;\n\n  SELECT 2\n;\nSELECT 3"))
        .containsExactly(
            new Statement(1, "SELECT 1"),
            new Statement(3, "SELECT 2"),
            new Statement(5, "SELECT 3"));
  }

  @Test
  void semicolonsInQuotesAndCommentsEndNothing() {
    assertThat(
            SqlScript.split(
                "-- it's; a comment\nSELECT 'a;''b--', `x;`, \"y;\" /* ; ' */ FROM t; -- end;"))
        .containsExactly(new Statement(2, "SELECT 'a;''b--', `x;`, \"y;\"   FROM t"));
  }

  @Test
  void aStatementSetIsOneStatementInBothOfItsForms() {
    assertThat(
            SqlScript.split(
                "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END;"
                    + "\nBEGIN STATEMENT SET; INSERT INTO a SELECT 1; END; SELECT 1;"))
        .extracting(statement -> statement.sql().replaceAll("\\s+", " "))
        .containsExactly(
            "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END",
            "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; END",
            "SELECT 1");
  }

  @Test
  void emptyStatementsAreNone() {
    assertThat(SqlScript.split(" ;; -- nothing\n /* nor here */ ;")).isEmpty();
  }

  @Test
  void onlyWhatAsksForRowsIsAQuery() {
    assertThat(new Statement(1, "with a AS (SELECT 1) SELECT * FROM a").isQuery()).isTrue();
    assertThat(new Statement(1, "(SELECT 1)").isQuery()).isTrue();
    assertThat(new Statement(1, "EXPLAIN SELECT 1").isQuery()).isFalse();
    assertThat(new Statement(1, "INSERT INTO a SELECT 1").isQuery()).isFalse();
  }
}
