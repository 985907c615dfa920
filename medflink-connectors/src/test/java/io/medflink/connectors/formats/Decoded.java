// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.Control;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a decoder made of a message. */
public record Decoded(
    List<Panel> panels,
    List<Movement> movements,
    List<Control> controls,
    List<String> ignored,
    List<Rejected> rejects) {

  public static Decoded of(Decoder decoder, byte[] message) {
    Decoded decoded =
        new Decoded(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    decoder.decode(
        new Message(message, "test:1", null),
        Decoder.Out.of(
            decoded.panels::add,
            decoded.movements::add,
            decoded.controls::add,
            decoded.ignored::add,
            decoded.rejects::add));
    return decoded;
  }

  public static Decoded of(Decoder decoder, String message) {
    return of(decoder, message.getBytes(StandardCharsets.UTF_8));
  }

  /** The only panel of a message without rejects. */
  public Panel panel() {
    if (panels.size() != 1 || !rejects.isEmpty()) {
      throw new AssertionError(this + " instead of one panel");
    }
    return panels.get(0);
  }

  /** The only observation of a message without rejects. */
  public Observation observation() {
    if (panel().observations().length != 1) {
      throw new AssertionError(this + " instead of one observation");
    }
    return panel().observations()[0];
  }

  /** Each reject as {@code CODE field}. */
  public List<String> refusals() {
    return rejects.stream().map(r -> r.code() + " " + r.field()).toList();
  }
}
