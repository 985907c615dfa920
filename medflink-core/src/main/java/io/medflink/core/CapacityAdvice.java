// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CapacityModel} says of one ward at one moment: advice that a person acts on, never
 * an order.
 *
 * @param facility the hospital, null when not told
 * @param ward the ward within the facility
 * @param model the id of the model that answered
 * @param version the version of that model
 * @param time the moment of the census
 * @param figures figures that the model's card declares, in the model's order
 * @param bindingResource the resource that limits the ward, in the model's words; null where the
 *     model could not tell
 * @param assumptions under which conditions the figures hold
 * @param reason why figures are NaN; null when there is nothing to explain
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record CapacityAdvice(
    @Nullable String facility,
    String ward,
    String model,
    String version,
    Instant time,
    Figure[] figures,
    @Nullable String bindingResource,
    String assumptions,
    @Nullable String reason) {

  /**
   * One named figure.
   *
   * @param name as the model's {@link Output} declares it, with its unit
   * @param value NaN when unknown
   */
  public record Figure(String name, double value) {}

  /** The figure of this name, NaN when it is unknown or not among them. */
  public double figure(String name) {
    for (Figure figure : figures) {
      if (figure.name().equals(name)) {
        return figure.value();
      }
    }
    return Double.NaN;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CapacityAdvice a
        && Objects.equals(facility, a.facility)
        && Objects.equals(ward, a.ward)
        && Objects.equals(model, a.model)
        && Objects.equals(version, a.version)
        && Objects.equals(time, a.time)
        && Arrays.equals(figures, a.figures)
        && Objects.equals(bindingResource, a.bindingResource)
        && Objects.equals(assumptions, a.assumptions)
        && Objects.equals(reason, a.reason);
  }

  @Override
  public int hashCode() {
    return Objects.hash(facility, ward, model, time);
  }

  /** The model and the ward. */
  @Override
  public String toString() {
    return "CapacityAdvice[" + model + ", " + facility + ", " + ward + ", " + time + "]";
  }
}
