// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.models.capacity.Balance;
import io.medflink.models.capacity.CapacityBalance;
import io.medflink.models.capacity.Requirement;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code optimize_resources(bed_count, doctor_count[, arrivals_per_day, alos_days[, p_delay,
 * patients_per_doctor]])}: {@link CapacityBalance}. Counts of any numeric type; one that is not
 * whole is answered as unknown.
 */
@Internal
public final class OptimizeResources extends ScalarFunction {
  private static final long serialVersionUID = 1;

  private static final String REQUIREMENT =
      "ROW<offered_load DOUBLE, required_beds INT, required_doctors INT, bed_gap INT, doctor_gap"
          + " INT, p_delay DOUBLE, sustainable_census DOUBLE, bed_limited_census DOUBLE,"
          + " doctor_limited_census DOUBLE, binding_resource STRING, planned_occupancy DOUBLE,"
          + " assumptions STRING>";

  private static final CapacityBalance DEFAULTS = new CapacityBalance();

  /** What beds and doctors can carry, without a demand. */
  @FunctionHint(
      output =
          @DataTypeHint(
              "ROW<sustainable_census DOUBLE, bed_limited_census DOUBLE, doctor_limited_census"
                  + " DOUBLE, recommended_doctors INT, doctor_gap INT, binding_resource STRING,"
                  + " planned_occupancy DOUBLE, assumptions STRING>"))
  public Row eval(@Nullable Double bedCount, @Nullable Double doctorCount) {
    Balance b = DEFAULTS.balance(Counts.whole(bedCount), Counts.whole(doctorCount));
    return Row.of(
        b.sustainableCensus(),
        b.bedLimitedCensus(),
        b.doctorLimitedCensus(),
        b.recommendedDoctors(),
        b.doctorGap(),
        b.bindingResource() == null ? null : b.bindingResource().name(),
        b.plannedOccupancy(),
        Counts.told(b.assumptions(), bedCount, doctorCount));
  }

  /** What a demand asks for, with the planning defaults. */
  @FunctionHint(output = @DataTypeHint(REQUIREMENT))
  public Row eval(
      @Nullable Double bedCount,
      @Nullable Double doctorCount,
      @Nullable Double arrivalsPerDay,
      @Nullable Double alosDays) {
    return require(DEFAULTS, bedCount, doctorCount, arrivalsPerDay, alosDays);
  }

  /** What a demand asks for when so large a share may wait and a doctor has so many patients. */
  @FunctionHint(output = @DataTypeHint(REQUIREMENT))
  public Row eval(
      @Nullable Double bedCount,
      @Nullable Double doctorCount,
      @Nullable Double arrivalsPerDay,
      @Nullable Double alosDays,
      @Nullable Double maxProbDelay,
      @Nullable Double patientsPerDoctor) {
    return require(
        new CapacityBalance(
            maxProbDelay == null ? Double.NaN : maxProbDelay,
            patientsPerDoctor == null ? Double.NaN : patientsPerDoctor),
        bedCount,
        doctorCount,
        arrivalsPerDay,
        alosDays);
  }

  private static Row require(
      CapacityBalance model,
      @Nullable Double bedCount,
      @Nullable Double doctorCount,
      @Nullable Double arrivalsPerDay,
      @Nullable Double alosDays) {
    Requirement r =
        model.require(Counts.whole(bedCount), Counts.whole(doctorCount), arrivalsPerDay, alosDays);
    return Row.of(
        r.offeredLoad(),
        r.requiredBeds(),
        r.requiredDoctors(),
        r.bedGap(),
        r.doctorGap(),
        r.probDelay(),
        r.sustainableCensus(),
        r.bedLimitedCensus(),
        r.doctorLimitedCensus(),
        r.bindingResource() == null ? null : r.bindingResource().name(),
        r.plannedOccupancy(),
        Counts.told(r.assumptions(), bedCount, doctorCount));
  }
}
