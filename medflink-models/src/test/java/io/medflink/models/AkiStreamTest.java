// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.medflink.core.AssessOptions;
import io.medflink.core.Lab;
import io.medflink.core.Observation;
import io.medflink.core.ObservationType;
import io.medflink.core.Panel;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that come late, are corrected or were never true: the last answers are of them all. */
final class AkiStreamTest {
  private static final RiskModel KDIGO = new KdigoAki();
  private static final RiskModel NHS = new NhsAki();
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final String OUTSIDE = "?AKI ?CKD";
  private static final String UNKNOWN = "neither a reference value nor a reference interval";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyOrderOfArrivalGivesWhatTheWholeHistorySays(int batch) {
    int[] stages = new int[4];
    for (int seed = batch * 250; seed < (batch + 1) * 250; seed++) {
      Random random = new Random(seed);
      List<Panel> history = history(random, seed % 5 == 0 ? 24 : 1);
      Collections.shuffle(history, random);
      Ward ward = new Ward(AssessOptions.held(Duration.ofDays(400)), KDIGO, NHS);
      long hours = -100;
      for (Panel panel : history) {
        ward.send(panel);
        hours += random.nextInt(12);
        ward.watermark(START.toEpochMilli() + hours * 3_600_000);
        if (random.nextInt(10) == 0) {
          ward.restore();
        }
      }
      ward.watermark(Long.MAX_VALUE);
      assertThat(ward.late).isEmpty();
      assertThat(ward.rejected).isEmpty();
      check(ward, history, "seed " + seed, stages);
    }
    assertThat(stages).as("histories of every stage").doesNotContain(0);
  }

  /** Some days of one patient; each value has one identity and up to three revisions. */
  private static List<Panel> history(Random random, int step) {
    List<Panel> panels = new ArrayList<>();
    ObservationType[] types = {
      Lab.CREATININE, Lab.CREATININE, Vital.URINE_VOLUME, Vital.URINE_VOLUME, Vital.BODY_WEIGHT
    };
    for (int i = 0; i < 24; i++) {
      ObservationType type = types[random.nextInt(types.length)];
      int hour = random.nextInt(72) * 3 * step;
      int issued = i;
      for (int revision = 0; revision < 3; revision++) {
        Observation.Status status =
            revision == 0
                ? Observation.Status.FINAL
                : random.nextInt(3) == 0
                    ? Observation.Status.ENTERED_IN_ERROR
                    : Observation.Status.CORRECTED;
        Observation o = value(type, random).withId(type.name() + hour).withStatus(status);
        panels.add(
            Panel.of("ward|1", START.plusSeconds(hour * 3600L), o)
                .withIssued(START.plusSeconds(issued)));
        issued += 100;
        if (random.nextInt(4) > 0) {
          break;
        }
      }
    }
    return panels;
  }

  private static Observation value(ObservationType type, Random random) {
    if (type == Lab.CREATININE) {
      double value = (6 + random.nextInt(20) + (random.nextInt(4) == 0 ? 30 : 0)) / 10.0;
      Observation o = Observation.of(type, value);
      return switch (random.nextInt(4)) {
        case 0 -> outside(o, 1.2, null);
        case 1 -> outside(o, Double.NaN, value > 1.2 ? "H" : "N");
        case 2 -> outside(o, 1.2, "N");
        default -> o;
      };
    }
    return type == Vital.BODY_WEIGHT
        ? Observation.of(type, 60 + random.nextInt(3) * 10)
        : Observation.of(type, random.nextInt(4) == 0 ? 0 : random.nextInt(30) * 10);
  }

  private static Observation outside(Observation o, double high, String flag) {
    return new Observation(
        o.code(),
        o.value(),
        o.text(),
        o.unit(),
        o.status(),
        null,
        null,
        null,
        null,
        o.id(),
        null,
        Double.NaN,
        high,
        flag,
        null,
        0);
  }

  /** Compares each last answer with the slow rules over all that is true in the end. */
  private static void check(Ward ward, List<Panel> history, String name, int[] stages) {
    Map<String, NavigableMap<Long, Observation>> facts = facts(history);
    NavigableMap<Long, Observation> results = facts.get(Lab.CREATININE.loinc());
    NavigableMap<Long, Double> creatinine = numbers(results);
    NavigableMap<Long, Double> urine = numbers(facts.get(Vital.URINE_VOLUME.loinc()));
    NavigableMap<Long, Double> weights = numbers(facts.get(Vital.BODY_WEIGHT.loinc()));
    NavigableMap<Long, Double> kdigo = new TreeMap<>();
    NavigableMap<Long, String> nhs = new TreeMap<>();
    for (NavigableMap<Long, Double> times : List.of(creatinine, urine, weights)) {
      for (long moment : times.keySet()) {
        var weighed = weights.floorEntry(moment);
        boolean fresh = weighed != null && weighed.getKey() >= moment - 30L * 24 * 3_600_000;
        double kilograms = fresh ? weighed.getValue() : Double.NaN;
        double stage = SlowAki.kdigo(moment, creatinine, urine, kilograms);
        kdigo.put(moment, stage);
        stages[Double.isNaN(stage) ? 0 : (int) stage]++;
      }
    }
    for (long moment : creatinine.keySet()) {
      boolean alone = Double.isNaN(SlowAki.reference(moment, creatinine));
      nhs.put(
          moment,
          SlowAki.nhs(moment, creatinine) + " " + (alone ? beside(results.get(moment)) : null));
    }
    NavigableMap<Long, Double> told = new TreeMap<>();
    ward.last(KDIGO).forEach((moment, answer) -> told.put(moment, answer.low()));
    NavigableMap<Long, String> warned = new TreeMap<>();
    ward.last(NHS).forEach((moment, a) -> warned.put(moment, a.low() + " " + a.reason()));
    assertThat(told).as(name).isEqualTo(kdigo);
    assertThat(warned).as(name).isEqualTo(nhs);
  }

  /** What the reason says of a result that has no reference value. */
  private static String beside(Observation o) {
    boolean high = "H".equals(o.flag()) || o.value() > o.rangeHigh();
    return high ? OUTSIDE : o.flag() == null && Double.isNaN(o.rangeHigh()) ? UNKNOWN : null;
  }

  /** The greatest revision of each value by when it was issued, without what was never true. */
  private static Map<String, NavigableMap<Long, Observation>> facts(List<Panel> history) {
    Map<String, NavigableMap<Long, Observation>> facts = new HashMap<>();
    for (ObservationType type : List.of(Lab.CREATININE, Vital.URINE_VOLUME, Vital.BODY_WEIGHT)) {
      facts.put(type.loinc(), new TreeMap<>());
    }
    history.stream()
        .sorted(
            Comparator.comparing(Panel::issued)
                .thenComparing(panel -> panel.observations()[0].status())
                .thenComparing(panel -> panel.observations()[0].value()))
        .forEach(
            panel -> {
              Observation o = panel.observations()[0];
              NavigableMap<Long, Observation> ofType = facts.get(o.code());
              long time = panel.time().toEpochMilli();
              if (o.status() == Observation.Status.ENTERED_IN_ERROR) {
                ofType.remove(time);
              } else {
                ofType.put(time, o);
              }
            });
    return facts;
  }

  private static NavigableMap<Long, Double> numbers(NavigableMap<Long, Observation> observations) {
    NavigableMap<Long, Double> numbers = new TreeMap<>();
    observations.forEach((time, o) -> numbers.put(time, o.value()));
    return numbers;
  }

  /**
   * The creatinine of the MIMIC demo in the order it was stored: charttime is when it was taken,
   * storetime when it was made known, labevent_id its identity, ref_range_upper the upper limit.
   */
  @Test
  void theCreatinineOfTheMimicDemoHasTheStagesOfTheSlowRules() throws IOException {
    Path file =
        VectorsFile.locate("medflink.mimic.labevents", "data/mimic-iv-demo/hosp/labevents.csv.gz");
    Map<String, List<Panel>> patients = new TreeMap<>();
    try (var in = new GZIPInputStream(Files.newInputStream(file));
        var rows =
            new CsvMapper()
                .readerFor(Map.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      rows.forEachRemaining(
          row -> {
            boolean creatinine =
                row.get("itemid").equals("50912") || row.get("itemid").equals("52546");
            if (creatinine && !row.get("valuenum").isBlank()) {
              patients
                  .computeIfAbsent(row.get("subject_id"), id -> new ArrayList<>())
                  .add(panel(row));
            }
          });
    }
    int[] stages = new int[4];
    int results = 0;
    int kdigo = 0;
    int nhs = 0;
    for (var patient : patients.entrySet()) {
      List<Panel> panels = patient.getValue();
      panels.sort(Comparator.comparing(Panel::issued));
      Ward ward = new Ward(AssessOptions.held(Duration.ofDays(30)), KDIGO, NHS);
      for (Panel panel : panels) {
        ward.send(panel);
        ward.watermark(panel.time().minus(Duration.ofDays(1)).toEpochMilli());
      }
      ward.watermark(Long.MAX_VALUE);
      assertThat(ward.rejected).isEmpty();
      assertThat(ward.late).isEmpty();
      check(ward, panels, "a patient of the demo", stages);
      results += panels.size();
      kdigo += (int) ward.last(KDIGO).values().stream().filter(a -> a.low() > 0).count();
      nhs += (int) ward.last(NHS).values().stream().filter(a -> a.low() > 0).count();
    }
    System.out.printf(
        "MIMIC demo: %d patients, %d creatinine results; KDIGO by stage %s, %d over 0; NHS %d alerts%n",
        patients.size(), results, Arrays.toString(stages), kdigo, nhs);
    assertThat(results).isGreaterThan(1000);
    assertThat(stages).doesNotContain(0);
  }

  private static Panel panel(Map<String, String> row) {
    assertThat(row.get("valueuom")).isEqualTo("mg/dL");
    String high = row.get("ref_range_upper");
    Observation o =
        Observation.of(Lab.CREATININE, Double.parseDouble(row.get("valuenum")))
            .withId(row.get("labevent_id"));
    return Panel.of(
            "mimic|" + row.get("subject_id"),
            time(row.get("charttime")),
            outside(o, high.isBlank() ? Double.NaN : Double.parseDouble(high), null))
        .withIssued(
            time(row.get("storetime").isBlank() ? row.get("charttime") : row.get("storetime")));
  }

  private static Instant time(String shifted) {
    return LocalDateTime.parse(shifted.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }
}
