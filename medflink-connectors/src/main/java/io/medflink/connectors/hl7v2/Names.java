// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Codes, units and code systems that come again and again, kept once. Of fixed size, so senders
 * can't make it grow; what was kept gives way to what comes. Threads may share it: a lost write
 * costs a copy.
 */
final class Names {
  private static final int SIZE = 1024;
  private static final int LONGEST = 40;

  private final @Nullable Name[] kept = new @Nullable Name[SIZE];

  private record Name(byte[] bytes, String text) {}

  /** The text of a slice of a segment, null when it is empty. */
  @Nullable String of(Er7Segment segment, long slice) {
    long trimmed = segment.trimmed(slice);
    int from = Er7Segment.start(trimmed);
    int to = Er7Segment.end(trimmed);
    if (to - from > LONGEST || from == to) {
      return segment.text(trimmed);
    }
    byte[] bytes = segment.bytes();
    int hash = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || bytes[i] == '\\') {
        return segment.text(trimmed);
      }
      hash = 31 * hash + bytes[i];
    }
    int place = (hash ^ (hash >>> 10)) & (SIZE - 1);
    Name name = kept[place];
    if (name != null && Arrays.equals(name.bytes, 0, name.bytes.length, bytes, from, to)) {
      return name.text;
    }
    String text = segment.text(trimmed);
    if (text != null) {
      kept[place] = new Name(text.getBytes(StandardCharsets.ISO_8859_1), text);
    }
    return text;
  }
}
