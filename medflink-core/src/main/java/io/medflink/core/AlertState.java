// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link AlertCore} keeps what it knows of the current patient, as bytes whose first one is
 * the version of their form, and where it learns what is about no patient in particular.
 */
@Internal
public interface AlertState {
  /** The current patient's key. */
  String patientId();

  /** The head: what every event of the patient reads and writes; null at first. */
  byte @Nullable [] head();

  /** Puts the head. */
  void head(byte[] head);

  /** What happened in a stretch of time, by its number; null when nothing is kept of it. */
  byte @Nullable [] stretch(long number);

  /** Puts a stretch of time. */
  void stretch(long number, byte[] items);

  /** Forgets a stretch of time. */
  void removeStretch(long number);

  /** Forgets the patient. */
  void clear();

  /** The decisions about wards; another list whenever they change. */
  List<Control> wardControls();

  /** The newest news of each feed that is or was lost; another list whenever they change. */
  List<Alert> lostFeeds();

  /** How far the input reaches, in milliseconds; {@link Long#MIN_VALUE} when not told. */
  long end();
}
