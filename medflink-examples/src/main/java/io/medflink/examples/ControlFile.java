// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medflink.core.Control;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as lines of JSON: {@code kind} (acknowledge, suspend, resume, limit, do-not-escalate,
 * setting), {@code patient_id} or {@code facility} and {@code ward}, {@code target} (an alert's id,
 * a model or a setting), {@code value}, {@code author}, {@code reason}, {@code from} and {@code
 * until} (ISO 8601 with an offset), {@code id} and {@code issued}. What a kind needs and a line
 * lacks is a reject, as in a stream; a line that is none of this form ends the command.
 */
final class ControlFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> NAMES =
      Set.of(
          "kind",
          "patient_id",
          "facility",
          "ward",
          "target",
          "value",
          "author",
          "reason",
          "from",
          "until",
          "id",
          "issued");

  private ControlFile() {}

  /** Reads a file; blank lines are none. */
  static List<Control> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw Failure.of("can't read the control file " + file);
    }
    List<Control> controls = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        controls.add(control(lines.get(i), file + ":" + (i + 1)));
      }
    }
    return controls;
  }

  @SuppressWarnings("UnusedException") // it quotes what it read
  private static Control control(String line, String place) {
    try {
      JsonNode json = JSON.readTree(line);
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        if (!NAMES.contains(field.getKey())) {
          throw Failure.of(place + " has a field that decisions don't have");
        }
      }
      String kind = Objects.requireNonNullElse(text(json, "kind"), "");
      Control.Kind known = Control.Kind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_'));
      return new Control(
          known,
          text(json, "patient_id"),
          text(json, "facility"),
          text(json, "ward"),
          text(json, "target"),
          json.path("value").asDouble(Double.NaN),
          Objects.requireNonNullElse(text(json, "author"), ""),
          text(json, "reason"),
          Objects.requireNonNullElseGet(
              time(json, "from"),
              () -> {
                throw Failure.of(place + " has no from");
              }),
          time(json, "until"),
          text(json, "id"),
          time(json, "issued"));
    } catch (JsonProcessingException e) {
      throw Failure.of(place + " is not JSON");
    } catch (IllegalArgumentException e) {
      throw Failure.of(place + " is of no known kind");
    } catch (DateTimeParseException e) {
      throw Failure.of(place + " has a time that is not ISO 8601 with an offset");
    }
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode node = json.path(name);
    return node.isMissingNode() || node.isNull() ? null : node.asText();
  }

  private static @Nullable Instant time(JsonNode json, String name) {
    String text = text(json, name);
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }
}
