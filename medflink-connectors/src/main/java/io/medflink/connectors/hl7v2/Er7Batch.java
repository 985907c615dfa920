// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the messages of a payload, one after the other. */
final class Er7Batch {
  private static final int VERTICAL_TAB = 0x0B;
  private static final int FILE_SEPARATOR = 0x1C;

  private final byte[] payload;
  private final Er7Trailers trailers = new Er7Trailers();
  private final List<Er7Trailers.Wrong> wrong = new ArrayList<>(0);
  private int at;
  private boolean any;

  Er7Batch(byte[] payload) {
    this.payload = payload;
  }

  /**
   * Reads the next message; false at the end.
   *
   * @throws BadInputException {@code UNDECODABLE} for a header that is none, for lines that belong
   *     to no message, for a trailer that counts otherwise ({@code BTS-1}, {@code FTS-1}), and
   *     where there is no message at all; what follows can be read on
   */
  boolean next(Er7Message into, Charset unstated) {
    int header = header(payload, at);
    if (header > at) {
      boolean strays = strays(payload, at, header);
      wrong.addAll(trailers.wrong(payload, at, header));
      at = header;
      if (strays) {
        any = true;
        throw new BadInputException(RejectCode.UNDECODABLE, "MSH");
      }
    }
    if (!wrong.isEmpty()) {
      any = true;
      throw new BadInputException(RejectCode.UNDECODABLE, wrong.remove(0).field());
    }
    if (header < payload.length) {
      any = true;
      trailers.message();
      try {
        into.read(payload, header, unstated);
      } catch (BadInputException e) {
        at = header(payload, after(payload, header));
        throw e;
      }
      at = into.next();
      return true;
    }
    if (!any) {
      any = true;
      throw new BadInputException(RejectCode.UNDECODABLE, "MSH");
    }
    return false;
  }

  /** Whether there is nothing but blanks and line ends. */
  static boolean isEmpty(byte[] payload) {
    for (byte b : payload) {
      if (b != '\r' && b != '\n' && b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  static List<byte[]> split(byte[] file) {
    List<byte[]> parts = new ArrayList<>();
    int at = 0;
    Er7Trailers trailers = new Er7Trailers();
    while (at < file.length) {
      int header = header(file, at);
      if (strays(file, at, header)) {
        parts.add(Arrays.copyOfRange(file, at, header));
      }
      for (Er7Trailers.Wrong wrong : trailers.wrong(file, at, header)) {
        // Alone it says that messages are missing, too.
        parts.add(Arrays.copyOfRange(file, wrong.from(), wrong.to()));
      }
      at = header;
      if (header < file.length) {
        trailers.message();
        int end = next(file, header);
        parts.add(Arrays.copyOfRange(file, header, end));
        at = end;
      }
    }
    return parts.isEmpty() ? List.of(file) : parts;
  }

  /** Where the header or envelope after a header begins; else the end. */
  private static int next(byte[] b, int header) {
    int at = after(b, header);
    while (at < b.length) {
      int end = Bytes.lineEnd(b, at, b.length);
      if (isHeader(b, skipFrame(b, at, end), end)) {
        return at;
      }
      at = end + 1;
    }
    return b.length;
  }

  /** Where the next header segment begins, at or after the start of a line; else the end. */
  static int header(byte[] b, int from) {
    int at = from;
    while (at < b.length) {
      int start = skipFrame(b, at, b.length);
      if (isMessage(b, start, b.length)) {
        return start;
      }
      at = Bytes.lineEnd(b, at, b.length) + 1;
    }
    return b.length;
  }

  /** Past a byte order mark and the characters around an MLLP frame. */
  static int skipFrame(byte[] b, int from, int end) {
    int at = from;
    while (at < end) {
      if (b[at] == VERTICAL_TAB || b[at] == FILE_SEPARATOR || b[at] == 0) {
        at++;
      } else if (end - at >= 3
          && (b[at] & 0xFF) == 0xEF
          && (b[at + 1] & 0xFF) == 0xBB
          && (b[at + 2] & 0xFF) == 0xBF) {
        at += 3;
      } else {
        break;
      }
    }
    return at;
  }

  /** Whether a line begins a message or wraps messages. */
  static boolean isHeader(byte[] b, int at, int end) {
    return at < end
        && (b[at] == 'M' ? isMessage(b, at, end) : b[at] <= 'F' && isEnvelope(b, at, end));
  }

  /** Three letters or digits in any case: what is no segment's name then is said to be none. */
  static boolean isName(byte[] b, int at) {
    for (int i = at; i < at + 3; i++) {
      int c = b[i] | 0x20;
      if (!(c >= 'a' && c <= 'z') && !(i > at && b[i] >= '0' && b[i] <= '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMessage(byte[] b, int at, int end) {
    return end - at >= 4 && b[at] == 'M' && b[at + 1] == 'S' && b[at + 2] == 'H' && mark(b[at + 3]);
  }

  static boolean isEnvelope(byte[] b, int at, int end) {
    if (end - at < 3 || (end - at > 3 && !mark(b[at + 3]))) {
      return false;
    }
    return (b[at + 1] == 'H' && b[at + 2] == 'S' && (b[at] == 'F' || b[at] == 'B'))
        || (b[at + 1] == 'T' && b[at + 2] == 'S' && (b[at] == 'F' || b[at] == 'B'));
  }

  private static boolean mark(byte b) {
    return b > ' ' && b < 0x7F && !Character.isLetterOrDigit(b);
  }

  /** Whether there are lines that say something and belong to no message. */
  private static boolean strays(byte[] b, int from, int to) {
    int at = from;
    while (at < to) {
      int end = Bytes.lineEnd(b, at, to);
      int start = skipFrame(b, at, end);
      if (start < end && !isEnvelope(b, start, end) && !isBlank(b, start, end)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  private static boolean isBlank(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] != ' ' && b[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static int after(byte[] b, int line) {
    return Math.min(b.length, Bytes.lineEnd(b, line, b.length) + 1);
  }
}
