// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two hours of the three records of one seed, with everything that happens to records: values,
 * revisions, duplicates, movements, decisions, merges; and what it comes to, worked out from the
 * whole of it.
 */
final class River {
  static final String MODEL = "ward-score";
  static final int MINUTES = AlertOrderTest.MINUTES;

  static final AlertRule RULE =
      AlertRule.of(MODEL)
          .withConfirmation(Duration.ofMinutes(3), Duration.ofMinutes(8), Duration.ofMinutes(2))
          .withQuiet(Duration.ofMinutes(6))
          .withEscalation(2, Duration.ofMinutes(7))
          .withExpected(ExpectedSignal.device("w1", RiskLevel.HIGH, Duration.ofMinutes(9)));

  static final AlertOptions ALERTS =
      AlertOptions.of(RULE).withLateness(Duration.ofDays(2)).withActionableWithin(null);

  static final Control PAGER_OFF = AlertBed.ward(Control.Kind.SUSPEND, "w2", 20, 40.0);

  private static final String[] RECORDS = {"a", "b", "c"};

  final List<ChartEvent> events = new ArrayList<>();
  final Map<String, String> assessments = new TreeMap<>();
  final Map<String, String> alerts = new TreeMap<>();

  /** Which of the identities' stories this seed tells, of eight. */
  private final int story;

  private final String name;

  River(int seed) {
    Random random = new Random(seed);
    story = seed % 8;
    name = "r" + seed + "|";
    for (Panel panel : AssessOrderTest.history(random)) {
      String record = record(random);
      tell(moved(panel, record), random);
    }
    for (Movement movement : StayJudge.random(random)) {
      tell(movement.withPatientId(name + record(random)), random);
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      tell(control(random), random);
    }
    links();
    List<ChartEvent> told = events.stream().distinct().filter(e -> !isLink(e)).toList();
    for (String record : RECORDS) {
      judge(record, told);
    }
  }

  /**
   * Where something is taken away again no two records say anything at the same millisecond: what
   * both of them say of the place would be forgotten.
   */
  private Panel moved(Panel panel, String record) {
    boolean apart = story == 1 || story == 3 || story == 4 || story == 6;
    int stay = story > 3 && "e0".equals(panel.encounter()) ? 10 : 0;
    Instant time = panel.time().plusSeconds(apart ? stay + 20 * (record.charAt(0) - 'a') : 0);
    return Panel.of(name + record, time, panel.observations())
        .withIssued(panel.issued())
        .withStay(panel.encounter(), panel.facility(), panel.ward(), panel.bed());
  }

  private void tell(ChartEvent event, Random random) {
    events.add(event);
    if (random.nextInt(6) == 0) {
      events.add(event);
    }
  }

  private static String record(Random random) {
    return RECORDS[random.nextInt(5) / 2];
  }

  private Control control(Random random) {
    String record = record(random);
    double from = random.nextInt(70);
    Control c =
        switch (random.nextInt(5)) {
          case 0 -> AlertBed.control(Control.Kind.SUSPEND, null, from, from + 1 + from / 2);
          case 1 -> AlertBed.control(Control.Kind.DO_NOT_ESCALATE, null, from, from + 20);
          case 2, 3 ->
              AlertBed.control(Control.Kind.ACKNOWLEDGE, id(record, random), from + 10, null);
          default -> setting(1 + random.nextInt(2), from);
        };
    return c.withPatientId(name + record);
  }

  private static Control setting(int scale, double from) {
    return new Control(
        Control.Kind.SETTING,
        "",
        null,
        null,
        Setting.SPO2_SCALE.loinc(),
        scale,
        "doctor",
        null,
        AlertBed.at(from),
        null,
        null,
        null);
  }

  private String id(String record, Random random) {
    return Episode.id(name + record, MODEL, false, AlertBed.ms(random.nextInt(60)));
  }

  private void links() {
    switch (story) {
      case 0 -> link(Movement.Kind.MERGE, "a", "b", 70);
      case 1 -> {
        link(Movement.Kind.MERGE, "a", "b", 60);
        link(Movement.Kind.UNMERGE, "a", "b", 70);
      }
      case 2 -> {
        link(Movement.Kind.MERGE, "a", "b", 60);
        link(Movement.Kind.MERGE, "b", "c", 70);
      }
      case 3 -> {
        link(Movement.Kind.MERGE, "a", "b", 60);
        link(Movement.Kind.UNMERGE, "a", "b", 70);
        link(Movement.Kind.MERGE, "a", "b", 80);
      }
      case 4, 6 -> link(Movement.Kind.MOVE, "a", "b", 70);
      case 5 -> {
        link(Movement.Kind.MERGE, "a", "c", 60);
        link(Movement.Kind.MERGE, "b", "c", 60);
      }
      default -> {}
    }
  }

  private void link(Movement.Kind kind, String retired, String survivor, int minute) {
    events.add(
        new Movement(
            kind,
            name + survivor,
            name + retired,
            kind == Movement.Kind.MOVE ? (story == 6 ? "e7" : "e0") : null,
            story == 6 ? "e0" : null,
            null,
            null,
            null,
            null,
            AlertBed.at(minute),
            null,
            null,
            "adt"));
  }

  private static boolean isLink(ChartEvent event) {
    return event instanceof Movement m && IdentityLinks.isAbout(m);
  }

  /** The record to which what was told under another one belongs in the end. */
  private String owner(String record, @Nullable String encounter) {
    boolean merged =
        switch (story) {
          case 0, 3 -> record.equals("a");
          case 4, 6 -> record.equals("a") && "e0".equals(encounter);
          default -> false;
        };
    boolean toLast = story == 2 || story == 5;
    return toLast ? "c" : merged ? "b" : record;
  }

  private void judge(String record, List<ChartEvent> told) {
    List<Panel> panels = new ArrayList<>();
    List<Movement> movements = new ArrayList<>();
    List<Control> controls = new ArrayList<>();
    for (ChartEvent event : told) {
      String patient = String.valueOf(event.patientId());
      String from = patient.substring(name.length());
      if (!owner(from, HandOver.encounter(event)).equals(record)) {
        continue;
      }
      if (event instanceof Panel panel) {
        panels.add(from.equals(record) ? panel : of(panel, from));
      } else if (event instanceof Movement movement) {
        movements.add(movement.withPatientId("ward|1"));
      } else if (event instanceof Control c && c.kind() == Control.Kind.SETTING) {
        String scale = String.valueOf(Math.round(c.value()));
        Panel panel =
            Panel.of("ward|1", c.from(), Observation.coded(Setting.SPO2_SCALE, scale))
                .withObservations(Observation.coded(Setting.SPO2_SCALE, scale));
        panels.add(from.equals(record) ? panel : of(panel, from));
      } else if (event instanceof Control c) {
        controls.add(c);
      }
    }
    if (story == 6 && record.equals("b")) {
      movements.add(StayTest.movement(Movement.Kind.LINK, 70, "e7").withEncounters("e7", "e0"));
    }
    List<RiskAssessment> said = AssessOrderTest.assessments(panels, new StayJudge(movements));
    said.forEach(a -> assessments.put(key(record, a), Bedside.content(a)));
    AlertBed bed = new AlertBed(name + record, ALERTS);
    bed.ward(PAGER_OFF);
    for (String other : RECORDS) {
      if (!other.equals(record) && owner(other, null).equals(record)) {
        Movement link = AlertBed.movement(Movement.Kind.MERGE, null, null, 0);
        link = link.withPatientId(name + record).withOtherPatientId(name + other);
        bed.send(AlertEvent.of(new HandedOver(link, null, false)));
      }
    }
    said.forEach(bed::send);
    movements.stream().distinct().forEach(bed::send);
    controls.forEach(bed::send);
    bed.end = AlertBed.ms(MINUTES);
    bed.finish();
    alerts.putAll(bed.lastWords());
  }

  private String key(String record, RiskAssessment a) {
    return name + record + " " + a.model() + " " + a.time();
  }

  /** A value of another record is another value, whatever its identity there. */
  private static Panel of(Panel panel, String record) {
    return panel.withObservations(
        Arrays.stream(panel.observations())
            .map(o -> o.withId(named(o.id(), panel.time()) + "@" + record))
            .toArray(Observation[]::new));
  }

  private static String named(@Nullable String id, Instant time) {
    return id == null ? String.valueOf(time.toEpochMilli()) : id;
  }

  /** How many of what, never whose. */
  @Override
  public String toString() {
    return "River[story " + story + "]";
  }
}
