// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What came of a patient that a model had predicted: the label that calibration is watched by.
 *
 * @param patientId whose
 * @param model the id of the model that predicts it
 * @param time when it happened, or when its horizon was over without it
 * @param happened whether it did
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Outcome(
    @Nullable String patientId, @Nullable String model, @Nullable Instant time, boolean happened) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Outcome";
  }
}
