// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medflink.core.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last word of an output of {@code replay} on each thing: the line of the greatest revision, or
 * the last line where there are none, without revision and status. What was entered in error or
 * withdrawn is none. A moment whose encounter a later revision tells is one of that encounter
 * alone.
 */
final class LastWords {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private LastWords() {}

  /** The last words of files, by what they are about. */
  static Map<String, JsonNode> read(List<Path> files) {
    Map<String, JsonNode> last = new TreeMap<>();
    Map<String, Integer> revisions = new HashMap<>();
    Map<String, Integer> newest = new HashMap<>();
    for (Path file : files) {
      try (MessageLines lines = MessageLines.open(file.toString(), Format.Framing.LINES)) {
        for (Message line = lines.next(); line != null; line = lines.next()) {
          JsonNode told = told(line);
          String key = key(told, String.valueOf(line.position()));
          int revision = told.path("revision").asInt();
          if (revision >= revisions.getOrDefault(key, 0)) {
            last.put(key, told);
            revisions.put(key, revision);
          }
          newest.merge(moment(told), revision, Math::max);
        }
      } catch (IOException e) {
        throw Failure.usage("can't read " + file);
      }
    }
    last.entrySet()
        .removeIf(
            entry ->
                isNone(entry.getValue())
                    || revisions.getOrDefault(entry.getKey(), 0)
                        < newest.getOrDefault(moment(entry.getValue()), 0));
    last.replaceAll(
        (key, line) ->
            ((ObjectNode) line)
                .deepCopy()
                .without(line.has("id") ? List.of() : List.of("revision", "status")));
    return last;
  }

  @SuppressWarnings("UnusedException") // it quotes what it read
  private static JsonNode told(Message line) {
    try {
      JsonNode told = JSON.readTree(line.payload());
      if (told.isObject()) {
        return told;
      }
    } catch (JsonProcessingException e) {
      throw Failure.usage(line.position() + " is not JSON");
    } catch (IOException e) {
      throw Failure.usage("can't read " + line.position());
    }
    throw Failure.usage(line.position() + " is neither an assessment nor an alert");
  }

  private static String key(JsonNode line, String position) {
    if (line.has("id")) {
      return line.get("id").toString();
    }
    for (String name : List.of("patient_id", "model", "time")) {
      if (!line.hasNonNull(name)) {
        throw Failure.usage(position + " is neither an assessment nor an alert");
      }
    }
    return title(line);
  }

  /** What a line is about, for a person. */
  static String title(JsonNode line) {
    return line.has("id")
        ? "alert " + line.get("id").asText()
        : String.join(
            " ",
            line.path("patient_id").asText(),
            line.path("encounter").asText("-"),
            line.path("model").asText(),
            line.path("time").asText());
  }

  private static String moment(JsonNode line) {
    return line.has("id")
        ? line.get("id").toString()
        : line.path("patient_id") + " " + line.path("model") + " " + line.path("time");
  }

  private static boolean isNone(JsonNode line) {
    return line.has("id")
        ? line.path("state").asText().equals("withdrawn")
        : line.path("status").asText().equals("entered-in-error");
  }

  /** Whether two values are the same, numbers within a tolerance. */
  static boolean same(JsonNode a, JsonNode b, double tolerance) {
    if (a.isNumber() && b.isNumber()) {
      double difference = Math.abs(a.doubleValue() - b.doubleValue());
      return a.equals(b) || difference <= tolerance;
    }
    if (a.size() != b.size() || a.getNodeType() != b.getNodeType()) {
      return false;
    }
    if (a.isObject()) {
      for (Map.Entry<String, JsonNode> field : a.properties()) {
        if (!same(field.getValue(), b.path(field.getKey()), tolerance)) {
          return false;
        }
      }
      return true;
    }
    if (a.isArray()) {
      Iterator<JsonNode> others = b.elements();
      for (JsonNode element : a) {
        if (!same(element, others.next(), tolerance)) {
          return false;
        }
      }
      return true;
    }
    return a.equals(b);
  }
}
