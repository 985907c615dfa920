// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * How far what comes is from what a model was made of. It changes nothing: people decide.
 *
 * @param kind of what
 * @param subject the feed whose inputs, or the id of the model whose calibration
 * @param what the observation's code, or the model's version
 * @param from the first moment looked at
 * @param until the last one
 * @param cases how many values or judged risks
 * @param value the population stability index, or the evidence of the cumulative sum
 * @param limit from where it counts as drift
 * @param drifted whether it reached the limit
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Drift(
    @Nullable Kind kind,
    @Nullable String subject,
    @Nullable String what,
    @Nullable Instant from,
    @Nullable Instant until,
    long cases,
    double value,
    double limit,
    boolean drifted) {

  /** What drifts. The position in this list stands in state: append only. */
  public enum Kind {
    /** The distribution of an input's values. */
    INPUT,
    /** More happens than is predicted. */
    MORE_EVENTS,
    /** Less happens than is predicted. */
    FEWER_EVENTS
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Drift[" + kind + "]";
  }
}
