// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.CodeMap;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.Assess;
import io.medflink.core.operators.Clean;
import io.medflink.core.operators.Decode;
import io.medflink.core.operators.EventTime;
import io.medflink.models.News2;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Scenario 1: every patient's NEWS2, at once, and again when late or corrected values come. */
public final class Monitor {
  private Monitor() {}

  /** The job apart from source and sink: lines of medflink-json in, assessments out. */
  public static SingleOutputStreamOperator<RiskAssessment> build(DataStream<Message> messages) {
    return messages
        .process(new Decode(new MedflinkJson()))
        .uid("decode")
        .process(new Clean(CodeMap.none()))
        .uid("clean")
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Panel>forGenerator(
                    context -> new GreatestTime<>(Duration.ofMinutes(5)))
                .withTimestampAssigner(new EventTime())
                .withIdleness(Duration.ofMinutes(1)))
        .uid("event-time")
        .keyBy(Panel::patientId)
        .process(Assess.held(Duration.ofHours(1), new News2()))
        .uid("assess");
  }
}
