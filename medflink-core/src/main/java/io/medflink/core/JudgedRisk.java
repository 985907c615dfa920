// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A predicted risk and what came of it, without the patient.
 *
 * @param model the model's id
 * @param version the version that predicted
 * @param time when the outcome was certain
 * @param risk the primary prediction, from 0 to 1
 * @param happened whether it did
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record JudgedRisk(
    @Nullable String model,
    @Nullable String version,
    @Nullable Instant time,
    double risk,
    boolean happened) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "JudgedRisk";
  }
}
