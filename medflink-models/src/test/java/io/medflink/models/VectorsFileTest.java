// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VectorsFileTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  @Test
  void readsQuotedJsonWhateverTheTitlesAndTheOrderOfTheColumns() throws IOException {
    List<VectorsFile.Row> rows =
        read(
            """
            \uFEFFsource,method,input json,expected output json,tolerance
            "a, ""b""\nc",m1,"{""x"": 1}","{""y"": [1, null]}",1e-3
            ,m2,{},{},
            """);

    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).model()).isEqualTo("m1");
    assertThat(rows.get(0).input().path("x").asInt()).isEqualTo(1);
    assertThat(rows.get(0).expected().path("y")).hasSize(2);
    assertThat(rows.get(0).tolerance()).isEqualTo(1e-3);
    assertThat(rows.get(0).source()).isEqualTo("a, \"b\"\nc");
    assertThat(rows.get(1).tolerance()).isZero();
  }

  @Test
  void refusesAFileWithoutItsColumnsAndARecordOfAnotherLength() {
    assertThatThrownBy(() -> read("model,input,expected,source\n")).hasMessageContaining("toler");
    assertThatThrownBy(() -> read("model,input,expected,tolerance,source\nm,{}\n"))
        .hasMessageContaining("record 2");
  }

  @Test
  void comparesWithinTheToleranceAndWithoutItExactly() throws IOException {
    assertThat(agrees("{\"a\": 1.0, \"b\": [1, 2]}", "{\"a\": 1.01, \"b\": [1, 2]}", 0.02))
        .isTrue();
    assertThat(agrees("{\"a\": 1.0}", "{\"a\": 1.03}", 0.02)).isFalse();
    assertThat(agrees("3", "3.0000000001", 0)).isFalse();
    assertThat(agrees("3.5", "3.5000000001", 0)).isTrue();
    assertThat(agrees("[1]", "[1, 2]", 1)).isFalse();
    assertThat(agrees("{\"a\": 1}", "{}", 5)).isFalse();
    assertThat(agrees("1", "\"1\"", 5)).isFalse();
    assertThat(agrees("1", "NaN", 5)).isFalse();
    assertThat(agrees("null", "0", 5)).isFalse();
    assertThat(agrees("{\"a\": null}", "{}", 0)).isTrue();
    assertThat(agrees("\"low\"", "\"high\"", 0)).isFalse();
    assertThat(agrees("true", "true", 0)).isTrue();
  }

  private List<VectorsFile.Row> read(String text) throws IOException {
    return VectorsFile.read(Files.writeString(folder.resolve("vectors.csv"), text));
  }

  private static boolean agrees(String expected, String actual, double tolerance)
      throws IOException {
    var answer =
        actual.equals("NaN") ? JSON.getNodeFactory().numberNode(Double.NaN) : JSON.readTree(actual);
    return VectorsFile.agrees(JSON.readTree(expected), answer, tolerance);
  }
}
