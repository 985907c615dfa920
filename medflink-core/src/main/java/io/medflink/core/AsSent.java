// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/** An observation as a {@link CodeMap} looks at it: declared before local, empty for nothing. */
final class AsSent {
  private AsSent() {}

  static String feed(Panel panel) {
    return orEmpty(panel.feed());
  }

  static String system(Observation o) {
    return o.code() == null ? orEmpty(o.localSystem()) : Loinc.SYSTEM;
  }

  static String code(Observation o) {
    return orEmpty(o.code() == null ? o.localCode() : o.code());
  }

  static String unit(Observation o) {
    return orEmpty(o.unit() == null ? o.localUnit() : o.unit());
  }

  static String text(Observation o) {
    return orEmpty(o.text() == null ? o.localText() : o.text());
  }

  /** The text, or the number where the type wants a text: feeds send codes as numbers too. */
  static String textOrNumber(Observation o) {
    String text = text(o);
    return text.isEmpty() && !Double.isNaN(o.value()) ? Range.number(o.value()) : text;
  }

  /** The line of a code map that has still to be answered. */
  static byte[] line(Panel panel, Observation o) {
    return CSVFormat.RFC4180
        .format(feed(panel), system(o), code(o), "", unit(o), "", textOrNumber(o), "")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
