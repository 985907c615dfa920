// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.CapacityAdvice;
import io.medflink.core.Census;
import io.medflink.core.RiskAssessment;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The three scenarios over Kafka: each fills its topic where asked, runs, and shows its result. */
record Scenarios(Cluster cluster, String servers, PrintStream out) {
  static final String OBSERVATIONS = "ward-observations";
  static final String CENSUSES = "ward-censuses";

  /** Sends the synthetic ward's day. */
  void fillObservations(long seed) throws Exception {
    new Topic(servers, OBSERVATIONS)
        .write(SyntheticWard.panels(seed).stream().map(MedflinkJson::encode).toList());
  }

  /** Sends what three wards saw in 30 days. */
  void fillCensuses() throws Exception {
    Instant since = SyntheticWard.START.minus(Duration.ofDays(30));
    List<byte[]> lines = new ArrayList<>();
    lines.add(CensusJson.write(census("East", 12, 2, since, 54, 50, 160)));
    lines.add(CensusJson.write(census("West", 12, 2, since, 93, 90, 360)));
    lines.add(CensusJson.write(census("Surgery", 20, 1, since, 75, 72, 302)));
    new Topic(servers, CENSUSES).write(lines);
  }

  private static Census census(
      String ward, int beds, int doctors, Instant since, int arrivals, int stays, double days) {
    return new Census(
        "Demo",
        ward,
        SyntheticWard.START,
        null,
        beds,
        null,
        null,
        null,
        null,
        null,
        doctors,
        since,
        arrivals,
        stays,
        days);
  }

  /** Shows who deteriorates; returns a line that sums it up. */
  String monitor(String topic, Instant start, int hours) throws Exception {
    StreamExecutionEnvironment env = cluster.streams();
    Outcome<RiskAssessment> outcome =
        Outcome.of("monitor", env, Monitor.build(new Topic(servers, topic).read(env)));
    WardTimeline timeline = new WardTimeline(start, hours, outcome.results());
    timeline.print(out);
    out.println(" " + Totals.line(outcome.counts()));
    return "%d patients watched: %d deteriorated to a HIGH NEWS2, %d of them recovered"
        .formatted(timeline.patients(), timeline.deteriorated(), timeline.recovered());
  }

  /** Shows each patient's risks, as known now; returns a line that sums it up. */
  String predict(String topic) throws Exception {
    StreamExecutionEnvironment env = cluster.streams();
    Outcome<RiskAssessment> outcome =
        Outcome.of("predict", env, Predict.build(new Topic(servers, topic).read(env)));
    Map<String, RiskAssessment> last = new LinkedHashMap<>();
    outcome.results().forEach(a -> last.put(a.patientId() + " " + a.model(), a));
    TextTable table = new TextTable("patient", "model", "low %", "high %", "missing or reason");
    int exact = 0;
    int interval = 0;
    for (RiskAssessment a : last.values()) {
      if (Double.isNaN(a.low())) {
        continue;
      }
      exact += a.low() == a.high() ? 1 : 0;
      interval += a.low() == a.high() ? 0 : 1;
      table.add(
          a.patientId(), a.model(), 100 * a.low(), 100 * a.high(), String.join(", ", a.missing()));
    }
    table.print(out);
    out.println(" " + Totals.line(outcome.counts()));
    return "%d risks asked for: %d exact, %d as an interval over what is missing, %d not covered"
        .formatted(last.size(), exact, interval, last.size() - exact - interval);
  }

  /** Shows what each ward needs; returns a line that sums it up. */
  String optimize(String topic) throws Exception {
    StreamExecutionEnvironment env = cluster.streams();
    Outcome<CapacityAdvice> outcome =
        Outcome.of(
            "optimize",
            env,
            Optimize.build(
                new Topic(servers, topic).read(env).process(new CensusJson()).uid("decode")));
    TextTable table =
        new TextTable(
            "ward", "load", "beds needed", "bed gap", "doctors needed", "waits %", "limited by");
    int wanting = 0;
    for (CapacityAdvice a : outcome.results()) {
      wanting += a.figure("bed_gap") > 0 ? 1 : 0;
      table.add(
          a.ward(),
          a.figure("offered_load"),
          a.figure("required_beds"),
          a.figure("bed_gap"),
          a.figure("required_doctors"),
          100 * a.figure("p_delay"),
          a.bindingResource());
    }
    table.print(out);
    return "%d wards advised: %d short of beds".formatted(outcome.results().size(), wanting);
  }
}
