// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.flink.annotation.Internal;

/**
 * JSON from strangers: RFC 8259 to the letter, one value a message, no name twice in an object,
 * bounded in depth ({@value #MAX_DEPTH}), strings ({@value #MAX_STRING} characters), names ({@value
 * #MAX_NAME}) and numbers ({@value #MAX_NUMBER} digits). Jackson's own messages quote what they
 * read, so none leaves this class.
 */
@Internal
public final class StrictJson {
  static final int MAX_DEPTH = 64;
  static final int MAX_STRING = 1_000_000;
  static final int MAX_NAME = 1_000;
  static final int MAX_NUMBER = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Names come from senders: interning them would let senders fill the JVM's string table.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private StrictJson() {}

  /** Walks over tokens; the parser stands on the first one. */
  @FunctionalInterface
  public interface Walk {
    void over(JsonParser parser) throws IOException;
  }

  /** Reads tokens; the parser stands on the first one. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(JsonParser parser) throws IOException;
  }

  /** Writes tokens. */
  @FunctionalInterface
  public interface Writing {
    void write(JsonGenerator generator) throws IOException;
  }

  /**
   * Reads a message to its end.
   *
   * @throws BadInputException {@code UNDECODABLE} or {@code TOO_LARGE}, without a cause; or what
   *     the reading throws
   */
  public static <T> T read(byte[] message, Reading<T> reading) {
    try (JsonParser parser = FACTORY.createParser(message)) {
      parser.nextToken();
      T result = reading.read(parser);
      if (parser.nextToken() != null) {
        throw new BadInputException(RejectCode.UNDECODABLE, null);
      }
      return result;
    } catch (StreamConstraintsException e) {
      throw new BadInputException(RejectCode.TOO_LARGE, null);
    } catch (BadInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new BadInputException(RejectCode.UNDECODABLE, null);
    }
  }

  /**
   * Walks once more over a message that {@link #read} has proven, this time with consequences: what
   * the walk throws is passed on as it is.
   */
  public static void readAgain(byte[] message, Walk walk) {
    try (JsonParser parser = FACTORY.createParser(message)) {
      parser.nextToken();
      walk.over(parser);
    } catch (IOException e) {
      throw new BadInputException(RejectCode.UNDECODABLE, null);
    }
  }

  /** Writes one value as UTF-8 without a line feed; half a surrogate pair stays an escape. */
  public static byte[] write(Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      writing.write(generator);
    } catch (IOException e) {
      throw new IllegalStateException("memory refused a write");
    }
    return out.toByteArray();
  }
}
