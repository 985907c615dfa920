// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.Decoded;
import io.medflink.connectors.formats.Shared;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real files: how much is read and how much refused, by reason. */
class FhirFilesTest {
  private static final FhirJson FHIR = new FhirJson().withFallbackToResourceId();

  private int panels;
  private int observations;
  private final Map<String, Integer> rejects = new TreeMap<>();

  @Test
  void readsAllOfSynthea() throws IOException {
    // 1,554 Observations with 1,391 values of their own and 1,402 of components; 10 Patients.
    read("data/fhir/synthea-bundles", ".json");
    assertCounts(1_554 + 10, 1_391 + 1_402 + 2 * 10, Map.of());
  }

  @Test
  void readsAllOfSyntheaHiv() throws IOException {
    // 331 Observations, one without a value; 7 Patients.
    read("data/fhir/synthea-hiv-bundles", ".json");
    assertCounts(330 + 7, 330 + 2 * 7, Map.of("NO_VALUE", 1));
  }

  @Test
  void readsPatientsLineByLine() throws IOException {
    // 103 Patients; Conditions give nothing.
    for (Path file : Shared.files("data/fhir/ndjson", ".ndjson")) {
      Files.readAllLines(file).forEach(line -> count(Decoded.of(FHIR, line)));
    }
    assertCounts(103, 206, Map.of());
  }

  @Test
  void readsTheExamplesOfTheStandardAndSaysWhatTheyLack() throws IOException {
    // Most examples are of no time; whole dates, oyster farms and newborns without a record remain.
    read("data/fhir/spec-r4", ".json");
    assertCounts(
        40,
        53,
        Map.of("IMPRECISE_TIME", 18, "NO_PATIENT_ID", 27, "NO_TIME", 82, "UNKNOWN_STATUS", 2));
  }

  private void read(String folder, String extension) throws IOException {
    for (Path file : Shared.files(folder, extension)) {
      count(Decoded.of(FHIR, Files.readAllBytes(file)));
    }
  }

  private void count(Decoded decoded) {
    for (Panel panel : decoded.panels()) {
      panels++;
      observations += panel.observations().length;
    }
    for (Rejected rejected : decoded.rejects()) {
      rejects.merge(rejected.code().name(), 1, Integer::sum);
    }
  }

  private void assertCounts(int panels, int observations, Map<String, Integer> rejects) {
    assertThat(this.panels + " " + this.observations + " " + this.rejects)
        .isEqualTo(panels + " " + observations + " " + new TreeMap<>(rejects));
  }
}
