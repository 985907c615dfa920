// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.hl7v2.Hl7v2;
import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.AlertRule;
import io.medflink.core.ChartEvent;
import io.medflink.core.CodeMap;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.Assess;
import io.medflink.core.operators.ChartEvents;
import io.medflink.core.operators.Clean;
import io.medflink.core.operators.Decode;
import io.medflink.core.operators.RaiseAlerts;
import io.medflink.core.operators.ResolveIdentity;
import io.medflink.core.operators.SideOutput;
import io.medflink.core.operators.WatchFeeds;
import io.medflink.models.News2;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The job of the night: HL7 v2 and decisions to NEWS2 and alerts, by two settings at once.
 *
 * @param assessments NEWS2
 * @param alerts what the first setting makes of it, lost feeds too
 * @param others what the second setting makes of it
 * @param rejected what can't be used
 */
record NightJob(
    DataStream<RiskAssessment> assessments,
    DataStream<Alert> alerts,
    DataStream<Alert> others,
    DataStream<Rejected> rejected) {
  /** As long as a record may lie under a number for the unknown before it is merged. */
  private static final Duration LATENESS = Duration.ofDays(1);

  /** Builds it over messages and decisions as lines of medflink-json. */
  static NightJob of(
      DataStream<Message> messages,
      DataStream<Message> decisions,
      Hl7v2 decoder,
      AlertRule first,
      AlertRule second) {
    var decoded = messages.process(new Decode(decoder)).uid("decode");
    var cleaned = decoded.process(new Clean(CodeMap.none())).uid("clean");
    var controls = decisions.process(new Decode(new MedflinkJson())).uid("decode-decisions");
    DataStream<ChartEvent> events =
        ResolveIdentity.of(
            ChartEvents.union(
                    cleaned,
                    decoded.getSideOutput(SideOutput.MOVEMENTS),
                    controls.getSideOutput(SideOutput.CONTROLS))
                .assignTimestampsAndWatermarks(
                    WatermarkStrategy.<ChartEvent>forGenerator(
                            context -> new GreatestTime<>(Duration.ZERO))
                        .withTimestampAssigner((event, time) -> event.eventTime().toEpochMilli()))
                .uid("event-time"),
            Duration.ofDays(2));
    var assessed =
        events
            .keyBy(ChartEvent::key)
            .process(Assess.<ChartEvent>held(LATENESS, new News2()))
            .uid("assess");
    DataStream<Alert> lost =
        events
            .filter(event -> event instanceof Panel panel && "monitor".equals(panel.feed()))
            .uid("monitor-panels")
            .map(event -> (Panel) event)
            .returns(Panel.class)
            .uid("monitor")
            .keyBy(Panel::feed)
            .process(WatchFeeds.after(Duration.ofMinutes(15), LATENESS))
            .uid("watch-feeds");
    DataStream<AlertEvent> told =
        events
            .filter(event -> !(event instanceof Panel))
            .uid("told")
            .map(event -> AlertEvent.of(event))
            .returns(AlertEvent.class)
            .uid("told-events");
    DataStream<AlertEvent> forAll =
        told.filter(AlertEvent::isForAll)
            .uid("wards")
            .union(
                lost.map(AlertEvent::of).returns(AlertEvent.class).uid("lost"),
                events.keyBy(event -> 0).process(new EndOfInput()).uid("end-of-input"));
    var alerts = raise("alerts", first, assessed, told, forAll);
    var others = raise("others", second, assessed, told, forAll);
    return new NightJob(
        assessed,
        alerts.union(lost),
        others.union(lost),
        decoded
            .getSideOutput(SideOutput.REJECTED)
            .union(
                cleaned.getSideOutput(SideOutput.REJECTED),
                assessed.getSideOutput(SideOutput.REJECTED),
                alerts.getSideOutput(SideOutput.REJECTED)));
  }

  private static SingleOutputStreamOperator<Alert> raise(
      String uid,
      AlertRule rule,
      DataStream<RiskAssessment> assessments,
      DataStream<AlertEvent> events,
      DataStream<AlertEvent> forAll) {
    return assessments
        .map(AlertEvent::of)
        .returns(AlertEvent.class)
        .uid(uid + "-assessed")
        .union(events.filter(event -> !event.isForAll()).uid(uid + "-patients"))
        .keyBy(AlertEvent::patientId)
        .connect(forAll.broadcast(RaiseAlerts.FOR_ALL))
        .process(RaiseAlerts.with(AlertOptions.of(rule).withLateness(LATENESS)))
        .uid(uid);
  }
}
