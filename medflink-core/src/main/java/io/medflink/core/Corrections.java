// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which value a correction or withdrawal of the current patient speaks of.
 *
 * <p>A value is known by its type and the source's identity; without an identity by its type and
 * moment. A correction at the moment of its original needs nothing of this. Where the only original
 * stands at another moment, the newest of all revisions counts, at its own moment: the value's time
 * was corrected. A correction whose identity names no value, or values of several moments, counts
 * nowhere, and is rejected when its moment settles like that.
 */
final class Corrections {
  private final Types types;
  private final Timeline timeline;

  /** The values of which this panel says something that isn't said at their own moment alone. */
  private final List<Correction> asked = new ArrayList<>();

  Corrections(Types types, Timeline timeline) {
    this.types = types;
    this.timeline = timeline;
  }

  /** Notes that something was said of a value. */
  void look(Moment moment, int type, Observation o) {
    boolean revises = o.status().compareTo(Observation.Status.CORRECTED) >= 0;
    if (!revises && timeline.loaded().corrections.isEmpty()) {
      return;
    }
    look(moment, new Correction(type, o.id(), false), revises);
    for (int at : types.beside(type)) {
      look(moment, new Correction(at, o.id(), false), revises);
    }
  }

  /** Notes that something that was said of a value is gone. */
  void lookAgain(Moment moment, int type, Observation o) {
    lookAgain(moment, new Correction(type, o.id(), false));
    for (int at : types.beside(type)) {
      lookAgain(moment, new Correction(at, o.id(), false));
    }
  }

  private void lookAgain(Moment moment, Correction value) {
    // What is gone may have been the original that was found.
    timeline.loaded().corrections.replaceAll(c -> value.isOfSame(c) ? value : c);
    look(moment, value, moment.newest(value) != null);
  }

  private void look(Moment moment, Correction value, boolean revises) {
    List<Correction> known = timeline.loaded().corrections;
    boolean isOpen = known.stream().anyMatch(value::isOfSame);
    boolean alone = revises && !moment.tellsOriginal(value);
    if (alone && !isOpen) {
      known.add(value);
    }
    if ((alone || isOpen) && asked.stream().noneMatch(value::isOfSame)) {
      asked.add(value);
    }
  }

  /**
   * Works out anew what counts of the values that were looked at.
   *
   * @param own the panel's moment, not put yet
   * @param others takes the times of the other moments that changed
   * @return how many observations more are used than were before
   */
  int reconsider(Moment own, Set<Long> others) {
    int used = 0;
    for (Correction value : asked) {
      used += reconsider(value, own, others);
    }
    asked.clear();
    return used;
  }

  private int reconsider(Correction value, Moment own, Set<Long> others) {
    List<Correction> known = timeline.loaded().corrections;
    int at = 0;
    while (!value.isOfSame(known.get(at))) {
      at++;
    }
    List<Moment> all = value.id() == null ? List.of(own) : timeline.telling(value, own);
    int originals = 0;
    Reading newest = null;
    @Nullable Moment newestAt = null;
    for (Moment moment : all) {
      originals += moment.tellsOriginal(value) ? 1 : 0;
      Reading told = moment.newest(value);
      if (told != null && (newest == null || Reading.ORDER.compare(told, newest) >= 0)) {
        newest = told;
        newestAt = moment;
      }
    }
    boolean moved = originals < all.size();
    boolean matched = originals == 1 || (originals == 0 && known.get(at).matched());
    int used = 0;
    for (Moment moment : all) {
      Reading.Standing standing = Reading.Standing.COUNTS;
      if (moved && matched && moment != newestAt) {
        standing = Reading.Standing.SUPERSEDED;
      } else if (moved && !matched && !moment.tellsOriginal(value)) {
        standing = Reading.Standing.AWAITS_ORIGINAL;
      }
      List<Reading> before = moment.stand(value, standing);
      if (!before.isEmpty()) {
        used += more(before, standing);
        if (moment != own) {
          others.add(moment.time);
          timeline.put(moment);
        }
      }
    }
    known.set(at, new Correction(value.type(), value.id(), moved && matched && value.id() != null));
    return used;
  }

  private static int more(List<Reading> before, Reading.Standing now) {
    int used = 0;
    for (Reading reading : before) {
      if (reading.counted()) {
        used += reading.standing() == Reading.Standing.AWAITS_ORIGINAL ? 1 : 0;
        used -= now == Reading.Standing.AWAITS_ORIGINAL ? 1 : 0;
      }
    }
    return used;
  }

  /** Rejects what waited in vain at a moment that settles. */
  void settle(Moment moment, AssessCore.Out out) {
    if (timeline.loaded().corrections.isEmpty()) {
      return;
    }
    for (Reading reading : moment.readings()) {
      if (reading.standing() == Reading.Standing.AWAITS_ORIGINAL && reading.counted()) {
        out.rejected(types.withoutOriginal(moment, reading));
      }
    }
    for (Iterator<Correction> i = timeline.loaded().corrections.iterator(); i.hasNext(); ) {
      Correction value = i.next();
      if (timeline.telling(value, moment).stream()
          .allMatch(m -> m.time == moment.time || m.tellsOriginal(value))) {
        i.remove();
      }
    }
  }
}
