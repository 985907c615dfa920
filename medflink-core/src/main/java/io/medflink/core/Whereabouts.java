// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.jspecify.annotations.Nullable;

/**
 * Where a patient is, in which stay, and by which feed this is known.
 *
 * @param encounter the stay
 * @param facility the site
 * @param ward the ward
 * @param bed the bed
 * @param feed the sender
 */
record Whereabouts(
    @Nullable String encounter,
    @Nullable String facility,
    @Nullable String ward,
    @Nullable String bed,
    @Nullable String feed) {
  static final Whereabouts NOWHERE = new Whereabouts(null, null, null, null, null);

  /** This place, as far as it is told, and else the one before. */
  Whereabouts after(Whereabouts before) {
    boolean here = ward != null || bed != null;
    return new Whereabouts(
        encounter == null ? before.encounter : encounter,
        here || facility != null ? facility : before.facility,
        here ? ward : before.ward,
        here ? bed : before.bed,
        feed == null ? before.feed : feed);
  }

  /** Never where. */
  @Override
  public String toString() {
    return "Whereabouts";
  }
}
