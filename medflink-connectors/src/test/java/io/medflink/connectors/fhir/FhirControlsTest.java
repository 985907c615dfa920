// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.Decoded;
import io.medflink.core.Alert;
import io.medflink.core.AlertCore;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.AlertRule;
import io.medflink.core.AlertState;
import io.medflink.core.Control;
import io.medflink.core.Now;
import io.medflink.core.Prediction;
import io.medflink.core.Rejected;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people note on Flags, DetectedIssues and Tasks comes back as their decisions. */
class FhirControlsTest {
  private static final Instant TIME = Instant.parse("2026-11-24T08:00:00Z");
  private static final FhirJson JSON = new FhirJson().withAuthority("urn:oid:1.2.3", "mrn");
  private static final FhirXml XML = new FhirXml().withAuthority("urn:oid:1.2.3", "mrn");
  private static final String ALERT =
      "\"identifier\":[{\"system\":\"urn:medflink:alert\",\"value\":\"e-1\"}]";
  private static final String PATIENT =
      "{\"identifier\":{\"system\":\"urn:oid:1.2.3\",\"value\":\"7\"}}";

  private static Control only(String resource) {
    Decoded decoded = Decoded.of(JSON, resource);
    assertThat(decoded.rejects()).isEmpty();
    assertThat(decoded.controls()).as(decoded.ignored().toString()).hasSize(1);
    return decoded.controls().get(0);
  }

  /** One patient's alerts, kept in memory. */
  private static final class Patient implements AlertState, AlertCore.Out {
    private final String key;
    private final Map<Long, byte[]> stretches = new HashMap<>();
    private byte @Nullable [] head;
    private final List<Alert> said = new ArrayList<>();
    private final AlertCore core =
        new AlertCore(
            AlertOptions.of(
                    AlertRule.of("news2")
                        .withQuiet(Duration.ZERO)
                        .withEscalation(2, Duration.ofMinutes(15)))
                .withActionableWithin(null),
            this);

    Patient(String key) {
      this.key = key;
    }

    List<Alert> on(AlertEvent event, Instant now) {
      said.clear();
      core.on(event, Now.replay(now.toEpochMilli()), this);
      return List.copyOf(said);
    }

    List<Alert> until(Instant now) {
      said.clear();
      core.advance(Now.replay(now.toEpochMilli()), this);
      return List.copyOf(said);
    }

    @Override
    public String patientId() {
      return key;
    }

    @Override
    public byte @Nullable [] head() {
      return head;
    }

    @Override
    public void head(byte[] newHead) {
      head = newHead;
    }

    @Override
    public byte @Nullable [] stretch(long number) {
      return stretches.get(number);
    }

    @Override
    public void stretch(long number, byte[] items) {
      stretches.put(number, items);
    }

    @Override
    public void removeStretch(long number) {
      stretches.remove(number);
    }

    @Override
    public void clear() {
      head = null;
      stretches.clear();
    }

    @Override
    public List<Control> wardControls() {
      return List.of();
    }

    @Override
    public List<Alert> lostFeeds() {
      return List.of();
    }

    @Override
    public long end() {
      return Long.MIN_VALUE;
    }

    @Override
    public void alert(Alert alert) {
      said.add(alert);
    }

    @Override
    public void late(AlertEvent event) {}

    @Override
    public void rejected(Rejected rejected) {
      throw new AssertionError(rejected.toString());
    }

    @Override
    public void counted(int used, int unused, int duplicate) {}
  }

  private static AlertEvent high(String patient) {
    return AlertEvent.of(
        new RiskAssessment(
            patient,
            "e1",
            "f",
            "w",
            "b",
            "news2",
            "2017",
            TIME,
            1,
            RiskAssessment.Status.PRELIMINARY,
            new Prediction[] {new Prediction("score", 9, 9)},
            RiskLevel.HIGH,
            RiskLevel.HIGH,
            new String[0],
            null,
            TIME,
            "monitors"));
  }

  @Test
  void theFlagThatWasWrittenAcknowledgesItsOwnEpisodeAndNoOther() {
    Patient seven = new Patient("mrn|7");
    Patient eight = new Patient("mrn|8");
    Alert raised = seven.on(high("mrn|7"), TIME).get(0);
    eight.on(high("mrn|8"), TIME);
    assertThat(raised.event()).isEqualTo(Alert.Event.RAISED);
    FhirFlag format = new FhirFlag().withSystem("mrn", "urn:oid:1.2.3");
    String flag = new String(format.serialize(raised), UTF_8);
    assertThat(Decoded.of(JSON, flag).ignored()).containsExactly("Flag");

    String noted =
        flag.replace("\"status\":\"active\"", "\"status\":\"inactive\"")
            .replaceFirst(
                "\\{",
                "{\"meta\":{\"lastUpdated\":\"2026-11-24T08:05:00Z\"},\"author\":{\"reference\":\"Practitioner/p1\"},");
    Control acknowledged = only(noted);
    assertThat(acknowledged.target()).isEqualTo(raised.id());
    assertThat(acknowledged.patientId()).isEqualTo("mrn|7");
    assertThat(acknowledged.author()).isEqualTo("Practitioner/p1");
    assertThat(acknowledged.from()).isEqualTo(TIME.plusSeconds(300));

    assertThat(seven.on(AlertEvent.of(acknowledged), TIME.plusSeconds(300)))
        .extracting(Alert::event, Alert::id)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Alert.Event.ACKNOWLEDGED, raised.id()));
    Instant later = TIME.plus(Duration.ofMinutes(40));
    assertThat(seven.until(later)).isEmpty();
    assertThat(eight.until(later)).extracting(Alert::event).contains(Alert.Event.ESCALATED);
  }

  @Test
  void whatTheSinkItselfWroteIsNoDecision() {
    FhirFlag format = new FhirFlag().withSystem("mrn", "urn:oid:1.2.3");
    for (int step = 0; step < Episodes.STEPS; step += Episodes.STEPS - 1) {
      byte[] flag = format.serialize(Episodes.alert((long) step * Episodes.EPISODES));
      Decoded decoded = Decoded.of(JSON, flag);
      assertThat(decoded.controls()).isEmpty();
      assertThat(decoded.ignored()).containsExactly("Flag");
    }
  }

  @Test
  void aMitigationOfADetectedIssueAcknowledges() {
    Control control =
        only(
            "{\"resourceType\":\"DetectedIssue\",\"id\":\"d1\",\"status\":\"final\",\"patient\":"
                + PATIENT
                + ",\"implicated\":[{\"identifier\":{\"system\":\"urn:medflink:alert\",\"value\":\"e-1\"}}],"
                + "\"mitigation\":[{\"action\":{\"text\":\"seen\"},\"date\":\"2026-11-24T08:05:00Z\","
                + "\"author\":{\"identifier\":{\"system\":\"urn:staff\",\"value\":\"42\"}}}]}");
    assertThat(control)
        .isEqualTo(
            new Control(
                Control.Kind.ACKNOWLEDGE,
                "mrn|7",
                null,
                null,
                "e-1",
                Double.NaN,
                "urn:staff|42",
                null,
                TIME.plusSeconds(300),
                null,
                "DetectedIssue/d1",
                null));
  }

  private static String task(String status, String more) {
    return "{\"resourceType\":\"Task\",\"id\":\"t1\",\"status\":\"%s\",\"intent\":\"order\",\"for\":%s,\"lastModified\":\"2026-11-24T08:05:00Z\",\"owner\":{\"reference\":\"Practitioner/p1\"},%s}"
        .formatted(status, PATIENT, more);
  }

  @ParameterizedTest
  @CsvSource({
    "accepted, true",
    "in-progress, true",
    "completed, true",
    "requested, false",
    "draft, false",
    "rejected, false",
    "cancelled, false",
    "entered-in-error, false"
  })
  void aTaskAcknowledgesOnceSomebodyTookIt(String status, boolean acknowledges) {
    String focus = "\"focus\":{" + ALERT.replace("[", "").replace("]", "") + "}";
    Decoded decoded = Decoded.of(JSON, task(status, focus));
    assertThat(decoded.rejects()).isEmpty();
    assertThat(decoded.controls()).hasSize(acknowledges ? 1 : 0);
    assertThat(decoded.ignored()).hasSize(acknowledges ? 0 : 1);
    if (acknowledges) {
      assertThat(decoded.controls().get(0).target()).isEqualTo("e-1");
      assertThat(decoded.controls().get(0).from()).isEqualTo(TIME.plusSeconds(300));
    }
  }

  @Test
  void aTaskMayReferToTheFlagOfItsBundle() {
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
            + task("completed", "\"focus\":{\"reference\":\"Flag/1000\"}")
            + "},{\"fullUrl\":\"https://a/Flag/1000\",\"resource\":{\"resourceType\":\"Flag\",\"id\":\"1000\",\"status\":\"active\","
            + ALERT
            + "}}]}";
    Decoded decoded = Decoded.of(JSON, bundle);
    assertThat(decoded.controls()).extracting(Control::target).containsExactly("e-1");
    assertThat(decoded.ignored()).containsExactly("Flag");
  }

  private static String decision(String kind, String inputs) {
    return "\"code\":{\"coding\":[{\"system\":\"urn:medflink:control\",\"code\":\"%s\"}]},\"authoredOn\":\"2026-11-24T08:00:00Z\",\"requester\":{\"reference\":\"Practitioner/p2\"},\"restriction\":{\"period\":{\"start\":\"2026-11-24T08:01:00Z\",\"end\":\"2026-11-24T10:00:00Z\"}},\"reasonCode\":{\"text\":\"transfer\"},\"input\":[%s]"
        .formatted(kind, inputs);
  }

  private static String input(String name, String value) {
    return "{\"type\":{\"coding\":[{\"system\":\"urn:medflink:control\",\"code\":\"%s\"}]},%s}"
        .formatted(name, value);
  }

  @Test
  void aTaskOfOurCodesIsADecisionAndEndsWhenItIsCancelled() {
    String inputs =
        input("target", "\"valueString\":\"news2\"") + "," + input("value", "\"valueDecimal\":8.5");
    Control limit = only(task("requested", decision("limit", inputs)));
    assertThat(limit)
        .isEqualTo(
            new Control(
                Control.Kind.LIMIT,
                "mrn|7",
                null,
                null,
                "news2",
                8.5,
                "Practitioner/p2",
                "transfer",
                TIME.plusSeconds(60),
                TIME.plusSeconds(7_200),
                "Task/t1",
                TIME.plusSeconds(300)));
    Control ended = only(task("cancelled", decision("limit", inputs)));
    assertThat(ended.until()).isEqualTo(TIME.plusSeconds(300));
    assertThat(ended.id()).isEqualTo(limit.id());

    String ward =
        input("ward", "\"valueString\":\"w1\"") + "," + input("facility", "\"valueString\":\"f\"");
    Control suspend =
        only(task("completed", decision("suspend", ward)).replace("\"for\":" + PATIENT + ",", ""));
    assertThat(suspend.kind()).isEqualTo(Control.Kind.SUSPEND);
    assertThat(suspend.patientId()).isNull();
    assertThat(suspend.ward()).isEqualTo("w1");
    assertThat(suspend.facility()).isEqualTo("f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"suspend", "resume", "limit", "do-not-escalate", "setting", "acknowledge"})
  void everyKindOfDecisionHasACode(String kind) {
    assertThat(only(task("completed", decision(kind, ""))).kind().name())
        .isEqualTo(kind.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }

  @Test
  void whatLacksAnAuthorATimeOrAPatientIsRefused() {
    String focus = "\"focus\":{" + ALERT.replace("[", "").replace("]", "") + "}";
    String task = task("completed", focus);
    assertThat(
            Decoded.of(
                    JSON,
                    task.replace("\"reference\":\"Practitioner/p1\"", "\"display\":\"J. Doe\""))
                .refusals())
        .containsExactly("BAD_CONTROL owner");
    assertThat(Decoded.of(JSON, task.replace("lastModified", "note")).refusals())
        .containsExactly("NO_TIME lastModified");
    assertThat(Decoded.of(JSON, task.replace("urn:oid:1.2.3", "urn:oid:9")).refusals())
        .containsExactly("NO_PATIENT_ID for");
    assertThat(Decoded.of(JSON, task("completed", decision("forget", ""))).refusals())
        .containsExactly("UNDECODABLE code");
    assertThat(
            Decoded.of(JSON, task("completed", "\"focus\":{\"reference\":\"Flag/9\"}")).ignored())
        .containsExactly("Task");
  }

  @Test
  void theTwinInXmlIsTheSameDecision() {
    String xml =
        """
        <Task xmlns="http://hl7.org/fhir"><id value="t1"/><status value="requested"/>\
        <code><coding><system value="urn:medflink:control"/><code value="limit"/></coding></code>\
        <for><identifier><system value="urn:oid:1.2.3"/><value value="7"/></identifier></for>\
        <authoredOn value="2026-11-24T08:00:00Z"/><lastModified value="2026-11-24T08:05:00Z"/>\
        <requester><reference value="Practitioner/p2"/></requester>\
        <reasonCode><text value="transfer"/></reasonCode>\
        <restriction><period><start value="2026-11-24T08:01:00Z"/><end value="2026-11-24T10:00:00Z"/></period></restriction>\
        <input><type><coding><system value="urn:medflink:control"/><code value="target"/></coding></type><valueString value="news2"/></input>\
        <input><type><coding><system value="urn:medflink:control"/><code value="value"/></coding></type><valueDecimal value="8.5"/></input>\
        </Task>\
        """;
    String inputs =
        input("target", "\"valueString\":\"news2\"") + "," + input("value", "\"valueDecimal\":8.5");
    Decoded decoded = Decoded.of(XML, xml);
    assertThat(decoded.rejects()).isEmpty();
    assertThat(decoded.controls())
        .containsExactly(only(task("requested", decision("limit", inputs))));
  }
}
