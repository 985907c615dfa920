// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.jspecify.annotations.Nullable;

/**
 * One step of one episode, as it would be told.
 *
 * @param model of the episode
 * @param signal of the episode
 * @param onset of the episode
 */
record Step(
    String model,
    boolean signal,
    long onset,
    Alert.Event event,
    long time,
    Alert.Priority priority,
    RiskLevel level,
    boolean historical,
    String why,
    long received,
    @Nullable Whereabouts place) {

  boolean isOf(Step other) {
    return signal == other.signal && onset == other.onset && model.equals(other.model);
  }

  /** Whether both are the same step, whatever it rests on. */
  boolean repeats(Step other) {
    return isOf(other) && event == other.event && time == other.time && priority == other.priority;
  }

  boolean calls() {
    return !historical
        && switch (event) {
          case RAISED, SIGNAL_LOST, ESCALATED -> true;
          default -> false;
        };
  }

  /** What happened; never to whom. */
  @Override
  public String toString() {
    return "Step[" + event + "]";
  }
}
