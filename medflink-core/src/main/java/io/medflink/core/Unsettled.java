// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current patient's unsettled moments in state. Where models look back, each input walks
 * through them: those that a call has read it has at hand.
 */
final class Unsettled {
  private final AssessState state;
  private final AssessCodec codec;
  private final Map<Long, Moment> read = new HashMap<>();

  /** Whether to have at hand what was read. */
  boolean remembers;

  Unsettled(AssessState state, AssessCodec codec) {
    this.state = state;
    this.codec = codec;
  }

  /** Has nothing at hand any more: another call, another patient. */
  void forget() {
    read.clear();
  }

  @Nullable Moment find(long time) {
    Moment known = remembers ? read.get(time) : null;
    if (known != null) {
      return known;
    }
    byte[] bytes = state.moment(time);
    Moment found = bytes == null ? null : codec.moment(time, bytes);
    if (found != null) {
      keep(found);
    }
    return found;
  }

  void keep(Moment moment) {
    if (remembers) {
      read.put(moment.time, moment);
    }
  }

  void put(Moment moment) {
    state.moment(moment.time, codec.encode(moment));
    keep(moment);
  }

  void remove(long time) {
    state.removeMoment(time);
    read.remove(time);
  }
}
