// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.Control;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import io.medflink.core.operators.Books.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RaiseAlertsTest {
  private static final AlertOptions OPTIONS = AlertWard.OPTIONS;

  static List<StateBackend> backends() {
    return AssessTest.backends();
  }

  private static KeyedBroadcastOperatorTestHarness<String, AlertEvent, AlertEvent, Alert> harness(
      RaiseAlerts function, StateBackend backend) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function, List.of(RaiseAlerts.FOR_ALL)),
            AlertEvent::patientId,
            Types.STRING,
            1,
            1,
            0);
    harness.setStateBackend(backend);
    return harness;
  }

  private static void send(
      KeyedBroadcastOperatorTestHarness<String, AlertEvent, AlertEvent, Alert> harness,
      List<AlertEvent> events)
      throws Exception {
    for (AlertEvent event : events) {
      if (event.isForAll()) {
        harness.processBroadcastElement(event, 0);
      } else {
        harness.processElement(event, AlertWard.time(event));
      }
      harness.watermark(AlertWard.time(event) - Duration.ofMinutes(20).toMillis());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRestoreChangesNothingAndTheBooksGoOn(StateBackend backend) throws Exception {
    List<AlertEvent> events = AlertWard.events(6, 3);
    List<Alert> whole;
    try (var harness = harness(RaiseAlerts.with(OPTIONS), backend)) {
      harness.open();
      send(harness, events);
      harness.watermark(AlertWard.END);
      whole = harness.extractOutputValues();
    }
    int half = events.size() / 2;
    List<Alert> said = new ArrayList<>();
    OperatorSubtaskState saved;
    try (var harness = harness(RaiseAlerts.with(OPTIONS), backend)) {
      harness.open();
      send(harness, events.subList(0, half));
      saved = harness.snapshot(1, 1);
      said.addAll(harness.extractOutputValues());
    }
    RaiseAlerts restored = RaiseAlerts.with(OPTIONS);
    try (var harness = harness(restored, backend)) {
      harness.initializeState(saved);
      harness.open();
      send(harness, events.subList(half, events.size()));
      harness.watermark(AlertWard.END);
      said.addAll(harness.extractOutputValues());
    }
    assertThat(said).hasSizeGreaterThan(40).containsExactlyInAnyOrderElementsOf(whole);
    Books books = restored.books();
    assertThat(books.balanced()).isTrue();
    assertThat(books.get(Entry.IN)).isEqualTo(events.size());
    assertThat(books.get(Entry.ALERTS)).isEqualTo(said.size());
    assertThat(books.get(Entry.SUPPRESSED))
        .isEqualTo(said.stream().filter(a -> a.event() == Alert.Event.SUPPRESSED).count())
        .isPositive();
  }

  @Test
  void aWardsSuspensionTurnsThePagerOffAndItsEndTurnsItOn() throws Exception {
    try (var harness = harness(RaiseAlerts.with(OPTIONS), new HashMapStateBackend())) {
      harness.open();
      harness.processBroadcastElement(AlertEvent.of(AlertWard.suspend("w0", "sister", 0, 600)), 0);
      harness.processElement(AlertEvent.of(AlertWard.high(0, 5)), 0);
      harness.processElement(AlertEvent.of(AlertWard.high(1, 5)), 0);
      assertThat(harness.extractOutputValues())
          .extracting(Alert::ward, Alert::event)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("w0", Alert.Event.SUPPRESSED),
              org.assertj.core.groups.Tuple.tuple("w1", Alert.Event.RAISED));
      harness.processBroadcastElement(AlertEvent.of(AlertWard.resume("w0", 30)), 0);
      harness.watermark(AlertWard.at(31).toEpochMilli());
      assertThat(harness.extractOutputValues())
          .filteredOn(a -> "w0".equals(a.ward()))
          .extracting(Alert::event)
          .startsWith(Alert.Event.SUPPRESSED, Alert.Event.RAISED);
    }
  }

  @Test
  void aControlWithoutAnAuthorIsRejectedAndCounted() throws Exception {
    RaiseAlerts raise = RaiseAlerts.with(OPTIONS);
    try (var harness = harness(raise, new HashMapStateBackend())) {
      harness.open();
      Control control = AlertWard.suspend("w0", "", 0, 600);
      harness.processBroadcastElement(AlertEvent.of(control), 0);
      assertThat(harness.getSideOutput(SideOutput.REJECTED))
          .extracting(r -> r.getValue().code(), r -> r.getValue().field())
          .containsExactly(org.assertj.core.groups.Tuple.tuple(RejectCode.BAD_CONTROL, "author"));
      assertThat(raise.books().rejected(RejectCode.BAD_CONTROL)).isEqualTo(1);
      assertThat(raise.books().balanced()).isTrue();
      assertThat(new ArrayList<>(harness.getSideOutput(SideOutput.REJECTED)).get(0).getValue())
          .isInstanceOf(Rejected.class);
    }
  }

  @Test
  void inLiveModeSilenceIsToldByTheClockWhenNothingArrives() throws Exception {
    RaiseAlerts live = RaiseAlerts.with(OPTIONS).live(Duration.ofSeconds(2));
    try (var harness = harness(live, new HashMapStateBackend())) {
      harness.open();
      harness.setProcessingTime(AlertWard.at(5).toEpochMilli());
      harness.processElement(AlertEvent.of(AlertWard.low(0, 5)), 0);
      harness.setProcessingTime(AlertWard.at(20).toEpochMilli() + 1_999);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(AlertWard.at(20).toEpochMilli() + 2_000);
      assertThat(harness.extractOutputValues())
          .extracting(Alert::event)
          .containsExactly(Alert.Event.SIGNAL_LOST);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anOutageRaisesNothingTwiceAndWaitsForWhatIsInTheSources(StateBackend backend)
      throws Exception {
    OperatorSubtaskState saved;
    try (var harness = harness(RaiseAlerts.with(OPTIONS).live(Duration.ofSeconds(2)), backend)) {
      harness.open();
      harness.setProcessingTime(AlertWard.at(0).toEpochMilli());
      harness.processElement(AlertEvent.of(AlertWard.high(0, 0)), 0);
      harness.processElement(AlertEvent.of(AlertWard.low(1, 0)), 0);
      assertThat(harness.extractOutputValues()).hasSize(1);
      saved = harness.snapshot(1, 1);
    }
    for (int minutes : new int[] {10, 480}) {
      try (var harness = harness(RaiseAlerts.with(OPTIONS).live(Duration.ofSeconds(2)), backend)) {
        harness.initializeState(saved);
        harness.open();
        harness.setProcessingTime(AlertWard.at(minutes).toEpochMilli());
        assertThat(harness.extractOutputValues()).as("before the sources are read").isEmpty();
        for (int m = 1; m <= minutes; m += 5) {
          harness.processElement(AlertEvent.of(AlertWard.received(1, m, minutes)), 0);
        }
        harness.setProcessingTime(AlertWard.at(minutes + 2).toEpochMilli());
        List<Alert> said = harness.extractOutputValues();
        assertThat(said.stream().filter(a -> "ward|1".equals(a.patientId()))).isEmpty();
        assertThat(said.stream().filter(Alert::pages).map(Alert::event).toList())
            .as("%d minutes", minutes)
            .isEqualTo(
                minutes == 10
                    ? List.of()
                    : List.of(
                        Alert.Event.ESCALATED, Alert.Event.SIGNAL_LOST, Alert.Event.ESCALATED));
        assertThat(said).allMatch(Alert::delayed);
      }
    }
  }

  @Test
  void itWorksOnPatientsOnly() throws Exception {
    try (var harness = harness(RaiseAlerts.with(OPTIONS), new HashMapStateBackend())) {
      harness.open();
      assertThatThrownBy(
              () ->
                  harness.processElement(
                      AlertEvent.of(AlertWard.suspend("w0", "sister", 0, 600)), 0))
          .hasMessageContaining("keyBy(AlertEvent::patientId)");
    }
  }
}
