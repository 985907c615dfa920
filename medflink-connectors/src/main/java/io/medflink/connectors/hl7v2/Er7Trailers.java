// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares what batches and files say that they hold (BTS-1, FTS-1) with what was read. A part that
 * is cut off is told; the messages that came are kept.
 *
 * <p>Source: HL7 v2.9, 2.14.2 BTS, 2.14.7 FTS (optional fields).
 */
final class Er7Trailers {
  private static final int UNTOLD = -1;

  /** A line that says otherwise: its field and where it stands. */
  record Wrong(String field, int from, int to) {}

  private int messages;
  private int batches;

  /** A message was found. */
  void message() {
    messages++;
  }

  /** What says otherwise of the lines between two messages. */
  List<Wrong> wrong(byte[] b, int from, int to) {
    List<Wrong> wrong = new ArrayList<>();
    int at = from;
    while (at < to) {
      int end = Bytes.lineEnd(b, at, to);
      int start = Er7Batch.skipFrame(b, at, end);
      if (Er7Batch.isEnvelope(b, start, end)) {
        String name = new String(b, start, 3, US_ASCII);
        int told = number(b, start, end);
        switch (name) {
          case "FHS" -> {
            batches = 0;
            messages = 0;
          }
          case "BHS" -> messages = 0;
          case "BTS" -> {
            if (told != UNTOLD && told != messages) {
              wrong.add(new Wrong("BTS-1", start, end));
            }
            batches++;
            messages = 0;
          }
          default -> {
            if (told != UNTOLD && told != batches) {
              wrong.add(new Wrong("FTS-1", start, end));
            }
            batches = 0;
            messages = 0;
          }
        }
      }
      at = end + 1;
    }
    return wrong;
  }

  /** The first field's number; what is no number is none that was found. */
  private static int number(byte[] b, int start, int end) {
    int from = start + 4;
    int to = from;
    while (to < end && b[to] != b[start + 3]) {
      to++;
    }
    String text = from < end ? new String(b, from, to - from, US_ASCII).strip() : "";
    if (text.isEmpty()) {
      return UNTOLD;
    }
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : UNTOLD - 1;
  }
}
