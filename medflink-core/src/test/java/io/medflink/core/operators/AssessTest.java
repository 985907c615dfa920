// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.AssessOptions;
import io.medflink.core.Panel;
import io.medflink.core.PulseTrend;
import io.medflink.core.RiskAssessment;
import io.medflink.core.WardScore;
import io.medflink.core.operators.Books.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AssessTest {
  private static final Duration HOUR = Duration.ofHours(1);

  static List<StateBackend> backends() {
    return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
  }

  private static Assess<Panel> held() {
    return Assess.held(HOUR, new WardScore(), new PulseTrend());
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Panel, RiskAssessment> harness(
      Assess<Panel> assess, StateBackend backend) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(assess), Panel::patientId, Types.STRING);
    harness.setStateBackend(backend);
    return harness;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRestoreChangesNothingAndTheBooksGoOn(StateBackend backend) throws Exception {
    List<Panel> panels = Ward.panels(4, 40, 7);
    List<Panel> mixed = blockwise(panels);
    Map<String, String> whole;
    try (var harness = harness(held(), backend)) {
      harness.open();
      feed(harness, mixed, 0, mixed.size());
      harness.processWatermark(Long.MAX_VALUE);
      whole = Ward.lastWords(harness.extractOutputValues());
      assertThat(harness.getSideOutput(SideOutput.LATE)).isNull();
      if (backend instanceof HashMapStateBackend) {
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
      assertThat(harness.numEventTimeTimers()).isZero();
    }
    List<RiskAssessment> said = new ArrayList<>();
    OperatorSubtaskState saved;
    try (var harness = harness(held(), backend)) {
      harness.open();
      feed(harness, mixed, 0, mixed.size() / 2);
      saved = harness.snapshot(1, 1);
      said.addAll(harness.extractOutputValues());
    }
    Assess<Panel> restored = held();
    try (var harness = harness(restored, backend)) {
      harness.initializeState(saved);
      harness.open();
      feed(harness, mixed, mixed.size() / 2, mixed.size());
      harness.processWatermark(Long.MAX_VALUE);
      said.addAll(harness.extractOutputValues());
    }
    assertThat(Ward.lastWords(said)).isEqualTo(whole).hasSizeGreaterThan(200);
    assertThat(restored.books().balanced()).isTrue();
    assertThat(restored.books().get(Entry.IN))
        .isEqualTo(panels.stream().mapToInt(p -> p.observations().length).sum());
    assertThat(restored.books().get(Entry.ASSESSMENTS)).isEqualTo(said.size());
  }

  @Test
  void latePanelsGoToTheirSideOutput() throws Exception {
    try (var harness = harness(held(), new HashMapStateBackend())) {
      harness.open();
      List<Panel> panels = Ward.panels(1, 3, 1);
      harness.processWatermark(Ward.START.plus(Duration.ofHours(5)).toEpochMilli());
      for (Panel panel : panels) {
        harness.processElement(panel, panel.time().toEpochMilli());
      }
      assertThat(harness.getSideOutput(SideOutput.LATE)).hasSize(panels.size());
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void inLiveModeAFinalAnswerComesByTheClockWhenAllSourcesAreSilent() throws Exception {
    Assess<Panel> live =
        Assess.live(
            AssessOptions.held(HOUR), Duration.ofMinutes(2), new WardScore(), new PulseTrend());
    try (var harness = harness(live, new HashMapStateBackend())) {
      harness.open();
      Panel panel = Ward.panels(1, 1, 3).get(0);
      harness.setProcessingTime(panel.time().toEpochMilli());
      harness.processElement(panel, panel.time().toEpochMilli());
      harness.setProcessingTime(panel.time().plusSeconds(119).toEpochMilli());
      assertThat(harness.extractOutputValues())
          .extracting(RiskAssessment::status)
          .containsOnly(RiskAssessment.Status.PRELIMINARY);
      harness.setProcessingTime(panel.time().plusSeconds(120).toEpochMilli());
      assertThat(harness.extractOutputValues())
          .extracting(RiskAssessment::status)
          .containsExactly(
              RiskAssessment.Status.PRELIMINARY,
              RiskAssessment.Status.PRELIMINARY,
              RiskAssessment.Status.FINAL,
              RiskAssessment.Status.FINAL);
    }
  }

  /** Shuffled within half an hour, with a watermark half an hour behind. */
  private static List<Panel> blockwise(List<Panel> panels) {
    List<Panel> mixed = new ArrayList<>();
    for (int i = 0; i < panels.size(); i += 25) {
      mixed.addAll(Ward.shuffled(panels.subList(i, Math.min(panels.size(), i + 25)), i));
    }
    return mixed;
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<String, Panel, RiskAssessment> harness,
      List<Panel> panels,
      int from,
      int to)
      throws Exception {
    long newest = Long.MIN_VALUE + HOUR.toMillis();
    for (Panel panel : panels.subList(from, to)) {
      harness.processElement(panel, panel.time().toEpochMilli());
      newest = Math.max(newest, panel.time().toEpochMilli());
      harness.processWatermark(newest - HOUR.toMillis() / 2);
    }
  }
}
