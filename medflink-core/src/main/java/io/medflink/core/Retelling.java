// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be told so that what was told becomes what is: told steps are corrected, not unsaid.
 */
final class Retelling {
  /**
   * One step to tell.
   *
   * @param step the step
   * @param event what is told of it
   * @param historical whether it calls nobody though it is a step that would
   * @param corrects whether it takes back what was told
   * @param replaces a withdrawn step of the same episode under another onset
   */
  record Told(
      Step step, Alert.Event event, boolean historical, boolean corrects, @Nullable Step replaces) {

    /** The alert of a patient who is somewhere, unless the step itself says where. */
    Alert alert(String key, Whereabouts here, boolean delayed, @Nullable String old) {
      Whereabouts place = step.place() == null ? here : step.place();
      Step r = replaces;
      return new Alert(
          Episode.id(key, step.model(), step.signal(), step.onset()),
          key,
          place.encounter(),
          place.facility(),
          place.ward(),
          place.bed(),
          step.model(),
          place.feed(),
          event,
          step.priority(),
          step.level(),
          historical,
          delayed && event != Alert.Event.WITHDRAWN,
          Instant.ofEpochMilli(step.onset()),
          Instant.ofEpochMilli(step.time()),
          why(),
          r == null ? old : Episode.id(key, r.model(), r.signal(), r.onset()),
          step.received() == Finding.NEVER ? null : Instant.ofEpochMilli(step.received()));
    }

    private String why() {
      String corrected = "corrected by later news";
      String why = event == Alert.Event.WITHDRAWN ? "" : step.why();
      return !corrects ? why : why.isEmpty() ? corrected : why + "; " + corrected;
    }
  }

  private final Vigil vigil;
  private final boolean live;
  private final List<Told> told = new ArrayList<>();
  private final List<Step> withdrawn = new ArrayList<>();

  private Retelling(Vigil vigil, boolean live) {
    this.vigil = vigil;
    this.live = live;
  }

  /** Further steps, after all that was told. */
  static List<Told> further(List<Step> steps, Vigil vigil, boolean live) {
    return of(List.of(), steps, vigil, live);
  }

  /** All steps, where others were told. */
  static List<Told> of(List<Step> said, List<Step> steps, Vigil vigil, boolean live) {
    Retelling retelling = new Retelling(vigil, live);
    List<Step> episodes = new ArrayList<>();
    for (List<Step> list : List.of(said, steps)) {
      for (Step step : list) {
        if (episodes.stream().noneMatch(step::isOf)) {
          episodes.add(step);
        }
      }
    }
    for (Step episode : episodes) {
      List<Step> before = said.stream().filter(episode::isOf).toList();
      List<Step> now = steps.stream().filter(episode::isOf).toList();
      int same = 0;
      while (same < Math.min(before.size(), now.size())
          && before.get(same).repeats(now.get(same))) {
        same++;
      }
      if (same == before.size()) {
        retelling.append(now.subList(same, now.size()), same == 0);
      } else {
        retelling.correct(before.get(before.size() - 1), before, now);
      }
    }
    return retelling.told;
  }

  private void correct(Step last, List<Step> before, List<Step> now) {
    Step right =
        now.isEmpty()
            ? vigil.open().stream().filter(last::isOf).findFirst().orElse(null)
            : now.get(now.size() - 1);
    if (right == null) {
      told.add(new Told(last, Alert.Event.WITHDRAWN, last.historical(), true, null));
      before.stream().filter(Step::calls).findFirst().ifPresent(withdrawn::add);
    } else if (right.event() != last.event() || right.priority() != last.priority()) {
      // Who was called for it is not called again, unless it is of higher priority.
      boolean called =
          right.calls() && last.calls() && right.priority().compareTo(last.priority()) <= 0;
      told.add(new Told(right, right.event(), right.historical(), true, called ? last : null));
    }
  }

  private void append(List<Step> added, boolean first) {
    for (int i = 0; i < added.size(); i++) {
      Step step = added.get(i);
      List<Step> later = added.subList(i + 1, added.size());
      boolean over = later.stream().anyMatch(s -> s.event() == Alert.Event.CLEARED);
      boolean known =
          later.stream()
              .anyMatch(
                  s -> s.event() == Alert.Event.ACKNOWLEDGED && (live || s.time() == step.time()));
      boolean outdone = live && step.event() == Alert.Event.ESCALATED && !later.isEmpty();
      if (step.calls() && (known || outdone)) {
        continue;
      }
      boolean historical = step.historical() || (live && over && step.calls());
      Step replaces = first && step.calls() ? replaced(step) : null;
      told.add(new Told(step, step.event(), historical, false, replaces));
    }
  }

  private @Nullable Step replaced(Step step) {
    return withdrawn.stream()
        .filter(
            w ->
                w.signal() == step.signal()
                    && w.model().equals(step.model())
                    && w.priority().compareTo(step.priority()) >= 0)
        .findFirst()
        .orElse(null);
  }
}
