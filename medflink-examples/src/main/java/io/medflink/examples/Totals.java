// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The books of a pipeline of Decode, Clean and Assess, as one account. */
final class Totals {
  private static final List<String> OPERATORS = List.of("decode", "clean", "assess");

  private Totals() {}

  /** One JSON object; observations = used + unused + rejected + late + duplicate. */
  static String json(Map<String, Object> accumulators) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("panels", count(accumulators, CountPanels.PANELS));
      json.writeNumberField("observations", count(accumulators, "medflink.decode.in"));
      for (String entry : List.of("used", "unused")) {
        json.writeNumberField(entry, count(accumulators, "medflink.assess." + entry));
      }
      long rejected = 0;
      Map<String, Long> byCode = new TreeMap<>();
      for (String operator : OPERATORS) {
        rejected += count(accumulators, "medflink." + operator + ".rejected");
        for (RejectCode code : RejectCode.values()) {
          long n = count(accumulators, "medflink." + operator + ".rejected." + code);
          if (n > 0) {
            byCode.merge(code.name(), n, Long::sum);
          }
        }
      }
      json.writeNumberField("rejected", rejected);
      for (String entry : List.of("late", "duplicate", "assessments", "amended")) {
        json.writeNumberField(entry, count(accumulators, "medflink.assess." + entry));
      }
      json.writeObjectFieldStart("rejected_by_code");
      for (Map.Entry<String, Long> code : byCode.entrySet()) {
        json.writeNumberField(code.getKey(), code.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static long count(Map<String, Object> accumulators, String name) {
    return accumulators.get(name) instanceof Number n ? n.longValue() : 0;
  }
}
