// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of arrival doesn't matter: the judge recomputes everything from the whole history. */
class AssessOrderTest {
  static final RiskModel[] MODELS = {new WardScore(), new PulseTrend()};

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyOrderGivesWhatTheWholeHistorySays(int batch) {
    for (int seed = batch * 500; seed < (batch + 1) * 500; seed++) {
      Random random = new Random(seed);
      List<Panel> history = history(random);
      List<Movement> movements = StayJudge.random(random);
      Map<String, String> expected = judge(history, new StayJudge(movements));
      AssessOptions options = AssessOptions.held(Duration.ofDays(30));
      Bedside ward = new Bedside(options, MODELS);
      List<ChartEvent> shuffled = new ArrayList<>(history);
      shuffled.addAll(movements);
      Collections.shuffle(shuffled, random);
      double watermark = -1000;
      for (ChartEvent event : shuffled) {
        ward.send(event);
        watermark += random.nextInt(12);
        if (random.nextBoolean()) {
          ward.watermark(watermark);
        }
        if (random.nextInt(10) == 0) {
          ward.restore(MODELS);
        }
      }
      ward.end();
      assertThat(ward.lastWords()).as("seed %d", seed).isEqualTo(expected);
      assertThat(ward.in)
          .isEqualTo(
              ward.used
                  + ward.unused
                  + ward.duplicate
                  + ward.rejected.size()
                  + ward.lateObservations());
      assertThat(ward.state.isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 60})
  void withinTheLatenessNothingIsLostAndBeyondItAllIsCounted(int lateness) {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Panel> history = new ArrayList<>(history(random));
      history.replaceAll(AssessOrderTest::withoutRevisions);
      Collections.shuffle(history, random);
      Bedside ward = new Bedside(AssessOptions.held(Duration.ofMinutes(lateness)), MODELS);
      double newest = -10_000;
      List<Panel> onTime = new ArrayList<>();
      for (Panel panel : history) {
        double minutes = (panel.time().toEpochMilli() - Bedside.NOON.toEpochMilli()) / 60_000.0;
        if (minutes + lateness > newest) {
          onTime.add(panel);
        }
        ward.send(panel);
        newest = Math.max(newest, minutes);
        ward.watermark(newest);
      }
      ward.end();
      assertThat(ward.late).as("seed %d", seed).hasSize(history.size() - onTime.size());
      assertThat(ward.lastWords())
          .as("seed %d", seed)
          .isEqualTo(judge(onTime, new StayJudge(List.of())));
    }
  }

  /** Whether a correction finds its original depends on when its moment settles. */
  private static Panel withoutRevisions(Panel panel) {
    return panel.withObservations(
        Arrays.stream(panel.observations())
            .map(o -> revises(o) ? o.withStatus(Observation.Status.FINAL) : o)
            .toArray(Observation[]::new));
  }

  private static boolean revises(Observation o) {
    return o.status().compareTo(Observation.Status.CORRECTED) >= 0;
  }

  /** Half an hour of one patient: ties, revisions, withdrawals, repeats, bounds, places. */
  static List<Panel> history(Random random) {
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Observation[] observations = new Observation[1 + random.nextInt(3)];
      for (int j = 0; j < observations.length; j++) {
        observations[j] = observation(random);
      }
      Panel panel = Bedside.panel(random.nextInt(60), observations);
      if (random.nextInt(3) == 0) {
        panel = panel.withIssued(Bedside.minute(random.nextInt(5)));
      }
      if (random.nextInt(4) == 0) {
        String encounter = random.nextInt(3) == 0 ? null : "e" + random.nextInt(2);
        String ward = random.nextBoolean() ? null : "w" + random.nextInt(3);
        panel = panel.withStay(encounter, null, ward, null);
      }
      panels.add(panel);
      if (random.nextInt(5) == 0) {
        panels.add(panel);
      }
    }
    return panels;
  }

  private static Observation observation(Random random) {
    Observation o =
        switch (random.nextInt(6)) {
          case 0 -> Bedside.temp(34 + random.nextInt(70) / 10.0);
          case 1 -> Bedside.mind(random.nextBoolean() ? "A" : "V");
          case 2 -> Observation.of("1234-5", 1, "1");
          case 3 -> Bedside.hr(random.nextInt(4) == 0 ? 5000 : 60);
          default -> Bedside.hr(30 + random.nextInt(8) * 20);
        };
    if (random.nextBoolean()) {
      o = o.withId("id" + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      o = o.withStatus(Observation.Status.values()[random.nextInt(4)]);
    }
    if (random.nextInt(4) == 0) {
      o = o.withMethod(Observation.Method.values()[random.nextInt(4)]);
    }
    boolean number = !Double.isNaN(o.value()) && o.value() < 1000;
    return number && random.nextInt(8) == 0
        ? o.withComparator(Observation.Comparator.values()[random.nextInt(4)])
        : o;
  }

  /** A value that counts at its moment. */
  private record Fact(Panel panel, Observation observation) {
    Instant time() {
      return panel.time();
    }

    /** What is no number of a pulse leaves nothing known. */
    boolean isRefused() {
      return observation.value() > 1000;
    }
  }

  private static Map<String, String> judge(List<Panel> history, StayJudge stays) {
    Map<String, String> expected = new TreeMap<>();
    assessments(history, stays)
        .forEach(a -> expected.put(a.model() + " " + a.time(), Bedside.content(a)));
    return expected;
  }

  /** What is to be said last of each moment. */
  static List<RiskAssessment> assessments(List<Panel> history, StayJudge stays) {
    List<RiskAssessment> expected = new ArrayList<>();
    List<Instant> moments =
        history.stream()
            .map(Panel::time)
            .distinct()
            .filter(time -> isAsked(history, time))
            .sorted()
            .toList();
    for (RiskModel model : MODELS) {
      for (Instant moment : moments) {
        boolean asked =
            model.card().inputs().stream()
                .anyMatch(in -> fact(history, moment, in.types().get(0)) != null);
        if (asked) {
          expected.add(assessment(model, history, moments, moment, stays));
        }
      }
    }
    return expected;
  }

  private static RiskAssessment assessment(
      RiskModel model,
      List<Panel> history,
      List<Instant> moments,
      Instant moment,
      StayJudge stays) {
    Instant stay =
        stays.since(moments, moment, t -> encounter(history, t), t -> brings(history, t));
    Chart chart = new Chart(model);
    chart.clear(moment.toEpochMilli());
    String jumps = "";
    for (Input input : model.card().inputs()) {
      Fact newest = null;
      Fact before = null;
      for (Instant time : moments) {
        Fact fact = time.isAfter(moment) ? null : fact(history, time, input.types().get(0));
        if (fact != null) {
          before = newest;
          newest = fact;
          boolean exact = fact.observation().comparator() == null && !fact.isRefused();
          Duration back = input.history();
          if (back != null && exact && !time.isBefore(since(input, back, moment, stay))) {
            chart.history(input).add(time.toEpochMilli(), number(input, fact));
          }
        }
      }
      if (newest == null
          || newest.isRefused()
          || newest.time().isBefore(since(input, input.within(), moment, stay))) {
        continue;
      }
      if (newest.observation().comparator() == null) {
        chart.set(input, number(input, newest), newest.time().toEpochMilli());
      } else {
        chart.bound(input, range(newest.observation()));
      }
      jumps += jumped(input, before, newest) ? (jumps.isEmpty() ? "" : ", ") + input.name() : "";
    }
    Interval interval = new Interval(model);
    new Completion(model).assess(chart, interval);
    Fact place = place(history, moment);
    String reason = interval.reason();
    String told =
        jumps.isEmpty() ? reason : (reason == null ? "" : reason + "; ") + "jumped: " + jumps;
    return new RiskAssessment(
        "ward|1",
        stays.encounter(moment, encounter(history, moment)),
        null,
        stays.ward(moment, encounter(history, moment), place == null ? null : place.panel().ward()),
        null,
        model.id(),
        "1",
        moment,
        1,
        RiskAssessment.Status.FINAL,
        interval.predictions(),
        interval.levelLow(),
        interval.levelHigh(),
        interval.missing(),
        told,
        null,
        null);
  }

  private static boolean isAsked(List<Panel> history, Instant time) {
    return Arrays.stream(MODELS)
        .flatMap(model -> model.card().inputs().stream())
        .anyMatch(input -> fact(history, time, input.types().get(0)) != null);
  }

  private static Instant since(Input input, Duration back, Instant moment, Instant stay) {
    Instant oldest = moment.minus(back);
    return input.scope() == Input.Scope.ENCOUNTER && stay.isAfter(oldest) ? stay : oldest;
  }

  private static @Nullable String encounter(List<Panel> history, Instant moment) {
    Fact place = place(history, moment);
    return place == null ? null : place.panel().encounter();
  }

  private static boolean brings(List<Panel> history, Instant moment) {
    return Arrays.stream(MODELS)
        .flatMap(model -> model.card().inputs().stream())
        .filter(input -> input.scope() == Input.Scope.ENCOUNTER)
        .anyMatch(input -> fact(history, moment, input.types().get(0)) != null);
  }

  private static double number(Input input, Fact fact) {
    return Types.number(input.types().get(0), fact.observation());
  }

  private static boolean jumped(Input input, @Nullable Fact before, Fact newest) {
    ObservationType.Jump rule = input.types().get(0).jump();
    return rule != null
        && before != null
        && !before.isRefused()
        && before.observation().comparator() == null
        && newest.observation().comparator() == null
        && Math.abs(before.observation().value() - newest.observation().value()) > rule.change()
        && !newest.time().isAfter(before.time().plus(rule.within()));
  }

  private static Range range(Observation o) {
    double x = o.value();
    return switch (o.comparator()) {
      case LESS -> Range.open(Double.NEGATIVE_INFINITY, x);
      case LESS_OR_EQUAL -> Range.openClosed(Double.NEGATIVE_INFINITY, x);
      case GREATER_OR_EQUAL -> Range.closedOpen(x, Double.POSITIVE_INFINITY);
      case GREATER -> Range.open(x, Double.POSITIVE_INFINITY);
    };
  }

  /** By the written rule: newest revision of each value, then the greatest of the values. */
  private static @Nullable Fact fact(List<Panel> history, Instant time, ObservationType type) {
    Map<String, Fact> revisions = new TreeMap<>();
    for (Panel panel : history) {
      for (Observation o : panel.observations()) {
        if (panel.time().equals(time) && type.loinc().equals(o.code())) {
          Fact fact = new Fact(panel, o);
          revisions.merge(o.id() == null ? "" : o.id(), fact, AssessOrderTest::greater);
        }
      }
    }
    return revisions.values().stream()
        .filter(f -> f.observation().status() != Observation.Status.ENTERED_IN_ERROR)
        .filter(f -> counts(history, time, type, f.observation().id()))
        .max(ORDER)
        .orElse(null);
  }

  /**
   * By the written rule: a correction counts at its original's moment, or instead of its only
   * original at another one.
   */
  private static boolean counts(
      List<Panel> history, Instant time, ObservationType type, @Nullable String id) {
    List<Fact> told =
        history.stream()
            .filter(panel -> id != null || panel.time().equals(time))
            .flatMap(p -> Arrays.stream(p.observations()).map(o -> new Fact(p, o)))
            .filter(f -> type.loinc().equals(f.observation().code()))
            .filter(f -> Objects.equals(id, f.observation().id()))
            .toList();
    Set<Instant> originals = new TreeSet<>();
    told.stream().filter(f -> !revises(f.observation())).forEach(f -> originals.add(f.time()));
    boolean moved = told.stream().anyMatch(f -> !originals.contains(f.time()));
    if (!moved || originals.size() != 1) {
      return originals.contains(time);
    }
    Fact newest = told.stream().max(ORDER.thenComparing(Fact::time)).orElseThrow();
    return newest.time().equals(time);
  }

  private static Fact greater(Fact a, Fact b) {
    return ORDER.compare(a, b) >= 0 ? a : b;
  }

  private static final Comparator<Fact> ORDER =
      Comparator.<Fact>comparingLong(AssessOrderTest::issued)
          .thenComparing(f -> f.observation().status())
          .thenComparing(
              f -> f.observation().method(), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingDouble(AssessOrderTest::rank)
          .thenComparing(
              f -> f.observation().comparator(), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(
              f -> f.observation().id(), Comparator.nullsFirst(Comparator.naturalOrder()));

  private static double rank(Fact fact) {
    String text = fact.observation().text();
    if (text == null) {
      return fact.isRefused() ? Double.NEGATIVE_INFINITY : fact.observation().value();
    }
    boolean scale = Setting.SPO2_SCALE.loinc().equals(fact.observation().code());
    return (scale ? Setting.SPO2_SCALE : Vital.CONSCIOUSNESS).codes().indexOf(text);
  }

  private static long issued(Fact fact) {
    Instant issued = fact.panel().issued();
    boolean revises =
        Arrays.asList(Observation.Status.CORRECTED, Observation.Status.ENTERED_IN_ERROR)
            .contains(fact.observation().status());
    return issued != null ? issued.toEpochMilli() : revises ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  private static @Nullable Fact place(List<Panel> history, Instant moment) {
    return history.stream()
        .filter(p -> p.time().equals(moment) && (p.ward() != null || p.encounter() != null))
        .filter(p -> Arrays.stream(p.observations()).anyMatch(AssessOrderTest::isAskedFor))
        .max(
            Comparator.<Panel>comparingLong(
                    p -> p.issued() == null ? Long.MIN_VALUE : p.issued().toEpochMilli())
                .thenComparing(p -> part(p.encounter()) + part(p.ward())))
        .map(p -> new Fact(p, p.observations()[0]))
        .orElse(null);
  }

  private static String part(@Nullable String part) {
    return (part == null ? "" : part) + "\n";
  }

  private static boolean isAskedFor(Observation o) {
    return !"1234-5".equals(o.code());
  }
}
