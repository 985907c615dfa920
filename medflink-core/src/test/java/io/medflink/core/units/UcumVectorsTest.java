// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The functional tests of UCUM, display names apart. */
final class UcumVectorsTest {
  private static final String VECTORS = "../shared/security/vectors/ucum";

  @TestFactory
  Stream<DynamicTest> everyVectorHolds() throws Exception {
    List<Map<String, String>> cases = new ArrayList<>();
    for (Path file : files()) {
      cases.addAll(read(file));
    }
    assertThat(cases).hasSizeGreaterThan(250);
    return cases.stream()
        .map(c -> DynamicTest.dynamicTest(c.get("suite") + " " + c.get("id"), () -> check(c)));
  }

  private static void check(Map<String, String> c) {
    switch (text(c, "suite")) {
      case "validation" ->
          assertThat(Units.isValid(text(c, "unit"))).isEqualTo(text(c, "valid").equals("true"));
      case "conversion" ->
          equal(
              Double.parseDouble(text(c, "value")),
              text(c, "srcUnit"),
              text(c, "dstUnit"),
              text(c, "outcome"));
      case "multiplication" ->
          equal(
              Double.parseDouble(text(c, "v1")) * Double.parseDouble(text(c, "v2")),
              "(" + text(c, "u1") + ").(" + text(c, "u2") + ")",
              text(c, "uRes"),
              text(c, "vRes"));
      case "division" ->
          equal(
              Double.parseDouble(text(c, "v1")) / Double.parseDouble(text(c, "v2")),
              "(" + text(c, "u1") + ")/(" + text(c, "u2") + ")",
              text(c, "uRes"),
              text(c, "vRes"));
      default -> throw new AssertionError("an unknown suite");
    }
  }

  private static void equal(double value, String from, String to, String expected) {
    Conversion conversion = Units.conversion(from, to.isEmpty() ? "1" : to);
    assertThat(conversion).isNotNull();
    BigDecimal number = new BigDecimal(expected);
    assertThat(conversion.apply(value)).isCloseTo(number.doubleValue(), lastDigit(number));
  }

  /** Outcomes are rounded to the digits of their input, and sometimes cut. */
  private static Offset<Double> lastDigit(BigDecimal number) {
    return within(Math.max(number.ulp().doubleValue(), Math.abs(number.doubleValue()) * 1e-13));
  }

  private static List<Map<String, String>> read(Path file) throws Exception {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    List<Map<String, String>> cases = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      String suite = "";
      while (reader.hasNext()) {
        if (reader.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        if (!reader.getLocalName().equals("case")) {
          suite = reader.getLocalName();
        } else if (!suite.equals("displayNameGeneration")) {
          Map<String, String> c = new HashMap<>(Map.of("suite", suite));
          for (int i = 0; i < reader.getAttributeCount(); i++) {
            c.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
          }
          cases.add(c);
        }
      }
    }
    return cases;
  }

  private static List<Path> files() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("medflink-core"))) {
      root = root.getParent();
    }
    Path folder = root.resolve(VECTORS);
    assumeTrue(Files.isDirectory(folder), () -> "no vectors in " + VECTORS);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".xml")).toList();
    }
  }

  private static String text(Map<String, @Nullable String> attributes, String name) {
    String value = attributes.get(name);
    assertThat(value).as(name).isNotNull();
    return value == null ? "" : value;
  }
}
