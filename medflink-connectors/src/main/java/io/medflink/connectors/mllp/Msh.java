// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a message, field by field as sent. Bytes are kept as characters of the same number,
 * so that an answer repeats them in whatever character set they are.
 */
final class Msh {
  /** More than any header of the standard; the rest of a longer one is not looked at. */
  static final int LIMIT = 8192;

  private static final int ACKNOWLEDGMENT_MODE_FIELDS = 16;

  private final String separator;
  private final String[] fields;

  private Msh(String segment) {
    separator = segment.substring(3, 4);
    fields = segment.split(Pattern.quote(separator), -1);
  }

  /** The header of a message or of its first bytes; null where it has none. */
  static @Nullable Msh of(byte[] message) {
    String head =
        new String(message, 0, Math.min(message.length, LIMIT), StandardCharsets.ISO_8859_1);
    int start = head.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
    while (start < head.length() && (head.charAt(start) == '\r' || head.charAt(start) == '\n')) {
      start++;
    }
    int end = start;
    while (end < head.length() && head.charAt(end) != '\r' && head.charAt(end) != '\n') {
      end++;
    }
    if (!head.startsWith("MSH", start) || end - start < 8) {
      return null;
    }
    char separator = head.charAt(start + 3);
    return separator <= ' ' || Character.isLetterOrDigit(separator)
        ? null
        : new Msh(head.substring(start, end));
  }

  /** MSH-{@code number}, empty where absent. */
  String field(int number) {
    if (number == 1) {
      return separator;
    }
    return number <= fields.length ? fields[number - 1] : "";
  }

  /** A component of a field, empty where absent. */
  String component(int number, int component) {
    String encoding = field(2);
    String[] components =
        encoding.isEmpty()
            ? new String[] {field(number)}
            : field(number).split(Pattern.quote(encoding.substring(0, 1)), component + 1);
    return component <= components.length ? components[component - 1] : "";
  }

  /** MSH-10, which an acknowledgment repeats. */
  String controlId() {
    return field(10);
  }

  /** MSH-3 and MSH-4: within one sender control ids are unique. */
  String sender() {
    return field(3) + separator + field(4);
  }

  /** Whether this is an acknowledgment itself, which is never acknowledged. */
  boolean isAcknowledgment() {
    return component(9, 1).equals("ACK");
  }

  /** Whether MSH-15 or MSH-16 ask for acknowledgments of the enhanced mode. */
  boolean isEnhanced() {
    return fields.length >= ACKNOWLEDGMENT_MODE_FIELDS - 1
        && !(field(15).isEmpty() && field(16).isEmpty());
  }

  /** The sender and what kind of message; never more. */
  @Override
  public String toString() {
    return "Msh[" + fields.length + " fields]";
  }
}
