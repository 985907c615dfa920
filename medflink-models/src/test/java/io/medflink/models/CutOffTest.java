// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medflink.core.Input;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bound of each table that an input declares has golden rows one step under, at and over. */
final class CutOffTest {

  static Stream<String> models() {
    return RiskModels.all().stream()
        .filter(model -> model.card().inputs().stream().anyMatch(i -> !i.cells().isEmpty()))
        .map(RiskModel::id);
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyBoundIsTriedOnBothSidesAndItself(String id) throws Exception {
    Path golden = Path.of(URI.create(CutOffTest.class.getResource("/golden/" + id + ".csv") + ""));
    List<VectorsFile.Row> rows = VectorsFile.read(golden, id);
    List<String> lacking = new ArrayList<>();
    for (Input input : RiskModels.byId(id).card().inputs()) {
      TreeSet<Double> tried = new TreeSet<>();
      for (VectorsFile.Row row : rows) {
        JsonNode value = row.input().path(input.name());
        if (value.isNumber()) {
          tried.add(value.doubleValue());
        }
      }
      for (Steps table : input.cells()) {
        for (double bound : table.bounds()) {
          // A publication may print where a band of whole numbers begins.
          if (!isTried(bound, tried) && !isTried(bound + 1, tried)) {
            lacking.add(input.name() + " " + bound);
          }
        }
      }
    }
    assertThat(Set.copyOf(lacking)).isEmpty();
  }

  private static boolean isTried(double bound, NavigableSet<Double> tried) {
    Double under = tried.lower(bound);
    Double over = tried.higher(bound);
    return tried.contains(bound)
        && under != null
        && bound - under <= 1
        && over != null
        && over - bound <= 1;
  }
}
