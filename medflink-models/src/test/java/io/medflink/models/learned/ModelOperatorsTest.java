// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.AssessOptions;
import io.medflink.core.Demographic;
import io.medflink.core.Drift;
import io.medflink.core.JudgedRisk;
import io.medflink.core.Lab;
import io.medflink.core.ModelChange;
import io.medflink.core.ModelDifference;
import io.medflink.core.Observation;
import io.medflink.core.Outcome;
import io.medflink.core.Panel;
import io.medflink.core.PopulationStability;
import io.medflink.core.Prediction;
import io.medflink.core.RejectCode;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import io.medflink.core.Vital;
import io.medflink.core.operators.Assess;
import io.medflink.core.operators.CompareModels;
import io.medflink.core.operators.JudgeRisks;
import io.medflink.core.operators.SideOutput;
import io.medflink.core.operators.SwitchModels;
import io.medflink.core.operators.WatchCalibration;
import io.medflink.core.operators.WatchInputs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Models that people switch, try and watch while the stream runs. */
final class ModelOperatorsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SECOND =
      CoefficientCardTest.LOGISTIC
          .replace("\"version\": \"1\"", "\"version\": \"2\"")
          .replace("-4.2", "-3.2");

  private static Panel panel(int minute, double pulse) {
    return Panel.of(
        "ward|1",
        NOON.plusSeconds(60L * minute),
        Observation.of(Vital.HEART_RATE, pulse),
        Observation.of(Lab.GLUCOSE, 100),
        Observation.coded(Demographic.SMOKER, "no"),
        Observation.of(Vital.SYSTOLIC_PRESSURE, 120));
  }

  private static KeyedBroadcastOperatorTestHarness<String, Panel, ModelChange, RiskAssessment>
      switching() throws Exception {
    SwitchModels function =
        new SwitchModels(
            text -> CoefficientCard.read(text).model(),
            AssessOptions.immediate(),
            Logistic.read(CoefficientCardTest.LOGISTIC));
    return new KeyedBroadcastOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(function, List.of(SwitchModels.CHANGES)),
        Panel::patientId,
        Types.STRING,
        1,
        1,
        0);
  }

  private static ModelChange change(String card) {
    return new ModelChange(card, "a person", "a reason", NOON);
  }

  @Test
  void aModelIsSwitchedWithoutARestartAndStaysSwitchedAfterOne() throws Exception {
    OperatorSubtaskState saved;
    double before;
    try (var harness = switching()) {
      harness.open();
      harness.processElement(panel(0, 80), 0);
      harness.processBroadcastElement(change(SECOND), 0);
      harness.processElement(panel(1, 80), 0);
      List<RiskAssessment> said = harness.extractOutputValues();

      assertThat(said).extracting(RiskAssessment::version).containsExactly("1", "2");
      before = said.get(0).low();
      assertThat(said.get(1).low()).isGreaterThan(before);
      saved = harness.snapshot(1, 1);
    }
    try (var harness = switching()) {
      harness.initializeState(saved);
      harness.open();
      harness.processElement(panel(2, 80), 0);

      assertThat(harness.extractOutputValues())
          .extracting(RiskAssessment::version)
          .containsExactly("2");
    }
  }

  @Test
  void aBadCardChangesNothingAndSaysWhy() throws Exception {
    try (var harness = switching()) {
      harness.open();
      harness.processBroadcastElement(change(SECOND.replace("0.02", "\"x\"")), 0);
      harness.processBroadcastElement(change(SECOND.replace("ward-risk", "other-risk")), 0);
      harness.processElement(panel(0, 80), 0);

      assertThat(harness.extractOutputValues())
          .extracting(RiskAssessment::version)
          .containsExactly("1");
      assertThat(harness.getSideOutput(SideOutput.REJECTED))
          .extracting(r -> r.getValue().code() + " " + r.getValue().field())
          .containsExactly(
              RejectCode.BAD_MODEL + " terms[0].coefficient: no finite number",
              RejectCode.BAD_MODEL + " id: none of [ward-risk]");
    }
  }

  @Test
  void theChallengerIsNotHeardOfButWhereItDiffers() throws Exception {
    String steeper =
        CoefficientCardTest.LOGISTIC
            .replace("ward-risk", "ward-risk-2")
            .replace("\"coefficient\": 0.02", "\"coefficient\": 0.021");
    List<RiskAssessment> answers = new ArrayList<>();
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                Assess.held(
                    Duration.ZERO,
                    Logistic.read(CoefficientCardTest.LOGISTIC),
                    Logistic.read(steeper))),
            Panel::patientId,
            Types.STRING)) {
      harness.open();
      harness.processElement(panel(0, 25), 0);
      harness.processElement(panel(1, 200), 0);
      harness.processWatermark(Long.MAX_VALUE);
      answers.addAll(harness.extractOutputValues());
    }
    assertThat(answers).hasSize(8);
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new CompareModels("ward-risk", "ward-risk-2", 0.001, Duration.ofHours(1))),
            RiskAssessment::patientId,
            Types.STRING)) {
      harness.open();
      for (RiskAssessment answer : answers) {
        harness.processElement(answer, 0);
      }

      assertThat(harness.extractOutputValues())
          .extracting(RiskAssessment::model)
          .containsOnly("ward-risk")
          .hasSize(4);
      List<ModelDifference> differences =
          harness.getSideOutput(CompareModels.DIFFERENCES).stream().map(r -> r.getValue()).toList();
      assertThat(differences).hasSize(1);
      assertThat(differences.get(0).time()).isEqualTo(NOON.plusSeconds(60));
      assertThat(differences.get(0).low()).isGreaterThan(0.001);
      assertThat(differences.get(0).same()).isFalse();
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void anInputThatShiftsIsFoundByItsFeed() throws Exception {
    Random random = new Random(17);
    double[] values = random.doubles(2000, 60, 100).toArray();
    PopulationStability pulse = PopulationStability.of("8867-4", values, 10);
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new WatchInputs(Duration.ofHours(1), 100, pulse)),
            WatchInputs::feed,
            Types.STRING)) {
      harness.open();
      for (int hour = 0; hour < 6; hour++) {
        for (int i = 0; i < 500; i++) {
          double value = 60 + 40 * random.nextDouble();
          Instant time = NOON.plusSeconds(3600L * hour + i);
          Observation steady = Observation.of(Vital.HEART_RATE, value);
          // From the fourth hour on the second feed's sensor reads 15 too much.
          Observation shifted = Observation.of(Vital.HEART_RATE, value + (hour < 3 ? 0 : 15));
          harness.processElement(Panel.of("ward|1", time, steady).withFeed("a"), 0);
          harness.processElement(Panel.of("ward|2", time, shifted).withFeed("b"), 0);
        }
      }
      harness.processWatermark(Long.MAX_VALUE);
      List<Drift> drifts = harness.extractOutputValues();

      assertThat(drifts).hasSize(12).allMatch(drift -> drift.cases() == 500);
      for (Drift drift : drifts) {
        boolean shift =
            drift.subject().equals("b") && !drift.from().isBefore(NOON.plusSeconds(3 * 3600));
        assertThat(drift.drifted()).as(drift.subject() + drift.from()).isEqualTo(shift);
        assertThat(shift ? drift.value() > 0.5 : drift.value() < 0.1).isTrue();
      }
    }
  }

  @Test
  void theIndexIsThatOfAWorkedExample() {
    PopulationStability three =
        new PopulationStability("8867-4", new double[] {60, 100}, new long[] {25, 50, 25});

    // (0.1-0.25) ln(0.1/0.25) + (0.6-0.5) ln(0.6/0.5) + (0.3-0.25) ln(0.3/0.25), by hand
    assertThat(three.index(new long[] {10, 60, 30}))
        .isCloseTo(0.137444 + 0.018232 + 0.009116, within(1e-6));
    assertThat(three.index(new long[] {25, 50, 25})).isZero();
    assertThat(three.bin(59.9)).isZero();
    assertThat(three.bin(60)).isEqualTo(1);
    assertThat(three.bin(100)).isEqualTo(2);
  }

  @Test
  void whatIsPredictedIsJudgedByWhatCameOfItOnce() throws Exception {
    try (var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new JudgeRisks("ward-risk", Duration.ofDays(1))),
            RiskAssessment::patientId,
            Outcome::patientId,
            Types.STRING)) {
      harness.open();
      harness.processElement1(said(0, 0.2, 0.2), 0);
      harness.processElement1(said(30, 0.3, 0.3), 0);
      harness.processElement1(said(-60, 0.1, 0.4), 0);
      harness.processElement2(new Outcome("ward|1", "ward-risk", NOON.plusSeconds(3600), true), 0);
      harness.processElement2(new Outcome("ward|1", "other", NOON.plusSeconds(3600), true), 0);
      harness.processElement2(
          new Outcome("ward|1", "ward-risk", NOON.plusSeconds(9 * 86_400), false), 0);
      harness.processBothWatermarks(new Watermark(Long.MAX_VALUE));

      assertThat(harness.extractOutputValues())
          .containsExactly(new JudgedRisk("ward-risk", "1", NOON.plusSeconds(3600), 0.2, true));
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  private static RiskAssessment said(int minute, double low, double high) {
    return new RiskAssessment(
        "ward|1",
        null,
        null,
        null,
        null,
        "ward-risk",
        "1",
        NOON.plusSeconds(60L * minute),
        1,
        RiskAssessment.Status.FINAL,
        new Prediction[] {new Prediction("risk", low, high)},
        RiskLevel.UNKNOWN,
        RiskLevel.UNKNOWN,
        new String[0],
        null,
        null,
        null);
  }

  @Test
  void calibrationThatDriftsIsFoundSoonAndGoodCalibrationIsLeftAlone() throws Exception {
    int falseAlarms = 0;
    List<Long> delays = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      for (double odds : new double[] {2, 0.5}) {
        try (var harness =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new WatchCalibration(2, 7)),
                (JudgedRisk r) -> r.model() + " " + r.version(),
                Types.STRING)) {
          harness.open();
          for (int i = 0; i < 1000 && harness.extractOutputValues().isEmpty(); i++) {
            harness.processElement(judged(random, i, i < 300 ? 1 : odds), 0);
          }
          List<Drift> drifts = harness.extractOutputValues();
          assertThat(drifts).hasSize(1);
          long at = drifts.get(0).until().getEpochSecond() - NOON.getEpochSecond();
          if (at < 300) {
            falseAlarms++;
          } else {
            delays.add(at - 300);
            assertThat(drifts.get(0).kind())
                .isEqualTo(odds > 1 ? Drift.Kind.MORE_EVENTS : Drift.Kind.FEWER_EVENTS);
          }
        }
      }
    }
    assertThat(falseAlarms).isLessThanOrEqualTo(2);
    assertThat(delays.stream().mapToLong(d -> d).average().orElseThrow()).isLessThan(200);
  }

  private static JudgedRisk judged(Random random, int second, double odds) {
    double risk = 0.1 + 0.5 * random.nextDouble();
    double truth = odds * risk / (1 - risk + odds * risk);
    return new JudgedRisk(
        "ward-risk", "1", NOON.plusSeconds(second), risk, random.nextDouble() < truth);
  }
}
