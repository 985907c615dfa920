// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medflink.connectors.formats.StrictJson;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks over the resources of a message in JSON. */
final class JsonResources {
  private final JsonParser p;
  private final Consumer<Resource> visitor;

  /** Where strings and numbers stand, if anybody wants to know. */
  private final @Nullable JsonSlots slots;

  private JsonResources(JsonParser p, Consumer<Resource> visitor, @Nullable JsonSlots slots) {
    this.p = p;
    this.visitor = visitor;
    this.slots = slots;
  }

  /** As {@link Resources.Source}. */
  static void walk(byte[] message, boolean proven, Consumer<Resource> visitor) {
    if (proven) {
      StrictJson.readAgain(message, parser -> new JsonResources(parser, visitor, null).message());
    } else {
      StrictJson.read(message, parser -> new JsonResources(parser, visitor, null).message());
    }
  }

  /** The same for the first time, and its form, null where it has none that could come again. */
  static @Nullable JsonForm learn(byte[] message, Consumer<Resource> visitor) {
    JsonSlots slots = new JsonSlots(message);
    FhirObject content =
        StrictJson.read(message, parser -> new JsonResources(parser, visitor, slots).message());
    return slots.form(content);
  }

  private FhirObject message() throws IOException {
    FhirObject content = resource("");
    Resources.visit(content, null, visitor);
    return content;
  }

  /** Reads a resource; bundle entries are visited on the way. */
  private FhirObject resource(String path) throws IOException {
    if (!p.isExpectedStartObjectToken()) {
      throw new BadInputException(RejectCode.UNDECODABLE, path.isEmpty() ? null : path);
    }
    FhirProperties properties = new FhirProperties();
    FhirObject content = new FhirObject(path, properties);
    String type = "";
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = p.currentName();
      p.nextToken();
      if (name.equals("resourceType")) {
        type = p.currentToken() == JsonToken.VALUE_STRING ? p.getText() : "";
        properties.put(name, type);
        p.skipChildren();
      } else if (name.equals("entry") && p.isExpectedStartArrayToken()) {
        if (slots != null) {
          slots.giveUp(); // entries are visited on the way and not kept
        }
        for (int i = 0; p.nextToken() != JsonToken.END_ARRAY; i++) {
          entry(content.at("entry[" + i + "]"), type.isEmpty() || type.equals("Bundle"));
          properties.put(name, true);
        }
      } else if (Resources.isKept(type, name)) {
        keep(properties, name);
      } else {
        skip();
      }
    }
    return content;
  }

  private void entry(String path, boolean inBundle) throws IOException {
    FhirObject resource = null;
    FhirObject request = null;
    String fullUrl = null;
    if (!p.isExpectedStartObjectToken()) {
      throw new BadInputException(RejectCode.UNDECODABLE, path);
    }
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = p.currentName();
      p.nextToken();
      if (name.equals("resource")) {
        resource = resource(path + ".resource");
      } else if (name.equals("fullUrl") && p.currentToken() == JsonToken.VALUE_STRING) {
        fullUrl = p.getText();
      } else if (name.equals("request") && p.isExpectedStartObjectToken()) {
        request = new FhirObject(path + ".request", object());
      } else {
        p.skipChildren();
      }
    }
    if (resource != null) {
      Resources.visit(resource, fullUrl, visitor);
    } else if (inBundle) {
      Resources.visitEmpty(path, request, visitor);
    }
  }

  private void keep(FhirProperties properties, String name) throws IOException {
    Object value = value();
    if (value != null) {
      if (slots != null && !name.equals("resourceType")) {
        slots.add(p, properties, null, properties.size(), value);
      }
      properties.put(name, value);
    }
  }

  private void skip() throws IOException {
    if (slots == null) {
      p.skipChildren();
      return;
    }
    int depth = 0;
    do {
      slots.add(p, null, null, 0, "");
      depth += p.currentToken().isStructStart() ? 1 : p.currentToken().isStructEnd() ? -1 : 0;
    } while (depth > 0 && p.nextToken() != null);
  }

  private FhirProperties object() throws IOException {
    FhirProperties object = new FhirProperties();
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = p.currentName();
      p.nextToken();
      keep(object, name);
    }
    return object;
  }

  private @Nullable Object value() throws IOException {
    switch (p.currentToken()) {
      case START_OBJECT -> {
        return object();
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
          Object element = value();
          if (slots != null) {
            slots.add(p, null, list, list.size(), element);
          }
          list.add(element);
        }
        return list;
      }
      case VALUE_STRING -> {
        return p.getText();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        return p.getDoubleValue();
      }
      case VALUE_TRUE -> {
        return true;
      }
      case VALUE_FALSE -> {
        return false;
      }
      default -> {
        return null;
      }
    }
  }
}
