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
  private byte[] bytes;
  private Delimiters d;
  private final FieldStarts starts = new FieldStarts();
  private int index = -1;
  private int from;
  private int to;
  private int fields;
  private int id;

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
    bytes = message.bytes();
    d = message.delimiters();
    index = segment;
    from = message.start(segment);
    to = message.end(segment);
    fields = -1;
    id = message.id(segment);
    return true;
  }

  static int id(int first, int second, int third) {
    return first << 16 | second << 8 | third;
  }

  /** A segment's name as a number. */
  static int id(String name) {
    return id(name.charAt(0), name.charAt(1), name.charAt(2));
  }

  /** The name as a number. */
  int id() {
    return id;
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
    return id == id(name);
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

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  long whole(int field) {
    if (fields < 0) {
      scan();
    }
    return field < 1 || field > fields ? NONE : slice(starts.start(field), starts.end(field));
  }

  /** Finds the fields of an OBX by those of an earlier one, as {@link FieldStarts} does. */
  int find(Run<?> front, @Nullable Run<?> back) {
    if (to - from < 4) {
      return 0;
    }
    int found = starts.find(bytes, d.field(), from, to, front, back);
    fields = starts.count();
    return found;
  }

  /** Where fields from one to another start, behind the start of the first; all are sent. */
  int[] between(int first, int last) {
    return starts.between(first, last);
  }

  /** Fields from one to another, as far as they are sent. */
  long span(int first, int last) {
    if (fields < 0) {
      scan();
    }
    return first > fields ? NONE : slice(starts.start(first), starts.end(Math.min(last, fields)));
  }

  /** The first component of a field's first repetition. */
  long first(int field) {
    long whole = whole(field);
    int at = start(whole);
    int end = end(whole);
    byte component = d.component();
    byte repetition = d.repetition();
    while (at < end) {
      byte b = bytes[at];
      if (b == component || (b == repetition && b != 0)) {
        break;
      }
      at++;
    }
    return slice(start(whole), at);
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
    if (start >= end) {
      return NONE;
    }
    if (bytes[start] > '"' && bytes[end - 1] > ' ') {
      return slice;
    }
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
    return Bytes.indexOf(bytes, delimiter, start, end);
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

  private void scan() {
    starts.find(bytes, d.field(), from, to, index == 0);
    fields = starts.count();
  }

  /** Which segment; never what it says. */
  @Override
  public String toString() {
    return "Er7Segment[" + index + "]";
  }
}
