// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the resources of a message and keeps one of them at a time: bundles (also in bundles)
 * are streamed entry by entry, resources of no interest are skipped but for what they contain.
 */
final class Resources {
  private static final Set<String> READ = Set.of("Observation", "Patient");

  /** Free text and additions that don't change the meaning: read past. */
  private static final Set<String> UNREAD = Set.of("text", "extension");

  private final JsonParser p;
  private final Consumer<Resource> visitor;

  private Resources(JsonParser p, Consumer<Resource> visitor) {
    this.p = p;
    this.visitor = visitor;
  }

  /** Visits the Observations, the Patients and what has no type, contained ones first. */
  static void visit(JsonParser p, Consumer<Resource> visitor) throws IOException {
    Resources resources = new Resources(p, visitor);
    resources.finish(resources.resource(""), null);
  }

  /** Reads a resource; bundle entries are visited on the way. */
  private FhirObject resource(String path) throws IOException {
    if (!p.isExpectedStartObjectToken()) {
      throw new BadInputException(RejectCode.UNDECODABLE, path.isEmpty() ? null : path);
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    FhirObject content = new FhirObject(path, properties);
    boolean read = true;
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = p.currentName();
      p.nextToken();
      if (name.equals("resourceType")) {
        properties.put(name, p.currentToken() == JsonToken.VALUE_STRING ? p.getText() : "");
        read = READ.contains(String.valueOf(properties.get(name)));
      } else if (name.equals("entry") && p.isExpectedStartArrayToken()) {
        for (int i = 0; p.nextToken() != JsonToken.END_ARRAY; i++) {
          entry(content.at("entry[" + i + "]"));
        }
      } else if (UNREAD.contains(name)
          || (!read && !name.equals("contained") && !name.equals("id"))) {
        p.skipChildren();
      } else {
        keep(properties, name);
      }
    }
    return content;
  }

  private void entry(String path) throws IOException {
    FhirObject resource = null;
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
      } else {
        p.skipChildren();
      }
    }
    if (resource != null) {
      finish(resource, fullUrl);
    }
  }

  private void finish(FhirObject content, @Nullable String fullUrl) {
    String type = content.text("resourceType");
    Resource outer = new Resource(type == null ? "" : type, content, fullUrl, null);
    List<FhirObject> contained;
    try {
      contained = content.objects("contained");
    } catch (BadInputException e) {
      contained = List.of(new FhirObject(content.at("contained"), Map.of()));
    }
    for (FhirObject inner : contained) {
      Object innerType = inner.properties().getOrDefault("resourceType", "");
      visit(new Resource(innerType instanceof String name ? name : "", inner, null, outer));
    }
    visit(outer);
  }

  private void visit(Resource resource) {
    if (resource.type().isEmpty() || READ.contains(resource.type())) {
      visitor.accept(resource);
    }
  }

  private void keep(Map<String, Object> properties, String name) throws IOException {
    Object value = value();
    if (value != null) {
      properties.put(name, value);
    }
  }

  private @Nullable Object value() throws IOException {
    switch (p.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (p.nextToken() != JsonToken.END_OBJECT) {
          String name = p.currentName();
          p.nextToken();
          keep(object, name);
        }
        return object;
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
