// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medflink.core.CapacityAdvice;
import io.medflink.core.CapacityModel;
import io.medflink.core.Census;
import io.medflink.core.Output;
import io.medflink.models.VectorsFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every capacity model keeps; the models are found by scanning this package. */
final class CapacityModelContractTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @MethodSource("models")
  void saysWhatItIsAndWhereItComesFrom(CapacityModel model) {
    assertThat(model.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(model.version()).isNotBlank();
    assertThat(model.card().citation()).hasSizeGreaterThan(20);
    assertThat(model.card().intendedUse()).hasSizeGreaterThan(20);
    assertThat(model.card()).isSameAs(model.card());
    assertThat(model.card().inputs()).isEmpty();
    assertThat(model.card().outputs())
        .isNotEmpty()
        .allMatch(output -> output.name().matches("[a-z0-9]+(_[a-z0-9]+)*"))
        .noneMatch(output -> output.unit().isBlank());
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesWithItsGoldenRows(CapacityModel model) throws Exception {
    URL golden = model.getClass().getResource(model.id() + ".csv");
    assertThat(golden).as("golden rows of %s", model.id()).isNotNull();
    List<VectorsFile.Row> rows = VectorsFile.read(Path.of(golden.toURI()));

    assertThat(rows).isNotEmpty();
    for (VectorsFile.Row row : rows) {
      JsonNode answer = named(model.advise(census(row.input())));
      assertThat(VectorsFile.agrees(row.expected(), answer, row.tolerance()))
          .as("%s is %s", row, answer)
          .isTrue();
      assertThat(row.model()).isEqualTo(model.id());
      assertThat(row.source()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void isPureAndTheSameAfterATripThroughSerialization(CapacityModel model) throws Exception {
    CapacityModel copy = copy(model);
    List<Census> wards = wards();
    List<CapacityAdvice> first = wards.stream().map(model::advise).toList();
    for (int i = wards.size() - 1; i >= 0; i--) {
      assertThat(model.advise(wards.get(i))).isEqualTo(first.get(i));
      assertThat(copy.advise(wards.get(i))).isEqualTo(first.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersEveryCensusUnderItsOwnNameAndExplainsWhatItCannotSay(CapacityModel model) {
    for (Census ward : wards()) {
      CapacityAdvice advice = model.advise(ward);
      assertThat(advice.facility()).isEqualTo(ward.facility());
      assertThat(advice.ward()).isEqualTo(ward.ward());
      assertThat(advice.time()).isEqualTo(ward.time());
      assertThat(advice.model()).isEqualTo(model.id());
      assertThat(advice.version()).isEqualTo(model.version());
      assertThat(advice.assumptions()).isNotBlank();
      assertThat(advice.figures()).isNotEmpty();
      assertThat(Stream.of(advice.figures()).map(CapacityAdvice.Figure::name))
          .doesNotHaveDuplicates()
          .isSubsetOf(model.card().outputs().stream().map(Output::name).toList());
      boolean gaps = Stream.of(advice.figures()).anyMatch(f -> Double.isNaN(f.value()));
      assertThat(advice.reason() != null).isEqualTo(gaps);
      assertThat(advice.figure("no_such_figure")).isNaN();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void knowsNothingOfAWardOfWhichNothingIsKnown(CapacityModel model) {
    CapacityAdvice advice = model.advise(census(new JsonMapper().createObjectNode()));

    assertThat(advice.bindingResource()).isNull();
    assertThat(advice.reason()).isNotBlank();
    assertThat(advice.figures()).allMatch(figure -> Double.isNaN(figure.value()));
  }

  static List<CapacityModel> models() throws Exception {
    URL classes = CapacityBalance.class.getProtectionDomain().getCodeSource().getLocation();
    String pack = CapacityBalance.class.getPackageName();
    List<CapacityModel> models = new ArrayList<>();
    try (var files = Files.list(Path.of(classes.toURI()).resolve(pack.replace('.', '/')))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (name.equals("package-info")) {
          continue;
        }
        Class<?> type = Class.forName(pack + "." + name);
        if (CapacityModel.class.isAssignableFrom(type) && !type.isInterface()) {
          models.add((CapacityModel) type.getConstructor().newInstance());
        }
      }
    }
    assertThat(models).isNotEmpty();
    return models;
  }

  private static List<Census> wards() {
    Random random = new Random(20266);
    List<Census> wards = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Duration seen = Duration.ofHours(random.nextInt(200));
      wards.add(
          new Census(
              "F" + random.nextInt(3),
              "W" + random.nextInt(9),
              NOON.plusSeconds(random.nextInt(1_000_000)),
              count(random, 60),
              count(random, 50),
              count(random, 9),
              count(random, 9),
              count(random, 9),
              count(random, 60),
              count(random, 60),
              count(random, 9),
              random.nextInt(4) == 0 ? null : NOON.minus(seen),
              count(random, 99),
              count(random, 99),
              random.nextInt(9) == 0 ? null : 300 * random.nextDouble() - 5));
    }
    return wards;
  }

  private static @Nullable Integer count(Random random, int bound) {
    return random.nextInt(9) == 0 ? null : random.nextInt(bound + 1) - 1;
  }

  private static Census census(JsonNode in) {
    JsonNode days = in.path("observedDays");
    return new Census(
        "F",
        "W",
        NOON,
        count(in, "physical"),
        count(in, "staffed"),
        count(in, "blocked"),
        count(in, "cleaning"),
        count(in, "reserved"),
        count(in, "occupied"),
        count(in, "available"),
        count(in, "doctors"),
        days.isNumber() ? NOON.minus(Duration.ofDays(days.intValue())) : null,
        count(in, "arrivals"),
        count(in, "stays"),
        in.path("stayDays").isNumber() ? in.path("stayDays").doubleValue() : null);
  }

  private static @Nullable Integer count(JsonNode in, String name) {
    return in.path(name).isNumber() ? in.path(name).intValue() : null;
  }

  /** An advice as one object: figures by name (unknown = null), binding resource and reason. */
  private static JsonNode named(CapacityAdvice advice) {
    ObjectNode node = new JsonMapper().createObjectNode();
    for (CapacityAdvice.Figure figure : advice.figures()) {
      node.put(figure.name(), Double.isNaN(figure.value()) ? null : figure.value());
    }
    return node.put("binding_resource", advice.bindingResource()).put("reason", advice.reason());
  }

  private static CapacityModel copy(CapacityModel model) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(model);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (CapacityModel) in.readObject();
    }
  }
}
