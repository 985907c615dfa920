// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The books of a pipeline of Decode, Clean and Assess, as one account. */
final class Totals {
  private static final List<String> OPERATORS = List.of("decode", "clean", "assess");

  private Totals() {}

  /** One JSON object; observations = used + unused + rejected + late + duplicate. */
  static String json(Map<String, Object> accumulators) throws IOException {
    return new JsonMapper().writeValueAsString(of(accumulators));
  }

  /** The same as a sentence. */
  static String line(Map<String, Object> accumulators) {
    Map<String, Object> totals = of(accumulators);
    StringBuilder line = new StringBuilder("books: ").append(totals.get("observations"));
    line.append(" observations = ");
    String plus = "";
    for (String entry : List.of("used", "unused", "rejected", "late", "duplicate")) {
      line.append(plus).append(totals.get(entry)).append(' ').append(entry);
      plus = " + ";
    }
    line.append("; ").append(totals.get("assessments")).append(" assessments, ");
    line.append(totals.get("amended")).append(" amended; rejected by code: ");
    return line.append(totals.get("rejected_by_code")).toString();
  }

  private static Map<String, Object> of(Map<String, Object> accumulators) {
    Map<String, Object> totals = new LinkedHashMap<>();
    totals.put("panels", count(accumulators, CountPanels.PANELS));
    totals.put("observations", count(accumulators, "medflink.decode.in"));
    for (String entry : List.of("used", "unused")) {
      totals.put(entry, count(accumulators, "medflink.assess." + entry));
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
    totals.put("rejected", rejected);
    for (String entry : List.of("late", "duplicate", "assessments", "amended")) {
      totals.put(entry, count(accumulators, "medflink.assess." + entry));
    }
    totals.put("rejected_by_code", byCode);
    if (accumulators.containsKey("medflink.alerts.in")) {
      for (String entry : List.of("alerts", "suppressed", "historical")) {
        totals.put(entry, count(accumulators, "medflink.alerts." + entry));
      }
    }
    return totals;
  }

  private static long count(Map<String, Object> accumulators, String name) {
    return accumulators.get(name) instanceof Number n ? n.longValue() : 0;
  }
}
