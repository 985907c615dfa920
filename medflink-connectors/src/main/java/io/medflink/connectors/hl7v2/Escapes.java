// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.io.ByteArrayOutputStream;

/**
 * Undoes escape sequences (HL7 v2 chapter 2.7). What is none, or of another character set, stays as
 * sent.
 */
final class Escapes {
  private Escapes() {}

  static byte[] undo(byte[] bytes, int from, int to, Delimiters d) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    int i = from;
    while (i < to) {
      int start = Bytes.indexOf(bytes, d.escape(), i, to);
      out.write(bytes, i, start - i);
      if (start == to) {
        break;
      }
      int end = Bytes.indexOf(bytes, d.escape(), start + 1, to);
      if (end < to && sequence(bytes, start + 1, end, d, out)) {
        i = end + 1;
      } else {
        out.write(d.escape());
        i = start + 1;
      }
    }
    return out.toByteArray();
  }

  private static boolean sequence(
      byte[] bytes, int from, int to, Delimiters d, ByteArrayOutputStream out) {
    if (from == to) {
      return false;
    }
    if (to == from + 1) {
      switch (bytes[from]) {
        case 'F' -> out.write(d.field());
        case 'S' -> out.write(d.component());
        case 'T' -> out.write(d.subcomponent());
        case 'R' -> out.write(d.repetition());
        case 'E' -> out.write(d.escape());
        case 'P' -> out.write(d.truncation() == 0 ? '#' : d.truncation());
        case 'H', 'N' -> {} // highlighting
        default -> {
          return false;
        }
      }
      return true;
    }
    if (bytes[from] == 'X' || bytes[from] == 'x') {
      return hexadecimal(bytes, from + 1, to, out);
    }
    boolean lineBreak =
        to == from + 3
            && bytes[from] == '.'
            && ((bytes[from + 1] == 'b' && bytes[from + 2] == 'r')
                || (bytes[from + 1] == 's' && bytes[from + 2] == 'p')
                || (bytes[from + 1] == 'c' && bytes[from + 2] == 'e'));
    if (lineBreak) {
      out.write('\n');
    }
    return lineBreak;
  }

  private static boolean hexadecimal(byte[] bytes, int from, int to, ByteArrayOutputStream out) {
    if ((to - from) % 2 != 0) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (Character.digit(bytes[i], 16) < 0) {
        return false;
      }
    }
    for (int i = from; i < to; i += 2) {
      out.write(Character.digit(bytes[i], 16) << 4 | Character.digit(bytes[i + 1], 16));
    }
    return true;
  }
}
