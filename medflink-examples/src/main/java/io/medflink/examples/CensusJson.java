// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medflink.core.BadInputException;
import io.medflink.core.Census;
import io.medflink.core.Message;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import io.medflink.core.operators.SideOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ward's census from a line of JSON: {@code {"facility","ward","time","beds","doctors",
 * "since","arrivals","stays","stay_days"}}, absent = unknown. What can't be read goes to {@link
 * SideOutput#REJECTED}.
 */
final class CensusJson extends ProcessFunction<Message, Census> {
  private static final long serialVersionUID = 1;
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public void processElement(Message message, Context context, Collector<Census> out) {
    Census census = read(message.payload());
    if (census != null) {
      out.collect(census);
      return;
    }
    context.output(
        SideOutput.REJECTED,
        new Rejected(
            Rejected.Stage.DECODE,
            RejectCode.UNDECODABLE,
            null,
            null,
            null,
            null,
            null,
            message.position(),
            null,
            null,
            BadInputException.sha256(message.payload())));
  }

  private static @Nullable Census read(byte[] line) {
    try {
      JsonNode json = JSON.readTree(line);
      String facility = json.path("facility").textValue();
      Instant time = Instant.parse(json.path("time").asText());
      JsonNode since = json.path("since");
      JsonNode days = json.path("stay_days");
      return new Census(
          facility,
          json.path("ward").asText(),
          time,
          null,
          whole(json, "beds"),
          null,
          null,
          null,
          null,
          null,
          whole(json, "doctors"),
          since.isTextual() ? Instant.parse(since.textValue()) : null,
          whole(json, "arrivals"),
          whole(json, "stays"),
          days.isNumber() ? (Double) days.doubleValue() : null);
    } catch (IOException | DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Integer whole(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isInt() ? (Integer) value.intValue() : null;
  }

  /** The line of a census. */
  static byte[] write(Census census) {
    ObjectNode json = JSON.createObjectNode();
    json.put("facility", census.facility()).put("ward", census.ward());
    json.put("time", census.time().toString());
    json.put("beds", census.staffed()).put("doctors", census.doctors());
    json.put("since", census.observedSince() == null ? null : census.observedSince().toString());
    json.put("arrivals", census.arrivals()).put("stays", census.stays());
    json.put("stay_days", census.stayDays());
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a census can't be written", e);
    }
  }
}
