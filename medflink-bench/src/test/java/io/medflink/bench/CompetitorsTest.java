// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** Competitors are compared on the same work only if they give the same results. */
final class CompetitorsTest {
  @Test
  void ifElseAndNews2AgreeOnEveryRowAndTheRowsReachEveryLevel() {
    News2Benchmark bench = new News2Benchmark();
    Set<Integer> levels = new TreeSet<>();
    for (int row = 0; row < News2Benchmark.ROWS; row++) {
      int expected = bench.ifElse(row);
      assertThat(bench.news2(row)).as("row %d", row).isEqualTo(expected);
      levels.add(expected < 0 ? expected : expected >> IfElseNews2.LEVEL);
    }
    assertThat(levels).containsExactly(IfElseNews2.NOT_APPLICABLE, 0, 1, 2, 3);
  }

  @Test
  void everyReaderOfHl7GivesTheSamePanels() throws Exception {
    Hl7v2Benchmark bench = new Hl7v2Benchmark();
    for (int i = 0; i < Hl7v2Benchmark.MESSAGES; i += 41) {
      assertThat(bench.medflink(i)).hasSize(2).isEqualTo(bench.split(i)).isEqualTo(bench.hapi(i));
      assertThat(bench.splitFive(i)).hasSize(Results.VALUES).isEqualTo(bench.hapiFive(i));
    }
  }

  @Test
  void everyUnitLibraryGivesTheSameNumber() throws Exception {
    UnitsBenchmark bench = new UnitsBenchmark();
    bench.seeEachPair();
    for (int pair = 0; pair < UnitsBenchmark.PAIRS; pair++) {
      double ours = bench.medflink(pair);
      assertThat(bench.cachedConverter(pair)).isCloseTo(ours, within(1e-6));
      assertThat(Double.parseDouble(bench.fhirUcum(pair))).isCloseTo(ours, within(0.2));
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void theModelAndItsFormulaByHandAgreeOnEveryRow(String formula) {
    FormulasBenchmark bench = new FormulasBenchmark();
    bench.formula = formula;
    bench.fill();
    for (int row = 0; row < FormulasBenchmark.ROWS; row++) {
      double byHand = bench.byHand(row);
      assertThat(bench.byModel(row)).as("row %d", row).isCloseTo(byHand, within(1e-9));
    }
  }

  static String[] formulas() throws NoSuchFieldException {
    Param params = FormulasBenchmark.class.getDeclaredField("formula").getAnnotation(Param.class);
    return Objects.requireNonNull(params).value();
  }

  @Test
  void everyLogisticRegressionGivesTheSameRisk() {
    LogisticBenchmark bench = new LogisticBenchmark();
    bench.fill();
    for (int row = 0; row < LogisticBenchmark.ROWS; row++) {
      double byHand = bench.byHand(row);
      assertThat(bench.byHandInRange(row)).isCloseTo(byHand, within(1e-12));
      assertThat(bench.medflink(row)).isCloseTo(byHand, within(1e-12));
      assertThat(bench.jpmml(row)).isCloseTo(byHand, within(1e-12));
      assertThat(bench.tribuo(row)).isCloseTo(byHand, within(1e-12));
    }
  }

  @Test
  void noFormTwiceIsTheSamePanelStill() {
    FhirBenchmark bench = new FhirBenchmark();
    for (int message = 0; message < 100; message++) {
      assertThat(bench.unlike(message)).isEqualTo(bench.medflinkJson(message));
    }
  }

  @Test
  void everyReaderOfFhirGivesTheSamePanel() throws Exception {
    FhirBenchmark bench = new FhirBenchmark();
    for (int message = 0; message < FhirBenchmark.MESSAGES; message += 97) {
      assertThat(bench.medflinkJson(message))
          .isEqualTo(bench.medflinkXml(message))
          .isEqualTo(bench.jackson(message))
          .isEqualTo(bench.tokens(message))
          .isEqualTo(bench.fastjson(message))
          .isEqualTo(bench.hapiJson(message))
          .isEqualTo(bench.hapiXml(message));
    }
  }
}
