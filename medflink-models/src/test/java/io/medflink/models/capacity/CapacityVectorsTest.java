// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medflink.models.VectorsFile;
import io.medflink.models.VectorsFile.Row;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CapacityVectorsTest {

  @Test
  void everyRowOfAnImplementedMethodAgrees() throws IOException {
    Path file = VectorsFile.locate("medflink.capacity.vectors", "capacity/vectors.csv");
    Tally tally = Tally.of(VectorsFile.read(file));

    System.out.println(tally);

    assertThat(tally.disagreements).isEmpty();
  }

  @Test
  void everyGoldenRowAgrees() throws IOException, URISyntaxException {
    var golden = Objects.requireNonNull(getClass().getResource("methods.csv"));
    Tally tally = Tally.of(VectorsFile.read(Path.of(golden.toURI())));

    assertThat(tally.disagreements).isEmpty();
    assertThat(tally.agree).isPositive();
    assertThat(tally.unknown).isZero();
  }

  private record Tally(int rows, int agree, List<String> disagreements, int unknown) {

    static Tally of(List<Row> rows) {
      int agree = 0;
      int unknown = 0;
      List<String> disagreements = new ArrayList<>();
      for (Row row : rows) {
        JsonNode answer;
        try {
          answer = CapacityMethods.answer(row);
        } catch (IllegalArgumentException refused) {
          disagreements.add(row + " is refused: " + refused.getMessage());
          continue;
        }
        if (answer == null) {
          unknown++;
        } else if (VectorsFile.agrees(row.expected(), answer, row.tolerance())) {
          agree++;
        } else {
          disagreements.add(row + " but is " + answer);
        }
      }
      return new Tally(rows.size(), agree, disagreements, unknown);
    }

    @Override
    public String toString() {
      return "capacity vectors: %d rows, %d agree, %d disagree, %d of models not implemented"
          .formatted(rows, agree, disagreements.size(), unknown);
    }
  }
}
