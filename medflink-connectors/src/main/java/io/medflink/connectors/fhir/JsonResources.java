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

  private JsonResources(JsonParser p, Consumer<Resource> visitor) {
    this.p = p;
    this.visitor = visitor;
  }

  /** As {@link Resources.Source}. */
  static void walk(byte[] message, boolean proven, Consumer<Resource> visitor) {
    if (proven) {
      StrictJson.readAgain(message, parser -> new JsonResources(parser, visitor).message());
    } else {
      StrictJson.read(message, parser -> new JsonResources(parser, visitor).message());
    }
  }

  private boolean message() throws IOException {
    Resources.visit(resource(""), null, visitor);
    return true;
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
        for (int i = 0; p.nextToken() != JsonToken.END_ARRAY; i++) {
          entry(content.at("entry[" + i + "]"), type.isEmpty() || type.equals("Bundle"));
          properties.put(name, true);
        }
      } else if (Resources.isKept(type, name)) {
        keep(properties, name);
      } else {
        p.skipChildren();
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
      properties.put(name, value);
    }
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
          list.add(value());
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
