// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a message: all of it but its strings and numbers, proven by the one message that was
 * read token by token. Another one whose bytes differ from that only within strings and numbers is
 * the same tree with other leaves, so nothing of it has to be parsed.
 *
 * <p>Only plain strings (ASCII without an escape) and plain numbers (no exponent, up to 15 digits)
 * are taken so; what differs by anything else is of another form.
 */
final class JsonForm {
  private static final int LONGEST = 1_000;
  private static final int EXACT_DIGITS = 15;
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  /**
   * Where a string (without its quotes) or a number stands.
   *
   * @param parent the object that holds it, null where it isn't kept
   * @param list the list in it that holds it, null where the object itself does
   * @param index which of the properties or elements it is
   * @param original what the proven message says
   */
  record Slot(
      int from,
      int to,
      boolean isText,
      @Nullable FhirProperties parent,
      @Nullable List<@Nullable Object> list,
      int index,
      @Nullable Object original) {

    void set(@Nullable Object value) {
      if (list != null) {
        list.set(index, value);
      } else if (parent != null && value != null) {
        parent.set(index, value);
      }
    }

    boolean isKept() {
      return list != null || parent != null;
    }
  }

  private final byte[] proven;
  private final FhirObject content;
  private final Slot[] slots;
  private final int[] changed;
  private int changes;
  private int hits;

  JsonForm(byte[] proven, FhirObject content, List<Slot> slots) {
    this.proven = proven;
    this.content = content;
    this.slots = slots.toArray(new Slot[0]);
    changed = new int[this.slots.length];
  }

  int hits() {
    return hits;
  }

  /** The tree of a message of this form, until the next one; null where it is of another. */
  @Nullable FhirObject read(byte[] message) {
    for (int i = 0; i < changes; i++) {
      Slot slot = slots[changed[i]];
      slot.set(slot.original);
    }
    changes = 0;
    int at = 0;
    int its = 0;
    int next = 0;
    int same = Arrays.mismatch(proven, message);
    while (same >= 0) {
      while (next < slots.length && slots[next].to < at + same) {
        next++;
      }
      if (next == slots.length || slots[next].from > at + same) {
        return null;
      }
      Slot slot = slots[next];
      int from = its + slot.from - at;
      int to = slot.isText ? text(message, from, slot) : number(message, from, slot);
      if (to < 0) {
        return null;
      }
      if (slot.isKept()) {
        changed[changes++] = next;
      }
      next++;
      at = slot.to;
      its = to;
      same = Arrays.mismatch(proven, at, proven.length, message, its, message.length);
    }
    hits++;
    return content;
  }

  /** Reads a plain string; where it ends, negative where it isn't one. */
  private static int text(byte[] b, int from, Slot slot) {
    int end = Math.min(b.length, from + LONGEST);
    int i = from;
    while (i < end && b[i] != '"') {
      if (b[i] < ' ' || b[i] == '\\') {
        return -1;
      }
      i++;
    }
    if (i == end) {
      return -1;
    }
    if (slot.isKept()) {
      slot.set(new String(b, from, i - from, StandardCharsets.ISO_8859_1));
    }
    return i;
  }

  /** Reads a plain number; where it ends, negative where it isn't one. */
  private static int number(byte[] b, int from, Slot slot) {
    int i = from;
    boolean negative = i < b.length && b[i] == '-';
    if (negative) {
      i++;
    }
    int first = i;
    long digits = 0;
    while (i < b.length && b[i] >= '0' && b[i] <= '9' && i - first <= EXACT_DIGITS) {
      digits = digits * 10 + (b[i++] - '0');
    }
    int whole = i - first;
    int decimals = 0;
    if (i < b.length && b[i] == '.') {
      int point = i++;
      while (i < b.length && b[i] >= '0' && b[i] <= '9' && i - point <= EXACT_DIGITS) {
        digits = digits * 10 + (b[i++] - '0');
      }
      decimals = i - point - 1;
      if (decimals == 0) {
        return -1;
      }
    }
    boolean plain =
        whole > 0
            && (whole == 1 || b[first] != '0')
            && whole + decimals <= EXACT_DIGITS
            && !(negative && digits == 0);
    if (!plain) {
      return -1;
    }
    if (slot.isKept()) {
      // Both are exact in a double, so their quotient is the nearest one.
      double number = digits / TENS[decimals];
      slot.set(negative ? -number : number);
    }
    return i;
  }

  /** How much of it may differ; never what it says. */
  @Override
  public String toString() {
    return "JsonForm[" + slots.length + " slots]";
  }
}
