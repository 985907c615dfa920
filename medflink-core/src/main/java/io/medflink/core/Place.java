// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.jspecify.annotations.Nullable;

/** A stay and where in it a patient is, as far as told. */
record Place(
    @Nullable String encounter,
    @Nullable String facility,
    @Nullable String ward,
    @Nullable String bed) {

  static final Place UNTOLD = new Place(null, null, null, null);

  static Place of(Panel panel) {
    return new Place(panel.encounter(), panel.facility(), panel.ward(), panel.bed());
  }

  boolean isTold() {
    return encounter != null || isAnywhere();
  }

  /** Whether it tells more than the stay. */
  boolean isAnywhere() {
    return facility != null || ward != null || bed != null;
  }

  Place withEncounter(@Nullable String newEncounter) {
    return new Place(newEncounter, facility, ward, bed);
  }

  /** Of several that were told at once the greatest counts, in an order of no meaning. */
  boolean isAfter(Place other) {
    return order().compareTo(other.order()) > 0;
  }

  private String order() {
    return part(encounter) + part(facility) + part(ward) + part(bed);
  }

  private static String part(@Nullable String part) {
    return (part == null ? "" : part) + "\n";
  }

  /** Whether it is told; never where. */
  @Override
  public String toString() {
    return "Place[" + (isTold() ? "told" : "untold") + "]";
  }
}
