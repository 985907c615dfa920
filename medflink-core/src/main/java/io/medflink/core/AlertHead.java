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

  /** The records that were merged into this patient's. */
  final List<Retired> retired = new ArrayList<>();

  /** Whether this record itself was merged into another one's. */
  boolean isGone;

  /** The key of a record that was merged into another, and when. */
  record Retired(String key, long since) {
    /** Never whose. */
    @Override
    public String toString() {
      return "Retired";
    }
  }

  /** What the decisions about wards and the lost feeds were. */
  long surroundings;

  /** The timers that were asked for, in event time and by the clock. */
  long asked = Episode.NEVER;

  long askedClock = Episode.NEVER;

  AlertHead(AlertOptions options) {
    front = new Vigil(options);
  }

  /** What was told of all episodes that are open or can still change. */
  List<Step> told() {
    List<Step> told = new ArrayList<>(said);
    for (Step step : front.open()) {
      if (said.stream().noneMatch(step::isOf)) {
        told.add(step);
      }
    }
    return told;
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
    codec.wire.number(retired.size());
    for (Retired r : retired) {
      codec.wire.text(r.key());
      codec.wire.number(r.since());
    }
    codec.wire.flag(isGone);
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
      boolean merges = codec.wire.version() >= AlertWire.MERGES;
      for (long n = codec.wire.number(); n > 0; n--) {
        String key = codec.wire.string();
        head.retired.add(new Retired(key, merges ? codec.wire.number() : Finding.NEVER));
      }
      head.isGone = merges && codec.wire.flag();
      head.surroundings = codec.wire.number();
      head.asked = codec.wire.number();
      head.askedClock = codec.wire.number();
      return head;
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalStateException("state of RaiseAlerts is damaged");
    }
  }
}
