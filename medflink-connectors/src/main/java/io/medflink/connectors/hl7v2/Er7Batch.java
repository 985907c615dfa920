// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Finds the messages of a payload. */
final class Er7Batch {
  private static final int VERTICAL_TAB = 0x0B;
  private static final int FILE_SEPARATOR = 0x1C;

  private Er7Batch() {}

  static void read(
      byte[] payload,
      Charset unstated,
      Consumer<Er7Message> messages,
      Consumer<BadInputException> refused) {
    int at = 0;
    boolean any = false;
    Er7Trailers trailers = new Er7Trailers();
    while (at < payload.length) {
      int header = header(payload, at);
      if (strays(payload, at, header)) {
        any = true;
        refused.accept(new BadInputException(RejectCode.UNDECODABLE, "MSH"));
      }
      for (Er7Trailers.Wrong wrong : trailers.wrong(payload, at, header)) {
        any = true;
        refused.accept(new BadInputException(RejectCode.UNDECODABLE, wrong.field()));
      }
      at = header;
      if (header < payload.length) {
        any = true;
        trailers.message();
        Er7Message message = null;
        try {
          message = Er7Message.at(payload, header, unstated);
        } catch (BadInputException e) {
          refused.accept(e);
        }
        if (message != null) {
          messages.accept(message);
        }
        at = message == null ? header(payload, after(payload, header)) : message.next();
      }
    }
    if (!any) {
      refused.accept(new BadInputException(RejectCode.UNDECODABLE, "MSH"));
    }
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
      int end = Bytes.lineEnd(b, at, b.length);
      int start = skipFrame(b, at, end);
      if (isMessage(b, start, end)) {
        return start;
      }
      at = end + 1;
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
    return isMessage(b, at, end) || isEnvelope(b, at, end);
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
