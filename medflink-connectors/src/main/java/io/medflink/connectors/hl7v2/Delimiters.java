// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message's own delimiters, as its MSH-1 and MSH-2 state them; 0 is one that it doesn't have.
 *
 * @param field MSH-1
 * @param component between components
 * @param repetition between repetitions
 * @param escape around escape sequences
 * @param subcomponent between subcomponents
 * @param truncation what ends a truncated value, since v2.7
 */
record Delimiters(
    byte field, byte component, byte repetition, byte escape, byte subcomponent, byte truncation) {

  /** Those of nearly all messages. */
  static final Delimiters USUAL =
      new Delimiters((byte) '|', (byte) '^', (byte) '~', (byte) '\\', (byte) '&', (byte) 0);

  private static final byte[] USUAL_HEADER = "MSH|^~\\&|".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads the delimiters of a header segment.
   *
   * @throws BadInputException {@code UNDECODABLE} where there are none, or letters, digits, blanks
   *     or line ends in their place
   */
  static Delimiters of(byte[] bytes, int header) {
    int usual = Math.min(bytes.length, header + USUAL_HEADER.length);
    if (Arrays.equals(bytes, header, usual, USUAL_HEADER, 0, USUAL_HEADER.length)) {
      return USUAL;
    }
    int end = Bytes.lineEnd(bytes, header, bytes.length);
    byte field = header + 3 < end ? bytes[header + 3] : 0;
    check(field);
    byte[] found = new byte[5];
    int count = 0;
    for (int i = header + 4; i < end && bytes[i] != field; i++) {
      check(bytes[i]);
      // A doubled backslash is a sender's own escape gone wrong: one delimiter, written twice.
      boolean twice = false;
      for (int k = 0; k < count; k++) {
        twice |= found[k] == bytes[i];
      }
      if (!twice && count < found.length) {
        found[count++] = bytes[i];
      }
    }
    if (count == 0) {
      throw new BadInputException(RejectCode.UNDECODABLE, "MSH-2");
    }
    return new Delimiters(field, found[0], found[1], found[2], found[3], found[4]);
  }

  private static void check(byte delimiter) {
    int c = delimiter & 0xFF;
    if (c <= ' ' || c >= 0x7F || Character.isLetterOrDigit(c)) {
      throw new BadInputException(RejectCode.UNDECODABLE, "MSH-2");
    }
  }
}
