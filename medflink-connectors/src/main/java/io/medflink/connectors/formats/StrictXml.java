// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * XML 1.0 from strangers, with namespaces: document type declarations are refused, so there are no
 * entities but the five of the standard; in UTF-8, UTF-16, US-ASCII, ISO 8859-1, 8859-15 or
 * Windows-1252, without a wrong byte; bounded in depth ({@value #MAX_DEPTH}), texts and attributes
 * ({@value #MAX_TEXT} characters) and attributes of an element ({@value #MAX_ATTRIBUTES}). Parsers'
 * own messages quote what they read, so none leaves this class.
 */
@Internal
public final class StrictXml {
  static final int MAX_DEPTH = 64;
  static final int MAX_TEXT = 1_000_000;
  static final int MAX_ATTRIBUTES = 256;

  // The JDK's, whatever lies on the class path: others have other defaults.
  private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

  static {
    FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    FACTORY.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    FACTORY.setXMLReporter((message, type, related, location) -> {});
    FACTORY.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing is fetched");
        });
  }

  /** What stands at the cursor. */
  public enum Event {
    START,
    END,
    TEXT
  }

  /** Walks over a document; the cursor stands on its root. */
  @FunctionalInterface
  public interface Walk {
    void over(StrictXml xml) throws XMLStreamException;
  }

  /** Reads a document; the cursor stands on its root. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(StrictXml xml) throws XMLStreamException;
  }

  private final XMLStreamReader reader;
  private int depth;

  private StrictXml(XMLStreamReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a message to its end.
   *
   * @throws BadInputException {@code UNDECODABLE} or {@code TOO_LARGE}, without a cause; or what
   *     the reading throws
   */
  @SuppressWarnings("UnusedException") // it quotes what it read
  public static <T> T read(byte[] message, Reading<T> reading) {
    try {
      StrictXml xml = open(message);
      T result = reading.read(xml);
      xml.end();
      return result;
    } catch (BadInputException e) {
      throw e;
    } catch (XMLStreamException | RuntimeException e) {
      throw new BadInputException(RejectCode.UNDECODABLE, null);
    }
  }

  /**
   * Walks once more over a message that {@link #read} has proven, this time with consequences: what
   * the walk throws is passed on as it is.
   */
  @SuppressWarnings("UnusedException") // it quotes what it read
  public static void readAgain(byte[] message, Walk walk) {
    try {
      walk.over(open(message));
    } catch (XMLStreamException e) {
      throw new BadInputException(RejectCode.UNDECODABLE, null);
    }
  }

  private static StrictXml open(byte[] message) throws XMLStreamException {
    // Decoded here: where the JDK's parser meets a wrong byte it prints to standard error.
    int mark = XmlEncoding.mark(message);
    Reader text =
        new InputStreamReader(
            new ByteArrayInputStream(message, mark, message.length - mark),
            XmlEncoding.of(message).newDecoder());
    XMLStreamReader reader;
    synchronized (FACTORY) {
      reader = FACTORY.createXMLStreamReader(text);
    }
    StrictXml xml = new StrictXml(reader);
    if (xml.next() != Event.START) {
      throw new BadInputException(RejectCode.UNDECODABLE, null);
    }
    return xml;
  }

  /** Moves to the next start, end or text; comments and processing instructions are no content. */
  public Event next() throws XMLStreamException {
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > MAX_DEPTH || reader.getAttributeCount() > MAX_ATTRIBUTES) {
            throw new BadInputException(RejectCode.TOO_LARGE, null);
          }
          return Event.START;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return Event.END;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (reader.getTextLength() > MAX_TEXT) {
            throw new BadInputException(RejectCode.TOO_LARGE, null);
          }
          return Event.TEXT;
        }
        case XMLStreamConstants.SPACE,
            XMLStreamConstants.COMMENT,
            XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        default -> throw new BadInputException(RejectCode.UNDECODABLE, null);
      }
    }
  }

  /** Moves to the next child's start; false at the end of the element that the cursor was in. */
  public boolean nextChild() throws XMLStreamException {
    Event event = next();
    while (event == Event.TEXT) {
      event = next();
    }
    return event == Event.START;
  }

  /** Moves from an element's start to its end. */
  public void skip() throws XMLStreamException {
    for (int outside = depth - 1; depth > outside; ) {
      next();
    }
  }

  private void end() throws XMLStreamException {
    while (reader.hasNext()) {
      int event = reader.next();
      boolean content =
          event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.DTD;
      if (content) {
        throw new BadInputException(RejectCode.UNDECODABLE, null);
      }
    }
  }

  /** The element's name without its prefix. */
  public String name() {
    return reader.getLocalName();
  }

  /** The element's namespace, empty for none. */
  public String namespace() {
    String namespace = reader.getNamespaceURI();
    return namespace == null ? "" : namespace;
  }

  /** An attribute of no namespace, null when absent. */
  public @Nullable String attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals(name) && attributeNamespace(i).isEmpty()) {
        return attribute(i);
      }
    }
    return null;
  }

  /** How many attributes the element has. */
  public int attributes() {
    return reader.getAttributeCount();
  }

  /** An attribute's name without its prefix. */
  public String attributeName(int i) {
    return reader.getAttributeLocalName(i);
  }

  /** An attribute's namespace, empty for none. */
  public String attributeNamespace(int i) {
    String namespace = reader.getAttributeNamespace(i);
    return namespace == null ? "" : namespace;
  }

  /** An attribute's value. */
  public String attribute(int i) {
    String value = reader.getAttributeValue(i);
    if (value.length() > MAX_TEXT) {
      throw new BadInputException(RejectCode.TOO_LARGE, null);
    }
    return value;
  }

  /** The text at the cursor, which may go on in the next one. */
  public String text() {
    return reader.getText();
  }
}
