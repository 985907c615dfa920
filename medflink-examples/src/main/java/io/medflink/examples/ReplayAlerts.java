// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.AlertRule;
import io.medflink.core.Control;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.RaiseAlerts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a replay: each model by a setting, with decisions of a file.
 *
 * @param controls the decisions
 * @param actionableWithin from which age news is historical; null when none is
 * @param setting what differs from the rule as delivered
 */
record ReplayAlerts(
    List<Control> controls, @Nullable Duration actionableWithin, AlertSetting setting) {

  /** The step after Assess. */
  SingleOutputStreamOperator<Alert> raise(
      StreamExecutionEnvironment env,
      List<String> models,
      Duration lateness,
      DataStream<Panel> panels,
      DataStream<RiskAssessment> assessments,
      DataStream<Movement> movements) {
    AlertRule[] rules = models.stream().map(setting::rule).toArray(AlertRule[]::new);
    AlertOptions options =
        AlertOptions.of(rules).withLateness(lateness).withActionableWithin(actionableWithin);
    DataStream<AlertEvent> decisions =
        env.fromData(AlertEvent.class, decided())
            .uid("decisions")
            .assignTimestampsAndWatermarks(silent())
            .uid("decisions-event-time");
    DataStream<AlertEvent> ends =
        panels.keyBy(panel -> 0).process(new EndOfInput()).uid("end-of-input");
    return assessments
        .map(AlertEvent::of)
        .uid("assessed")
        .union(
            movements
                .filter(movement -> movement.patientId() != null)
                .uid("patients-movements")
                .map(AlertEvent::of)
                .uid("moved")
                .assignTimestampsAndWatermarks(silent())
                .uid("movements-event-time"),
            decisions.filter(event -> !event.isForAll()).uid("patients-decisions"))
        .keyBy(AlertEvent::patientId)
        .connect(
            decisions
                .filter(AlertEvent::isForAll)
                .uid("wards-decisions")
                .union(ends)
                .broadcast(RaiseAlerts.FOR_ALL))
        .process(RaiseAlerts.with(options))
        .uid("raise-alerts");
  }

  /** The decisions, and the beginning of time: Flink takes no empty list. */
  private AlertEvent[] decided() {
    return Stream.concat(
            Stream.of(AlertEvent.end(Instant.EPOCH)), controls.stream().map(AlertEvent::of))
        .toArray(AlertEvent[]::new);
  }

  /** Of a stream that no watermark waits for. */
  private static WatermarkStrategy<AlertEvent> silent() {
    return WatermarkStrategy.<AlertEvent>forGenerator(context -> new Silent<>())
        .withTimestampAssigner((event, time) -> time(event));
  }

  private static long time(AlertEvent event) {
    return event.movement() != null
        ? event.movement().occurred().toEpochMilli()
        : event.control() == null ? Long.MIN_VALUE : event.control().from().toEpochMilli();
  }
}
