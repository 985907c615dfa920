// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.fhir.FhirJson;
import io.medflink.connectors.hl7v2.Hl7v2;
import io.medflink.core.ChartEvent;
import io.medflink.core.CodeMap;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.Assess;
import io.medflink.core.operators.ChartEvents;
import io.medflink.core.operators.Clean;
import io.medflink.core.operators.Decode;
import io.medflink.core.operators.ResolveIdentity;
import io.medflink.core.operators.SideOutput;
import io.medflink.models.News2;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** Whose chart a value enters is decided by the patient's key, wherever the value comes from. */
class OneChartITCase {
  private static final Decoder HL7 =
      new Hl7v2().withFeed("ward").withAuthority("A", "mrn").withZone(ZoneId.of("Europe/Berlin"));
  private static final Decoder FHIR =
      new FhirJson().withFeed("monitor").withAuthority("urn:mrn", "mrn");

  private static final String VITALS =
      String.join(
          "\r",
          "MSH|^~\\&|APP|FAC|||20261124090500||ORU^R01^ORU_R01|1|P|2.5.1",
          "PID|1||42^^^A",
          "OBR|1||f1|x|||20261124090000",
          numeric(1, "9279-1", 30, "/min"),
          numeric(2, "59408-5", 97, "%"),
          numeric(3, "8480-6", 120, "mm[Hg]"));

  private static String numeric(int set, String code, int value, String unit) {
    return "OBX|%d|NM|%s^x^LN||%d|%s^x^UCUM|||||F|||20261124090000"
        .formatted(set, code, value, unit);
  }

  private static String monitored(String id, String identifier, int heartRate) {
    return """
        {"resourceType":"Bundle","type":"collection","entry":[
         {"resource":{"resourceType":"Patient","id":"%1$s",
          "identifier":[{"system":"urn:mrn","value":"%2$s"}]}},
         {"resource":{"resourceType":"Observation","id":"o%1$s","status":"final",
          "subject":{"reference":"Patient/%1$s"},"effectiveDateTime":"2026-11-24T08:00:00Z",
          "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
          "valueQuantity":{"value":%3$d,"system":"http://unitsofmeasure.org","code":"/min"}}}]}
        """
        .formatted(id, identifier, heartRate);
  }

  @Test
  void aPatientHalfFromHl7AndHalfFromFhirHasOneChart() throws Exception {
    Map<String, RiskAssessment> last =
        run(new String[] {VITALS}, new String[] {monitored("p9", "42", 140)});
    assertThat(last).containsOnlyKeys("mrn|42");
    RiskAssessment a = last.get("mrn|42");
    assertThat(a.missing()).doesNotContain("rr", "spo2", "sbp", "hr").contains("acvpu", "temp_c");
    assertThat(a.low()).as("3 for 30 breaths, 3 for a pulse of 140").isEqualTo(6);
  }

  @Test
  void aNewbornIsNeverJoinedToItsMother() throws Exception {
    String born =
        String.join(
            "\r",
            "MSH|^~\\&|APP|FAC|||20261124085500||ADT^A01^ADT_A01|2|P|2.5.1",
            "EVN||20261124085500",
            "PID|1||43^^^A||BABY||20261124|F|||||||||||||42^^^A|||Y|1",
            "NK1|1|MOTHER|MTH^Mother^HL70063",
            "PV1|1|I|NEO^1^1^FAC||||||||||||||||v43");
    String mother =
        born.replace("|2|P", "|3|P")
            .replaceAll("PID.*", "PID|1||42^^^A")
            .replace("v43", "v42")
            .replace("NEO", "OBS");
    Map<String, RiskAssessment> last =
        run(new String[] {mother, born, VITALS}, new String[] {monitored("p9", "43", 140)});
    assertThat(last).containsOnlyKeys("mrn|42", "mrn|43");
    assertThat(last.get("mrn|42").missing()).contains("hr").doesNotContain("rr");
    assertThat(last.get("mrn|43").missing()).contains("rr").doesNotContain("hr");
    assertThat(last.get("mrn|43").ward()).isEqualTo("NEO");
    assertThat(last.get("mrn|42").ward()).isEqualTo("OBS");
  }

  /** The last answer about each patient. */
  private static Map<String, RiskAssessment> run(String[] hl7, String[] fhir) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(2);
    var ward = decoded(env, HL7, hl7);
    var monitor = decoded(env, FHIR, fhir);
    var panels = ward.union(monitor).process(new Clean(CodeMap.none()));
    var movements =
        ward.getSideOutput(SideOutput.MOVEMENTS).union(monitor.getSideOutput(SideOutput.MOVEMENTS));
    var told =
        ChartEvents.union(panels, movements)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<ChartEvent>forBoundedOutOfOrderness(Duration.ofDays(1))
                    .withTimestampAssigner((event, time) -> event.eventTime().toEpochMilli()));
    var events = ResolveIdentity.of(told, Duration.ofDays(7));
    Map<String, RiskAssessment> last = new HashMap<>();
    try (var said =
        events
            .keyBy(ChartEvent::key)
            .process(Assess.held(Duration.ofHours(1), new News2()))
            .executeAndCollect()) {
      said.forEachRemaining(a -> last.put(a.patientId(), a));
    }
    return last;
  }

  private static SingleOutputStreamOperator<Panel> decoded(
      StreamExecutionEnvironment env, Decoder decoder, String[] messages) {
    Message[] sent =
        Arrays.stream(messages)
            .map(text -> new Message(text.getBytes(StandardCharsets.UTF_8), null, null))
            .toArray(Message[]::new);
    return env.fromData(TypeInformation.of(Message.class), sent).process(new Decode(decoder));
  }
}
