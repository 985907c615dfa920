// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fitting and recalibrating against published numbers and plain loops. */
final class LogisticFitTest {

  /** O-ring distress by temperature: Dalal SR, Fowlkes EB, Hoadley B. JASA 1989;84:945-57. */
  private static final double[] TEMPERATURES = {
    66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58
  };

  private static final String DISTRESS = "01000000111001000000101";

  @Test
  void thePublishedFitOfTheSpaceShuttlesRingsIsFoundAgain() {
    double[][] rows = new double[TEMPERATURES.length][1];
    boolean[] outcomes = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = TEMPERATURES[i];
      outcomes[i] = DISTRESS.charAt(i) == '1';
    }

    LogisticFit fit = LogisticFit.fit(rows, outcomes, 0);

    assertThat(fit.coefficients()[0]).isCloseTo(15.0429, within(5e-5));
    assertThat(fit.coefficients()[1]).isCloseTo(-0.2322, within(5e-5));
    assertThat(fit.standardErrors()[0]).isCloseTo(7.3786, within(5e-5));
    assertThat(fit.standardErrors()[1]).isCloseTo(0.1082, within(5e-5));
    assertThat(-2 * fit.logLikelihood()).isCloseTo(20.315, within(5e-4));
    assertThat(fit.probability(new double[] {31})).isCloseTo(0.9996, within(5e-5));
  }

  @Test
  void aRidgeGivesWhatPlainGradientAscentGives() {
    Random random = new Random(7);
    double[][] rows = new double[400][3];
    boolean[] outcomes = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double lp = -0.5;
      for (int j = 0; j < 3; j++) {
        rows[i][j] = random.nextGaussian();
        lp += (j - 0.7) * rows[i][j];
      }
      outcomes[i] = random.nextDouble() < 1 / (1 + Math.exp(-lp));
    }
    double[] slow = new double[4];
    for (int step = 0; step < 4000; step++) {
      double[] gradient = {0, -3 * slow[1], -3 * slow[2], -3 * slow[3]};
      for (int i = 0; i < rows.length; i++) {
        double lp = slow[0] + slow[1] * rows[i][0] + slow[2] * rows[i][1] + slow[3] * rows[i][2];
        double residual = (outcomes[i] ? 1 : 0) - 1 / (1 + Math.exp(-lp));
        gradient[0] += residual;
        for (int j = 0; j < 3; j++) {
          gradient[j + 1] += residual * rows[i][j];
        }
      }
      for (int j = 0; j < 4; j++) {
        slow[j] += 0.005 * gradient[j];
      }
    }

    LogisticFit fit = LogisticFit.fit(rows, outcomes, 3);

    for (int j = 0; j < 4; j++) {
      assertThat(fit.coefficients()[j]).isCloseTo(slow[j], within(1e-6));
    }
    assertThat(Math.abs(fit.coefficients()[3]))
        .isLessThan(Math.abs(LogisticFit.fit(rows, outcomes, 0).coefficients()[3]));
  }

  @Test
  void whatCannotBeFittedIsSaid() {
    double[][] rows = {{1}, {2}, {3}, {4}};
    boolean[] separated = {false, false, true, true};
    assertThatThrownBy(() -> LogisticFit.fit(rows, separated, 0))
        .isInstanceOf(ArithmeticException.class);
    assertThat(LogisticFit.fit(rows, separated, 0.1).coefficients()[1]).isPositive();
    assertThatThrownBy(() -> LogisticFit.fit(rows, new boolean[4], 0))
        .hasMessageContaining("only one outcome");
    assertThatThrownBy(() -> LogisticFit.fit(new double[][] {{1}, {Double.NaN}}, new boolean[2], 0))
        .hasMessageContaining("row 1");
    assertThatThrownBy(
            () -> LogisticFit.fit(new double[][] {{1, 1}, {2, 2}, {3, 3}}, flags(1, 0, 1), 0))
        .isInstanceOf(ArithmeticException.class);
  }

  private static boolean[] flags(int... bits) {
    boolean[] flags = new boolean[bits.length];
    for (int i = 0; i < bits.length; i++) {
      flags[i] = bits[i] == 1;
    }
    return flags;
  }

  @Test
  void theAreaAndTheBrierScoreAreThoseOfAllPairs() {
    Random random = new Random(11);
    double[] risks = new double[300];
    boolean[] outcomes = new boolean[300];
    double squares = 0;
    for (int i = 0; i < risks.length; i++) {
      risks[i] = (1 + random.nextInt(18)) / 20.0;
      outcomes[i] = random.nextDouble() < risks[i];
      squares += Math.pow(risks[i] - (outcomes[i] ? 1 : 0), 2);
    }
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < risks.length; i++) {
      for (int j = 0; j < risks.length; j++) {
        if (outcomes[i] && !outcomes[j]) {
          pairs++;
          right += risks[i] > risks[j] ? 1 : risks[i] == risks[j] ? 0.5 : 0;
        }
      }
    }

    Calibration calibration = Calibration.of(risks, outcomes);

    assertThat(calibration.auc()).isCloseTo(right / pairs, within(1e-12));
    assertThat(calibration.brier()).isCloseTo(squares / 300, within(1e-12));
    assertThatThrownBy(() -> Calibration.of(new double[] {0, 1}, flags(0, 1)))
        .hasMessageContaining("risk 0");
  }

  @Test
  void recalibrationProposesACardThatIsRightForThePopulation() {
    CoefficientCard card = CoefficientCard.read(CoefficientCardTest.LOGISTIC);
    Logistic model = new Logistic(card);
    Random random = new Random(13);
    int n = 20_000;
    double[] risks = new double[n];
    boolean[] outcomes = new boolean[n];
    Chart[] charts = new Chart[n];
    for (int i = 0; i < n; i++) {
      charts[i] = chart(model, random);
      risks[i] = risk(model, charts[i]);
      double lp = 0.5 + 0.7 * Math.log(risks[i] / (1 - risks[i]));
      outcomes[i] = random.nextDouble() < 1 / (1 + Math.exp(-lp));
    }
    Calibration before = Calibration.of(risks, outcomes);
    assertThat(before.slope()).isCloseTo(0.7, within(0.1));
    assertThat(before.intercept()).isCloseTo(0.5, within(0.2));
    assertThat(before.inTheLarge()).isPositive();
    assertThat((double) before.events()).isGreaterThan(before.expected());

    CoefficientCard proposed =
        CoefficientCard.read(before.propose(model, "1-local", "a simulated hospital"));

    for (int i = 0; i < n; i++) {
      risks[i] = risk(new Logistic(proposed), charts[i]);
    }
    Calibration after = Calibration.of(risks, outcomes);
    assertThat(after.slope()).isCloseTo(1, within(1e-6));
    assertThat(after.inTheLarge()).isCloseTo(0, within(1e-6));
    assertThat(after.auc()).isCloseTo(before.auc(), within(1e-9));
    assertThat(after.brier()).isLessThan(before.brier());
    assertThat(proposed.version()).isEqualTo("1-local");
    assertThat(proposed.citation()).contains("a simulated hospital (20000 cases)");
    assertThat(model.version()).isEqualTo("1");
    assertThat(new Questionnaire(CoefficientCard.read(proposed.write()).model()).answer(Map.of()))
        .containsEntry("version", "1-local");
  }

  private static Chart chart(Logistic model, Random random) {
    Chart chart = new Chart(model);
    chart.clear(0);
    for (var input : model.card().inputs()) {
      double low = input.published().low();
      double value = low + (input.published().high() - low) * random.nextDouble();
      chart.set(input, input.codes().isEmpty() ? value : Math.rint(value));
    }
    return chart;
  }

  private static double risk(Logistic model, Chart chart) {
    Answer answer = new Answer(model);
    model.assess(chart, answer);
    Output risk = model.card().outputs().get(0);
    return answer.value(risk);
  }
}
