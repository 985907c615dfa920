// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * A format: reads messages into panels. It keeps what was sent (mapping is {@code Clean}'s) and
 * guesses nothing; what it can't read is rejected, the rest of the message is kept.
 */
public interface Decoder extends Serializable {

  /**
   * Reads a message. Never throws for bad input: an unreadable message is one {@link Rejected}.
   *
   * @param message the bytes and where they stand
   * @param panels takes each panel in the order sent
   * @param rejects takes what can't be used
   */
  void decode(Message message, Consumer<Panel> panels, Consumer<Rejected> rejects);
}
