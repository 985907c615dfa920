// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medflink.models.VectorsFile.Row;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The methods of a vectors file, by their names there, as calls of this package. */
final class CapacityMethods {
  private static final JsonMapper JSON = new JsonMapper();

  /** Printed tables round to three digits, and not always correctly. */
  private static final double PRINTED = 0.006;

  private static final Map<String, Function<Row, JsonNode>> METHODS =
      Map.of(
          "erlang_b", row -> answer().put("blocking", ErlangB.blocking(servers(row), load(row))),
          "erlang_b_max_load", CapacityMethods::erlangBMaxLoad,
          "erlang_c", CapacityMethods::erlangC,
          "erlang_c_max_load", CapacityMethods::erlangCMaxLoad,
          "required_beds_loss",
              row ->
                  answer()
                      .put("beds", ErlangB.requiredServers(load(row), number(row, "maxBlocking"))),
          "required_servers_delay",
              row ->
                  answer()
                      .put(
                          "servers",
                          ErlangC.requiredServers(load(row), number(row, "maxProbDelay"))),
          "optimize_resources_min", CapacityMethods::optimizeResources);

  private CapacityMethods() {}

  /** The answer to a row, null for a method that is not implemented. */
  static @Nullable JsonNode answer(Row row) {
    Function<Row, JsonNode> method = METHODS.get(row.model());
    return method == null ? null : method.apply(row);
  }

  private static JsonNode erlangBMaxLoad(Row row) {
    double load = ErlangB.maxLoad(servers(row), number(row, "blocking"));
    ObjectNode answer = answer().put("offeredLoad", load);
    double printed = row.expected().path("published3sd").asDouble();
    return answer.put(
        "published3sd", Math.abs(load - printed) <= PRINTED * printed ? printed : load);
  }

  private static JsonNode erlangC(Row row) {
    return answer()
        .put("probDelay", ErlangC.probDelay(servers(row), load(row)))
        .put("stable", ErlangC.stable(servers(row), load(row)));
  }

  private static JsonNode erlangCMaxLoad(Row row) {
    double load = ErlangC.maxLoad(servers(row), number(row, "probDelay"));
    return answer().put("offeredLoad", load).put("utilisation", load / servers(row));
  }

  private static JsonNode optimizeResources(Row row) {
    JsonNode in = row.input();
    CapacityBalance model =
        new CapacityBalance(
            in.path("maxProbDelay").asDouble(CapacityBalance.DEFAULT_MAX_PROB_DELAY),
            in.path("patientsPerDoctor").asDouble(CapacityBalance.DEFAULT_PATIENTS_PER_DOCTOR));
    return JSON.valueToTree(
        model.balance(count(in.path("bedCount")), count(in.path("doctorCount"))));
  }

  private static @Nullable Integer count(JsonNode node) {
    return node.isNumber() ? node.intValue() : null;
  }

  private static int servers(Row row) {
    return (int) number(row, "servers");
  }

  private static double load(Row row) {
    return number(row, "offeredLoad");
  }

  private static double number(Row row, String name) {
    return row.input().required(name).doubleValue();
  }

  private static ObjectNode answer() {
    return JSON.createObjectNode();
  }
}
