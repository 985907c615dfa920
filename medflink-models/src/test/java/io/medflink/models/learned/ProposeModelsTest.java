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
import io.medflink.core.ModelProposal;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Recalibrator;
import io.medflink.core.RiskAssessment;
import io.medflink.core.Vital;
import io.medflink.core.operators.ProposeModels;
import io.medflink.core.operators.SwitchModels;
import io.medflink.core.operators.WatchCalibration;
import io.medflink.models.RiskModels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A published model that drifts, is watched, gets a proposal and is switched by a person. */
final class ProposeModelsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String CVD = "framingham-cvd-2008";
  private static final Recalibrator RECALIBRATOR =
      (model, version, risks, outcomes) ->
          Calibration.of(risks, outcomes)
              .propose(RiskModels.byId(model), "here-1", "a made-up hospital");

  private static KeyedOneInputStreamOperatorTestHarness<String, JudgedRisk, ModelProposal> judging(
      int cases) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new ProposeModels(RECALIBRATOR, cases)),
        judged -> judged.model() + " " + judged.version(),
        Types.STRING);
  }

  private static JudgedRisk judged(double risk, int second, boolean happened) {
    return new JudgedRisk(CVD, "2008", NOON.plusSeconds(second), risk, happened);
  }

  @Test
  void aDriftOfAPublishedModelIsProposedAwayAndSwitchedByAPersonOnly() throws Exception {
    Random random = new Random(31);
    List<JudgedRisk> all = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      double risk = 0.02 + 0.6 * random.nextDouble();
      double odds = 2.5 * risk / (1 - risk); // more happens here than in Framingham
      all.add(judged(risk, i, random.nextDouble() < odds / (1 + odds)));
    }
    ModelProposal proposal;
    try (var watching =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new WatchCalibration(2, 7)),
                (JudgedRisk judged) -> judged.model() + " " + judged.version(),
                Types.STRING);
        var harness = judging(4000)) {
      watching.open();
      harness.open();
      for (JudgedRisk judged : all) {
        watching.processElement(judged, 0);
        harness.processElement(judged, 0);
      }
      assertThat(watching.extractOutputValues())
          .isNotEmpty()
          .allMatch(drift -> drift.kind() == Drift.Kind.MORE_EVENTS);
      assertThat(harness.extractOutputValues()).hasSize(1);
      proposal = harness.extractOutputValues().get(0);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }

    assertThat(proposal.model()).isEqualTo(CVD);
    assertThat(proposal.version()).isEqualTo("2008");
    assertThat(proposal.cases()).isEqualTo(4000);
    assertThat(proposal.from()).isEqualTo(NOON);
    assertThat(proposal.until()).isEqualTo(NOON.plusSeconds(3999));
    assertThat(proposal.why()).isNull();
    Recalibrated proposed = (Recalibrated) RiskModels.read(proposal.card());
    assertThat(proposed.recalibration().intercept()).isCloseTo(Math.log(2.5), within(0.2));
    assertThat(proposed.recalibration().slope()).isCloseTo(1, within(0.15));

    try (var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new SwitchModels(RiskModels::read, AssessOptions.immediate(), RiskModels.byId(CVD)),
                List.of(SwitchModels.CHANGES)),
            Panel::patientId,
            Types.STRING,
            1,
            1,
            0)) {
      harness.open();
      harness.processElement(panel(0), 0);
      harness.processBroadcastElement(
          new ModelChange(proposal.card(), "a person", "a reason", NOON), 0);
      harness.processElement(panel(60), 0);
      List<RiskAssessment> said = harness.extractOutputValues();

      assertThat(said)
          .extracting(RiskAssessment::version)
          .containsExactly("2008", "2008 recalibrated here-1");
      double before = said.get(0).low();
      double odds =
          proposed.recalibration().intercept()
              + proposed.recalibration().slope() * Math.log(before / (1 - before));
      assertThat(said.get(1).low()).isCloseTo(1 / (1 + Math.exp(-odds)), within(1e-12));
      assertThat(said.get(1).low()).isGreaterThan(before);
    }
  }

  private static Panel panel(int second) {
    return Panel.of(
        "ward|1",
        NOON.plusSeconds(second),
        Observation.of(Vital.SYSTOLIC_PRESSURE, 124),
        Observation.of(Lab.TOTAL_CHOLESTEROL, 180),
        Observation.of(Lab.HDL_CHOLESTEROL, 47),
        Observation.coded(Demographic.BIRTH_DATE, "1964-05-01"),
        Observation.coded(Demographic.SEX, "F"),
        Observation.coded(Demographic.HYPERTENSION_TREATED, "no"),
        Observation.coded(Demographic.SMOKER, "yes"),
        Observation.coded(Demographic.DIABETES, "no"));
  }

  @Test
  void whatCanNotBeProposedSaysWhyAndWhatHasNoLogOddsIsCounted() throws Exception {
    try (var harness = judging(100)) {
      harness.open();
      harness.processElement(judged(1, 0, true), 0);
      harness.processElement(judged(0, 1, false), 0);
      harness.processElement(judged(Double.NaN, 1, false), 0);
      for (int i = 0; i < 100; i++) {
        harness.processElement(judged(0.1 + i / 1000.0, 10 + i, false), 0);
      }

      ModelProposal proposal = harness.extractOutputValues().get(0);
      assertThat(proposal.card()).isNull();
      assertThat(proposal.why()).isEqualTo("only one outcome occurs: nothing to fit");
      assertThat(proposal.cases()).isEqualTo(100);
      assertThat(proposal.leftOut()).isEqualTo(2);
    }
  }

  @Test
  void whatWasJudgedBeforeARestartCountsAfterIt() throws Exception {
    Random random = new Random(2);
    OperatorSubtaskState saved;
    try (var harness = judging(1000)) {
      harness.open();
      for (int i = 0; i < 600; i++) {
        harness.processElement(judged(0.3, i, random.nextDouble() < 0.3), 0);
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      saved = harness.snapshot(1, 1);
    }
    try (var harness = judging(1000)) {
      harness.initializeState(saved);
      harness.open();
      for (int i = 600; i < 1000; i++) {
        harness.processElement(judged(0.5, i, random.nextDouble() < 0.5), 0);
      }
      ModelProposal proposal = harness.extractOutputValues().get(0);
      assertThat(proposal.from()).isEqualTo(NOON);
      assertThat(((Recalibrated) RiskModels.read(proposal.card())).recalibration().slope())
          .isCloseTo(1, within(0.4));
    }
  }
}
