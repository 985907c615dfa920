// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import org.jspecify.annotations.Nullable;

/**
 * What a given demand asks for, beside what is there. The figures are either all there or, when an
 * argument is unknown or impossible, all null.
 *
 * @param offeredLoad arrivals per day times mean stay in days: the mean number of patients in a
 *     ward that never runs full
 * @param requiredBeds the fewest beds with which no more than the accepted share of arrivals waits
 * @param requiredDoctors the fewest doctors who can look after the offered load
 * @param bedGap required less present beds; negative is a surplus
 * @param doctorGap required less present doctors; negative is a surplus
 * @param probDelay the probability that an arrival waits for one of the present beds; 1 when the
 *     queue grows without end, which {@code assumptions} says then
 * @param sustainableCensus as in {@link Balance}, for what is present
 * @param bedLimitedCensus as in {@link Balance}
 * @param doctorLimitedCensus as in {@link Balance}
 * @param bindingResource as in {@link Balance}: which of the two limits the ward, whatever the
 *     demand
 * @param plannedOccupancy offered load per present bed, 1 when the queue grows without end
 * @param assumptions under which conditions the figures hold, or why there are none
 */
public record Requirement(
    @Nullable Double offeredLoad,
    @Nullable Integer requiredBeds,
    @Nullable Integer requiredDoctors,
    @Nullable Integer bedGap,
    @Nullable Integer doctorGap,
    @Nullable Double probDelay,
    @Nullable Double sustainableCensus,
    @Nullable Double bedLimitedCensus,
    @Nullable Double doctorLimitedCensus,
    Balance.@Nullable Binding bindingResource,
    @Nullable Double plannedOccupancy,
    String assumptions) {

  static Requirement unknown(String reason) {
    return new Requirement(
        null, null, null, null, null, null, null, null, null, null, null, reason);
  }
}
