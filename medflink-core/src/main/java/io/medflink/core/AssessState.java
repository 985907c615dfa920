// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link AssessCore} keeps what it knows of the current patient: bytes whose first one is the
 * version of their form, so that every host (keyed state, process table function, test) stores them
 * in its own way and every later build reads them.
 */
@Internal
public interface AssessState {
  /** The current patient's key. */
  String patientId();

  /** The head: what every panel of the patient reads and writes; null at first. */
  byte @Nullable [] head();

  /** Puts the head. */
  void head(byte[] head);

  /** An unsettled moment, by its time in milliseconds; null when there is none. */
  byte @Nullable [] moment(long time);

  /** Puts an unsettled moment. */
  void moment(long time, byte[] moment);

  /** Forgets a moment that settled. */
  void removeMoment(long time);

  /** The settled values of a type for inputs with history; null when there are none. */
  byte @Nullable [] ring(String code);

  /** Puts the settled values of a type. */
  void ring(String code, byte[] ring);

  /** Forgets the patient. */
  void clear();
}
