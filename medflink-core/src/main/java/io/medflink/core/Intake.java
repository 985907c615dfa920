// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a panel's observations into its moment, and keeps the books of them. */
final class Intake {
  private final Types types;

  private final Corrections corrections;

  /** The times of the other moments that changed with the last panel, ascending. */
  private final TreeSet<Long> others = new TreeSet<>();

  Intake(Types types, Corrections corrections) {
    this.types = types;
    this.corrections = corrections;
  }

  /**
   * Takes what some model asks for.
   *
   * @param late whether it is too late to be more than absorbed
   * @param moment gives the panel's moment, asked for at most once
   * @return the moment; null when the panel brings nothing to it
   */
  @Nullable Moment take(Panel panel, boolean late, Supplier<Moment> moment, AssessCore.Out out) {
    others.clear();
    Moment taken = null;
    int used = 0;
    int unused = 0;
    int duplicate = 0;
    for (int i = 0; i < panel.observations().length; i++) {
      Observation observation = panel.observations()[i];
      int type = types.of(observation.code());
      if (type < 0) {
        unused += observation.isCounted() ? 1 : 0;
        continue;
      }
      boolean refused = observation.isRefused();
      double number = refused ? Double.NaN : Types.number(types.get(type), observation);
      RejectCode refusal = refused ? null : Types.refusal(types.get(type), observation, number);
      if (refusal != null) {
        out.rejected(Types.rejected(panel, observation, i, refusal));
        refused = true;
        number = Double.NaN;
        if (refusal == RejectCode.NO_VALUE) {
          continue;
        }
      }
      taken = taken == null ? moment.get() : taken;
      if (observation.isTakenBack()) {
        used += takeBack(taken, late, type, number, panel, observation);
        continue;
      }
      boolean news = types.add(taken, type, number, panel.issued(), observation);
      if (!late) {
        // Also where it says nothing new: it may have been issued later than what it repeats.
        corrections.look(taken, type, observation);
      }
      boolean counted = !refused && observation.isCounted();
      used += news && counted ? 1 : 0;
      duplicate += news || !counted ? 0 : 1;
    }
    used += taken == null || late ? 0 : corrections.reconsider(taken, others);
    out.counted(used, unused, duplicate);
    return taken;
  }

  /** Has a value no longer, as if it had never come; how many observations more are used. */
  private int takeBack(
      Moment moment, boolean late, int type, double number, Panel panel, Observation o) {
    if (late) {
      types.add(moment, type, number, null, o.withStatus(Observation.Status.ENTERED_IN_ERROR));
      return 0;
    }
    int used = types.remove(moment, type, number, panel.issued(), o);
    corrections.lookAgain(moment, type, o);
    return used;
  }

  /** The times of the other moments that changed with the last panel, ascending. */
  Iterable<Long> others() {
    return others;
  }
}
