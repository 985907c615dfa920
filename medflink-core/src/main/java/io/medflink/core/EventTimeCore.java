// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.apache.flink.annotation.Internal;

/**
 * The plain-Java core of a keyed verb, the same for DataStream, SQL and batch. It keeps its own
 * agenda: the engine's timers only wake it (in batch mode Flink drops timers that a timer sets).
 *
 * <p>A core works on the state of one key at a time, which its host has made current.
 *
 * @param <E> the events it takes
 * @param <O> what takes its results
 */
@Internal
public interface EventTimeCore<E, O> {

  /** No further moment of interest. */
  long NEVER = Long.MAX_VALUE;

  /** Takes an event of the current key, after doing all that is due. */
  void on(E event, Now now, O out);

  /** Does all that is due for the current key, in time order, until nothing is due. */
  void advance(Now now, O out);

  /**
   * The next moment of interest of the current key that no timer was asked for yet, in
   * milliseconds; {@link #NEVER} when there is none. The host asks until then, and sets a timer for
   * each.
   */
  long wake();
}
