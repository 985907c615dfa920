// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the strings and numbers of a message stand, and where they are kept. */
final class JsonSlots {
  private static final int FEW = 16;

  private final byte[] message;
  private final List<JsonForm.Slot> slots = new ArrayList<>();
  private boolean possible;

  JsonSlots(byte[] message) {
    this.message = message;
    // Not in UTF-16 or UTF-32 and without a byte order mark, so that bytes are counted from 0.
    possible = message.length > 2 && message[0] == '{' && message[1] > 0 && message[2] > 0;
  }

  /** Nothing of it is of use. */
  void giveUp() {
    possible = false;
  }

  /** Adds the value at the parser, if it is a string or a number. */
  void add(
      JsonParser p,
      @Nullable FhirProperties parent,
      @Nullable List<@Nullable Object> list,
      int index,
      @Nullable Object value) {
    JsonToken token = p.currentToken();
    boolean text = token == JsonToken.VALUE_STRING;
    if (!text && token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      return;
    }
    if (index >= FEW && parent != null) {
      giveUp(); // of so many properties each is found by its name only
    }
    int at = (int) p.currentTokenLocation().getByteOffset();
    int from = text ? at + 1 : at;
    int to = from;
    while (to < message.length && (text ? message[to] != '"' : isOfNumber(message[to]))) {
      to += text && message[to] == '\\' ? 2 : 1;
    }
    slots.add(
        new JsonForm.Slot(from, Math.min(to, message.length), text, parent, list, index, value));
  }

  private static boolean isOfNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
  }

  /** The message's form around its tree, null where it has none. */
  @Nullable JsonForm form(FhirObject content) {
    return possible ? new JsonForm(message, content, slots) : null;
  }
}
