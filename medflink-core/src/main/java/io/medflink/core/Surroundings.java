// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is about no patient in particular: decisions about wards, and lost feeds. */
final class Surroundings {
  private @Nullable List<Control> wards;
  private @Nullable List<Alert> lost;
  private List<Vigil.Outage> outages = List.of();
  private long print;

  /** Reads what is new of it. */
  void read(AlertState state) {
    List<Control> now = state.wardControls();
    List<Alert> lostNow = state.lostFeeds();
    if (wards != now || lost != lostNow) {
      wards = now;
      lost = lostNow;
      outages =
          lostNow.stream()
              .filter(a -> a.event() != Alert.Event.WITHDRAWN)
              .map(Surroundings::outage)
              .sorted(Comparator.comparingLong(Vigil.Outage::since))
              .toList();
      print = print(now, outages);
    }
  }

  List<Control> wards() {
    return wards == null ? List.of() : wards;
  }

  List<Vigil.Outage> outages() {
    return outages;
  }

  /** A number that is another one when anything of it is; the same in every run. */
  long print() {
    return print;
  }

  private static Vigil.Outage outage(Alert a) {
    return new Vigil.Outage(
        Objects.requireNonNullElse(a.feed(), ""),
        a.onset().toEpochMilli(),
        a.event() == Alert.Event.CLEARED ? a.time().toEpochMilli() : Episode.NEVER);
  }

  private static long print(List<Control> controls, List<Vigil.Outage> outages) {
    long print = 0;
    for (Control c : controls) {
      print +=
          Objects.hash(
              c.kind().ordinal(),
              c.facility(),
              c.ward(),
              c.target(),
              c.value(),
              c.from(),
              c.until(),
              c.id(),
              c.issued());
    }
    for (Vigil.Outage o : outages) {
      print += 31L * o.hashCode();
    }
    return print;
  }
}
