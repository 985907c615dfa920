// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import org.jspecify.annotations.Nullable;

/**
 * What beds and doctors can carry, each for itself, and which of the two binds. The figures are
 * either all there or, when a count is unknown or impossible, all null.
 *
 * @param sustainableCensus the mean number of patients that both can carry: the lesser of the next
 *     two
 * @param bedLimitedCensus the mean number of patients that the beds can carry
 * @param doctorLimitedCensus the number of patients that the doctors can look after
 * @param recommendedDoctors the doctors that what the beds can carry asks for
 * @param doctorGap recommended less present doctors; negative is a surplus
 * @param bindingResource which of the two limits the ward
 * @param plannedOccupancy sustainable census per bed, from 0 to 1; 0 without beds
 * @param assumptions under which conditions the figures hold, or why there are none
 */
public record Balance(
    @Nullable Double sustainableCensus,
    @Nullable Double bedLimitedCensus,
    @Nullable Double doctorLimitedCensus,
    @Nullable Integer recommendedDoctors,
    @Nullable Integer doctorGap,
    @Nullable Binding bindingResource,
    @Nullable Double plannedOccupancy,
    String assumptions) {

  /** Which resource limits the ward. */
  public enum Binding {
    /** There are more doctors than the beds ask for. */
    BEDS,
    /** There are fewer doctors than the beds ask for. */
    DOCTORS,
    /** There are as many doctors as the beds ask for. */
    BALANCED,
    /** There are neither beds nor doctors. */
    NONE
  }

  static Balance unknown(String reason) {
    return new Balance(null, null, null, null, null, null, null, reason);
  }
}
