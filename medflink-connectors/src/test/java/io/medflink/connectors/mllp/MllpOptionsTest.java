// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.TextElement;
import org.apache.flink.table.factories.FactoryUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MllpOptionsTest {
  private static String row(ConfigOption<?> option) {
    return "| `"
        + option.key()
        + "` | "
        + value(option.defaultValue())
        + " | "
        + said(option).replace("|", "\\|")
        + " |";
  }

  private static String value(Object value) {
    if (value == null || value.equals(List.of())) {
      return "";
    }
    String text =
        value instanceof Duration duration
            ? duration
                .toString()
                .substring(2)
                .replaceAll("(?<=\\d)([HMS])", " $1")
                .toLowerCase(Locale.ROOT)
            : value.toString().toLowerCase(Locale.ROOT);
    return "`" + text + "`";
  }

  private static String said(ConfigOption<?> option) {
    // The description without the markup around it.
    return option.description().getBlocks().stream()
        .map(block -> ((TextElement) block).getFormat())
        .reduce("", String::concat);
  }

  @Test
  void theReadmeListsEveryOptionWithItsDefault() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    assertThat(readme).contains(table(MllpOptions.ofSource()), table(MllpOptions.ofSink()));
  }

  private static String table(List<ConfigOption<?>> options) {
    return "| option | default | |\n|---|---|---|\n"
        + String.join("\n", options.stream().map(MllpOptionsTest::row).toList())
        + "\n";
  }

  @Test
  void sqlKnowsEveryOption() {
    MllpTableFactory factory = new MllpTableFactory();
    assertThat(factory.requiredOptions())
        .containsExactlyInAnyOrder(MllpOptions.ADDRESS, FactoryUtil.FORMAT);
    assertThat(factory.optionalOptions())
        .doesNotContain(MllpOptions.ADDRESS)
        .containsAll(MllpOptions.ofSource().subList(1, MllpOptions.ofSource().size()))
        .containsAll(MllpOptions.ofSink().subList(1, MllpOptions.ofSink().size()));
  }

  @ParameterizedTest
  @CsvSource({
    "address, host",
    "address, host:70000",
    "address, host:0",
    "address, a:1;a:1",
    "journal.max-size, 1kb",
    "max-message-size, 2gb",
    "dedup.max-messages, 0",
    "max-connections, 0",
    "ack.mode, never"
  })
  void whatCannotBeIsToldByItsOption(String option, String value) {
    Configuration options = new Configuration();
    options.setString("address", "localhost:2575");
    options.setString("journal.folder", "j");
    SourceSettings.of(options);
    options.setString(option, value);
    assertThatThrownBy(() -> SourceSettings.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            ".*(no host:port: " + value + "|'" + option + "'|key " + option + ").*");
  }

  @Test
  void anOptionOfTheOtherSideIsRefused() {
    assertThatThrownBy(() -> MllpSource.listen("a:1").with(MllpOptions.IN_FLIGHT, 2))
        .hasMessageContaining("max-in-flight");
    assertThatThrownBy(() -> MllpSink.to("a:1").with(MllpOptions.JOURNAL, "j"))
        .hasMessageContaining("journal.folder");
  }
}
