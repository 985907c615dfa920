// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.TextElement;
import org.junit.jupiter.api.Test;

class FhirOptionsTest {
  private static String row(ConfigOption<?> option) {
    String said =
        option.description().getBlocks().stream()
            .map(block -> ((TextElement) block).getFormat())
            .reduce("", String::concat);
    return "| `" + option.key() + "` | " + value(option.defaultValue()) + " | " + said + " |";
  }

  private static String value(Object value) {
    if (value == null || value.equals(List.of()) || value.equals(Map.of())) {
      return "";
    }
    String text = value.toString();
    if (value instanceof Duration duration) {
      text = duration.toMillis() < 1_000 ? duration.toMillis() + " ms" : seconds(duration);
    }
    return "`" + text + "`";
  }

  private static String seconds(Duration duration) {
    return duration
        .toString()
        .substring(2)
        .replaceAll("(?<=\\d)([HMS])", " $1")
        .toLowerCase(Locale.ROOT);
  }

  @Test
  void theReadmeListsEveryOptionWithItsDefault() throws Exception {
    String table =
        "| option | default | |\n|---|---|---|\n"
            + String.join("\n", FhirOptions.ofTable().stream().map(FhirOptionsTest::row).toList())
            + "\n";
    assertThat(Files.readString(Path.of("README.md"))).contains(table);
  }

  @Test
  void sqlKnowsEveryOption() {
    FhirTableFactory factory = new FhirTableFactory();
    assertThat(factory.requiredOptions())
        .containsExactlyInAnyOrder(FhirOptions.URL, FhirOptions.RESOURCE);
    assertThat(factory.optionalOptions())
        .hasSize(FhirOptions.ofTable().size() - 2)
        .doesNotContainAnyElementsOf(factory.requiredOptions());
  }

  @Test
  void anOptionOfTablesAloneIsRefused() {
    assertThatThrownBy(() -> FhirSink.to("https://a").with(FhirOptions.SYSTEMS, Map.of()))
        .hasMessageContaining("systems");
  }
}
