// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medflink.connectors.formats.StrictJson;
import io.medflink.core.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Transaction bundles of conditional updates, and what servers answer to them. */
final class FhirBundle {
  /** FHIR's issue types (value set issue-type): all that is ever taken of an OperationOutcome. */
  private static final Set<String> ISSUES =
      Set.of(
          ("invalid structure required value invariant security login unknown expired forbidden"
                  + " suppressed processing not-supported duplicate multiple-matches not-found"
                  + " deleted too-long code-invalid extension too-costly business-rule conflict"
                  + " transient lock-error no-store exception timeout incomplete throttled"
                  + " informational")
              .split(" ", -1));

  private FhirBundle() {}

  /** The bundle that puts these, each under its identifier. */
  static byte[] of(List<FhirUpdate> updates) {
    return StrictJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("resourceType", "Bundle");
          json.writeStringField("type", "transaction");
          json.writeArrayFieldStart("entry");
          for (FhirUpdate update : updates) {
            json.writeStartObject();
            json.writeStringField("fullUrl", fullUrl(update));
            json.writeFieldName("resource");
            json.writeRawValue(new String(update.resource(), StandardCharsets.UTF_8));
            json.writeObjectFieldStart("request");
            json.writeStringField("method", "PUT");
            json.writeStringField("url", update.url());
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** A name for the entry within the bundle, as R4 asks for; the same for the same identity. */
  private static String fullUrl(FhirUpdate update) {
    byte[] url = update.url().getBytes(StandardCharsets.UTF_8);
    return "urn:uuid:" + UUID.nameUUIDFromBytes(url);
  }

  /** How many entries a transaction's answer says it has done; -1 for anything else. */
  static int done(byte[] answer) {
    try {
      return StrictJson.read(answer, FhirBundle::done);
    } catch (BadInputException e) {
      return -1;
    }
  }

  private static int done(JsonParser json) throws IOException {
    boolean transaction = false;
    int done = 0;
    boolean wrong = json.currentToken() != JsonToken.START_OBJECT;
    while (!wrong && json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("type")) {
        transaction = "transaction-response".equals(json.getValueAsString());
      } else if (name.equals("entry") && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          String status = status(json);
          wrong |= status == null || !status.startsWith("2");
          done++;
        }
      } else {
        json.skipChildren();
      }
    }
    return transaction && !wrong ? done : -1;
  }

  /** The status in an entry's response. */
  private static @Nullable String status(JsonParser json) throws IOException {
    String status = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean response = json.currentName().equals("response");
      json.nextToken();
      if (response && json.currentToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean told = json.currentName().equals("status");
          json.nextToken();
          status = told ? json.getValueAsString() : status;
          json.skipChildren();
        }
      } else {
        json.skipChildren();
      }
    }
    return status;
  }

  /** The issue types of an OperationOutcome, each once; its texts quote what was sent. */
  static List<String> issues(byte[] answer) {
    List<String> issues = new ArrayList<>();
    try {
      StrictJson.read(
          answer,
          json -> {
            for (int depth = 0; depth >= 0; ) {
              JsonToken token = json.currentToken();
              depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
              if (depth == 0) {
                return issues;
              }
              boolean code = token == JsonToken.FIELD_NAME && json.currentName().equals("code");
              token = json.nextToken();
              String said = code && token.isScalarValue() ? json.getValueAsString() : null;
              if (said != null && ISSUES.contains(said) && !issues.contains(said)) {
                issues.add(said);
              }
            }
            return issues;
          });
    } catch (BadInputException e) {
      issues.clear(); // no OperationOutcome: a proxy's page, say
    }
    return issues;
  }
}
