// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CapacityModel} says of one ward at one moment: advice that a person acts on, never
 * an order.
 *
 * @param facility the hospital
 * @param ward the ward within the facility
 * @param model the id of the model that answered
 * @param version the version of that model
 * @param time the moment of the census
 * @param figures the figures by name, in the model's order
 * @param bindingResource the resource that limits the ward, in the model's words; null where the
 *     model could not tell
 * @param assumptions under which conditions the figures hold
 * @param reason why figures are NaN; empty when there is nothing to explain
 */
public record CapacityAdvice(
    String facility,
    String ward,
    String model,
    String version,
    Instant time,
    Figure[] figures,
    @Nullable String bindingResource,
    String assumptions,
    String reason) {

  /**
   * One named figure.
   *
   * @param name lower case words with underscores; the model's documentation gives the unit
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
}
