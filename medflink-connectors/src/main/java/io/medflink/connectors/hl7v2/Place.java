// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import org.jspecify.annotations.Nullable;

/**
 * A place as PL tells it.
 *
 * @param facility PL.4
 * @param ward PL.1, the point of care
 * @param bed PL.3 behind its room, {@code room/bed}: a bed's letter alone is often its room's
 */
record Place(@Nullable String facility, @Nullable String ward, @Nullable String bed) {
  static final Place NOWHERE = new Place(null, null, null);

  static Place of(Er7Segment segment, long pl) {
    if (segment.trimmed(pl) == Er7Segment.NONE) {
      return NOWHERE;
    }
    String room = segment.text(segment.component(pl, 2));
    String bed = segment.text(segment.component(pl, 3));
    return new Place(
        segment.text(segment.subcomponent(segment.component(pl, 4), 1)),
        segment.text(segment.subcomponent(segment.component(pl, 1), 1)),
        room == null || bed == null ? bed : room + "/" + bed);
  }

  boolean isNowhere() {
    return facility == null && ward == null && bed == null;
  }

  /** Nothing of where. */
  @Override
  public String toString() {
    return "Place";
  }
}
