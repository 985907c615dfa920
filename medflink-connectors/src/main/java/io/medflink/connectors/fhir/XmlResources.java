// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.fhir.FhirObject.Lexical;
import io.medflink.connectors.formats.StrictXml;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the resources of a message in XML and makes of them what JSON would: elements of one
 * name are a list, an element with a {@code value} is a primitive, elements of other namespaces
 * (XHTML) are none of FHIR's.
 */
final class XmlResources {
  private static final String FHIR = "http://hl7.org/fhir";
  private static final String EXTENSION = "extension";

  /**
   * Primitives that are read, and elements that say nothing without children: with an extension and
   * no value they are absent, as in JSON.
   */
  private static final Set<String> PRIMITIVES =
      Set.of(
          ("id status gender birthDate deceasedBoolean deceasedDateTime effectiveDateTime"
                  + " effectiveInstant issued valueBoolean valueInteger valueString valueDateTime"
                  + " valueTime value unit system code comparator text reference type use start end"
                  + " lastUpdated method url")
              .split(" "));

  private final StrictXml xml;
  private final Consumer<Resource> visitor;

  private XmlResources(StrictXml xml, Consumer<Resource> visitor) {
    this.xml = xml;
    this.visitor = visitor;
  }

  /** As {@link Resources.Source}. */
  static void walk(byte[] message, boolean proven, Consumer<Resource> visitor) {
    if (proven) {
      StrictXml.readAgain(message, xml -> new XmlResources(xml, visitor).message());
    } else {
      StrictXml.read(message, xml -> new XmlResources(xml, visitor).message());
    }
  }

  private boolean message() throws XMLStreamException {
    Resources.visit(resource(""), null, visitor);
    return true;
  }

  /** Reads the resource at the cursor; bundle entries are visited on the way. */
  private FhirObject resource(String path) throws XMLStreamException {
    if (!xml.namespace().equals(FHIR)) {
      throw new BadInputException(RejectCode.UNDECODABLE, path.isEmpty() ? null : path);
    }
    String type = xml.name();
    FhirProperties properties = new FhirProperties();
    properties.put("resourceType", type);
    FhirObject content = new FhirObject(path, properties);
    int entries = 0;
    while (xml.nextChild()) {
      String name = xml.name();
      if (name.equals("entry") && type.equals("Bundle")) {
        entry(content.at("entry[" + entries++ + "]"));
        properties.put(name, true);
      } else if (Resources.isKept(type, name)) {
        keep(properties);
      } else {
        xml.skip();
      }
    }
    return content;
  }

  private void entry(String path) throws XMLStreamException {
    FhirObject resource = null;
    FhirObject request = null;
    String fullUrl = null;
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "resource" -> {
          while (xml.nextChild()) {
            if (resource != null) {
              throw new BadInputException(RejectCode.UNDECODABLE, path + ".resource");
            }
            resource = resource(path + ".resource");
          }
        }
        case "fullUrl" -> {
          fullUrl = xml.attribute("value");
          xml.skip();
        }
        case "request" -> request = new FhirObject(path + ".request", children());
        default -> xml.skip();
      }
    }
    if (resource == null) {
      Resources.visitEmpty(path, request, visitor);
    } else {
      Resources.visit(resource, fullUrl, visitor);
    }
  }

  /** The children of the element at the cursor. */
  private FhirProperties children() throws XMLStreamException {
    FhirProperties object = new FhirProperties();
    while (xml.nextChild()) {
      keep(object);
    }
    return object;
  }

  private void keep(FhirProperties properties) throws XMLStreamException {
    String name = xml.name();
    Object value = value(name);
    if (value != null) {
      Object before = properties.get(name);
      if (before instanceof List<?> list) {
        @SuppressWarnings("unchecked") // made below
        List<Object> repeated = (List<Object>) list;
        repeated.add(value);
      } else if (before != null) {
        properties.put(name, new ArrayList<>(List.of(before, value)));
      } else {
        properties.put(name, value);
      }
    }
  }

  private @Nullable Object value(String name) throws XMLStreamException {
    if (!xml.namespace().equals(FHIR)) {
      xml.skip();
      return null;
    }
    String value = xml.attribute("value");
    if (value != null) {
      xml.skip();
      return new Lexical(value);
    }
    if (name.equals("contained")) {
      return contained();
    }
    FhirProperties object = children();
    boolean bare = object.size() == 0 || (object.size() == 1 && object.has(EXTENSION));
    return bare && PRIMITIVES.contains(name) ? null : object;
  }

  private FhirProperties contained() throws XMLStreamException {
    FhirProperties object = new FhirProperties();
    while (xml.nextChild()) {
      if (object.size() > 0 || !xml.namespace().equals(FHIR)) {
        throw new BadInputException(RejectCode.UNDECODABLE, "contained");
      }
      String type = xml.name();
      object = children();
      object.put("resourceType", type);
    }
    return object;
  }
}
