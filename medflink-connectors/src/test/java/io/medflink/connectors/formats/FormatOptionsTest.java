// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.Factory;
import org.junit.jupiter.api.Test;

/** The README lists each option of each format of this module with its default, and no other. */
class FormatOptionsTest {

  @Test
  void theReadmeListsTheOptionsOfEachFormat() throws IOException {
    Set<String> rows = new TreeSet<>();
    Set<String> identifiers = new TreeSet<>();
    for (Factory factory : ServiceLoader.load(Factory.class)) {
      if (factory instanceof DeserializationFormatFactory
          && factory.getClass().getName().startsWith("io.medflink.")) {
        identifiers.add(factory.factoryIdentifier());
        factory.requiredOptions().forEach(o -> rows.add(row(factory, o, "needed ")));
        factory.optionalOptions().forEach(o -> rows.add(row(factory, o, byDefault(o))));
      }
    }
    List<String> listed =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> identifiers.stream().anyMatch(id -> line.startsWith("| `" + id + ".")))
            .map(line -> String.join("|", Arrays.copyOf(line.split("\\|"), 3)) + "|")
            .toList();

    assertThat(identifiers).contains("medflink-json", "xml");
    assertThat(new TreeSet<>(listed)).isEqualTo(rows);
  }

  private static String row(Factory factory, ConfigOption<?> option, String byDefault) {
    return "| `" + factory.factoryIdentifier() + "." + option.key() + "` | " + byDefault + "|";
  }

  private static String byDefault(ConfigOption<?> option) {
    Object value = option.defaultValue();
    if (value == null || (value instanceof Map<?, ?> map && map.isEmpty())) {
      return "";
    }
    Object told = value instanceof List<?> list ? list.get(0) : value;
    return "`" + (told instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : told) + "` ";
  }
}
