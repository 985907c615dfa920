// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read and written for every event of a patient: the vigil up to what can't change any
 * more, the one up to the newest news, and what was told of the time between.
 */
final class AlertHead {
  /** The settled vigil as it is stored; null at first. */
  byte @Nullable [] settled;

  /** Items before this time are settled. */
  long settledUntil = Finding.NEVER;

  Vigil front;

  /** The unsettled steps, as they were told. */
  final List<Step> said = new ArrayList<>();

  /** The stretches of time of which items are kept, ascending. */
  final List<Long> stretches = new ArrayList<>();

  final List<Control> controls = new ArrayList<>();

  /** The keys that were merged into this patient's. */
  final List<String> formerKeys = new ArrayList<>();

  /** What the decisions about wards and the lost feeds were. */
  long surroundings;

  /** The timers that were asked for, in event time and by the clock. */
  long asked = Episode.NEVER;

  long askedClock = Episode.NEVER;

  AlertHead(AlertOptions options) {
    front = new Vigil(options);
  }

  byte[] encode(AlertCodec codec) {
    codec.wire.begin();
    codec.wire.bytes(settled == null ? new byte[0] : settled);
    codec.wire.number(settledUntil);
    codec.vigil(front);
    codec.wire.steps(said);
    codec.wire.number(stretches.size());
    long before = 0;
    for (long stretch : stretches) {
      codec.wire.number(stretch - before);
      before = stretch;
    }
    codec.wire.controls(controls);
    codec.wire.number(formerKeys.size());
    formerKeys.forEach(codec.wire::text);
    codec.wire.number(surroundings);
    codec.wire.number(asked);
    codec.wire.number(askedClock);
    return codec.wire.written();
  }

  static AlertHead decode(byte[] bytes, AlertCodec codec, AlertOptions options) {
    try {
      codec.wire.begin(bytes);
      AlertHead head = new AlertHead(options);
      byte[] settled = codec.wire.bytes();
      head.settled = settled.length == 0 ? null : settled;
      head.settledUntil = codec.wire.number();
      head.front = codec.vigil(options);
      head.said.addAll(codec.wire.steps());
      long stretch = 0;
      for (long n = codec.wire.number(); n > 0; n--) {
        stretch += codec.wire.number();
        head.stretches.add(stretch);
      }
      head.controls.addAll(codec.wire.controls());
      for (long n = codec.wire.number(); n > 0; n--) {
        String key = codec.wire.text();
        head.formerKeys.add(key == null ? "" : key);
      }
      head.surroundings = codec.wire.number();
      head.asked = codec.wire.number();
      head.askedClock = codec.wire.number();
      return head;
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalStateException("state of RaiseAlerts is damaged");
    }
  }
}
