// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.AlertRule;
import io.medflink.core.ChartEvent;
import io.medflink.core.Control;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.RaiseAlerts;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
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

  /** The step after Assess; deadlines fall due up to the greatest time in the input. */
  SingleOutputStreamOperator<Alert> raise(
      List<String> models,
      Duration lateness,
      DataStream<RiskAssessment> assessments,
      DataStream<ChartEvent> events) {
    AlertRule[] rules = models.stream().map(setting::rule).toArray(AlertRule[]::new);
    AlertOptions options =
        AlertOptions.of(rules).withLateness(lateness).withActionableWithin(actionableWithin);
    DataStream<AlertEvent> end =
        events.keyBy(event -> 0).process(new EndOfInput()).uid("end-of-input");
    return RaiseAlerts.with(options).on(assessments, events, end);
  }
}
