// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * A format: reads messages into panels and movements. It keeps what was sent (mapping is {@code
 * Clean}'s) and guesses nothing; what it can't read is rejected, the rest of the message is kept.
 */
public interface Decoder extends Serializable {

  /** What takes the records of a message, in the order sent. */
  interface Out {
    /** As what a decision is ignored. */
    String CONTROL = "control";

    /** What was observed of a patient at a moment. */
    void panel(Panel panel);

    /** An admission, discharge, transfer or merge. */
    void movement(Movement movement);

    /** What a person decided. Where nobody takes decisions it is ignored, and counted as such. */
    default void control(Control control) {
      ignored(CONTROL);
    }

    /**
     * A message or resource that is well-formed and of no interest.
     *
     * @param what its kind, such as the trigger {@code A60}; never the patient's data
     */
    void ignored(String what);

    /** What can't be used. */
    void rejected(Rejected rejected);

    /** One of four consumers, in the order of the methods; decisions are ignored. */
    static Out of(
        Consumer<Panel> panels,
        Consumer<Movement> movements,
        Consumer<String> ignored,
        Consumer<Rejected> rejects) {
      return of(panels, movements, control -> ignored.accept(CONTROL), ignored, rejects);
    }

    /** One of five consumers, in the order of the methods. */
    static Out of(
        Consumer<Panel> panels,
        Consumer<Movement> movements,
        Consumer<Control> controls,
        Consumer<String> ignored,
        Consumer<Rejected> rejects) {
      return new Out() {
        @Override
        public void panel(Panel panel) {
          panels.accept(panel);
        }

        @Override
        public void movement(Movement movement) {
          movements.accept(movement);
        }

        @Override
        public void control(Control control) {
          controls.accept(control);
        }

        @Override
        public void ignored(String what) {
          ignored.accept(what);
        }

        @Override
        public void rejected(Rejected rejected) {
          rejects.accept(rejected);
        }
      };
    }
  }

  /**
   * Reads a message. Never throws for bad input: an unreadable message is one {@link Rejected}.
   *
   * @param message the bytes and where they stand
   * @param out takes what it says
   */
  void decode(Message message, Out out);
}
