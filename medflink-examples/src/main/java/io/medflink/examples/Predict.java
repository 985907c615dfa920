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
import io.medflink.models.FraminghamDiabetes2007;
import io.medflink.models.FraminghamHypertension2008;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Scenario 2: every patient's risk of diabetes and hypertension, at each new value. */
public final class Predict {
  private Predict() {}

  /** The job apart from source and sink: lines of medflink-json in, assessments out. */
  public static SingleOutputStreamOperator<RiskAssessment> build(DataStream<Message> messages) {
    return messages
        .process(new Decode(new MedflinkJson()))
        .uid("decode")
        .process(new Clean(CodeMap.none()))
        .uid("clean")
        .keyBy(Panel::patientId)
        .process(Assess.immediate(new FraminghamDiabetes2007(), new FraminghamHypertension2008()))
        .uid("assess");
  }
}
