// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A view of one segment of an {@link Er7Message} after the other: {@code while (segment.next())}.
 * Fields, repetitions, components and subcomponents count from 1, as in the standard; in MSH, MSH-2
 * is the encoding characters. One that is absent, empty, blank or {@code ""} (HL7's "delete it") is
 * null. Texts have their escape sequences undone and blanks around them cut.
 *
 * <p>Not for more than one thread. Texts throw {@link io.medflink.core.BadInputException} {@code
 * UNDECODABLE} where bytes are not of the message's character set.
 */
public final class Er7Segment {
  /** Nothing, as a slice. */
  static final long NONE = 0;

  private final Er7Message message;
  private final byte[] bytes;
  private final Delimiters d;
  private int[] starts = new int[24];
  private int index = -1;
  private int from;
  private int to;
  private int fields;

  Er7Segment(Er7Message message) {
    this.message = message;
    this.bytes = message.bytes();
    this.d = message.delimiters();
  }

  /** Goes to the next segment; false at the end. */
  public boolean next() {
    return to(index + 1);
  }

  /** Goes to a segment, counted from 0; false where there is none. */
  public boolean to(int segment) {
    if (segment < 0 || segment >= message.size()) {
      return false;
    }
    index = segment;
    from = message.start(segment);
    to = message.end(segment);
    fields = -1;
    return true;
  }

  /** Which segment of the message it is, from 0. */
  public int index() {
    return index;
  }

  /** The segment's name, such as {@code OBX}. */
  public String name() {
    return new String(bytes, from, Math.min(3, to - from), StandardCharsets.ISO_8859_1);
  }

  /** Whether this is its name. */
  public boolean is(String name) {
    return to - from >= 3
        && bytes[from] == name.charAt(0)
        && bytes[from + 1] == name.charAt(1)
        && bytes[from + 2] == name.charAt(2);
  }

  /** Whether the name is one: a capital letter, and two capital letters or digits. */
  boolean isNamed() {
    for (int i = from; i < from + 3; i++) {
      boolean letter = bytes[i] >= 'A' && bytes[i] <= 'Z';
      if (!letter && (i == from || bytes[i] < '0' || bytes[i] > '9')) {
        return false;
      }
    }
    return true;
  }

  /** How many fields are sent. */
  public int fields() {
    if (fields < 0) {
      scan();
    }
    return fields;
  }

  /** Whether a field says anything. */
  public boolean has(int field) {
    return trimmed(whole(field)) != NONE;
  }

  /** How many repetitions a field has, 0 when it is empty. */
  public int repetitions(int field) {
    long whole = whole(field);
    return trimmed(whole) == NONE ? 0 : count(whole, d.repetition());
  }

  /** How many components a repetition has, 0 when it is empty. */
  public int components(int field, int repetition) {
    long slice = repetition(field, repetition);
    return trimmed(slice) == NONE ? 0 : count(slice, d.component());
  }

  /** A field with all its delimiters, null when empty. */
  public @Nullable String text(int field) {
    return text(whole(field));
  }

  /** A component of a field's first repetition, null when empty. */
  public @Nullable String text(int field, int component) {
    return text(component(repetition(field, 1), component));
  }

  /** A component of a repetition, null when empty. */
  public @Nullable String text(int field, int repetition, int component) {
    return text(component(repetition(field, repetition), component));
  }

  /** A subcomponent, null when empty. */
  public @Nullable String text(int field, int repetition, int component, int subcomponent) {
    return text(subcomponent(component(repetition(field, repetition), component), subcomponent));
  }

  /** A field's bytes as sent, in a new array. */
  public byte[] raw(int field) {
    long slice = whole(field);
    return Arrays.copyOfRange(bytes, start(slice), end(slice));
  }

  /** The whole segment as sent, without its line end. */
  public byte[] raw() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  byte[] bytes() {
    return bytes;
  }

  long whole(int field) {
    if (fields < 0) {
      scan();
    }
    return field < 1 || field > fields ? NONE : slice(starts[field], starts[field + 1] - 1);
  }

  long repetition(int field, int repetition) {
    return part(whole(field), d.repetition(), repetition);
  }

  long component(long repetition, int component) {
    return part(repetition, d.component(), component);
  }

  long subcomponent(long component, int subcomponent) {
    return part(component, d.subcomponent(), subcomponent);
  }

  @Nullable String text(long slice) {
    long trimmed = trimmed(slice);
    return trimmed == NONE ? null : message.text(start(trimmed), end(trimmed));
  }

  /** Without blanks around it; NONE when nothing is left, or HL7's {@code ""}. */
  long trimmed(long slice) {
    int start = start(slice);
    int end = end(slice);
    while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    while (start < end && (bytes[end - 1] & 0xFF) <= ' ' && bytes[end - 1] >= 0) {
      end--;
    }
    boolean nothing =
        start >= end || (end - start == 2 && bytes[start] == '"' && bytes[start + 1] == '"');
    return nothing ? NONE : slice(start, end);
  }

  static long slice(int start, int end) {
    return (long) start << 32 | end;
  }

  static int start(long slice) {
    return (int) (slice >>> 32);
  }

  static int end(long slice) {
    return (int) slice;
  }

  private long part(long slice, byte delimiter, int number) {
    int start = start(slice);
    int end = end(slice);
    if (delimiter == 0) {
      return number == 1 ? slice : NONE;
    }
    for (int k = 1; k < number; k++) {
      start = find(delimiter, start, end);
      if (start == end) {
        return NONE;
      }
      start++;
    }
    return slice(start, find(delimiter, start, end));
  }

  private int find(byte delimiter, int start, int end) {
    int i = start;
    while (i < end && bytes[i] != delimiter) {
      i++;
    }
    return i;
  }

  private int count(long slice, byte delimiter) {
    int count = 1;
    for (int i = start(slice); i < end(slice); i++) {
      if (delimiter != 0 && bytes[i] == delimiter) {
        count++;
      }
    }
    return count;
  }

  /** Finds where the fields start: field k goes from starts[k] to one before starts[k + 1]. */
  private void scan() {
    byte field = d.field();
    int found = 0;
    int i = from;
    if (index == 0) {
      // MSH-1 is the separator itself: an empty field that MSH-2 follows.
      starts[1] = from + 3;
      starts[2] = from + 4;
      found = 2;
      i = from + 4;
    }
    while (i <= to - Long.BYTES) {
      long matches = Bytes.matches(bytes, field, i);
      while (matches != 0) {
        found = add(found, i + (Long.numberOfTrailingZeros(matches) >>> 3) + 1);
        matches &= matches - 1;
      }
      i += Long.BYTES;
    }
    for (; i < to; i++) {
      if (bytes[i] == field) {
        found = add(found, i + 1);
      }
    }
    fields = found;
    add(found, to + 1);
  }

  private int add(int found, int start) {
    if (found + 2 >= starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    starts[found + 1] = start;
    return found + 1;
  }

  /** Which segment; never what it says. */
  @Override
  public String toString() {
    return "Er7Segment[" + index + "]";
  }
}
